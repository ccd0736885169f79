"""The sheet of a pre-shift meeting (班前会一页纸): three answers to workers and one notice, for a unit and a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import detail_of, duty_for
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.publicity import SHEET_ANSWERS
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.queries import lineage, on, standing, within

from .. import roads
from ..models import Handing, PlaceText
from .access import own_units

SHEET_KINDS = [Kind.CREW.value, Kind.TEAM.value, Kind.CONTRACTOR.value, Kind.ENTERPRISE.value]
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Sheet:
    """A sheet (一页纸): finished texts only."""

    unit: Unit
    day: date
    answers: list[roads.Answer]
    title: str
    notice: str


def sheet_units(scope: Scope) -> list[Unit]:
    """Return for which units a scope prints the sheet (可取一页纸的单位): its own, and those beneath its reach."""
    today = clock.today()
    reach = within(scope, Action.SEE_WORK) | own_units(scope)
    return list(standing(today).filter(pk__in=reach, kind__in=SHEET_KINDS))


def sheet_for(scope: Scope, code: str, day: date) -> Sheet:
    """Return the sheet of a unit and a day (取一页纸). Raises NotFound for another's unit and a day too far ahead.

    The notice is the newest one handed to the unit, or to a unit above it, that runs on that day.
    """
    unit = next((one for one in sheet_units(scope) if one.code == code), None)
    if unit is None or day > clock.today() + AHEAD:
        raise NotFound()
    return _sheet(unit, day)


def _sheet(unit: Unit, day: date) -> Sheet:
    text = PlaceText.objects.filter(
        place="preshift", campaign__starts__lte=day, campaign__ends__gte=day, campaign__ended_at=None,
        campaign__in=_handed(unit, day)).select_related("campaign").order_by("-campaign__made_at").first()
    return Sheet(unit, day, roads.answers(min(day, clock.today()), SHEET_ANSWERS), text.campaign.title if text else "",
                 text.words if text else "")


def sheet_of(scope: Scope, pk: int) -> tuple[Duty, Sheet, bool]:
    """Return a pre-shift meeting (班前会), its sheet, and whether it waits for me. Raises NotFound."""
    duty = duty_for(scope, pk)
    if duty.origin.kind != "pre_shift":
        raise NotFound()
    found = detail_of(scope, pk)
    return duty, _sheet(duty.unit, duty.nominal), found.doable


def told(sheet: Sheet) -> str:
    """Return a sheet in words (一页纸全文), as it is kept for evidence."""
    lines = [f"{n}. {one.question}\n{one.answer}" for n, one in enumerate(sheet.answers, 1)]
    return "\n".join([*lines, *([f"{sheet.title}\n{sheet.notice}"] if sheet.notice else [])])


def _handed(unit: Unit, day: date) -> QuerySet[Handing, dict]:
    """Return the plans handed to a unit, to one above it, or to the branch that covers it (传达到本单位的计划)."""
    day = min(day, clock.today())
    above = lineage(unit.pk, day)
    branches = on(Coverage.objects.filter(unit__in=above), day).values("branch")
    return Handing.objects.filter(Q(unit__in=above) | Q(unit__in=branches)).values("campaign")
