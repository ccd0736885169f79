"""Going away (请假代办): a person hands an own post over for some days, and takes it back before its time."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation.errors import NotFound, UserError
from sangesan.method.authority import Scope

from .. import standing_in as queries
from ..models import Appointment
from .appointments import end_appointment
from .delegating import delegate


@transaction.atomic
def go_away(*, scope: Scope, post: str, to: str, since: date, until: date) -> Appointment:
    """Hand a post over for the days away (请假代办); `until` is the last day, the day after it all returns."""
    mine = queries.own_appointment(scope, post)
    stand_in = next((one for one in queries.candidates(mine.post, scope) if one.work_number == to), None)
    if stand_in is None:
        raise UserError(_("没有办理请假代办"), why=_("代办人不在可选的人里"),
                        next=_("请从列表里选本单位、所属支部的在岗人员，或者上级"), code="to")
    return delegate(appointment=mine, to=stand_in, since=since, until=until + timedelta(days=1), actor=scope.actor)


@transaction.atomic
def come_back(*, scope: Scope, appointment: int) -> None:
    """Take a post back before its time (提前收回), from today on."""
    found = queries.given(scope).filter(pk=min(appointment, 2**63 - 1)).first()
    if found is None:
        raise NotFound()
    end_appointment(appointment=found, actor=scope.actor)
