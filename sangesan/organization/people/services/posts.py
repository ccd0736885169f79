"""Changes of posts (岗位维护)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Role
from sangesan.method.facts import Actor, PostClosed, PostOpened
from sangesan.organization.units import services as units
from sangesan.organization.units.models import Line, Unit
from sangesan.organization.units.queries import path_of

from ..models import Appointment, Person, Post
from ..queries import head_post, posts_of


class PostError(UserError):
    """A post can't be so (岗位有误)."""

    code = "post"


@transaction.atomic
def open_post(
    *, code: str, title: str, unit: Unit, role: Role | str, actor: Actor, line: str = Line.ADMINISTRATION.value,
    head: bool = False, day: date | None = None,
) -> Post:
    """Set up a post (设岗) in a unit and a line; a unit has one head in each line."""
    day = day or clock.today()
    units.check_code(code)
    if Post.objects.filter(code=code).exists():
        raise PostError(_("没有设岗"), why=_("岗位编码 %(code)s 已经有了") % {"code": code}, next=_("请换一个编码"))
    other = head_post(unit.pk, line, day) if head else None
    if other:
        raise PostError(_("没有设岗"),
                        why=_("%(unit)s 在这条线上的负责人岗位已是“%(other)s”") % {"unit": unit, "other": other},
                        next=_("请先撤销原岗位"))
    post = Post.objects.create(code=code, title=title, unit=unit, line=line, role=Role(role).value, head=head,
                               since=day)
    record(PostOpened(subject=f"posts/{code}", unit=path_of(unit.pk, day), line=line, occurred_at=day,
                      role=post.role), actor=actor)
    return post


@transaction.atomic
def close_post(*, post: Post, actor: Actor, day: date | None = None) -> Post:
    """Give up a post (撤岗) that nobody holds any more."""
    day = day or clock.today()
    rows = Appointment.objects.filter(Q(until=None) | Q(until__gt=day), post=post).select_related("person")
    if rows:
        names = "、".join(row.person.name for row in rows[:3])
        raise PostError(_("没有撤岗"), why=_("%(names)s 还在任") % {"names": names}, next=_("请先办理免职"))
    post.until = day
    post.save(update_fields=["until"])
    record(PostClosed(subject=f"posts/{post.code}", unit=path_of(post.unit_id, day), line=post.line, occurred_at=day),
           actor=actor)
    return post


@transaction.atomic
def close_unit(*, unit: Unit, actor: Actor, day: date | None = None) -> Unit:
    """Close a unit with its vacant posts (撤销单位); its people must have been placed before."""
    day = day or clock.today()
    count = Person.objects.filter(Q(until=None) | Q(until__gt=day), unit=unit).count()
    if count:
        raise PostError(_("没有撤销单位"),
                        why=_("%(unit)s 还有 %(count)s 人") % {"unit": unit, "count": count},
                        next=_("请先办理调动"))
    for post in posts_of(unit.pk, day):
        close_post(post=post, actor=actor, day=day)
    return units.close_unit(unit=unit, actor=actor, day=day)
