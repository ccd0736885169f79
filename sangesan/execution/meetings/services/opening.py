"""Opening a meeting (开始准备): for a routine's duty, or an extra one; its roster is filled by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.method import meetings as rule
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Kind

from ..models import Attendee, Meeting
from ..queries.access import host_units
from ..queries.prospect import begun, prospect
from ..queries.roster import expected
from .preparing import opened
from .words import checked


@transaction.atomic
def open_for(*, scope: Scope, duty: int) -> Meeting:
    """Return the meeting of a duty (取例会), opened now if nobody has yet."""
    found = prospect(scope, duty)
    return _opened(found) if found._state.adding else found


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
    return _opened(begun(scope, found, found.line, series, begins, name=name, place=checked(place, _("地点"), 80)))


def _opened(made: Meeting) -> Meeting:
    """Store a meeting with its roster (开始准备); of two who open it at once, the second gets the first's."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        there = made.duty and Meeting.objects.filter(duty=made.duty, annulled_at=None).first()
        if there:
            return there
        raise Conflict(_("没有打开"), why=_("同一时间已有一次同类的会"), next=_("请在列表里打开它")) from None
    Attendee.objects.bulk_create([Attendee(meeting=made, person=person, post=post) for person, post in expected(made)])
    return made


@transaction.atomic
def discard(*, scope: Scope, meeting: int) -> None:
    """Throw an open record away (不开了): nothing was finished, so nothing is lost."""
    found = opened(scope, meeting)
    found.items.all().delete()
    found.attendees.all().delete()
    found.delete()


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有打开会议"), why=why, next=next)
