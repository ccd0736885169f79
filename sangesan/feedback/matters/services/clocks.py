"""Promised clocks of a matter (承诺时限): set at dispatch, moved only with a reason, every change kept."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.deadlines import Days, add_working_days, end_of_day, end_of_work, on_or_before
from sangesan.method.grading import lighter, promised, regraded, shifted
from sangesan.organization.calendar.queries import calendar

from ..models import ClockChange, Matter, Pause, Submission
from ..queries.clocking import WANTED
from ..queries.holders import kept_from_a_reader
from . import terms

FIELDS = {"sign_in": "sign_in_due", "first_answer": "first_answer_due", "plan": "plan_due", "due": "due_at"}
DONE = {"sign_in": "signed_in_at", "first_answer": "first_answered_at", "plan": "planned_at", "due": "answered_at"}
_AGAIN = ("reopened", "redo")
_BEGUN = ("dispatched", "regraded", "merged", *_AGAIN)
_WANTED = {"upper": "asked", "reception_day": "promised"}
"""What the history calls a day by which it is wanted (要求与承诺), by the channel of the words that bring it."""
NO_CLOCK = -1
"""What a fact says instead of “in time” where no clock ran (不计时限)."""


def days_from(start: datetime) -> Days:
    """Return the working calendar that clocks starting then may touch (所用日历)."""
    day = clock.local(start).date()
    return calendar(day, day + timedelta(days=120))


def run(matter: Matter, start: datetime, *, only: tuple[str, ...] = tuple(FIELDS)) -> dict[str, datetime | None]:
    """Return the fields of the clocks that run from a start (起算), for a conditional update.

    What came in as history has none.
    """
    if matter.history:
        return {}
    due = promised(matter.grade, start, days_from(start), last_day(matter, start), tables.of(matter.table))
    if "due" in due and (broken := broken_day(matter, start)):
        due["due"] = end_of_work(broken)
    return {FIELDS[name]: due.get(name) for name in FIELDS if name in only}


def _wanted(matter: Matter) -> list[tuple[str, date]]:
    """Return by when it is wanted (要求与承诺的日子): of papers from above, and as visitors were promised."""
    said = Submission.objects.filter(matter.family, channel__in=WANTED, withdrawn=None)
    return [(_WANTED[channel], date.fromisoformat(day)) for channel, extra in said.values_list("channel", "extra")
            if (day := extra.get(WANTED[channel]))]


def asked_days(matter: Matter, start: datetime) -> dict[str, date]:
    """Return the working day by which it is wanted (要求办结日), by who wants it, the nearest where several do.

    A day that is over at the start is not among them: of what a paper asked, the promises run by the grade alone.
    """
    found = dict[str, date]()
    for who, day in sorted(_wanted(matter)):
        if end_of_work(day) >= start and who not in found:
            worked = on_or_before(day, days_from(start))
            found[who] = worked if end_of_work(worked) >= start else day
    return found


def asked_day(matter: Matter, start: datetime) -> date | None:
    """Return the nearest of the days by which it is wanted (最近的要求办结日), None where nobody asks."""
    return min(asked_days(matter, start).values(), default=None)


def broken_day(matter: Matter, start: datetime) -> date | None:
    """Return the day promised at a reception and over at the start (已过的接待承诺), until there is a first answer.

    The speaker was given that day: whoever begins behind it is late from the start.
    """
    over = [day for who, day in _wanted(matter) if who == "promised" and end_of_work(day) < start]
    return None if not over or matter.answers.filter(outcome="approved").exists() else min(over)


def last_day(matter: Matter, start: datetime) -> date:
    """Return the last day a promise begun then may have (承诺时限末日): the law's, or the earlier one asked for."""
    return min(matter.statutory_due, asked_day(matter, start) or matter.statutory_due)


def owed(matter: Matter) -> tuple[str, ...]:
    """Return the names of the promises not kept yet (未兑现的承诺)."""
    return tuple(name for name, done in DONE.items() if getattr(matter, done) is None)


def again(matter: Matter, start: datetime) -> dict[str, datetime | None]:
    """Return the clocks of a new round (重新起算): the answer, and the measures where none were ever reported."""
    only = ("due",) if matter.planned_at else ("plan", "due")
    return run(matter, start, only=only) if matter.grade else {}


