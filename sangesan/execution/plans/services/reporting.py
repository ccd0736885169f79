"""Daily reports (每日述职): what the day's facts say and one sentence; the superior answers what it needs.

Nobody has to: a day without a report leaves no fact, no mark and no line in any list.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.queries import history
from sangesan.ledger.facts.services import attach, record
from sangesan.method import plans as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import ReportGiven
from sangesan.method.texts import kept, unfit
from sangesan.organization.notices.services import fulfilled, notify
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders, superior_of
from sangesan.organization.units.queries import path_of

from ..models import Report
from ..queries.access import report_for, seats
from ..queries.drafting import told_of


@transaction.atomic
def report(*, scope: Scope, post: str, sentence: str = "", needs: bool = False) -> Report:
    """Tell the day to the superior (述职): the facts stand by themselves, the sentence is optional."""
    seat = next((p for p in seats(scope) if p.code == post), None)
    if seat is None:
        raise Forbidden(_("没有报出"), why=_("这不是您的岗位"))
    sentence, day = _short(sentence, _("一句话")), clock.today()
    to = superior_of(seat.code, day, but=scope.post_codes)
    if not to:
        raise _no(_("上一级没有负责人"), _("请先向党委工作部说明"))
    path = path_of(seat.unit, day)
    told = told_of(seat.unit, seat.line, day)
    if needs and not sentence:
        raise _no(_("没有写要上级帮什么"), _("请写一句话"))
    if not told and not sentence:
        raise _no(_("今天没有要报的"), _("没有事就不用报，不计入任何考核"))
    try:
        with transaction.atomic():
            made = Report.objects.create(
                unit_id=seat.unit, line=seat.line, path=path, day=day, post=seat.code, person=scope.person, to=to,
                told=told, sentence=sentence, needs=needs, given_at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有报出"), why=_("今天已经报过"), next=_("还有要说的，请明天再说或直接打电话")) from None
    record(ReportGiven(subject=made.subject, unit=path, line=seat.line, occurred_at=clock.now(), needs=int(needs)),
           actor=scope.actor, words="\n".join(filter(None, (told, sentence))))
    if needs:
        notify(posts=Post.objects.filter(code=to).values_list("pk", flat=True), subject=made.subject,
               kind="report.needs")
    _fulfil(scope, made)
    return made


def _fulfil(scope: Scope, made: Report) -> None:
    now = clock.now()
    for duty in Duty.objects.filter(origin__kind="daily_report", unit=made.unit_id, line=made.line, opens__lte=now,
                                    closes__gte=now).exclude(settled())[:1]:
        duties.complete(duty=duty, actor=scope.actor, person=scope.person)


@transaction.atomic
def answer(*, scope: Scope, report: int, text: str) -> Report:
    """Answer what a report asks for (上级答复), once; its teller is told."""
    found = report_for(scope, report)
    if found.to not in scope.post_codes or found.person == scope.person:
        raise Forbidden(_("没有答复"), why=_("这份述职不是报给您的"))
    text = _short(text, _("答复"))
    if not text:
        raise _no(_("答复是空的"), _("请写一句话"))
    if not Report.objects.filter(pk=found.pk, answer="").update(
            answer=text, answered_at=clock.now(), answered_by=scope.person):
        raise Conflict(_("没有答复"), why=_("已经答复过"))
    fulfilled(subject=found.subject, kinds=["report.needs"])
    given = next(row for row in history(found.subject) if row.kind == "report.given")
    attach(given.id, text, actor=scope.actor)
    if found.person in {p for post in Post.objects.filter(code=found.post) for p in holders(post.pk, clock.today())}:
        notify(persons=[found.person], subject=found.subject, kind="report.answered")
    found.refresh_from_db()
    return found


def _short(text: str, what: str) -> str:
    text = " ".join(kept(text or "").split())
    if len(text) > rule.LONGEST_SENTENCE:
        raise _no(_("%(what)s有 %(n)d 个字，最多 200 个字") % {"what": what, "n": len(text)}, _("请写短一些"))
    if unfit(text):
        raise _no(_("%s里有不能保存的字符") % what, _("请删去特殊字符"))
    return text


def _no(why: str, next: str) -> UserError:
    return UserError(_("没有报出"), why=why, next=next)
