"""Another date (改期) of a finding: the unit asks, the finder or who stands above it answers; it is its duty's date."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Asking
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Scope
from sangesan.method.facts import Actor

from ..queries.access import finding_for
from ..queries.detail import decides, does
from .said import words


@transaction.atomic
def ask(*, scope: Scope, finding: int, due: date, why: str, text: str) -> Asking:
    """Ask for another date (申请改期), with a reason; the finder is told."""
    found = finding_for(scope, finding)
    if not does(scope, found):
        raise Forbidden(_("没有申请"), why=_("由整改单位的人申请"))
    return duties.lodge(
        duty=found.duty, actor=Actor.post(scope.posts[0].code), person=scope.person, why=why,
        due=datetime.combine(due, time(18), clock.LOCAL), subject=found.subject, tell=[found.inspection.person],
        words=words(text, what=_("改期的理由"), longest=300, needed=True, code="words"))


@transaction.atomic
def decide(*, scope: Scope, finding: int, agreed: bool) -> Asking:
    """Agree to another date or not (答复改期): the finder, or who stands above the unit; never who asked or owes it."""
    found = finding_for(scope, finding)
    asking = found.duty.askings.filter(decided_at=None).first()
    if asking is not None and not decides(scope, found, asking):
        raise Forbidden(_("没有办成"), why=_("由查出问题的人或整改单位的上级答复，申请人自己不能同意"))
    return duties.answer(duty=found.duty, actor=scope.actor, person=scope.person, agreed=agreed, subject=found.subject)
