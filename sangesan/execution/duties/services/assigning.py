"""Assigning (交办): a duty that comes from one cause: a decision, an order, a line of a plan, an instruction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.facts import Actor
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import Duty, Origin
from ..signals import settled

LONGEST, FURTHEST = 120, timedelta(days=3 * 366)


@transaction.atomic
def assign(
    *, kind: str, subject: str, title: str, unit: Unit, line: str, due: datetime, actor: Actor,
    post: Post | None = None, counterpart: Unit | None = None, opens: datetime | None = None,
    grace: timedelta = timedelta(0), verifier: Post | None = None, code: str = "", note: str = "",
    lapses: bool = False,
) -> Duty:
    """Give somebody something to do (交办) and return the duty.

    `subject` is the address of the cause, `code` tells its lines apart: the same code again returns
    the duty it made before and changes nothing. Without a post the head of unit × line answers.
    What `lapses` cannot be done any more once its grace is over, and waits for nobody then.
    Whoever assigns records the fact of the cause; the duty itself is a plan until something happens to it.
    """
    now, title = clock.now(), title.strip()
    if not title or len(title) > LONGEST:
        raise _refused(_("没有写要办什么，或超过 %d 字") % LONGEST, _("请用一句话写清要办的事"))
    if due <= now:
        raise _refused(_("完成时间 %s 已经过了") % f"{clock.local(due):%Y-%m-%d %H:%M}", _("请填今后的时间"))
    if due > now + FURTHEST:
        raise _refused(_("完成时间 %s 太远") % f"{clock.local(due):%Y-%m-%d}", _("请填三年以内的时间"))
    opens = opens or now
    if opens > due:
        raise _refused(_("开始时间在完成时间之后"), _("请核对两个时间"))
    if unit.closed is not None and unit.closed <= clock.local(due).date():
        raise _refused(_("%(unit)s 到 %(day)s 已撤销") % {"unit": unit.name, "day": unit.closed}, _("请另选承办单位"))
    if post is not None and post.unit_id != unit.pk:
        raise _refused(_("“%(post)s”不是%(unit)s的岗位") % {"post": post, "unit": unit.name}, _("请选本单位的岗位"))
    code = code or _next_code(subject, kind)
    origin, _new = Origin.objects.get_or_create(subject=subject, kind=kind, code=code, defaults={
        "title": title, "note": note.strip(), "line": line, "verifier": verifier, "lapses": lapses})
    duty, _new = Duty.objects.get_or_create(
        origin=origin, unit=unit, line=line, counterpart=counterpart.pk if counterpart else 0,
        nominal=clock.local(due).date(),
        defaults={"post": post, "opens": opens, "due": due, "closes": due + grace,
                  "path": path_of(unit.pk, clock.today())})
    settled.send(Duty, duty=duty)
    return duty


@transaction.atomic
def reword(*, duty: Duty, title: str, note: str = "") -> None:
    """Say an assigned duty in other words (改写交办事项), for its cause was corrected."""
    Origin.objects.filter(pk=duty.origin_id).update(title=title.strip()[:LONGEST], note=note.strip())


def _next_code(subject: str, kind: str) -> str:
    """Return a code no line of this cause has yet (下一个分号)."""
    number = Origin.objects.filter(subject=subject, kind=kind).count() + 1
    while Origin.objects.filter(subject=subject, kind=kind, code=str(number)).exists():
        number += 1
    return str(number)


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有交办"), why=why, next=next)
