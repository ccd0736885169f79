"""Pages of the desk (工作台页面)."""

from .pages import help_page, home, lacks, search, today, todo

__all__ = ["help_page", "home", "lacks", "search", "today", "todo"]
