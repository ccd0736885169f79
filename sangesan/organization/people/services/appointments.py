"""Appointments (任职): take a post, leave it, stand in for somebody."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.services import record
from sangesan.method.facts import Actor, PostAppointed, PostEnded
from sangesan.method.holders import Held, spare
from sangesan.method.separation import apart
from sangesan.organization.units.queries import path_of

from ..models import Appointment, Person, Post
from ..signals import appointed, ending

FULL, CONCURRENT, ACTING = (kind.value for kind in Appointment.Kind)


class AppointmentError(UserError):
    """A person can't hold this post so (任职有误)."""

    code = "appointment"


@transaction.atomic
def appoint(
    *, person: Person, post: Post, actor: Actor, kind: str = FULL, day: date | None = None, until: date | None = None,
    share: int | None = None,
) -> Appointment:
    """Let a person take a post (任职): one full post at a time, one regular holder of a head's post, one stand-in.

    `share` are basis points of a whole post; what is not said is what the person has left.
    """
    day = day or clock.today()
    Person.objects.select_for_update().get(pk=person.pk)
    Post.objects.select_for_update().get(pk=post.pk)
    _check_dates(person, post, day, until)
    mine = overlapping(Appointment.objects.filter(person=person), day, until).select_related("post", "post__unit")
    for row in mine:
        _check_beside(row, post, kind)
    share = _share(mine, day, until, share, kind)
    if post.head and kind != ACTING:
        rows = overlapping(Appointment.objects.filter(post=post), day, until).exclude(kind=ACTING)
        for row in rows.select_related("person"):
            said = {"post": post, "since": row.since, "person": row.person}
            raise _refusal(_("“%(post)s”%(since)s 起由 %(person)s 担任") % said, _("请先办理免职，或者选“代理”"))
    if kind == ACTING and overlapping(Appointment.objects.filter(post=post, kind=ACTING), day, until).exists():
        raise _refusal(_("这段时间里“%(post)s”已经有人代理") % {"post": post}, _("请先结束原来的代理，或者改日期"))
    if kind == ACTING and until is None:
        raise _refusal(_("代理没有写到哪天为止"), _("请填结束日期；长期担任的，请办理正式任职"))
    made = Appointment.objects.create(person=person, post=post, kind=kind, since=day, until=until, share=share)
    if day < clock.today():
        appointed.send(sender=Appointment, appointments=[made])
    record(PostAppointed(subject=f"posts/{post.code}", unit=path_of(post.unit_id, day), line=post.line,
                         occurred_at=day, held=kind), actor=actor)
    return made


@transaction.atomic
def end_appointment(*, appointment: Appointment, actor: Actor, day: date | None = None,
                    regardless: bool = False, single: bool = True) -> None:
    """End an appointment (免职) on a day; one that has not begun by then is taken back.

    `regardless` waits for nothing that its holder alone could hand over (不等交接); without `single` it is not
    done while one person alone would stay where there should be two (只剩一位).
    """
    day = day or clock.today()
    if appointment.until and appointment.until <= day:
        raise AppointmentError(_("没有办理免职"),
                               why=_("这项任职 %(until)s 已经结束") % {"until": appointment.until},
                               next=_("请核对日期"))
    ending.send(sender=Appointment, appointment=appointment, day=day, regardless=regardless,
                single=single)
    post = appointment.post
    if day <= appointment.since:
        if appointment.since < clock.today():
            raise AppointmentError(_("没有办理免职"),
                                   why=_("%(since)s 才任职") % {"since": appointment.since},
                                   next=_("请填那一天以后的日期"))
        appointment.delete()
    else:
        appointment.until = day
        appointment.save(update_fields=["until"])
    record(PostEnded(subject=f"posts/{post.code}", unit=path_of(post.unit_id, day), line=post.line, occurred_at=day,
                     held=appointment.kind), actor=actor)


def overlapping(rows: QuerySet, since: date, until: date | None) -> QuerySet:
    """Filter dated rows to those that share a day with a span (期间重叠)."""
    rows = rows.filter(Q(until=None) | Q(until__gt=since))
    return rows.filter(since__lt=until) if until else rows


def _check_dates(person: Person, post: Post, day: date, until: date | None) -> None:
    if until and until <= day:
        said = {"until": until, "day": day}
        raise _refusal(_("结束日期 %(until)s 不在开始日期 %(day)s 之后") % said, _("请核对日期"))
    if person.since > day or (person.until and person.until <= day):
        raise _refusal(_("%(person)s 在 %(day)s 不在册") % {"person": person, "day": day}, _("请核对人员和日期"))
    if post.since > day or (post.until and post.until <= day):
        raise _refusal(_("岗位“%(post)s”在 %(day)s 不存在") % {"post": post, "day": day}, _("请核对岗位和日期"))


def _check_beside(row: Appointment, post: Post, kind: str) -> None:
    """Refuse what the person already holds beside the new post (兼任检查)."""
    said = {"person": row.person, "since": row.since, "held": f"{row.post.unit}“{row.post}”"}
    if row.post_id == post.pk:
        raise _refusal(_("%(person)s %(since)s 起已任%(held)s") % said, _("不用重复任职"))
    if kind == FULL and row.kind == FULL:
        raise _refusal(_("%(person)s %(since)s 起已专任%(held)s，一人只能有一个专任岗位") % said,
                       _("请先免去原职，或者选“兼任”"))
    if apart(post.role, row.post.role):
        raise _refusal(_("%(person)s 已任%(held)s，三员必须分设") % said,
                       _("系统、安全、审计管理员请由三个人担任，他们也不兼任能看事项的岗位"))


def _share(mine: QuerySet, day: date, until: date | None, asked: int | None, kind: str) -> int:
    """Return the share of a post (份额): with what else is held no more than a whole one; a main post is some."""
    held = [Held(str(row.post_id), row.person_id, row.share, row.since, row.until or date.max) for row in mine]
    left = spare(held, day, until or date.max)
    if asked is None and (left or kind != FULL):
        return left
    if asked is not None and asked <= left:
        return asked
    told = "、".join(f"{row.post.unit}“{row.post}”{row.share // 100}%" for row in mine)
    if asked is None:
        raise _refusal(_("已任%s，合计已是一个全岗，专任的新岗没有份额") % told,
                       _("请先免去原职，再按新份额任职"))
    raise _refusal(
        _("已任%(told)s，只余 %(left)d%%，这里写了 %(asked)d%%，合计超过一个全岗") % {
            "told": told, "left": left // 100, "asked": asked // 100},
        _("请改小份额，或留空；要分给新岗的，先免去原职，再按新份额任职"))


def _refusal(why: str, next: str) -> AppointmentError:
    return AppointmentError(_("没有办理任职"), why=why, next=next)
