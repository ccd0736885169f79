"""Hearings (听证) of a re-review: while one lasts its days do not count, and no longer than to the day it was given."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import SYSTEM, MatterSecondReview
from sangesan.method.terms import LONGEST_HEARING, resumed
from sangesan.organization.calendar.queries import calendar

from ..models import Matter, Review
from . import terms
from .steps import claim, reasoned, say, take


@transaction.atomic
def hearing(*, scope: Scope, number: str, text: str, until: date) -> Matter:
    """Hold a hearing (举行听证) up to a day: until it is over the days of the re-review do not count."""
    matter, _step = take(scope, number, "hearing")
    text, day = reasoned(text), clock.today()
    last = day + timedelta(days=LONGEST_HEARING - 1)
    if not day <= until <= last:
        raise UserError(_("没有办成"), why=_("听证结束的日子应在今天到 %s 之间") % f"{last:%F}",
                        next=_("请改一下日子；到时没有听完的，可以再举行一次"), code="until")
    asked = matter.reviewed.get(outcome="waiting")
    heard = asked.hearing_until  # of a day that is heard twice one counts
    since = max(day, heard + timedelta(days=1)) if heard else day
    Review.objects.filter(pk=asked.pk).update(hearing_since=since, hearing_until=until)
    row = terms.running(matter, "third_review")
    if row is not None:
        terms.move(row, row.due, "hearing", by=scope.person, event="paused", paused=day)
    claim(matter, None, scope=scope, action="hearing")
    say(matter, "reviewed", _("%(text)s（听证到 %(day)s 为止）") % {"text": text, "day": f"{until:%F}"}, scope=scope)
    _record(matter, "hearing", scope.actor)
    return matter


@transaction.atomic
def end_hearing(*, scope: Scope, number: str) -> Matter:
    """End a hearing (听证结束): the re-review's last day moves by the days that were heard."""
    matter, _step = take(scope, number, "end_hearing")
    _ended(matter, matter.reviewed.get(outcome="waiting"), clock.today(), by=scope.person)
    claim(matter, None, scope=scope, action="end_hearing")
    _record(matter, "heard", scope.actor)
    return matter


def end_hearings(day: date) -> int:
    """End each hearing that was to last up to a day and that nobody ended (听证到期); the clock runs on from there."""
    rows = Review.objects.filter(outcome="waiting", hearing_since__isnull=False, hearing_until__lte=day)
    return sum(_over(key) for key in rows.order_by("pk").values_list("matter_id", flat=True))


@transaction.atomic
def _over(key: int) -> int:
    matter = Matter.objects.select_for_update().get(pk=key)
    asked = matter.reviewed.filter(outcome="waiting", hearing_since__isnull=False).first()
    if asked is None:
        return 0
    _ended(matter, asked, asked.hearing_until)
    _record(matter, "heard", SYSTEM)
    return 1


def _ended(matter: Matter, asked: Review, last: date, *, by: int = 0) -> None:
    heard = asked.heard + max((last - asked.hearing_since).days + 1, 0)
    Review.objects.filter(pk=asked.pk).update(hearing_since=None, hearing_until=last, heard=heard)
    row = terms.running(matter, "third_review")
    if row is not None and row.paused:
        due = resumed(row.start, heard, calendar(row.start, row.start + timedelta(days=heard + 120)))
        terms.move(row, max(due, row.due), "hearing", by=by, event="resumed", paused=None)


def _record(matter: Matter, reason: str, actor: str) -> None:
    record(MatterSecondReview(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=reason,
                              round=3), actor=actor)
