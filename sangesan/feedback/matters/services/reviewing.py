"""Review (复查) and re-review (复核): asked by the speaker, decided one level above by whoever had no part in it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.deadlines import end_of_work
from sangesan.method.despair import UNSAID
from sangesan.method.facts import MatterSecondReview
from sangesan.method.lifecycle import State

from .. import queries
from ..models import Matter, Message, Review, Term
from ..models.reviewing import OUTCOMES
from ..queries import Heard
from . import clocks, terms
from .despairing import apart
from .ending import FRESH, anew, by_receipt
from .excusing import excuse
from .recusing import heed_later, shut_hands, take_away
from .steps import claim, hold_still, say, take, words
from .supervising import drop_proposal

UPWARD = {"forward": lazy("转送"), "report": lazy("上报")}
"""How a review reaches the unit above the enterprise (转送方式)."""
LONGEST_UNIT = 80


@transaction.atomic
def review(*, code: str | Heard, text: str, key: str = "", about_handlers: bool = False) -> str:
    """Ask for review (申请复查), or re-review (申请复核), within thirty days; it goes one level above.

    A word of despair goes to the carers by itself; its own receipt is returned, '' for every other. `key` is the
    request key of one that came from outside. `about_handlers` as in `reply`.
    """
    found = queries.opened(code)
    third = found is not None and found.asks_again
    action = "third_review" if third else "review"
    return ask(by_receipt(code, action), action, text, clock.today(), key=key, about_handlers=about_handlers)


def ask(found: Heard, action: str, text: str, day: date, *, key: str = "", about_handlers: bool = False,
        scope: Scope | None = None) -> str:
    """Have a review or re-review asked for (提出申请) on a day, by its speaker or, on paper, by whoever enters it."""
    third, matter = action == "third_review", found.matter
    text = words(text, what=_("复查理由"))
    hold_still(matter)
    receipt = apart(found, text, key)
    text = UNSAID if receipt else text
    hands_shut = about_handlers and shut_hands(matter)
    unit = queries.reviewing_unit(matter, third=third)
    answer = matter.answers.filter(outcome="approved").order_by("-judged_at").values_list("text", flat=True).first()
    claim(matter, State.THIRD_REVIEW if third else State.SECOND_REVIEW, scope=scope, action=action,
          reviews=matter.reviews + 1)
    Review.objects.create(matter=matter, submission=found.submission, round=3 if third else 2, unit_id=unit,
                          asked_on=day, text=text, answer=answer or "")
    terms.meet(matter, f"{action}_asked", spoken=True, on=day)
    terms.begin(matter, f"{action}_asked", day, spoken=True)
    Message.objects.create(matter=matter, submission=found.submission, kind="reply", text=text, day=clock.today())
    heed_later(matter, text, found.submission, hands_shut=hands_shut)
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


@transaction.atomic
def pass_up(*, scope: Scope, number: str, unit: str, day: date, way: str) -> Matter:
    """Pass a review to the unit above the enterprise (转送上级单位) where it is theirs, and tell all who spoke.

    From that day on the law's days are theirs: what ran out since is nobody's lateness here.
    """
    matter, _step = take(scope, number, "pass_up")
    unit = words(unit, what=_("上级单位"), longest=LONGEST_UNIT)
    if way not in UPWARD:
        raise UserError(_("没有办成"), why=_("没有选择转送还是上报"), next=_("请选择方式"))
    asked = matter.reviewed.get(outcome="waiting")
    _believable(day, asked.asked_on, _("转送、上报的日子应在申请之日到今天之间"))
    Review.objects.filter(pk=asked.pk).update(upper=unit, passed_on=day)
    term = terms.running(matter, "third_review" if asked.round == 3 else "review")
    if term is not None and term.missed and day <= term.due:
        Term.objects.filter(pk=term.pk).update(missed=False)
        excuse(matter, {term.code: end_of_work(term.due)}, "passed_up", scope=scope)
    claim(matter, None, scope=scope, action="pass_up")
    text = _("这件事项的%(name)s申请已于 %(day)s %(way)s%(unit)s审理，结论会在这里告诉您") % {
        "name": asked.name, "day": f"{day:%F}", "way": UPWARD[way], "unit": unit}
    say(matter, "told", text, scope=scope)
    record(MatterSecondReview(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason="passed_up",
                              round=asked.round), actor=scope.actor, words=text)
    return matter


@transaction.atomic
def upper_uphold(*, scope: Scope, number: str, day: date, text: str) -> Matter:
    """Enter that the unit above upheld the answer (上级维持), on its day and in its words."""
    return _decide(scope, number, "uphold", text, above=day)


@transaction.atomic
def upper_change(*, scope: Scope, number: str, day: date, text: str) -> Matter:
    """Enter that the unit above changed the answer (上级变更)."""
    return _decide(scope, number, "change", text, above=day)


@transaction.atomic
def upper_redo(*, scope: Scope, number: str, day: date, text: str) -> Matter:
    """Enter that the unit above has it done anew (上级责令重新办理)."""
    return _decide(scope, number, "redo", text, above=day)


def _believable(day: date, first: date, why: str) -> None:
    if not first <= day <= clock.today():
        raise UserError(_("没有办成"), why=why, next=_("请对照来文、去文改一下日子"), code="day")


def _decide(scope: Scope, number: str, action: str, text: str, *, above: date | None = None) -> Matter:
    """Decide a review (审结); `above` is the day of what the unit above decided, entered here with the same effects."""
    matter, step = take(scope, number, f"upper_{action}" if above else action)
    text, before, now = words(text, what=_("复查意见")), clocks.snapshot(matter), clock.now()
    row = matter.reviewed.filter(outcome="waiting").first()
    number_of, said = row.round if row else matter.reviews + 1, text
    if above is not None:
        _believable(above, row.passed_on, _("上级作出结论的日子应在转送之日到今天之间"))
        said = _("%(unit)s于 %(day)s 作出%(name)s结论（%(outcome)s）：%(text)s") % {
            "unit": row.upper, "day": f"{above:%F}", "name": row.name, "outcome": OUTCOMES[action], "text": text}
    terms.meet(matter, "third_reviewed" if number_of == 3 else "reviewed", by=scope.person, on=above)
    changes = {} if step.target != State.CLOSED else {"closed_at": matter.closed_at or now}
    if action == "redo":
        changes = {"reopened": matter.reopened + 1, **FRESH, **anew(matter, scope.person)}
        changes |= clocks.again(matter, now)
    claim(matter, step.target, scope=scope, action=action, **changes)
    if action == "redo":
        clocks.keep(matter, before, "redo", scope.person)
        take_away(matter, scope)
    else:
        drop_proposal(matter, scope=scope)
    if row is not None:
        Review.objects.filter(pk=row.pk).update(
            outcome="uphold" if action == "end" else action, conclusion=text, upper_on=above, decided_at=now,
            decided_by=0 if above else scope.person,
            unit_id=row.unit_id if above else queries.level_of(scope, row.unit_id))
        if number_of == 2 and action != "redo":
            terms.begin(matter, "reviewed", clock.today(), by=scope.person)
    say(matter, "reviewed", said, scope=scope)
    record(MatterSecondReview(subject=matter.subject, unit=matter.path, occurred_at=now, reason=action,
                              round=number_of), actor=scope.actor, words=said)
    return matter
