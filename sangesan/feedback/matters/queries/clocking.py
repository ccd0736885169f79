"""The clocks of one matter as its page shows them (时限一览): what, due when, left or late, and their history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Least, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.method.deadlines import end_of_day, end_of_work
from sangesan.method.grading import CLOCK_NAMES, CONFIRM, CONFIRM_NAME
from sangesan.method.terms import OFFICE, TELLING, TERMS

from ..models import ClockChange, Matter, Pause, Review, Submission, Term

PROMISED = (("sign_in", "sign_in_due", "signed_in_at"), ("first_answer", "first_answer_due", "first_answered_at"),
            ("plan", "plan_due", "planned_at"), ("due", "due_at", "answered_at"))
WAITS = {
    "sign_in": ("dispatched",),
    "first_answer": ("dispatched", "handling", "review", "returned", "suspended"),
    "plan": ("dispatched", "handling", "returned", "suspended"),
    "due": ("dispatched", "handling", "review", "returned", "suspended"),
}
"""In which states each promise is owed (待兑现的状态): a unit that gave a matter back signs for nothing."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
WITH_OFFICE = {"received": lazy("定级"), "graded": lazy("派单")}
"""What the office still does with it, by state (分办): until then nobody else has it in hand, and the law runs on."""
WANTED = {"upper": "deadline", "reception_day": "promised"}
"""Which channels' words bring a day by which it is wanted (要求与承诺), and where it stands in them."""
OWED = {"sign_in": lazy("签收"), "first_answer": lazy("首次答复"), "plan": lazy("报措施"), "due": lazy("办理")}
_ENDS = end_of_day(NEVER.date()) - NEVER
"""How far the end of a day here lies behind its midnight in the database, which counts in UTC (当日终了)."""
EVENTS = {"set": lazy("起算"), "moved": lazy("调整"), "paused": lazy("暂停"), "resumed": lazy("恢复"),
          "capped": lazy("不晚于"), "met": lazy("办到"), "missed": lazy("超期"), "lifted": lazy("不再计时"),
          "excused": lazy("不计超期")}
MOVES = ("moved", "paused", "resumed")
"""What changes a clock that ran (变动): that it begins, or is met, is no change. What one step moves is one change."""
REASONS = {
    "dispatched": lazy("派单"), "regraded": lazy("调级"), "extended": lazy("延期"), "reopened": lazy("重新办理"),
    "suspended": lazy("挂起"), "resumed": lazy("恢复办理"), "procedure": lazy("改办理程序"), "redo": lazy("责令重办"),
    "hearing": lazy("听证"), "passed_up": lazy("已转送上级"), "accepted": lazy("受理"), "received": lazy("收到"),
    "answered": lazy("答复"), "reviewed": lazy("复查结论"), "review_asked": lazy("申请复查"), "withdrawn": lazy("撤回"),
    "told": lazy("告知"), "replaced": lazy("重新起算"), "lapsed": lazy("期满未用"), "over": lazy("办结"),
    "objected": lazy("提出异议"), "merged": lazy("并案"), "calendar": lazy("日历核定，逢休顺延"),
    "third_review_ask": lazy("申请复核"), "third_reviewed": lazy("复核结论"), "by_phone": lazy("电话签收"),
    "asked": lazy("上级要求"), "promised": lazy("接待承诺"), "untold": lazy("无法告知"),
    "written": lazy("书面答复印发"),
}


@dataclass(frozen=True)
class Line:
    """One clock (时限): `done` is when it was met; `right` one that may lapse; `source` where it is written.

    `waits` says why it makes nobody here late: it is stopped, or what it asks for is done above the enterprise.
    """

    name: str
    due: datetime | date | None
    done: datetime | None = None
    lawful: bool = False
    right: bool = False
    lifted: bool = False
    waits: str = ""
    source: str = ""


@dataclass(frozen=True)
class Change:
    """What happened to a clock (时限变动), at its moment, or on a day where no more is kept."""

    name: str
    event: str
    reason: str
    at: datetime | date
    after: datetime | None
    moves: bool


