"""My calendar (我的日程): what falls due for me, from every system, by day; a month or a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from sangesan.execution.duties import queries as duties
from sangesan.execution.meetings import queries as meetings
from sangesan.execution.plans import queries as plans
from sangesan.execution.rectification import queries as rectification
from sangesan.feedback.intake.queries import reception
from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.icalendar import Event
from sangesan.organization.calendar.queries import calendar

WEEK = timedelta(days=7)
FEED_BACK, FEED_AHEAD = timedelta(days=31), timedelta(days=92)
SHOWN = 3
"""Entries that stand in a day of the month before “N more” (月历每天列出的条数)."""
DONE = ("on_time", "late", "exempt")


@dataclass(frozen=True)
class Entry:
    """One entry (一条日程): what, until when, where it is done; `plain` says no more than anybody may read.

    What `begins` then, a meeting or a reception day, is not to be done by then.
    """

    day: date
    time: str
    title: str
    plain: str
    unit: str
    url: str
    done: bool = False
    late: bool = False
    begins: bool = False


@dataclass
class Day:
    """A day with its entries (一天)."""

    day: date
    work: bool
    here: bool
    inside: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def first(self) -> list[Entry]:
        return self.entries[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.entries) - SHOWN)


@dataclass(frozen=True)
class Span:
    """The days shown (所示日期): whole weeks, Monday first; `begin` and `end` are those asked for."""

    begin: date
    end: date
    month: bool
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        """The days that have something to say (有日程的日子)."""
        return [day for week in self.weeks for day in week if day.inside and (day.entries or day.here)]

    @property
    def coming(self) -> list[Day]:
        """Those from today on (今天起)."""
        return [day for day in self.days if day.day >= clock.today()]

    @property
    def gone(self) -> list[Day]:
        """Those that are over (已过)."""
        return [day for day in self.days if day.day < clock.today()]

    @property
    def before(self) -> date:
        return (self.begin - timedelta(days=1)).replace(day=1) if self.month else self.begin - WEEK

    @property
    def after(self) -> date:
        return self.end + timedelta(days=1)


def month_of(scope: Scope, day: date) -> Span:
    """Return a month (月历)."""
    begin = day.replace(day=1)
    return _span(scope, begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1), month=True)


def week_of(scope: Scope, day: date) -> Span:
    """Return a week (周历)."""
    begin = day - timedelta(days=day.weekday())
    return _span(scope, begin, begin + timedelta(days=6), month=False)


def _span(scope: Scope, begin: date, end: date, *, month: bool) -> Span:
    first, last = begin - timedelta(days=begin.weekday()), end + timedelta(days=6 - end.weekday())
    work, today = calendar(first, last), clock.today()
    days = [Day(d, work.is_work(d), d == today, begin <= d <= end)
            for d in (first + timedelta(days=n) for n in range((last - first).days + 1))]
    for entry in dates(scope, first, last):
        days[(entry.day - first).days].entries.append(entry)
    return Span(begin, end, month, [days[n : n + 7] for n in range(0, len(days), 7)])


def dates(scope: Scope, since: date, until: date) -> list[Entry]:
    """Return what falls due for a scope between two days (日程), both included, by day and hour."""
    found = [entry for source in (_duties, _matters, _receptions, _rooms) for entry in source(scope, since, until)]
    return sorted(found, key=lambda entry: (entry.day, entry.time, entry.title))


def _duties(scope: Scope, since: date, until: date) -> Iterator[Entry]:
    for one in duties.dates(scope, since, until):
        standing = str(one.status)
        yield Entry(one.day, f"{one.at:%H:%M}", one.title, one.word, one.unit, one.url, standing in DONE,
                    standing == "missing")


def _matters(scope: Scope, since: date, until: date) -> Iterator[Entry]:
    now = clock.now()
    for task in matters.todo(scope):
        if task.until is not None and since <= (at := clock.local(task.until)).date() <= until:
            yield Entry(at.date(), f"{at:%H:%M}", f"{task.name}：{task.matter.title}", _("事项到期"),
                        (task.matter.lead or task.matter.unit).name, f"/w/{task.subject}/", late=task.until < now)


def _receptions(scope: Scope, since: date, until: date) -> Iterator[Entry]:
    for row in reception.announced(since, until) if scope.person else ():
        yield Entry(row.day, row.spans[:5], _("信访接待日：%s") % row.post.title, _("信访接待日"), row.place,
                    "/reception/", done=row.day < clock.today(), begins=True)


def _rooms(scope: Scope, since: date, until: date) -> Iterator[Entry]:
    """Yield what rooms of execution know beside their duties (会议、对账、等我验收的整改)."""
    for read in (meetings.dates, plans.dates, rectification.dates):
        for one in read(scope, since, until):
            yield Entry(one.day, f"{one.at:%H:%M}", one.title, one.word, one.unit, one.url, one.done,
                        begins=read is meetings.dates)


def events(scope: Scope) -> list[Event]:
    """Return what a feed may carry to another calendar (订阅条目): kinds of things and counts, no matter's words."""
    today = clock.today()
    grouped: dict[tuple[date, str], list[Entry]] = {}
    for entry in dates(scope, today - FEED_BACK, today + FEED_AHEAD):
        if not entry.done:
            grouped.setdefault((entry.day, entry.plain), []).append(entry)
    return [Event(f"{day:%Y%m%d}-{sha256(plain.encode()).hexdigest()[:12]}@sangesan", day, _told(plain, rows))
            for (day, plain), rows in grouped.items()]


def _told(plain: str, rows: list[Entry]) -> str:
    if len(rows) > 1:
        return _("%(what)s %(n)d 件") % {"what": plain, "n": len(rows)}
    said = _("%(what)s，%(time)s 开始") if rows[0].begins else _("%(what)s，%(time)s 前")
    return said % {"what": plain, "time": rows[0].time}
