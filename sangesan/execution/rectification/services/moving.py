"""Another date (改期): the unit asks with a reason, somebody else agrees or not; neither decides alone."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.services import move
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden
from sangesan.method.authority import Scope
from sangesan.method.facts import Actor
from sangesan.organization.notices.services import notify

from ..models import Request
from ..queries.access import finding_for
from ..queries.detail import does, doing, oversees
from ..words import WHY
from .said import refused, words


@transaction.atomic
def ask(*, scope: Scope, finding: int, due: date, why: str, text: str) -> Request:
    """Ask for another date (申请改期), with a reason."""
    found = finding_for(scope, finding)
    if not does(scope, found):
        raise Forbidden(_("没有申请"), why=_("由整改单位的人申请"))
    if doing(found) is not None:
        raise Conflict(_("没有申请"), why=_("已经整改完了"))
    if why not in WHY:
        raise refused(_("没有选改期的原因"), _("请选一项"), "why")
    moment = datetime.combine(due, time(18), clock.LOCAL)
    if moment <= max(clock.now(), found.duty.due):
        raise refused(_("新的日期不在原来的日期之后"), _("请另选一天"), "due")
    try:
        with transaction.atomic():
            made = Request.objects.create(
                finding=found, due=moment, why=why, at=clock.now(), person=scope.person, post=scope.posts[0].code,
                words=words(text, what=_("改期的理由"), longest=300, needed=True, code="words"))
    except IntegrityError:
        raise Conflict(_("没有申请"), why=_("上一次申请还没有答复")) from None
    notify(persons=[found.inspection.person], subject=found.subject, kind="finding.move_asked")
    return made


@transaction.atomic
def decide(*, scope: Scope, finding: int, agreed: bool) -> Request:
    """Agree to another date or not (同意改期): the finder, or who stands above the unit; never who asked."""
    found = finding_for(scope, finding)
    request = found.requests.filter(decided_at=None).first()
    if request is None:
        raise Conflict(_("没有办成"), why=_("没有待答复的申请"))
    if request.person == scope.person or not oversees(scope, found):
        raise Forbidden(_("没有办成"), why=_("由查出问题的人或整改单位的上级答复，申请人自己不能同意"))
    if not Request.objects.filter(pk=request.pk, decided_at=None).update(decided_at=clock.now(), agreed=agreed):
        raise Conflict(_("没有办成"), why=_("刚才已经答复"))
    if agreed:
        move(duty=found.duty, due=request.due, why=request.why, words=request.words, actor=scope.actor,
             asked_by=Actor.post(request.post), asked_person=request.person, person=scope.person)
    notify(persons=[request.person], subject=found.subject, kind="finding.move_decided")
    request.refresh_from_db()
    return request
