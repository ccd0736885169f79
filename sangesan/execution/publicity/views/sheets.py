"""Pages of the pre-shift sheet (班前会一页纸): on the screen, and as PDF."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sangesan.foundation import clock

from .. import paperwork, queries
from .plans import tabs


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Today's sheet (今天的一页纸) of one's first unit, or of the one that was chosen."""
    units, day = queries.sheet_units(request.scope), _day(request.GET.get("day", ""))
    code = request.GET.get("unit", "") or (units[0].code if units else "")
    told = queries.sheet_for(request.scope, code, day) if code else None
    return render(request, "publicity/sheet.html", {"told": told, "units": units, "day": day, "tabs": tabs("sheet")})


@require_safe
def pdf(request: HttpRequest, unit: str, day: str) -> HttpResponse:
    """The sheet to print (打印)."""
    told = queries.sheet_for(request.scope, unit, _day(day))
    answer = HttpResponse(paperwork.sheet(told), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sheet-{told.unit.code}-{told.day:%F}.pdf"'
    return answer


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return clock.today()
