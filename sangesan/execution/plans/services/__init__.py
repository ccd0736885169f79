"""Changes of plans and reports (周计划与述职变更)."""

from .planning import add, check, confirm, draft, draft_for, settle_opened, strike
from .reporting import answer, report

__all__ = ["add", "answer", "check", "confirm", "draft", "draft_for", "report", "settle_opened", "strike"]
