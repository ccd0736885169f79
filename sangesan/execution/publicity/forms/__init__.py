"""Shape of what is typed about publicity (宣传引导的输入格式)."""

from .planning import EndForm, PlanForm
from .posting import PostForm

__all__ = ["EndForm", "PlanForm", "PostForm"]
