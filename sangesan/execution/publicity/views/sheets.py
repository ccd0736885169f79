"""Pages of the pre-shift sheet (班前会一页纸): on the screen, and as PDF."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation import clock
from sangesan.foundation.trying import told

from .. import paperwork, queries, services
from .plans import tabs

MOST = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Today's sheet (今天的一页纸) of one's first unit, or of the one that was chosen."""
    units, day = queries.sheet_units(request.scope), _day(request.GET.get("day", ""))
    code = request.GET.get("unit", "") or (units[0].code if units else "")
    found = queries.sheet_for(request.scope, code, day) if code else None
    return render(request, "publicity/sheet.html", {"told": found, "units": units, "day": day, "tabs": tabs("sheet")})


@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of a meeting that is due (开班前会); a POST says it was held, and the duty is done with it."""
    if request.method == "POST":
        words = request.POST.get("words", "").replace("\x00", "")[:MOST]
        told(request, lambda: services.hold(scope=request.scope, duty=pk, words=words), _("班前会已登记，进入台账"))
        return redirect("publicity:held", pk)
    duty, sheet, waits = queries.sheet_of(request.scope, pk)
    return render(request, "publicity/held.html", {"duty": duty, "told": sheet, "waits": waits, "most": MOST})


@require_safe
def pdf(request: HttpRequest, unit: str, day: str) -> HttpResponse:
    """The sheet to print (打印)."""
    found = queries.sheet_for(request.scope, unit, _day(day))
    answer = HttpResponse(paperwork.sheet(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sheet-{found.unit.code}-{found.day:%F}.pdf"'
    return answer


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return clock.today()
