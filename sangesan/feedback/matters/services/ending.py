"""Rating, call-back, closing, reopening (评价、回访、办结、重新办理)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterCalledBack, MatterClosed, MatterReopened
from sangesan.method.lifecycle import Guard, State
from sangesan.method.terms import TERMS

from .. import queries
from ..models import Matter, Message, Rating, Submission
from ..queries import Heard
from ..queries.closing import CLOSING, missing, stands_for
from ..words import RATINGS, SOLVED
from . import clocks, terms
from .recusing import take_away
from .steps import claim, hold_still, reasoned, say, take, words
from .supervising import drop_proposal

REOPEN_REASONS = ("not_solved", "false_closing", "dissatisfied")
FRESH = {"answered_at": None, "answered_late": False, "called_back_at": None, "closed_at": None, "rated": ""}


def held(code: str | Heard) -> Heard:
    """Return what a speaker holds open (反映人所持). Raises NotFound."""
    found = queries.opened(code)
    if found is None:
        raise NotFound(_("没有找到这个回执"), why=_("回执号不对，或者抄错了一位"), next=_("请对照回执再输一次"))
    return found


def by_receipt(code: str | Heard, action: str) -> Heard:
    """Return what a speaker holds open, for a step (凭回执操作). Raises NotFound or Conflict."""
    found = held(code)
    if not found.may(action):
        raise Conflict(_("没有办成"), why=found.refusal(action) or _("事项现在是“%s”，不能做这一步") % found.state_name)
    return found


@transaction.atomic
def rate(*, code: str | Heard, rating: str, solved: str = "") -> Matter:
    """Rate the answer (评价), once for each answer; “solved?” is asked apart.

    Dissatisfied opens the matter again, once by right; after that it is for triage to decide.
    """
    if rating not in RATINGS or rating == "unrated" or solved not in SOLVED:
        raise UserError(_("没有评价"), why=_("没有选择满意、基本满意或不满意"), next=_("请选择一项"))
    found = by_receipt(code, "rate")
    matter, again = found.matter, rating == "dissatisfied" and found.may("dissatisfied")
    hold_still(matter)
    _row, fresh = Rating.objects.get_or_create(submission=found.submission, round=matter.reopened, defaults={
        "matter": matter, "rating": rating, "solved": solved, "reopens": again, "day": clock.today()})
    if not fresh:
        raise Conflict(_("没有评价"), why=_("这次答复已经评价过"))
    if again:
        _reopen(matter, scope=None, action="dissatisfied")
    else:
        claim(matter, None, scope=None, action="rate", rated=worse(matter.rated, rating))
    return matter


def worse(left: str, right: str) -> str:
    """Return the worse of two ratings (取较差): a group matter keeps the worst it got."""
    order = list(RATINGS)[::-1]
    return min((r for r in (left, right) if r and r != "unrated"), key=order.index)


@transaction.atomic
def withdraw(*, code: str | Heard) -> Matter:
    """Withdraw one's word (撤回); the matter ends when nobody is left who spoke of it, here or joined to it."""
    found = by_receipt(code, "withdraw")
    said, matter = found.submission, found.matter
    hold_still(matter)
    said.withdrawn = clock.today()
    said.save(update_fields=["withdrawn"])
    if not Submission.objects.filter(matter.family, withdrawn=None).exists():
        claim(matter, State.WITHDRAWN, scope=None, action="withdraw")
        terms.lift(matter, TERMS, reason="withdrawn", spoken=True)
        drop_proposal(matter, scope=None, at=clock.midnight())
    return matter


@transaction.atomic
def call_back(*, scope: Scope, number: str, reached: bool, text: str = "") -> Matter:
    """Call the speaker back (回访), or record that nobody could be reached."""
    matter, _step = take(scope, number, "call_back")
    text = words(text, what=_("回访记录"), longest=400, needed=reached)
    claim(matter, None, scope=scope, action="call_back", called_back_at=clock.now())
    say(matter, "call_back", text or _("未能联系上"), scope=scope)
    record(MatterCalledBack(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                            quantity=clocks.weight(matter), reason="reached" if reached else "unreached"),
           actor=scope.actor)
    return matter


@transaction.atomic
def close(*, scope: Scope, number: str) -> Matter:
    """Close a matter (办结) and say in the ledger whether it was answered in time.

    Where the grading table asks for two persons, the first one's agreement is kept and it stays answered.
    """
    matter, step = take(scope, number, "close")
    if matter.grade and Guard.CLOSER in step.guards:
        post = stands_for(matter, scope)
        said = say(matter, CLOSING, _("同意办结"), scope=scope)
        Message.objects.filter(pk=said.pk).update(post=post)
        if missing(matter):
            claim(matter, None, scope=scope, action="agree_close")
            return matter
    finish(matter, step.target, scope=scope, action="close", actor=scope.actor)
    return matter


def finish(matter: Matter, target: State, *, scope: Scope | None, action: str, actor, reason: str = "",
           **changes) -> None:
    """Close and record (办结记账)."""
    now = clock.now()
    claim(matter, target, scope=scope, action=action, closed_at=now, **changes)
    record(MatterClosed(subject=matter.subject, unit=matter.path, occurred_at=now, grade=matter.grade,
                        in_time=clocks.NO_CLOCK if matter.history else int(not matter.answered_late),
                        quantity=clocks.weight(matter), reason=reason or matter.rated), actor=actor)
    terms.meet(matter, "over", by=scope.person if scope else 0)
    drop_proposal(matter, scope=scope)


@transaction.atomic
def reopen(*, scope: Scope, number: str, reason: str, text: str) -> Matter:
    """Open a matter again (重新办理): not solved, or closed falsely; the old grade holds."""
    matter, _step = take(scope, number, "reopen")
    if reason not in REOPEN_REASONS:
        raise UserError(_("没有办成"), why=_("没有选择重新办理的原因"), next=_("请选择原因"))
    text = reasoned(text)
    _reopen(matter, scope=scope, action="reopen")
    say(matter, "reason", text, scope=scope)
    record(MatterReopened(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                          reason=reason, quantity=clocks.weight(matter)), actor=scope.actor)
    return matter


def _reopen(matter: Matter, *, scope: Scope | None, action: str) -> None:
    """Go back to handling with a fresh due moment (重新计时)."""
    before, by = clocks.snapshot(matter), scope.person if scope else 0
    law = anew(matter, by, spoken=scope is None)
    again = clocks.again(matter, clocks.since(scope))
    claim(matter, State.HANDLING, scope=scope, action=action, reopened=matter.reopened + 1, **FRESH, **again, **law)
    clocks.keep(matter, before, "reopened", by, spoken=scope is None)
    take_away(matter, scope)


def anew(matter: Matter, by: int, *, spoken: bool = False) -> dict:
    """Start the statutory clock of a new round of handling (重新计算法定期限) and return what changes."""
    terms.lift(matter, ("ask_review", "ask_third_review"), by=by, reason="reopened", spoken=spoken)
    due = terms.begin(matter, "accepted", clock.today(), by=by, spoken=spoken)
    if due:
        matter.statutory_due = next(iter(due.values()))
    return {"statutory_due": matter.statutory_due}
