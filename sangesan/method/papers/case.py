"""What a paper tells of (文书所据): what was entered at the steps of a matter, and nothing of who spoke."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..words import word

Part = dict[str, object]


@dataclass(frozen=True)
class Case:
    """A matter as its papers need it (案情). No name of a speaker: that is put in when a copy is drawn."""

    number: str
    received: date
    channel: str
    category: str = ""
    grade: str = ""
    lead: str = ""
    above: str = word("上一级单位")
    dispatched: date | None = None
    due: date | None = None
    over: bool = False
    today: date | None = None
    simple: bool = False
    remark: str = ""
    extended_days: int = 0
    extended_reason: str = ""
    decline: str = ""
    told: str = ""
    answer: str = ""
    answered: date | None = None
    in_time: bool = True
    supervision: str = ""
    review: str = ""
    review_text: str = ""
    review_asked: date | None = None
    opinion_number: str = ""
    opinion_by: str = ""
    second_number: str = ""
    second_by: str = ""
    right: str = "open"
    """The right to a review of the answer: open, disputed (made use of), lapsed (复查权利)."""
    steps: tuple[tuple[date, str], ...] = field(default=())
    rating: str = ""
    solved: str = ""
    closed: date | None = None
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def request(self) -> str:
        """What it is about, in the officer's words (反映事项)."""
        return self.asked.get("request", "").strip().rstrip("。；;，, ")


def day_said(day: date | None) -> str:
    """Return a day as a document writes it (日期).

    >>> day_said(date(2026, 3, 2))
    '2026年3月2日'
    """
    return word("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month,
                                                     "day": day.day} if day else ""


def paragraphs(text: str) -> list[Part]:
    """Return a text of several lines as paragraphs (分段)."""
    return [{"kind": "p", "text": ended(line.strip())} for line in text.splitlines() if line.strip()]


def ended(line: str) -> str:
    """Return a line with a full stop (句末加句号) where it has no end yet.

    >>> ended("办好了"), ended("办好了。")
    ('办好了。', '办好了。')
    """
    return line if line[-1:] in "。！？；：…" else line + "。"


def p(text: str) -> Part:
    return {"kind": "p", "text": text}


def h(text: str) -> Part:
    return {"kind": "h1", "text": text}
