"""Statutory clocks of a matter (法定时限): begun and met by what happens, moved only by rule, all of it kept.

The table stands in `method.terms`; here it meets the rows. History (历史件) has no clocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sangesan.foundation import clock
from sangesan.foundation.ids import random_id
from sangesan.foundation.memory import remembered
from sangesan.method import terms
from sangesan.method.deadlines import end_of_work
from sangesan.method.lifecycle import State
from sangesan.organization.calendar.queries import calendar

from ..models import ClockChange, Matter, Submission, Term


@remembered
def last_day(code: str, start: date) -> date:
    """Return the last day of a clock (到期日) that starts on a day."""
    return terms.TERMS[code].last_day(start, calendar(start, start + timedelta(days=120)))


def prepared(matter: Matter, said: Submission) -> list[Term]:
    """Return the clocks that hearing a matter starts (登记起算的时限), not yet stored."""
    if matter.history:
        return []
    return [Term(pk=random_id(), matter=matter, code=t.code, start=said.day, due=last_day(t.code, said.day))
            for t in terms.beginning("received", channel=matter.channel, receipted=said.receipted)]


def receipted(matter: Matter) -> bool:
    """Return whether anybody who spoke of it can be told anything (可否告知): by name, or by the receipt they hold."""
    return Submission.objects.filter(matter.family, receipted=True, withdrawn=None).exists()


def begin(matter: Matter, event: str, day: date, *, by: int = 0, spoken: bool = False) -> dict[str, date]:
    """Begin the clocks of an event (起算) and return their last days; one that ran before is lifted."""
    if matter.history:
        return {}
    found = terms.beginning(event, channel=matter.channel, procedure=matter.procedure or terms.Procedure.ORDINARY,
                            receipted=event != "received" or receipted(matter))
    codes = [t.code for t in found]
    lift(matter, codes, by=by, spoken=spoken)
    rounds: dict[str, int] = {}
    for code in matter.terms.filter(code__in=codes).values_list("code", flat=True):
        rounds[code] = rounds.get(code, 0) + 1
    rows = [Term(matter=matter, code=c, round=rounds.get(c, 0), start=day, due=last_day(c, day)) for c in codes]
    Term.objects.bulk_create(rows)
    keep(rows, "set", event, by=by, spoken=spoken)
    return {row.code: row.due for row in rows}


def meet(matter: Matter, event: str, *, by: int = 0, spoken: bool = False, on: date | None = None) -> None:
    """Meet the clocks that an event ends (办结时限), today unless it came `on` an earlier day.

    What is told answers those joined to it too. A right that it leaves no room for lapses and was not used.
    """
    lift(matter, terms.losing(event), by=by, reason=event, spoken=spoken)
    family = Term.objects.filter(matter=matter)
    if event == "told":
        family |= Term.objects.filter(matter__parent=matter)
    rows = list(family.filter(code__in=terms.ending(event), met=None, lifted=False))
    if rows:
        Term.objects.filter(pk__in=[row.pk for row in rows]).update(met=on or clock.today())
        keep(rows, "met", event, by=by, spoken=spoken)


def lift(matter: Matter, codes: Iterable[str], *, by: int = 0, reason: str = "replaced", spoken: bool = False) -> None:
    """Lift clocks that no longer apply (解除时限)."""
    rows = list(matter.terms.filter(code__in=list(codes), met=None, lifted=False))
    if rows:
        Term.objects.filter(pk__in=[row.pk for row in rows]).update(lifted=True)
        keep(rows, "lifted", reason, by=by, spoken=spoken)


def move(row: Term, due: date, reason: str, *, by: int = 0, event: str = "moved", **changes) -> None:
    """Move a clock (调整时限) to another last day."""
    before, row.due = row.due, due
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["due", *changes])
    keep([row], event, reason, by=by, before=before)


def written(matter: Matter, paper: str, *, by: int = 0) -> None:
    """Let a right count from the day its written answer is made out (书面答复起算), one that had lapsed as well."""
    row = matter.terms.filter(code=terms.WRITTEN[paper], met=None).order_by("-round").first()
    answered = matter.state in (State.ANSWERED, State.CLOSED)
    if row is not None and answered and not (row.lifted and row.due >= clock.today()):
        move(row, max(row.due, last_day(row.code, clock.today())), "written", by=by, lifted=False)


def hand_on(row: Term, other: Matter, *, by: int = 0) -> None:
    """Hand a clock on (时限转记) to the matter that another is joined to; one that is over is owed today."""
    lift(row.matter, [row.code], by=by, reason="merged")
    due = max(row.due, clock.today())
    keep([Term.objects.create(matter=other, code=row.code, start=row.start, due=due)], "set", "merged", by=by)


def handling(matter: Matter) -> Term | None:
    """Return the running clock of handling (办理时限), None when there is none."""
    return matter.terms.filter(code__in=terms.HANDLING.values(), met=None, lifted=False).first()


def running(matter: Matter, code: str) -> Term | None:
    """Return a running clock (计时中的时限)."""
    return matter.terms.filter(code=code, met=None, lifted=False).first()


def furthest(matter: Matter) -> date:
    """Return the last day handling can ever have (最晚办结日); by the day of receipt for older matters."""
    row = handling(matter)
    if row is None:
        return matter.statutory_due + timedelta(days=terms.EXTENSION_DAYS)
    days = calendar(row.start, row.start + timedelta(days=200))
    return terms.furthest(row.start, matter.procedure or terms.Procedure.ORDINARY, days)


def keep(rows: Iterable[Term], event: str, reason: str, *, by: int = 0, spoken: bool = False,
         before: date | None = None) -> None:
    """Keep what happened to clocks (时限变动记录); of a speaker's doing only the day."""
    at = clock.midnight() if spoken else clock.now()
    ClockChange.objects.bulk_create([
        ClockChange(matter_id=row.matter_id, clock=row.code, event=event, reason=reason[:16], at=at, by=by,
                    before=_end(before or (None if event == "set" else row.due)),
                    after=_end(row.due) if event in ("set", "moved", "resumed") else None)
        for row in rows
    ])


def _end(day: date | None) -> datetime | None:
    return None if day is None else end_of_work(day)
