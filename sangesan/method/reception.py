"""Reception days (信访接待日): the leaders' rota, the slots, what must be announced when, what may be published.

Practice differs (domain.md 1.8); these numbers may be changed here.

>>> from sangesan.method.deadlines import Days
>>> days = Days()
>>> [d.isoformat() for d, _who in rota(date(2026, 11, 1), 3, 16, ["SJ", "KZ"], days)]
['2026-11-16', '2026-12-16', '2027-01-18']
>>> [who for _d, who in rota(date(2026, 11, 1), 3, 16, ["SJ", "KZ"], days)]
['SJ', 'KZ', 'SJ']
>>> [f"{at:%H:%M}" for at in slots("09:00-09:40,14:00-14:20", 20)]
['09:00', '09:20', '14:00']
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from unicodedata import normalize

from .deadlines import Calendar, add_working_days, on_or_after
from .disclosure import THRESHOLD, cell, voices
from .words import word

DAY_OF_MONTH = 16
SPANS = "09:00-11:00,14:00-17:00"
MINUTES = 20
QUARTER = word("%d 年第 %d 季度")
BOOKED = 1
"""Working days before which one books (提前预约工作日); whoever just comes is heard as well."""
ABSENT_DAYS = 30
"""Days after a reception day until the name of whoever booked and never came goes (未到者姓名保留天数)."""
_SPAN = re.compile(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)", re.ASCII)
_DASH = re.compile(r"\s*(?:——|[-–—~至到])\s*")
_BETWEEN = re.compile(r"\s*[,、;和]\s*|\s+")


def rota(first: date, months: int, on: int, posts: Sequence[str], calendar: Calendar) -> list[tuple[date, str]]:
    """Return reception days with whose turn it is (轮值表): one a month, on the next working day if need be."""
    found = []
    for n in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
        day = date(year, month + 1, min(on, monthrange(year, month + 1)[1]))
        found.append((on_or_after(day, calendar), posts[n % len(posts)]))
    return found


def typed_spans(typed: str) -> str:
    """Return the hours of a reception day (接待时间) as they are kept, from what offices type. Raises ValueError.

    >>> typed_spans("9:00 - 11:00、14：00——17：00"), typed_spans("8:30至11:00  14:00~16:30")
    ('09:00-11:00,14:00-17:00', '08:30-11:00,14:00-16:30')
    """
    plain = _DASH.sub("-", normalize("NFKC", typed.strip()))
    said = [_SPAN.fullmatch(part) for part in _BETWEEN.split(plain)]
    if not all(said):
        raise ValueError("no span of a day")
    return ",".join("{:0>2}:{}-{:0>2}:{}".format(*one.groups()) for one in said if one)


def planned_spans(typed: str, minutes: int) -> str:
    """Return the hours of a day that is planned now (排定时间): each begins after the one before and holds a talk.

    >>> planned_spans("9:00-11:00", 20)
    '09:00-11:00'
    >>> planned_spans("9:00-11:00 10:50-12:00", 20)
    Traceback (most recent call last):
    ValueError: spans follow each other, and each holds a talk
    """
    spans, free = typed_spans(typed), 0
    for part in spans.split(","):
        begin, end = (int(at[:2]) * 60 + int(at[3:]) for at in part.split("-"))
        if begin < free or end - begin < minutes:
            raise ValueError("spans follow each other, and each holds a talk")
        free = end
    return spans


def slots(spans: str, minutes: int) -> list[time]:
    """Return the moments at which somebody may come (时段). Raises ValueError for times that can't be."""
    found: list[time] = []
    for part in typed_spans(spans).split(","):
        said = _SPAN.fullmatch(part)
        if not said or not 5 <= minutes <= 240:
            raise ValueError("no span of a day")
        at, end = (datetime(2000, 1, 1, int(said[n]), int(said[n + 1])) for n in (1, 3))
        if end <= at or (found and at.time() <= found[-1]):
            raise ValueError("spans follow each other")
        while at + timedelta(minutes=minutes) <= end:
            found.append(at.time())
            at += timedelta(minutes=minutes)
    return found