def promises(matter: Matter, paused: Pause | None) -> list[Line]:
    """Return the promised clocks (承诺时限), those that wait too.

    What is owed no more is left out: a matter that was answered or taken back has no plan to wait for. What was late
    until the answer came stays with that.
    """
    lines = []
    for name, field, done in PROMISED:
        due, met = getattr(matter, field), getattr(matter, done)
        waits = paused is not None and name in paused.dues
        if met is None and not waits and matter.state not in WAITS[name]:
            met = matter.answered_at if due and matter.answered_at and matter.answered_at > due else None
            due = due if met else None
        if due or waits:
            lines.append(Line(_(CLOCK_NAMES[name]), due, met, waits=_("挂起中") if waits else ""))
    return lines


def owed_next(matter: Matter) -> tuple[str, datetime] | None:
    """Return what is owed first (最近的承诺): its name and until when, of the promises that run and are not met."""
    running = [(str(OWED[name]), getattr(matter, due)) for name, due, done in PROMISED
               if getattr(matter, done) is None and getattr(matter, due) is not None and matter.state in WAITS[name]]
    return min(running, key=lambda one: one[1], default=None)


def office_terms() -> QuerySet[Term]:
    """Return the statutory clocks of the office that run (信访办在计的法定时限), each until the end of its day."""
    return Term.objects.filter(code__in=OFFICE, met=None, lifted=False)


def asked_for() -> QuerySet[Submission]:
    """Return the words that bring a day by which it is wanted (来文要求、接待承诺), that day as `due`."""
    day = NullIf(Coalesce(*(KT(f"extra__{name}") for name in WANTED.values())), Value(""))
    return Submission.objects.filter(channel__in=WANTED, withdrawn=None).annotate(due=Cast(day, DateField()))


def with_office(**within: date) -> list[QuerySet]:
    """Return what gives the office a day for a matter (分办期限) within some days: the law, and who asks for one.

    What was joined to it brings its own.
    """
    asked = asked_for().filter(**within)
    return [office_terms().filter(matter=OuterRef("pk"), **within), asked.filter(matter=OuterRef("pk")),
            asked.filter(matter__parent=OuterRef("pk"))]


def office_due() -> Least:
    """Return until which day the office has it (分办期限): the nearest that the law gives or somebody asked for."""
    days = (rows.order_by().values(key).annotate(on=Min("due")).values("on")
            for rows, key in zip(with_office(), ("matter", "matter", "matter__parent"), strict=True))
    return Least(*(Coalesce(Subquery(on), Value(NEVER.date()), output_field=DateField()) for on in days))


def runs_out() -> Least:
    """Return by what lists are ordered that show what is owed first (最近的时限): the same, in the database."""
    promised = (Case(
        When(Q(state__in=WAITS[name]), **{f"{done}__isnull": True, f"{due}__isnull": False}, then=F(due)),
        default=Value(NEVER), output_field=DateTimeField()) for name, due, done in PROMISED)
    ends = ExpressionWrapper(Cast(office_due(), DateTimeField()) + _ENDS, output_field=DateTimeField())
    lawful = Case(When(state__in=WITH_OFFICE, provisional=False, history=False, then=ends),
                  default=Value(NEVER), output_field=DateTimeField())
    return Least(*promised, lawful)


def statutes(matter: Matter, reviews: Iterable[Review]) -> list[Line]:
    """Return the statutory clocks (法定时限), the lifted ones left out unless they were missed.

    A right whose day is over is one no more, before the night says so too.
    """
    above = {("third_review" if one.round == 3 else "review", one.asked_on): one.passed_on for one in reviews}
    lines = []
    for row in matter.terms.order_by("start", "due", "code"):
        term, upward = TERMS[row.code], above.get((row.code, row.start))
        lapsed = term.right and row.met is None and row.due < clock.today()
        if not lapsed and (not row.lifted or row.missed):
            waits = _("由上级审理") if upward and upward <= row.due else _("听证中") if row.paused else ""
            lines.append(Line(_(term.name), row.due, _noon(row.met), lawful=True, right=term.right, lifted=row.lifted,
                              waits=waits, source=_(term.source)))
    if not lines and not matter.history:
        lines.append(Line(_("办理"), matter.statutory_due, matter.answered_at, lawful=True))
    return lines


def untold(matter: Matter, said: Iterable[Submission]) -> bool:
    """Return whether nobody can be told of it (无法告知): no name was left, and nobody holds a receipt."""
    said = list(said)
    return bool(said) and not any(one.receipted for one in said) and not matter.terms.filter(
        code__in=TELLING, lifted=False).exists()


