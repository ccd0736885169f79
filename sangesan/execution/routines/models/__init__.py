"""Tables of the routines (制度), one noun each."""

from .completeness import Completeness
from .routine import End, Force, Routine, Version

__all__ = ["End", "Force", "Routine", "Completeness", "Version"]