def anew(matter: Matter, only: tuple[str, ...]) -> dict[str, datetime | None]:
    """Return clocks run once more (重新计算) from where they began, with all that stopped and lengthened them."""
    start, limit, table = _began(matter), end_of_work(matter.statutory_due), tables.of(matter.table)
    found = run(matter, start, only=only)
    for one in (row for row in _waited(matter, start) if row.dues):
        days = days_from(one.decided_at)
        found |= {field: min(shifted(matter.grade, due, one.decided_at, one.resumed_at, days, table), limit)
                  for field, due in found.items() if due and due > one.decided_at}
    longer = matter.extensions.filter(outcome="granted", round=matter.reopened).first()
    if longer is not None and (due := found.get("due_at")):
        found["due_at"] = min(add_working_days(due, longer.days, days_from(due)), limit)
    return found


def within_law(matter: Matter, was: date) -> dict[str, datetime | None]:
    """Return the due moment where the statutory day has changed (法定期限变更): run anew where the old one cut it.

    A later day gives no less time than there was: a graver grade counts from when it was given, not from the dispatch.
    """
    if matter.due_at is None or matter.dispatched_at is None:
        return {}
    due = min(matter.due_at, end_of_work(matter.statutory_due))
    if matter.due_at >= end_of_work(was):
        due = max(due, anew(matter, ("due",)).get("due_at") or due)
    return {"due_at": due}


def _waited(matter: Matter, start: datetime) -> QuerySet[Pause]:
    """Return the suspensions of the present round that are over (本轮挂起), those of its first day among them.

    A round that a speaker opened counts from the end of its day, and what was suspended on that day lasted longer.
    """
    opened = matter.clock_changes.filter(clock="due", reason__in=_AGAIN).values_list("at", flat=True)
    first = max(filter(None, (matter.dispatched_at, *opened)))
    return matter.pauses.filter(outcome="granted", decided_at__gte=first, resumed_at__gt=start).order_by("pk")


def _began(matter: Matter) -> datetime:
    """Return when the present promises began (起算时刻): at the dispatch, or when it was opened again."""
    return max(filter(None, (matter.dispatched_at, *_rounds(matter))))


def turn_began(matter: Matter) -> datetime | None:
    """Return since when it is in another unit's hands or open again (本轮开始), None in the first round."""
    given = matter.assignments.filter(leads=True).order_by("since", "pk").values_list("since", flat=True)[1:]
    return max([*given, *_rounds(matter)], default=None)


def _rounds(matter: Matter) -> list[datetime]:
    """Return since when it is handled anew (重新办理的起点), each time; by a speaker, since the end of that day."""
    rows = matter.clock_changes.filter(clock="due", reason__in=_AGAIN).values_list("at", "by")
    return [at if by or clock.local(at).time() != time(0) else end_of_day(clock.local(at).date()) for at, by in rows]


def since(scope: Scope | None) -> datetime:
    """Return from when a step counts (起计时刻): staff's from now, a speaker's from the end of its day.

    Of what a speaker does the day alone is kept, and a clock that began now would tell the moment by its end. A unit
    has no less time by that.
    """
    return clock.now() if scope else end_of_day(clock.today())


def graded_anew(matter: Matter, was: str, stood: dict[str, datetime | None],
                now: datetime) -> dict[str, datetime | None]:
    """Return the clocks after a change of grade (调级后时限), of promises not kept yet.

    A graver grade counts from the moment it is given: nobody is late by what was not yet asked. A
    lighter one counts from where the promises began. The same one changes nothing.
    """
    if matter.grade == was:
        return {}
    easier, names = lighter(matter.grade, was), owed(matter)
    fresh = anew(matter, names) if easier else run(matter, now, only=names)
    return {field: regraded(stood[field], due, lighter=easier) for field, due in fresh.items()}


def held(pause: Pause) -> dict[str, datetime]:
    """Return the fields of the clocks that a suspension stopped (挂起的时限)."""
    return {FIELDS[name]: datetime.fromisoformat(due) for name, due in pause.dues.items()}


def hold(pause: Pause, dues: dict[str, datetime | None], reason: str, by: int) -> dict[str, None]:
    """Stop moved clocks in a suspension that stands (并入挂起) and keep that they moved; they run from its end."""
    stops = {name: due.isoformat() for name, field in FIELDS.items() if (due := dues.get(field))}
    Pause.objects.filter(pk=pause.pk).update(dues=stops)
    ClockChange.objects.bulk_create([
        ClockChange(matter_id=pause.matter_id, clock=name, event="moved", reason=reason, at=clock.now(), by=by,
                    before=due and datetime.fromisoformat(due))
        for name in FIELDS if (due := pause.dues.get(name)) != stops.get(name)])
    return dict.fromkeys(FIELDS[name] for name in stops)


