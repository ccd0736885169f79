"""A section of a book (篇目): rule and source, how to do it, next step, facts, whose duty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BOOKS = {"branch": "党支部工作手册", "integrity": "廉洁效能工作手册", "union": "基层车间工会手册"}
"""The three books (三册)."""
KEPT = {"party": tuple(BOOKS), "union": ("union",)}
"""Which books a branch of a line keeps (各条线所记手册): a Party branch all three, a workshop union its own."""
WORK = "党的支部工作条例（试行）"


@dataclass(frozen=True)
class Section:
    """A section of a book (篇目).

    `kinds` are the facts that fill it, `where` values their fields must have,
    or the routine whose version they name; `every` how many months may pass without an entry
    before it is missing (0: nothing is owed); `counted` that only numbers are shown; `posts` a
    line whose posts fill it, with who held them; `steps` how to do it; `url` where the next step
    is done; `asked` a field of assessment that has to be on, or the book is without the section.
    """

    book: str
    slug: str
    word: str
    rule: str
    source: str
    frequency: str
    steps: str
    owner: str
    kinds: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...] | Mapping[str, str]] = field(default_factory=dict)
    every: int = 0
    counted: bool = False
    posts: str = ""
    url: str = ""
    next: str = ""
    asked: str = ""


DONE = ("duty.done", "duty.late")
DUTIES = (*DONE, "duty.missed", "duty.exempted")
HANDLED = ("matter.answered", "matter.overdue", "matter.closed", "matter.reopened")
ORDERS = ("rectification.ordered", "rectification.done", "rectification.verified", "rectification.returned")
MEET, MEETINGS = "/w/meetings/", "去开会"
SECRETARY, UNION, CHIEF = "党支部书记", "分会主席", "单位负责人"
