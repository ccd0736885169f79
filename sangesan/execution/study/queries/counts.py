"""Counts of study (学习统计): sessions and heads by unit, who is covered as counts of five or more, grades gained."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, Sum

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.disclosure import cell
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import lineages, within

from ..models import Bank, Coverage, Gain, Session
from .access import banks, leads


def held(scope: Scope, month: date) -> list[dict]:
    """Return sessions planned and held and heads counted in a month (学习情况), by unit."""
    seen = within(scope, Action.SEE_WORK) | leads(scope)
    rows = Session.objects.filter(unit__in=seen, day__year=month.year, day__month=month.month).order_by()
    counts = {row["unit"]: row for row in rows.values("unit").annotate(
        planned=Count("pk"), done=Count("pk", filter=Q(heads__isnull=False)), heads=Sum("heads"))}
    return [{**counts[unit.pk], "unit": unit} for unit in Unit.objects.filter(pk__in=counts)]


def coverage(scope: Scope) -> list[tuple[Bank, list[tuple[Unit, int | None]]]]:
    """Return how many of each team took each test (自测覆盖); below five nothing is said, and crews are added up."""
    seen = within(scope, Action.SEE_WORK)
    found = list(banks(scope))
    rows = list(Coverage.objects.filter(bank__in=found, unit__in=seen).values_list("bank", "unit"))
    above = {pk: next((step.pk for step in reversed(way) if step.kind != Kind.CREW), pk)
             for pk, way in lineages({unit for _, unit in rows}, clock.today()).items()}
    sums: dict[int, dict[int, int]] = {}
    for bank, unit in rows:
        team = above.get(unit, unit)
        sums.setdefault(bank, {})[team] = sums.setdefault(bank, {}).get(team, 0) + 1
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={pk for row in sums.values() for pk in row})}
    return [(bank, [(units[pk], cell(n, n)) for pk, n in sorted(
        sums.get(bank.pk, {}).items(), key=lambda pair: (units[pair[0]].position, pair[0]))]) for bank in found]


def gains(scope: Scope, year: int) -> list[dict]:
    """Return grades and certificates gained in a year (取得情况), by unit and kind."""
    seen = within(scope, Action.SEE_WORK) | leads(scope)
    rows = Gain.objects.filter(unit__in=seen, day__year=year).order_by()
    sums = list(rows.values("unit", "what").annotate(n=Sum("count")))
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={row["unit"] for row in sums})}
    words = dict(Gain.What.choices)
    return [{"unit": units[row["unit"]], "word": words[row["what"]], "n": row["n"]}
            for row in sorted(sums, key=lambda row: (units[row["unit"]].position, row["what"]))]
