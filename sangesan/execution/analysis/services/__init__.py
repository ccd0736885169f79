"""Changes of analyses and discussions (月分析、季度座谈变更)."""

from .points import add_point, answer, answered
from .talking import close, hold
from .writing import draft, finish, write

__all__ = ["add_point", "answer", "answered", "close", "draft", "finish", "hold", "write"]
