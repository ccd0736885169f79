"""Documents (文件) rebuilt from what can be seen in them: no author, no dates, no macros, nothing hidden."""

from .cleaning import KINDS, Clean, NoDocument, rebuild
from .pdf import pictures

__all__ = ["KINDS", "Clean", "NoDocument", "pictures", "rebuild"]
