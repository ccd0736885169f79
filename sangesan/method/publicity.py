"""Publicity (宣传引导): places with their ready text, the cascade level by level, when a gap is reminded of.

A notice goes from the mine to specialties, branches and teams, and from there to the crews (层层传达). Each level
receives and passes on; what is missing is named by unit, never by person. A unit is reminded twice
and no more: after that the gap stands on the page of whoever handed it down (chapter V.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .words import word

LONGEST_TITLE, LONGEST_MESSAGE = 60, 600
LONGEST_RUN = timedelta(days=366)
MOST_UNITS = 400
REMIND_AFTER = (2, 4)
"""Days after it was handed down on which a unit that has not passed it on is reminded (提醒日)."""
PASS_WITHIN = timedelta(days=2)
"""How long a level has to pass it on (传达时限)."""
SHEET_ANSWERS = 3
"""Answers on the sheet of a pre-shift meeting (班前会一页纸上的答复条数)."""


@dataclass(frozen=True)
class Place:
    """A place of publicity (宣传阵地): how its text is framed and how long it may be."""

    slug: str
    word: str
    frame: str
    longest: int


PLACES = (
    Place("preshift", word("班前会"), word("班前会上讲：{title}。{message}"), 300),
    Place("radio", word("广播"), word("各位职工，现在播送《{title}》。{message}播送完毕，祝大家平安。"), 400),
    Place("board", word("公开栏"), "{title}\n{message}", 700),
    Place("screen", word("电子屏"), "{title}：{message}", 60),
    Place("canteen", word("食堂和澡堂张贴"), "{title}\n{message}", 200),
)
LEVELS = {0: word("专业"), 1: word("支部、区队和直属单位"), 2: word("班组")}
"""The levels below the mine (传达层级); a plan may begin at any of them."""


def place(slug: str) -> Place:
    """Return a place (取阵地). Raises KeyError for an unknown one."""
    return {one.slug: one for one in PLACES}[slug]


def ready(slug: str, title: str, message: str) -> str:
    """Return the text ready for a place (备好的稿子): whole sentences of the message, as many as the place holds.

    >>> ready("screen", "雨季三防", "巷道积水请马上报调度。" + "排水沟每班清一次。" * 6)[-10:]
    '。排水沟每班清一次。'
    >>> len(ready("screen", "题", "长" * 200))
    60
    """
    kept, one = "", place(slug)
    for sentence in re.findall(r"[^。！？\n]+[。！？]?\n?", message.strip()):
        if len(one.frame.format(title=title, message=kept + sentence)) > one.longest:
            break
        kept += sentence
    said = one.frame.format(title=title, message=(kept or message).strip())
    return said if len(said) <= one.longest else said[:one.longest - 1] + "…"


def refusal(starts: date, ends: date, today: date) -> str:
    """Return why a campaign cannot run in these days (不能安排的原因), '' when it can.

    >>> day = date(2026, 11, 24)
    >>> refusal(day, date(2026, 11, 23), day), refusal(date(2026, 11, 1), date(2026, 11, 20), day)
    ('backwards', 'over')
    >>> refusal(day, date(2028, 1, 1), day), refusal(day, date(2026, 12, 31), day)
    ('long', '')
    """
    if ends < starts:
        return "backwards"
    if ends < today:
        return "over"
    return "long" if ends - min(starts, today) > LONGEST_RUN else ""


def reminds(handed: date, today: date) -> bool:
    """Return whether a unit is reminded today (今天提醒).

    >>> [reminds(date(2026, 11, 24), date(2026, 11, 24 + n)) for n in range(6)]
    [False, False, True, False, True, False]
    """
    return (today - handed).days in REMIND_AFTER


@dataclass(frozen=True)
class Level:
    """How far a level is (一级的覆盖): of `units`, how many received and passed on, and which units have not."""

    level: int
    units: int
    received: int
    passed: int
    gaps: tuple[str, ...]

    @property
    def word(self) -> str:
        return LEVELS[self.level]


def level_of(kind: str) -> int:
    """Return at which level a kind of unit stands (所在层级).

    >>> level_of("specialty"), level_of("branch"), level_of("team"), level_of("crew")
    (0, 1, 1, 2)
    """
    return {"specialty": 0, "shaft": 0, "crew": 2}.get(kind, 1)


def coverage(rows: list[tuple[int, str, bool, bool]]) -> list[Level]:
    """Return the coverage of each level (逐级覆盖) from rows of level, unit, received, passed on.

    >>> one = coverage([(1, "采一支部", True, True), (2, "一班", True, True), (2, "二班", False, False)])
    >>> [(level.units, level.received, level.passed, level.gaps) for level in one]
    [(1, 1, 1, ()), (2, 1, 1, ('二班',))]
    """
    found = []
    for level in sorted({row[0] for row in rows}):
        own = [row for row in rows if row[0] == level]
        found.append(Level(level, len(own), sum(row[2] for row in own), sum(row[3] for row in own),
                           tuple(row[1] for row in own if not row[3])))
    return found
