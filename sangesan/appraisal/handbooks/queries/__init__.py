"""Reads of the handbooks (三册查询): which one may open, what stands in them, what was ordered."""

from .access import branch_for, branches
from .evidence import evidence_for, lacking
from .orders import Ordered, file_of, order_for, orders_of, shelf
from .reading import EARLIEST, Book, Line, Part, book_for
from .scans import ADAY, Arriving, arriving, may_add, page_for, pictures_of, scan_for, scans_of
from .setting import bound, covered, sheet_of

__all__ = [
    "ADAY", "EARLIEST", "Arriving", "Book", "Line", "Ordered", "Part", "arriving", "book_for", "bound", "branch_for",
    "branches", "covered", "evidence_for", "file_of", "lacking", "may_add", "order_for", "orders_of",
    "page_for", "pictures_of", "scan_for", "scans_of", "sheet_of", "shelf",
]
