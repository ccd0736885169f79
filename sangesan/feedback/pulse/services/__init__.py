"""Changes of the pulse (民情): answers are drafted, let out, taken back; months are frozen."""

from .freezing import freeze_due
from .publishing import draft, publish, reject, withdraw

__all__ = ["draft", "freeze_due", "publish", "reject", "withdraw"]
