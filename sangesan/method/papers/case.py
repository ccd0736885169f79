"""What a paper tells of (文书所据): what was entered at the steps of a matter, and nothing of who spoke."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    extended_to: date | None = None
    """The day the last extension was granted to (延期至): what moved it later is no part of that decision."""
    extended_reason: str = ""
    decline: str = ""
    told: str = ""
    answer: str = ""
    answered: date | None = None
    in_time: bool = True
    supervision: str = ""
    trigger: str = ""
    """For what it is supervised (督办情形): all there is to say where the night opened it and nobody wrote a word."""
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

    @property
    def wanted(self) -> str:
        """What is required under supervision (督办要求)."""
        return self.supervision or word("该事项因“%s”列入督办，请立即办理并答复反映人。") % self.trigger

    @property
    def longer(self) -> str:
        """What may be asked for where the time is too short (办不完怎么办): nothing extends the simple one (T12)."""
        return word("改按普通程序办理") if self.simple else word("延长期限")


_COVERED = re.compile("［[^］]{0,20}］|…")
"""What stands in a title for something else (遮盖处、截断处)."""


def proposed(title: str, category: str, said: Iterable[str]) -> str:
    """Return what the field 反映事项 starts with (草拟的反映事项): a title the office wrote, else the category.

    A title that was taken from what was said is not offered: a paper goes to those complained of, who know how
    somebody speaks. '' where nothing is left to propose.

    >>> proposed("夜班食堂只有凉馒头", "后勤", ["夜班食堂只有凉馒头。反映三次了"])
    '后勤方面的问题'
    >>> proposed("［姓名］不让休假…", "", ["王某不让休假，我找了他三回"])
    ''
    >>> proposed("职工就餐保障", "后勤", ["夜班食堂只有凉馒头。反映三次了"])
    '职工就餐保障'
    """
    texts, pieces = list(said), [piece for piece in _COVERED.split(title) if piece.strip()]
    if texts and pieces and not any(piece.strip() in text for piece in pieces for text in texts):
        return title
    return word("%s方面的问题") % category if category else ""


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
