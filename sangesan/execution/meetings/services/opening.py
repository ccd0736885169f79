"""Opening a meeting (开始准备): for a routine's duty, or an extra one; its roster is filled by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import duty_for
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.method import meetings as rule
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.queries import head_post
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import path_of

from ..models import Attendee, Meeting
from ..queries.access import host_units, hosts
from ..queries.lists import routine_of
from ..queries.roster import expected
from .words import checked

EARLY = "early"
"""The code of the fault that it is too early (还没到准备的时候)."""


@transaction.atomic
def open_for(*, scope: Scope, duty: int) -> Meeting:
    """Return the meeting of a duty (取例会), opened now if nobody has yet."""
    found = duty_for(scope, duty)
    there = Meeting.objects.filter(duty=found, annulled_at=None).first()
    if there is not None:
        return there
    if not hosts(scope, found.unit):
        found = duty_for(scope, duty, Action.DO_WORK)
    if (found.origin.kind != "meeting" and not rule.of_routine(routine_of(found))) or settlement_of(found) is not None:
        raise Conflict(_("没有打开"), why=_("这件事不是会议，或者已经了结"))
    if found.opens > clock.now():
        raise _refused(_("这次会 %s 才开始准备") % f"{clock.local(found.opens):%Y-%m-%d %H:%M}", _("请到时再来"), EARLY)
    series = rule.of_routine(routine_of(found)) or "other"
    return _made(scope, found.unit, found.line, series, "", min(found.due, clock.now()), duty=found)


@transaction.atomic
def call(*, scope: Scope, unit: int, series: str, begins: datetime, name: str = "", place: str = "") -> Meeting:
    """Call an extra meeting (临时加开)."""
    found = next((one for one in host_units(scope) if one.pk == unit), None)
    if found is None:
        raise Forbidden(_("没有加开"), why=_("您不召集这个单位的会"), next=_("请从列表里选本单位"))
    name = checked(name, _("会议名称"), 60, needed=series == "other")
    if series != rule.of(series).slug:
        raise _refused(_("没有这一类会议"), _("请从列表里选"))
    if rule.of(series).above and found.kind != Kind.COMMITTEE:
        raise _refused(_("%s由党委召集") % rule.of(series).word, _("请选党委，或者另选一类会"))
    if rule.too_old(clock.local(begins), clock.local(clock.now())):
        raise _refused(_("会议时间太早，不能补记去年或一个月以前的会"), _("请核对日期"))
    return _made(scope, found, found.line, series, name, begins, place=checked(place, _("地点"), 80))


def _made(scope: Scope, unit: Unit, line: str, series: str, name: str, begins: datetime, *, place: str = "",
          duty: Duty | None = None) -> Meeting:
    before = Meeting.objects.filter(unit=unit, series=series, closed_at__isnull=False, annulled_at=None).order_by(
        "-begins").first()
    post = scope.posts[0].code if scope.posts else ""
    head = head_post(unit.pk, line, clock.today())
    try:
        with transaction.atomic():
            made = Meeting.objects.create(
                unit=unit, line=line, path=path_of(unit.pk, clock.today()), series=series, name=name, duty=duty,
                begins=begins, place=place or (before.place if before else ""),
                chair=before.chair if before else head.code if head else post,
                recorder=before.recorder if before else post, expected=before.expected if before else 0)
    except IntegrityError:
        raise Conflict(_("没有打开"), why=_("同一时间已有一次同类的会"), next=_("请在列表里打开它")) from None
    Attendee.objects.bulk_create([Attendee(meeting=made, person=person, post=post) for person, post in expected(made)])
    return made


@transaction.atomic
def discard(*, scope: Scope, meeting: Meeting) -> None:
    """Throw an open record away (不开了): nothing was finished, so nothing is lost."""
    if not meeting.open or not hosts(scope, meeting.unit):
        raise Conflict(_("没有取消"), why=_("会议已经形成纪要，或您不主持这个会"))
    meeting.items.all().delete()
    meeting.attendees.all().delete()
    meeting.delete()


def _refused(why: str, next: str, code: str = "") -> UserError:
    return UserError(_("没有打开会议"), why=why, next=next, code=code)
