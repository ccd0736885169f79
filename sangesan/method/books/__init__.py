"""The three books (三册台账): sections as data; what fills them are facts entered once. S3a of the chapter.

A section opens with its rule and how to do it; entries come from facts, never typed again. A fact
stands in every section, of whatever book, that names its kind: so one fact fills all books it
belongs to. Who held which post stands with the posts, and is read there. Accusations are in no
book; help in hardship is not told one by one.
"""

from .placing import Entry, Gap, first_due, gaps, months_due, placed
from .section import BOOKS, KEPT, Section
from .sections import SECTIONS, named, section, sections

__all__ = [
    "BOOKS", "KEPT", "SECTIONS", "Entry", "Gap", "Section", "first_due", "gaps", "months_due", "named", "placed",
    "section", "sections",
]
