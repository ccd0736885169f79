"""The call list (值班电话单): opened by an A warning, worked down by the duty post, times entered afterwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.caring import root_of
from sangesan.feedback.matters.queries.holders import holding, shut_out
from sangesan.feedback.matters.services.confirming import unconfirmed
from sangesan.feedback.matters.services.receiving import sign_in
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Role, Scope
from sangesan.method.facts import WarningCalled
from sangesan.method.lifecycle import State
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.notices.services import fulfilled, notify, withdraw
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.queries import path_of

from ..models import DECLARED, Call, CallSheet
from ..queries.calling import line_for, wanted
from ..queries.told import everywhere

SLACK = timedelta(minutes=5)
"""So much earlier than the sheet a call may have been (先打电话后开单)."""


def open_sheet(matter: Matter, why: str) -> CallSheet:
    """Open the list of an A warning (开电话单), or add to it whom a later step made necessary."""
    sheet = CallSheet.objects.filter(matter=matter).first()
    if sheet is None:
        sheet = CallSheet.objects.create(matter=matter, mine_id=root_of(matter.unit_id), why=why, at=clock.now())
    there = dict(sheet.calls.values_list("person_id", "place"))
    new = [row for row in wanted(matter, sheet.mine_id) if row.person_id not in there]
    Call.objects.bulk_create([
        Call(sheet=sheet, place=place, person_id=row.person_id, post=row.post.code, title=row.post.title)
        for place, row in enumerate(new, start=max(there.values(), default=0) + 1)
    ])
    return sheet


def ring(matter: Matter, at: datetime) -> None:
    """Alert the dispatching room to a list (提醒调度室): it opens no matter, so what it is told of is the list."""
    sheet = open_sheet(matter, DECLARED)
    notify(persons=holding(matter, everywhere(Role.DISPATCHER)), subject=f"calls/{sheet.pk}", kind="warning.a", at=at)


def strike(matter: Matter) -> None:
    """Take off the list whom the matter turned out to be about (划去被反映人), unless they were called already."""
    for pk in CallSheet.objects.filter(matter=matter).values_list("pk", flat=True):
        withdraw(subject=f"calls/{pk}")
    calls = Call.objects.filter(sheet__matter=matter, called_at=None)
    people = set(calls.values_list("person_id", flat=True))
    calls.filter(person__in=shut_out(matter, people)).delete()


@transaction.atomic
def enter(*, scope: Scope, line: int, called_at: datetime, reached: bool, signs: bool = False) -> Call:
    """Enter a call afterwards (补记电话): when, reached or not; who was reached may sign for the matter by it.

    Nobody needs an account of their own at night; the entry says who made the call and when it was entered.
    """
    call = line_for(scope, line)
    now = clock.now()
    if called_at > now:
        raise UserError(_("没有保存"), why=_("打电话的时间在现在之后"), next=_("请核对时间"), code="future")
    if called_at < call.sheet.at - SLACK:
        raise UserError(_("没有保存"), why=_("打电话的时间早于这张电话单"), next=_("请核对时间"), code="past")
    if not Call.objects.filter(pk=call.pk, reached=False).update(
            called_at=called_at, reached=reached, by=scope.person, entered_at=now):
        raise Conflict(_("没有保存"), why=_("这一行已经记为接通"))
    matter = call.sheet.matter
    fulfilled(subject=f"calls/{call.sheet_id}")
    record(WarningCalled(subject=matter.subject, unit=matter.path, occurred_at=called_at, post=call.post,
                         reason="reached" if reached else "unreached"), actor=scope.actor)
    if reached and signs and matter.state == "dispatched":
        sign_in(scope=scope_of(call.person), number=matter.number, at=called_at, told=scope)
        Call.objects.filter(pk=call.pk).update(signs=True)
    return call


def wake() -> int:
    """Wake the leaders (叫醒领导): an A warning nobody has dispatched in the time a unit has to sign for it.

    Before the dispatch no clock runs; at night whoever must confirm or dispatch may be asleep. Runs each minute.
    """
    count = 0
    waiting = CallSheet.objects.filter(matter__grade="A", matter__state=State.GRADED.value).select_related("matter")
    for sheet in waiting.order_by("-at", "-pk")[:200]:
        if _runs_out(sheet) <= clock.now():
            people = holding(sheet.matter, everywhere(Role.LEADER, Role.DUTY, Role.TRIAGE))
            count += notify(persons=people, subject=sheet.matter.subject, kind="warning.a_waiting")
    return count


def _runs_out(sheet: CallSheet) -> datetime:
    """Return by when somebody must have taken a warning up (接手时限): the time a unit has to sign for an A."""
    limit, day = tables.of(sheet.matter.table).levels["A"].clocks["sign_in"], clock.local(sheet.at).date()
    return limit.runs_out(sheet.at, calendar(day, day))


def record_unconfirmed(day: date | None = None) -> int:
    """Record the dangers that nobody confirmed or lowered in time (登记险情未确认), each once.

    Each minute, so that what is confirmed late the same night is late as well. What an anonymous speaker declared
    waits for the closing of a `day`: the minute would tell when they spoke.
    """
    now, waiting = clock.now(), CallSheet.objects.filter(matter__provisional=True).select_related("matter", "mine")
    if day is None:
        waiting = waiting.filter(matter__received_at__isnull=False)
    else:
        now = min(now, datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL))
    return sum(_unconfirmed(sheet, now) for sheet in waiting.order_by("pk"))


def confirmed(matter: Matter) -> None:
    """Record that a danger was confirmed or lowered too late (迟到的确认), where no round had yet."""
    for sheet in CallSheet.objects.filter(matter=matter).select_related("mine"):
        sheet.matter = matter
        _unconfirmed(sheet, clock.now())


def _unconfirmed(sheet: CallSheet, now: datetime) -> int:
    since = _runs_out(sheet)
    path = path_of(sheet.mine_id, clock.today())
    return unconfirmed(sheet.matter, since, unit=path) if since <= now else 0


def forget_minutes(day: date) -> int:
    """Keep of lists that an anonymous speaker's danger opened the day alone (只留日期), and return how many.

    Once the danger is confirmed or lowered, the time to take it up has run out, and `day` is over: until then the
    minute says whom to wake and who was late, afterwards only when somebody spoke. It walks over lists of any age.
    """
    ends = datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)
    told = CallSheet.objects.filter(why=DECLARED, at__lt=ends, matter__received_at=None, matter__provisional=False)
    count = 0
    for sheet in told.exclude(at__time=time(0)).select_related("matter").order_by("pk"):
        if _runs_out(sheet) <= clock.now():
            begun = datetime.combine(clock.local(sheet.at).date(), time(0), clock.LOCAL)
            count += CallSheet.objects.filter(pk=sheet.pk).update(at=begun)
    return count


def note_printing(scope: Scope, sheet: CallSheet) -> None:
    """Note that a list was printed (打印留痕)."""
    audit("calls.printed", scope=scope, subject=f"calls/{sheet.pk}")


def note_reading(scope: Scope, sheet: CallSheet) -> None:
    """Note that a list with telephone numbers was opened (查看留痕)."""
    audit("calls.read", scope=scope, subject=f"calls/{sheet.pk}")
