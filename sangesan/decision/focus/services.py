"""Changes of the leading group and the focus (领导小组、工作重点变更): decided, passed on, ended with a reason."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.foundation import clock, door
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import focus as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import FocusEnded, FocusSet, GroupJoined, GroupLeft
from sangesan.method.texts import kept, unfit
from sangesan.organization.people.models import Post

from .models import Focus, Seat
from .queries import focus_for, keeps, posts


@transaction.atomic
def set_focus(*, scope: Scope, year: int, title: str, post: str, decided_by: str, content: str = "",
              meeting: str = "") -> Focus:
    """Write down a focus that was decided (登记工作重点), the post that leads it, and which meeting decided it."""
    _keeper(scope)
    title = _said(title, _("重点"), rule.LONGEST_TITLE, "title")
    content = _said(content, _("要做到什么"), rule.LONGEST_CONTENT, "content", needed=False)
    decided_by = _said(decided_by, _("由哪次会议决定"), rule.LONGEST_WORDS, "decided_by")
    standing = Focus.objects.filter(year=year, ended_at=None).count()
    if why := rule.settable(year, standing, clock.today()):
        raise _refused({"year": _("只能定今年的；十月起可以定明年的"),
                        "many": _("一年最多 %d 项，多了就不是重点") % rule.MOST}[why], _("请核对"), "year")
    if meeting and (not meeting.startswith("meetings/") or door.open(scope, meeting) is None):
        raise _refused(_("没有这次会议，或者您看不到它"), _("请从会议页面打开，或只写会议名称"), "meeting")
    lead, number = _post(post), Focus.objects.filter(year=year).aggregate(n=Max("number"))["n"] or 0
    try:
        with transaction.atomic():
            made = Focus.objects.create(year=year, number=number + 1, title=title, content=content, post=lead,
                                        meeting=meeting, decided_by=decided_by, set_at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有保存"), why=_("刚才有人也在登记"), next=_("请再提交一次")) from None
    record(FocusSet(subject=made.subject, occurred_at=clock.now(), year=year, number=made.number, post=lead.code,
                    meeting=meeting), actor=scope.actor, words=f"{title}\n{content}\n{decided_by}")
    return made


@transaction.atomic
def end(*, scope: Scope, focus: int, why: str) -> Focus:
    """End a focus before its year is over (停止一项), with a reason; it stays readable."""
    _keeper(scope)
    found, why = focus_for(scope, focus), _said(why, _("停止的原因"), rule.LONGEST_WORDS, "why")
    if not Focus.objects.filter(pk=found.pk, ended_at=None).update(ended_at=clock.now(), why=why):
        raise Conflict(_("没有停止"), why=_("已经停止了"))
    record(FocusEnded(subject=found.subject, occurred_at=clock.now(), year=found.year, number=found.number),
           actor=scope.actor, words=why)
    found.refresh_from_db()
    return found


@transaction.atomic
def join(*, scope: Scope, post: str, seat: str, decided_by: str) -> Seat:
    """Let a post into the leading group (进入领导小组); there is one head."""
    _keeper(scope)
    decided_by = _said(decided_by, _("由哪次会议决定"), rule.LONGEST_WORDS, "decided_by")
    taken = list(Seat.objects.filter(until=None).values_list("seat", flat=True))
    if why := rule.joining(seat, taken):
        raise _refused({"headed": _("已经有组长"), "unknown": _("没有这个席位")}[why],
                       _("请先让原来的组长退出"), "seat")
    sits = _post(post)
    try:
        with transaction.atomic():
            made = Seat.objects.create(post=sits, seat=seat, since=clock.today(), decided_by=decided_by)
    except IntegrityError:
        raise Conflict(_("没有保存"), why=_("这个岗位已经在领导小组里"), next=_("请先退出，再换席位"),
                       code="post") from None
    record(GroupJoined(subject="focus/group", occurred_at=clock.now(), post=sits.code, seat=seat), actor=scope.actor,
           words=decided_by)
    return made


@transaction.atomic
def leave(*, scope: Scope, seat: int) -> Seat:
    """Let a post leave the leading group (退出领导小组)."""
    _keeper(scope)
    found = Seat.objects.filter(pk=min(seat, 2**62)).select_related("post").first()
    if found is None or not Seat.objects.filter(pk=found.pk, until=None).update(until=clock.today()):
        raise Conflict(_("没有退出"), why=_("已经不在领导小组里"))
    record(GroupLeft(subject="focus/group", occurred_at=clock.now(), post=found.post.code, seat=found.seat),
           actor=scope.actor)
    return found


def _keeper(scope: Scope) -> None:
    if not keeps(scope):
        raise Forbidden(_("没有保存"), why=_("工作重点由党委领导和党委工作部登记"))


def _post(code: str) -> Post:
    found = Post.objects.filter(code=code, until=None).first() if code in dict(posts()) else None
    if found is None:
        raise _refused(_("没有这个岗位"), _("请从列表里选"), "post")
    return found


def _said(text: str, what: str, longest: int, code: str, needed: bool = True) -> str:
    text = kept(text or "")
    if needed and not text:
        raise _refused(_("没有写%s") % what, _("请写一句话"), code)
    if len(text) > longest or unfit(text):
        raise _refused(_("%(what)s超过 %(n)d 字，或有不能保存的字符") % {"what": what, "n": longest},
                       _("请改一下"), code)
    return text


def _refused(why: str, next: str, code: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next, code=code)
