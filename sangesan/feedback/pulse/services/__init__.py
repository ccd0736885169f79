"""Changes of the pulse (民情): answers are drafted, let out, taken back; months are frozen."""

from .freezing import Part, freeze_due
from .publishing import closed, draft, publish, reject, withdraw

__all__ = ["Part", "closed", "draft", "freeze_due", "publish", "reject", "withdraw"]
