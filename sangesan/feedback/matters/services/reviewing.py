"""Review (复查) and re-review (复核): asked by the speaker, decided one level above by whoever had no part in it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.despair import UNSAID
from sangesan.method.facts import MatterSecondReview
from sangesan.method.lifecycle import State
from sangesan.method.terms import resumed
from sangesan.organization.calendar.queries import calendar

from .. import queries
from ..models import Matter, Message, Review
from ..queries import Heard
from . import clocks, terms
from .despairing import apart
from .ending import FRESH, anew, by_receipt
from .recusing import heed_later, take_away
from .steps import claim, hold_still, reasoned, say, take, words


@transaction.atomic
def review(*, code: str | Heard, text: str, key: str = "") -> str:
    """Ask for review (申请复查), or re-review (申请复核), within thirty days; it goes one level above.

    A word of despair goes to the carers by itself; its own receipt is returned, '' for every other. `key` is the
    request key of one that came from outside.
    """
    found = queries.opened(code)
    third = found is not None and found.asks_again
    action = "third_review" if third else "review"
    found = by_receipt(code, action)
    text, matter, day = words(text, what=_("复查理由")), found.matter, clock.today()
    hold_still(matter)
    receipt = apart(found, text, key)
    text = UNSAID if receipt else text
    unit = queries.reviewing_unit(matter, third=third)
    answer = matter.answers.filter(outcome="approved").order_by("-judged_at").values_list("text", flat=True).first()
    claim(matter, State.THIRD_REVIEW if third else State.SECOND_REVIEW, scope=None, action=action,
          reviews=matter.reviews + 1)
    Review.objects.create(matter=matter, submission=found.submission, round=3 if third else 2, unit_id=unit,
                          asked_on=day, text=text, answer=answer or "")
    terms.meet(matter, f"{action}_asked", spoken=True)
    terms.begin(matter, f"{action}_asked", day, spoken=True)
    Message.objects.create(matter=matter, submission=found.submission, kind="reply", text=text, day=day)
    heed_later(matter, text, found.submission)
    return receipt


@transaction.atomic
def uphold(*, scope: Scope, number: str, text: str) -> Matter:
    """Uphold the answer (维持) and tell the speaker why."""
    return _decide(scope, number, "uphold", text)


@transaction.atomic
def change(*, scope: Scope, number: str, text: str) -> Matter:
    """Change the answer (变更): what the reviewer decides holds in its place."""
    return _decide(scope, number, "change", text)


@transaction.atomic
def redo(*, scope: Scope, number: str, text: str) -> Matter:
    """Have it done anew (责令重新办理); the same opinion on the same facts is not taken again."""
    return _decide(scope, number, "redo", text)


@transaction.atomic
def end(*, scope: Scope, number: str, text: str) -> Matter:
    """End it (终结) after the third review, as matters of version 2026.1 do; the same facts are not taken up again."""
    return _decide(scope, number, "end", text)


def _decide(scope: Scope, number: str, action: str, text: str) -> Matter:
    matter, step = take(scope, number, action)
    text, before, now = words(text, what=_("复查意见")), clocks.snapshot(matter), clock.now()
    row = matter.reviewed.filter(outcome="waiting").first()
    number_of = row.round if row else matter.reviews + 1
    terms.meet(matter, "third_reviewed" if number_of == 3 else "reviewed", by=scope.person)
    changes = {} if step.target != State.CLOSED else {"closed_at": matter.closed_at or now}
    if action == "redo":
        changes = {"reopened": matter.reopened + 1, **FRESH, **anew(matter, scope.person)}
        changes |= clocks.again(matter, now)
    claim(matter, step.target, scope=scope, action=action, **changes)
    clocks.keep(matter, before, "redo", scope.person)
    if action == "redo":
        take_away(matter, scope)
    if row is not None:
        Review.objects.filter(pk=row.pk).update(
            outcome="uphold" if action == "end" else action, conclusion=text, decided_by=scope.person, decided_at=now)
        if number_of == 2 and action != "redo":
            terms.begin(matter, "reviewed", clock.today(), by=scope.person)
    say(matter, "reviewed", text, scope=scope)
    record(MatterSecondReview(subject=matter.subject, unit=matter.path, occurred_at=now, reason=action,
                              round=number_of), actor=scope.actor, words=text)
    return matter


@transaction.atomic
def hearing(*, scope: Scope, number: str, text: str) -> Matter:
    """Hold a hearing (举行听证): until it is over the days of the re-review do not count."""
    matter, _step = take(scope, number, "hearing")
    text, day = reasoned(text), clock.today()
    matter.reviewed.filter(outcome="waiting").update(hearing_since=day)
    row = terms.running(matter, "third_review")
    if row is not None:
        terms.move(row, row.due, "hearing", by=scope.person, event="paused", paused=day)
    claim(matter, None, scope=scope, action="hearing")
    say(matter, "reviewed", text, scope=scope)
    _heard(matter, scope, "hearing")
    return matter


@transaction.atomic
def end_hearing(*, scope: Scope, number: str) -> Matter:
    """End a hearing (听证结束): the re-review's last day moves by the days it took."""
    matter, _step = take(scope, number, "end_hearing")
    day = clock.today()
    matter.reviewed.filter(outcome="waiting").update(hearing_since=None)
    row = terms.running(matter, "third_review")
    if row is not None and row.paused:
        due = resumed(row.due, row.paused, day, calendar(row.due, day + timedelta(days=400)))
        terms.move(row, due, "hearing", by=scope.person, event="resumed", paused=None)
    claim(matter, None, scope=scope, action="end_hearing")
    _heard(matter, scope, "heard")
    return matter


def _heard(matter: Matter, scope: Scope, reason: str) -> None:
    record(MatterSecondReview(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=reason,
                              round=3), actor=scope.actor)