def rights(matter: Matter) -> dict[str, date]:
    """Return until when a speaker may ask, and by when an answer is owed by law (反映人的时限), by code.

    `hearing` is since when the days of the re-review do not count (听证), while they do not.
    """
    wanted = ("ask_review", "ask_third_review", "review", "third_review", "handling", "simple", "notice", "forwarded")
    rows = list(matter.terms.filter(code__in=wanted, met=None, lifted=False))
    return {row.code: row.due for row in rows} | dict(("hearing", row.paused) for row in rows if row.paused)


def history_of(matter: Matter) -> list[ClockChange]:
    """Return what happened to the clocks (时限变动), in order; keys tell none."""
    rank = {event: place for place, event in enumerate(EVENTS)}
    rows = matter.clock_changes.order_by("at", "clock")
    return sorted(rows, key=lambda row: (row.at, row.event != "lifted", rank.get(row.event, 0)))


def changes(matter: Matter) -> list[Change]:
    """Return the history of the clocks (时限变动), oldest first."""
    names = {**CLOCK_NAMES, CONFIRM: CONFIRM_NAME,
             **{t.code: _("法定·%(name)s") % {"name": t.name} for t in TERMS.values()}}
    found = []
    for row in history_of(matter):
        at = clock.local(row.at)
        reason = "" if row.reason == row.clock else str(REASONS.get(row.reason, ""))
        found.append(Change(_(names.get(row.clock, row.clock)), str(EVENTS.get(row.event, "")), reason,
                            at.date() if at.time() == time(0) else at, row.after, row.event in MOVES))
    return found


@dataclass(frozen=True)
class Asked:
    """The day by which it is wanted (要求办结), who asked, and what the promise makes of it.

    `visitor`: no body above asked, it was promised at a reception (接待承诺).
    """

    day: str
    who: str
    kept: str
    visitor: bool = False


def asked(matter: Matter, said: Iterable[Submission]) -> list[Asked]:
    """Return by when papers from above want it done, or a visitor was promised a result (来文要求、接待承诺).

    As far as they are read here, each once.
    """
    found = {}
    for one in said:
        visitor = one.channel == "reception_day"
        day = one.extra.get(WANTED.get(one.channel, ""))
        if day:
            who = " ".join(filter(None, (one.extra.get("sender"), one.extra.get("document"))))
            kept = _beside(matter, end_of_work(date.fromisoformat(day)), visitor)
            found[day, who, visitor] = Asked(day, who, kept, visitor)
    return [found[key] for key in sorted(found)]


def _beside(matter: Matter, last: datetime, visitor: bool) -> str:
    """Return how the promise stands to the end of the day that was asked for (办理时限与要求之比)."""
    if last < (matter.dispatched_at or clock.now()):
        if matter.dispatched_at is None:
            return _("这一天已过")
        return _("派单时这一天已过，没有按时") if visitor else _("派单时这一天已过，办理时限照等级起算")
    if matter.dispatched_at is None:
        return _("派单后办理时限不晚于这一天")
    return _("办理时限改过，已晚于这一天") if matter.due_at and matter.due_at > last else _("办理时限不晚于这一天")


def clocks(matter: Matter, reviews: Iterable[Review] | None = None, said: Iterable[Submission] = ()) -> dict[str, Any]:
    """Return all that the page shows of the clocks (时限一览); `reviews` and what was `said` as they have been read."""
    from .owing import owing

    if matter.history:
        return {"promised": [], "lawful": [], "past": [], "changes": [], "untold": False, "asked": []}
    paused = matter.pauses.filter(outcome="granted", resumed_at=None).first()
    reviews = matter.reviewed.all() if reviews is None else reviews
    law, told = statutes(matter, reviews), changes(matter)
    now = [line for line in law if line.done is None or not line.waits and clock.local(line.done).date() > line.due]
    return {"promised": promises(matter, paused), "lawful": now, "past": [line for line in law if line not in now],
            "changes": told, "moved": len({row.at for row in told if row.moves}),
            "next": owing([matter]).get(matter.pk), "untold": untold(matter, said),
            "asked": asked(matter, said)}


def _noon(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(0), clock.LOCAL)
