"""Changes of pay (兑现): a pool shared out, topped up after a correction, given out as a file, checked again."""

from .adjusting import adjust
from .exporting import export
from .returning import Difference, check
from .sharing import Tried, share, tried

__all__ = ["Difference", "Tried", "adjust", "check", "export", "share", "tried"]
