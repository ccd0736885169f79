"""Changes of the routines (制度变更): draft, put in force, end; the duties made from them; the shipped library."""

from .checking import check
from .counting import count_due, rebuild
from .deciding import begin, end, put_in_force, save_draft
from .making import HORIZON, make, make_version
from .shipping import install

__all__ = [
    "HORIZON", "begin", "check", "count_due", "end", "install", "make", "make_version", "put_in_force", "rebuild",
    "save_draft",
]
