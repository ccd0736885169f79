"""Wages of contractors' workers (外委人员工资): through the labour office, never only to the contractor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.memory import remembered
from sangesan.method.wages import LABOUR_OFFICE, wages_owed
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import lineage

from ..models import Matter


@remembered
def labour_office(day: date) -> int:
    """Return the office that answers for wages (劳动工资主管科室), 0 when none is called so."""
    named = Q(pk__in=[])
    for word in LABOUR_OFFICE:
        named |= Q(name__contains=word)
    found = Unit.objects.filter(named, kind=Kind.OFFICE, closed=None).order_by("position", "pk").first()
    return found.pk if found else 0


@remembered
def contractor(unit: int, day: date) -> tuple[str, ...]:
    """Return the names of the contractor a unit belongs to and of what is under it on the way (外委单位名称).

    Nothing for units of the mine itself: whoever names one of those may be telling of it.
    """
    path = lineage(unit, day)
    rows = {pk: (kind, name) for pk, kind, name in Unit.objects.filter(pk__in=path).values_list("pk", "kind", "name")}
    first = next((place for place, pk in enumerate(path) if rows[pk][0] == Kind.CONTRACTOR.value), len(path))
    return tuple(rows[pk][1] for pk in path[first:])


def owed(matter: Matter) -> bool:
    """Return whether a matter is about wages of contractors' workers (外委人员工资)."""
    rows = list(matter.submissions.values_list("extra", "text")) or [({}, "")]
    kind = Kind.CONTRACTOR.value if contractor(matter.unit_id, clock.today()) else ""
    return any(wages_owed(category=matter.category, group=extra.get("group", ""), kind=kind,
                          text=f"{matter.title}\n{text}") for extra, text in rows)


def require_labour(matter: Matter, units: Iterable[int]) -> None:
    """Refuse to hand such a matter on past the labour office (须有劳资科)."""
    office = labour_office(clock.today())
    if office and office not in units and owed(matter):
        raise UserError(_("没有派单"), why=_("外委人员的工资，不能只交给外委单位，要有劳动工资主管科室"),
                        next=_("请由劳资科主办，或加为协办单位"), code="labour")
