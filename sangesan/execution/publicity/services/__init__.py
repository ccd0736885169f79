"""Changes of publicity (宣传引导变更): make a plan, receive, pass on, remind; post a month."""

from .handing import hand, pass_on, receive, remind
from .meeting import hold
from .planning import end, plan
from .posting import SHEET, post, template

__all__ = ["SHEET", "end", "hand", "hold", "pass_on", "plan", "post", "receive", "remind", "template"]
