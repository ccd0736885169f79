"""Who is told, and when (告知): within the change itself, so that no notice is lost."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from sangesan.feedback.matters.models import Case, Matter
from sangesan.feedback.matters.queries import reviewers
from sangesan.feedback.matters.queries.access import situation
from sangesan.feedback.matters.queries.beside import own_office
from sangesan.feedback.matters.queries.holders import holding, shut_out
from sangesan.foundation import clock
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.grading import Where
from sangesan.organization.notices.queries import told
from sangesan.organization.notices.services import fulfilled, notify, withdraw
from sangesan.organization.people.queries import scopes_of

from ..queries import told as queries
from . import calling, caring

RAISED = ("regrade", "confirm", "escalate", "dispatch", "route", "rule")
"""Steps after which whoever the grading table names is told (按级告知)."""
GIVEN_BACK = ("return", "recuse")
"""Steps after which nobody has an A in hand, by day or by night (A 级无人在办)."""
HIDES = ("accuse", "concern", "care")
"""Steps that shut the door to some; what they were told before is taken back (撤下消息)."""
_HANDLERS = (Action.HANDLE, Where.LEAD)
_APPROVERS = (Action.APPROVE, Where.LEAD)
_OFFICE = (Action.TRIAGE, Where.MINE)
_NOTICES: dict[str, tuple[str, tuple[Action, Where]]] = {
    "dispatch": ("matter.dispatched", _HANDLERS), "route": ("matter.dispatched", _HANDLERS),
    "return": ("matter.returned", _OFFICE), "recuse": ("matter.returned", _OFFICE),
    "rule": ("matter.ruled", _HANDLERS), "draft": ("matter.to_approve", _APPROVERS),
    "reject": ("matter.sent_back", _HANDLERS), "extend": ("matter.extension_asked", _APPROVERS),
    "grant": ("matter.extended", _HANDLERS), "refuse": ("matter.extended", _HANDLERS),
    "approve": ("matter.to_call_back", _OFFICE), "dissatisfied": ("matter.reopened", _HANDLERS),
    "reopen": ("matter.reopened", _HANDLERS), "redo": ("matter.reopened", _HANDLERS),
    "supervise": ("matter.supervised", _HANDLERS), "ask_pause": ("matter.pause_asked", _APPROVERS),
    "pause": ("matter.pause_decided", _HANDLERS), "no_pause": ("matter.pause_decided", _HANDLERS),
    "propose": ("matter.supervision_proposed", (Action.SUPERVISE, Where.MINE)),
    "write_back": ("matter.result_back", (Action.SUPERVISE, Where.MINE)),
    "uphold": ("matter.reviewed", _HANDLERS), "change": ("matter.reviewed", _HANDLERS),
}
ANSWERED: dict[str, tuple[str, ...]] = {
    "sign_in": ("matter.dispatched", "matter.ruled"), "return": ("matter.dispatched",),
    "rule": ("matter.returned", "warning.a_waiting"),
    "dispatch": ("matter.nobody", "warning.a_waiting"), "decline": ("matter.nobody",),
    "approve": ("matter.to_approve", "matter.extension_asked", "matter.pause_asked"),
    "reject": ("matter.to_approve",), "draft": ("matter.sent_back",),
    "conclude": ("matter.case_given", "matter.case_due"), "withdraw_supervision": ("matter.supervised",),
    "grant": ("matter.extension_asked",), "refuse": ("matter.extension_asked",),
    "pause": ("matter.pause_asked",), "no_pause": ("matter.pause_asked",),
    **dict.fromkeys(("supervise", "waive", "withdraw_proposal"), ("matter.supervision_proposed",)),
    "call_back": ("matter.to_call_back",),
    **dict.fromkeys(("uphold", "change", "redo", "pass_up"), ("matter.review_asked", "matter.no_reviewer")),
    "close": ("matter.received", "matter.to_confirm", "matter.dispatched", "matter.ruled", "matter.sent_back",
              "matter.extended", "matter.to_call_back", "matter.reopened", "matter.due_soon", "matter.overdue",
              "matter.supervised", "matter.supervision_proposed", "matter.result_back", "matter.progress",
              "matter.urged", "warning.a", "warning.a_waiting", "warning.a_escalated", "warning.told"),
}
"""What a step answers (已办): notices that asked for it rest; a matter that is closed asks nothing any more."""


def tell(sender: type, *, matter: Matter, action: str, scope: Scope | None, **_kwargs: object) -> None:
    """Tell whoever must know of a step (告知). What left the ordinary flow is told to inspectors only.

    Letters that came in as history alert nobody.
    """
    if action in HIDES:
        withdraw(subject=matter.subject)
        calling.strike(matter)
    if action in ANSWERED:
        fulfilled(subject=matter.subject, kinds=ANSWERED[action])
    if matter.cared:
        if action == "care":
            caring.arrive(matter)
        return
    if matter.sealed:
        if action == "accuse":
            _notify(matter, "matter.received", holding(matter, queries.everywhere(Role.INSPECTOR)), scope)
        return
    if matter.history:
        return
    if action in ("confirm", "lower"):
        calling.confirmed(matter)
    if action == "declare" or action == "given_back" and matter.provisional:
        now = clock.now()
        calling.ring(matter, now)
        _notify(matter, "warning.a", holding(matter, queries.everywhere(Role.DUTY, Role.TRIAGE)), scope, now)
    elif action in RAISED and matter.grade == "A" and matter.lead_id:
        calling.open_sheet(matter, action)
        _notify(matter, "warning.a", queries.told(matter), scope)
    elif action == "confirm":
        leaders = holding(matter, queries.everywhere(Role.LEADER, Role.DUTY, Role.TRIAGE))
        _notify(matter, "warning.a", leaders, scope)
    elif action in RAISED and matter.lead_id:
        asked = queries.granted(matter, *_HANDLERS) if action in _NOTICES else set()
        _notify(matter, "warning.told", queries.told(matter) - asked, scope)
    if action in ("named", "concern") and not queries.granted(matter, *_OFFICE):
        _notify(matter, "matter.nobody", _left(matter), scope, clock.midnight())
    if action in ("review", "third_review"):
        able = reviewers(matter, third=action == "third_review")
        kind, people = ("matter.review_asked", able) if able else ("matter.no_reviewer",
                                                                   queries.granted(matter, *_OFFICE))
        _notify(matter, kind, people, scope, clock.midnight())
    if action in GIVEN_BACK and matter.grade == "A":
        awake = holding(matter, queries.everywhere(Role.LEADER, Role.DUTY, Role.TRIAGE))
        _notify(matter, "warning.a_waiting", awake, scope, None if scope else clock.midnight())
    if action == "take_on":
        people = queries.leading(matter)
        _notify(matter, "matter.case_given", people - shut_out(matter, people), scope)
    if action in _NOTICES:
        kind, (permission, where) = _NOTICES[action]
        if action == "supervise" and situation(matter).of_office:
            permission, where = _OFFICE
        by_speaker = action == "dissatisfied" or (action == "recuse" and scope is None)
        spoken = clock.midnight() if by_speaker else None  # of a speaker's deed only the day is kept
        people = queries.granted(matter, permission, where)
        if permission == Action.APPROVE:  # a leader is asked only where nobody nearer may approve
            leaders, own = holding(matter, queries.everywhere(Role.LEADER)), {scope.person} if scope else set()
            people = people - leaders - own or leaders
        if action in ("propose", "write_back"):  # whose own office it is of decides nothing
            people -= {person for person, mine in scopes_of(people).items() if own_office(mine, matter)}
        _notify(matter, kind, people, scope, spoken)


def tell_case_due(day: date) -> int:
    """Tell leaders whose cases had that day to be resolved and are not (包案到期提醒), once, in the ordinary batch."""
    count = 0
    for matter in Matter.objects.filter(Exists(Case.objects.filter(matter=OuterRef("pk"), until=day, signed_at=None))):
        if matter.sealed or told(matter.subject, "matter.case_due", day):
            continue
        people = queries.leading(matter)
        count += notify(persons=people - shut_out(matter, people), subject=matter.subject, kind="matter.case_due")
    return count


def _left(matter: Matter) -> set[int]:
    """Return who is asked for another triager where all are to keep off (请谁另任分办员).

    The leaders; where they are to keep off as well, the inspectors; else whoever appoints.
    """
    for role in (Role.LEADER, Role.INSPECTOR, Role.SYSTEM_ADMIN):
        if found := holding(matter, queries.everywhere(role)):
            return found
    return set()


def _notify(matter: Matter, kind: str, people: set[int], scope: Scope | None, at: datetime | None = None) -> None:
    notify(persons=people - {scope.person if scope else 0}, subject=matter.subject, kind=kind, at=at)
