"""Applications on paper (书面申请): the office enters one for a review, for whoever has no receipt or no telephone."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import Scope

from ..models import Matter, Submission
from ..queries.speaking import heard_as
from . import terms
from .lawful import missed, office
from .reviewing import ask
from .steps import take


@transaction.atomic
def apply_review(*, scope: Scope, number: str, day: date, text: str, submission: int | None = None,
                 delivered: date | None = None) -> Matter:
    """Enter an application for a review (登记书面复查申请) of the day it came, for the speaker who applies.

    In time is what came within the days that run from the answer, or within thirty days of the day on which the
    paper was `delivered`. `submission` may be left out where there is one speaker. Raises UserError.
    """
    return _apply(scope, number, "review", submission, day, delivered, text)


@transaction.atomic
def apply_third_review(*, scope: Scope, number: str, day: date, text: str, submission: int | None = None,
                       delivered: date | None = None) -> Matter:
    """Enter an application for a re-review (登记书面复核申请); as `apply_review`."""
    return _apply(scope, number, "third_review", submission, day, delivered, text)


def _apply(scope: Scope, number: str, action: str, submission: int | None, day: date, delivered: date | None,
           text: str) -> Matter:
    matter, _step = take(scope, number, f"apply_{action}")
    said = _speaker(matter, submission)
    _in_time(scope, matter, action, day, delivered)
    if ask(heard_as(said.receipt), action, text, day, scope=scope):
        raise UserError(_("没有登记"), why=_("申请里有让人担心的话，要由关怀的人来看，不能跟着复查走"),
                        next=_("请先到“登记来件”把原话登记，把回执交给他本人；再回来登记申请，只写不服的理由"))
    late = terms.running(matter, action)
    if late is not None and late.due < clock.today():  # it lay with the office until nobody could decide in time
        missed(late, office(matter))
    return matter


def _speaker(matter: Matter, submission: int | None) -> Submission:
    """Return who applies (申请人): one of those who spoke, the only one where none is named."""
    rows = list(Submission.objects.filter(matter.family, withdrawn=None).select_related("receipt"))
    found = [row for row in rows if row.pk == submission] if submission else rows
    if len(found) != 1:
        raise UserError(_("没有登记"), why=_("没有选是哪一位反映人申请的"), next=_("请从列表里选一位"))
    return found[0]


def _in_time(scope: Scope, matter: Matter, action: str, day: date, delivered: date | None) -> None:
    """Refuse what came too late (逾期申请), and let the right stand that the paper's delivery gives.

    Of several rights, as where a letter was joined after the answer, the one that runs longest counts.
    """
    code, given = f"ask_{action}", _given(matter, action)
    if not given <= day <= clock.today() or (delivered and not given <= delivered <= day):
        raise UserError(_("没有登记"), why=_("日子不对：先有答复（%s），再送达，再申请，都不晚于今天") % f"{given:%F}",
                        next=_("请核对收到申请的日子和送达的日子"))
    right = matter.terms.filter(code=code, met=None, start__gte=given).order_by("-due").first()
    last = max(right.due if right else terms.last_day(code, given), terms.last_day(code, delivered or given))
    if day > last:
        raise UserError(_("没有登记"), why=_("申请期限到 %s 为止，这份申请收到时已经过了") % f"{last:%F}",
                        next=_("书面答复送达得晚的，请填送达的日子；确已过期的，请告知申请人"))
    if right and (right.lifted or last > right.due):
        terms.move(right, last, "written", by=scope.person, lifted=False)


def _given(matter: Matter, action: str) -> date:
    """Return the day of what is disputed (作出之日): of the answer, or of the review's decision, above as here."""
    if action == "third_review":
        row = matter.reviewed.filter(round=2).exclude(outcome="waiting").order_by("-decided_at").first()
        if row is not None:
            return row.upper_on or clock.local(row.decided_at).date()
    return clock.local(matter.answered_at or matter.closed_at or clock.now()).date()
