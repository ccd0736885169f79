"""Changes of publicity (宣传引导变更): make a plan, receive, pass on, remind; post a month."""

from .handing import hand, pass_on, receive, remind
from .planning import end, plan
from .posting import SHEET, post, template

__all__ = ["SHEET", "end", "hand", "pass_on", "plan", "post", "receive", "remind", "template"]
