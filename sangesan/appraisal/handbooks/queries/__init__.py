"""Reads of the handbooks (三册查询): which one may open, what stands in them."""

from .reading import Book, Line, Part, book_for, branches
from .setting import sheet_of

__all__ = ["Book", "Line", "Part", "book_for", "branches", "sheet_of"]