def hours(spans: str) -> str:
    """Return the hours of a reception day (接待时间) as people read them.

    >>> hours("09:00-11:00,14:00-17:00")
    '09:00–11:00、14:00–17:00'
    """
    return typed_spans(spans).replace("-", "–").replace(",", "、")


def over(day: date, spans: str, at: datetime) -> bool:
    """Return whether nobody is to come any more (接待已结束): the day has gone by, or its last hour.

    >>> [over(date(2026, 12, 16), "09:00-11:00,14:00-17:00", datetime(2026, 12, day, hour))
    ...  for day, hour in ((15, 18), (16, 12), (16, 17), (17, 8))]
    [False, False, True, True]
    """
    return (at.date(), f"{at:%H:%M}") >= (day, typed_spans(spans)[-5:])


def movable(day: date, to: date, today: date) -> bool:
    """Return whether a day may be moved (可否改期): neither gone by nor to a day on which nobody can be told any more.

    On the day itself another leader may still receive.

    >>> tenth, twelfth = date(2026, 12, 10), date(2026, 12, 12)
    >>> movable(tenth, twelfth, tenth), movable(tenth, tenth, tenth), movable(tenth, twelfth, twelfth)
    (True, True, False)
    >>> movable(twelfth, tenth, tenth), movable(twelfth, tenth, date(2026, 12, 9))
    (False, True)
    """
    return day >= today and (to == day or to > today)


def bookable(day: date, today: date, calendar: Calendar) -> bool:
    """Return whether one may still book (可否预约).

    >>> from sangesan.method.deadlines import Days
    >>> monday = date(2026, 11, 16)
    >>> bookable(monday, date(2026, 11, 13), Days()), bookable(monday, monday, Days())
    (True, False)
    """
    return today <= add_working_days(day, -BOOKED, calendar)


def signed(booked: str, said: str) -> str:
    """Return how somebody signs (署名方式) who booked one way and says at the desk who they are: the more careful way.

    >>> signed("anonymous", "named"), signed("confidential", "named"), signed("named", "confidential")
    ('named', 'confidential', 'confidential')
    """
    if booked == "anonymous":
        return said
    return "confidential" if "confidential" in (booked, said) else booked


@dataclass(frozen=True)
class Told:
    """What is published of some reception days (公布的结果): None where too few spoke."""

    title: str
    days: list[Any] = field(default_factory=list)
    heard: int | None = None
    rows: list[Any] = field(default_factory=list)


def published(days: Iterable[tuple[Any, date, Sequence[str], Sequence[Any]]], least: int = THRESHOLD) -> list[Told]:
    """Return results fit to be shown (可公布的结果), newest first, of (reception, day, modes, rows).

    A day on which fewer than five surely spoke is shown with the others of its quarter, and not
    even there when they were too few together.

    >>> [(t.title, t.heard) for t in published([("a", date(2026, 8, 17), ["named"] * 6, []),
    ...     ("b", date(2026, 7, 16), ["named"] * 2, []), ("c", date(2026, 9, 16), ["named"] * 2, [])])]
    [('2026-08-17', 6), ('2026 年第 3 季度', None)]
    """
    found: list[Told] = []
    small: dict[str, list[tuple[Any, Sequence[str], Sequence[Any]]]] = {}
    for reception, day, modes, rows in sorted(days, key=lambda d: d[1], reverse=True):
        shown = cell(len(modes), voices(modes), least)
        if shown:
            found.append(Told(day.isoformat(), [reception], shown, list(rows)))
        else:
            small.setdefault(QUARTER % (day.year, (day.month + 2) // 3), []).append((reception, modes, rows))
    return found + [_together(title, group, least) for title, group in small.items()]


def _together(title: str, group: Sequence[tuple[Any, Sequence[str], Sequence[Any]]], least: int) -> Told:
    modes = [mode for _r, some, _rows in group for mode in some]
    shown = cell(len(modes), voices(modes), least)
    rows = [row for _r, _m, some in group for row in some]
    return Told(title, [r for r, _m, _rows in group], shown, rows if shown else [])


OUTCOMES: Mapping[str, str] = {
    "spot": word("当场答复"), "promised": word("交办并承诺时限"), "explained": word("解释说明"),
    "elsewhere": word("指引其他途径"),
}
"""What came of a talk (接待结果)."""
