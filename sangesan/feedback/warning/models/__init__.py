"""Tables of the warning (三级预警), one noun each."""

from .calling import DECLARED, Call, CallSheet, Watch
from .caring import Care, Contact
from .progress import Gap

__all__ = ["DECLARED", "Call", "CallSheet", "Care", "Contact", "Gap", "Watch"]
