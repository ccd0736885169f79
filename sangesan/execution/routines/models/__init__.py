"""Tables of the routines (制度), one noun each."""

from .completeness import Beneath, Completeness
from .routine import End, Force, Routine, Version

__all__ = ["Beneath", "Completeness", "End", "Force", "Routine", "Version"]