def stands_still(matter: Matter, pause: Pause, due: datetime) -> datetime:
    """Return a due moment within a suspension (挂起中的时限): as much time after its beginning as is left now."""
    now = clock.now()
    return shifted(matter.grade, pause.decided_at, now, max(due, now), days_from(now), tables.of(matter.table))


def keep(matter: Matter, before: dict[str, datetime | None], reason: str, by: int, *,
         spoken: bool = False, event: str = "") -> None:
    """Keep what the clocks were and are (时限变动记录), changed now, or `spoken`: on this day, by a speaker's doing.

    That the answer is owed anew is kept though the new day happens to be the old one: the round counts from there.
    Where it ends on the day that the body above asked for or a visitor was promised, that is kept as well.
    """
    now = clock.midnight() if spoken else clock.now()
    names = {field: name for name, field in FIELDS.items()}
    ClockChange.objects.bulk_create([
        ClockChange(matter=matter, clock=names[field], before=old, after=(new := getattr(matter, field)), at=now, by=by,
                    reason=reason,
                    event=event or ("set" if old in (None, new) else "lifted" if new is None else "moved"))
        for field, old in before.items()
        if old != getattr(matter, field) or reason in _AGAIN and field == "due_at" and old is not None
    ])
    if reason in _BEGUN and (due := matter.due_at) and (reason in _AGAIN or due != before.get("due_at")):
        broken = broken_day(matter, now)
        ClockChange.objects.bulk_create([
            ClockChange(matter=matter, clock="due", event="capped", after=due, at=now, by=by, reason=who)
            for who, day in (asked_days(matter, now) | ({"promised": broken} if broken else {})).items()
            if due == end_of_work(day) and day < matter.statutory_due])


def met(matter: Matter, name: str, by: int, *, at: datetime | None = None) -> int:
    """Keep that a clock was met (办结时限) and return whether in time: 1, 0, or -1 when none ran."""
    due = getattr(matter, FIELDS[name])
    if due is None:
        return NO_CLOCK if matter.history else 1
    now = at or clock.now()
    ClockChange.objects.create(matter=matter, clock=name, event="met", before=due, reason=name, at=now, by=by)
    return int(now <= due)


def snapshot(matter: Matter) -> dict[str, datetime | None]:
    """Return the clocks as they are (现有时限)."""
    return {field: getattr(matter, field) for field in FIELDS.values()}


def weight(matter: Matter) -> int:
    """Return what a fact about a matter weighs in the assessment (计分件数): history weighs nothing.

    Nor does what is kept from somebody who reads what the unit did: each result opens to its facts, and the one that
    does not open would tell a leader that there is a matter about the leader, who answered it and when.
    """
    return 0 if matter.history or kept_from_a_reader(matter) else 1


def latest(matter: Matter) -> datetime:
    """Return the end of the statutory term with its one extension (法定最晚)."""
    return end_of_work(terms.furthest(matter))


def stopped(matter: Matter, asked: datetime) -> dict[str, datetime]:
    """Return the clocks that a suspension stops (可暂停的时限): not met, nor run out when it was asked for.

    One that ran out while that waited to be decided is later by as long, within the law.
    """
    now, limit, table = clock.now(), end_of_work(matter.statutory_due), tables.of(matter.table)
    days, found = days_from(asked), {}
    for name, field in FIELDS.items():
        due = getattr(matter, field)
        if due and due >= asked and getattr(matter, DONE[name]) is None:
            found[name] = due if due > now else min(shifted(matter.grade, due, asked, now, days, table), limit)
    return {name: due for name, due in found.items() if due > now}


def restarted(matter: Matter, pause: Pause, now: datetime) -> dict[str, datetime]:
    """Return the fields of the clocks after a suspension (恢复后的时限): later by what was paused, within the law."""
    limit = end_of_work(matter.statutory_due)
    days = days_from(pause.decided_at)
    table = tables.of(matter.table)
    return {field: min(shifted(matter.grade, due, pause.decided_at, now, days, table), limit)
            for field, due in held(pause).items()}
