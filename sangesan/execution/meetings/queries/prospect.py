"""A meeting before anybody opened it (将开的会): what its record would begin with; looking at it stores nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import duty_for
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.duties.queries.twins import twins
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.method import meetings as rule
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.queries import head_post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import Meeting
from .access import hosts
from .lists import routine_of

EARLY = "early"
"""The code of the fault that it is too early (还没到准备的时候)."""


def prospect(scope: Scope, duty: int) -> Meeting:
    """Return the meeting of a duty (取例会): the one that was opened, else an unsaved one as it would begin.

    Raises NotFound for whoever may not keep its record, Conflict for what is no meeting or settled, and a fault
    with the code EARLY before its time.
    """
    found = duty_for(scope, duty)
    there = Meeting.objects.filter(duty__in=[found, *twins(found)], annulled_at=None).first()
    if there is not None:
        return there
    if not hosts(scope, found.unit):
        found = duty_for(scope, duty, Action.DO_WORK)
    if (found.origin.kind != "meeting" and not rule.of_routine(routine_of(found))) or settlement_of(found) is not None:
        raise Conflict(_("没有打开"), why=_("这件事不是会议，或者已经了结"))
    if found.opens > clock.now():
        raise UserError(_("没有打开会议"), why=_("这次会 %s 才开始准备") % f"{clock.local(found.opens):%Y-%m-%d %H:%M}",
                        next=_("请到时再来"), code=EARLY)
    series = rule.of_routine(routine_of(found)) or "other"
    return begun(scope, found.unit, found.line, series, min(found.due, clock.now()), duty=found)


def begun(scope: Scope, unit: Unit, line: str, series: str, begins: datetime, *, name: str = "", place: str = "",
          duty: Duty | None = None) -> Meeting:
    """Return an unsaved meeting that goes on where the last of its series stood (会议底稿): place, chair, recorder."""
    before = Meeting.objects.filter(unit=unit, series=series, closed_at__isnull=False, annulled_at=None).order_by(
        "-begins").first()
    post = scope.posts[0].code if scope.posts else ""
    head = head_post(unit.pk, line, clock.today())
    return Meeting(
        unit=unit, line=line, path=path_of(unit.pk, clock.today()), series=series, name=name, duty=duty, begins=begins,
        place=place or (before.place if before else ""), chair=before.chair if before else head.code if head else post,
        recorder=before.recorder if before else post, expected=before.expected if before else 0)
