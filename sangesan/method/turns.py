"""Turns (倒班): who is on which shift on a day, and how a mine writes it.

A crew works one shift, or several in turn: so many days each, in the order they are written, beginning
with the one of the day on which it was entered. 四班三倒 is a list of eight with 轮休 among them.

>>> [str(turn) for turn in read("零点班、四点班、检修班")]
['零点班 0:00–8:00', '四点班 16:00–0:00', '检修班 8:00–16:00']
>>> said(read("早班 6:00-14:00 、 中班14点-22点、轮休"))
'早班 6:00–14:00、中班 14:00–22:00、轮休'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .deadlines import LOCAL
from .words import word

USUAL = {"检修班": (time(8), time(16)), "四点班": (time(16), time(0)), "零点班": (time(0), time(8))}
"""The shifts of the chapter with their hours (通用班次), which need not be written."""
REST = "轮休"
LONGEST, MOST, MOST_DAYS = timedelta(hours=12), 31, 31
"""A shift of more hours is none under the law; so many turns and days before everything begins anew."""
_TURN = re.compile(r"(?P<name>[^\W\d_]{1,8})(?:\s*(?P<hours>[0-9].*))?")
_HOURS = re.compile(r"(\d{1,2})[:点](\d{2})?\s*[-–—~～至到]\s*(\d{1,2})[:点](\d{2})?")


class TurnError(ValueError):
    """Words that say no shift (班次有误), in plain Chinese."""


@dataclass(frozen=True)
class Turn:
    """A shift with its hours (班); without hours it is a rest."""

    name: str
    begins: time | None = None
    ends: time | None = None

    def __str__(self) -> str:
        if self.begins is None or self.ends is None:
            return self.name
        return f"{self.name} {_clock(self.begins)}–{_clock(self.ends)}"

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when the shift of a day begins and ends (起止时刻); one that ends before it begins runs past midnight.

        >>> [f"{at:%d %H}" for at in Turn("四点班", time(16), time(0)).span(date(2026, 11, 24))]
        ['24 16', '25 00']
        """
        if self.begins is None or self.ends is None:
            return None
        begins, ends = (datetime.combine(day, at, LOCAL) for at in (self.begins, self.ends))
        return begins, ends if ends > begins else ends + timedelta(days=1)


def place(since: date, days: int, many: int, day: date) -> int:
    """Return which of the turns is on (轮到第几个班): the first from `since` on, each for so many days, 0 for always.

    >>> [place(date(2026, 11, 23), 7, 3, date(2026, 11, day)) for day in (23, 29, 30)], place(date.min, 0, 1, date.max)
    ([0, 0, 1], 0)
    """
    return (day - since).days // days % many if days else 0


def read(text: str) -> list[Turn]:
    """Return the turns that are written (读班次). Raises TurnError.

    >>> read("夜里")
    Traceback (most recent call last):
    sangesan.method.turns.TurnError: “夜里”没有写钟点，请写成 夜里 6:00-14:00
    """
    parts = [part for part in re.split(r"[、,;]\s*", unicodedata.normalize("NFKC", text).strip()) if part.strip()]
    if len(parts) > MOST:
        raise TurnError(word("班次最多写 %(most)s 个") % {"most": MOST})
    return [_read(part.strip()) for part in parts]


def said(turns: Iterable[Turn]) -> str:
    """Return how turns are written (写班次): hours only where the name does not say them."""
    return "、".join(turn.name if USUAL.get(turn.name) == (turn.begins, turn.ends) else str(turn) for turn in turns)


def _read(part: str) -> Turn:
    found = _TURN.fullmatch(part)
    if found is None:
        raise TurnError(word("“%(part)s”不是班次") % {"part": part[:20]})
    name, hours = found["name"], found["hours"]
    if name == REST and not hours:
        return Turn(name)
    if not hours:
        if name not in USUAL:
            raise TurnError(word("“%(name)s”没有写钟点，请写成 %(name)s 6:00-14:00") % {"name": name})
        return Turn(name, *USUAL[name])
    spans = _HOURS.fullmatch(hours.strip())
    try:
        begins, ends = _at(spans[1], spans[2]), _at(spans[3], spans[4])
    except (TypeError, ValueError):
        raise TurnError(word("“%(part)s”的钟点不对，请写成 6:00-14:00") % {"part": part[:20]}) from None
    turn = Turn(name, begins, ends)
    since, until = turn.span(date(2026, 1, 1)) or (None, None)
    if since and until and until - since > LONGEST:
        raise TurnError(word("“%(part)s”超过 12 小时") % {"part": part[:20]})
    return turn


def _at(hour: str, minute: str | None) -> time:
    return time(int(hour) % 24 if int(hour) <= 24 else 99, int(minute or 0))


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
