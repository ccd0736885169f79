"""Standing in (委托代理): hand a held post to somebody near it for a time."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.delegation import LONGEST, delegable, too_long
from sangesan.method.facts import Actor
from sangesan.organization.units.queries import covered_by_many, on

from ..models import Appointment, Person, Post
from ..queries import scope_of
from .appointments import ACTING, AppointmentError, appoint, overlapping


class DelegationError(AppointmentError):
    """A post can't be handed on so (委托有误)."""

    code = "delegation"


@transaction.atomic
def delegate(*, appointment: Appointment, to: Person, since: date, until: date, actor: Actor) -> Appointment:
    """Let another stand in (委托代理) until the day of return: a dated acting appointment and nothing more."""
    Post.objects.select_for_update().get(pk=appointment.post_id)
    _check_span(appointment, since, until)
    _check_stand_in(appointment, to, since, until)
    return appoint(person=to, post=appointment.post, actor=actor, kind=ACTING, day=since, until=until)


def _check_span(appointment: Appointment, since: date, until: date) -> None:
    post = appointment.post
    if not delegable(post.role):
        raise _refusal(_("“%(post)s”的职责只能由本人履行") % {"post": post}, _("确需换人的，请由组织办理任免"))
    if appointment.kind == ACTING:
        raise _refusal(_("“%(post)s”本来就是代理") % {"post": post}, _("请由原任职的人另行委托"))
    if since < clock.today():
        raise _refusal(_("开始日期 %(since)s 已经过去") % {"since": since}, _("请从今天或者以后的日期开始"))
    if too_long(since, until):
        raise _refusal(_("一次最多委托 %(days)s 天") % {"days": LONGEST}, _("请缩短日期；更长的，请由组织办理任职"))
    if appointment.since > since or (appointment.until and appointment.until < until):
        raise _refusal(_("这段时间里“%(post)s”不全由委托人担任") % {"post": post}, _("请核对日期"))


def _check_stand_in(appointment: Appointment, to: Person, since: date, until: date) -> None:
    if to.pk == appointment.person_id:
        raise _refusal(_("不能委托给本人"), _("请另选一个人"))
    held = overlapping(Appointment.objects.filter(person=to).exclude(kind=ACTING), since, until).values("post")
    stood_in = Appointment.objects.filter(post__in=held, kind=ACTING).exclude(person=to)
    if overlapping(stood_in, since, until).exists():
        raise _refusal(_("%(person)s这段时间也由别人代理") % {"person": to}, _("请另选一个人"))
    if not _near(appointment, to, since):
        raise _refusal(_("%(person)s不在这个单位，也不在联系它的支部，也不是上级") % {"person": to},
                       _("请选本单位、联系本单位的支部的人，或者上级"))


def _near(appointment: Appointment, to: Person, day: date) -> bool:
    """Return whether somebody belongs to the post's unit or covering branch, or is the superior (可代办的人)."""
    unit = appointment.post.unit_id
    units = set(on(Appointment.objects.filter(person=to), day).values_list("post__unit", flat=True)) | {to.unit_id}
    if unit in units or any(unit in covered for covered in covered_by_many(units, day).values()):
        return True
    return bool(scope_of(appointment.person, day).superiors & scope_of(to, day).post_codes)


def _refusal(why: str, next: str) -> DelegationError:
    return DelegationError(_("没有办理委托"), why=why, next=next)
