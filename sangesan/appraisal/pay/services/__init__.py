"""Changes of pay (兑现): a pool shared out, topped up after a correction, given out as a file, checked again."""

from .adjusting import adjust
from .exporting import export
from .returning import Difference, check
from .sharing import share

__all__ = ["Difference", "adjust", "check", "export", "share"]
