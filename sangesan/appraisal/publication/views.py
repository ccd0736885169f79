"""Pages of results (考核结果)."""

from __future__ import annotations

from datetime import date, timedelta

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError

from . import queries

FIRST, LAST = 1950, 2200
"""Years a result may be asked for (可选年份)."""


@require_safe
def index(request):
    """Show the results of a day (考核结果)."""
    day = day_asked(request.GET.get("day", ""))
    day = day or queries.last_day(request.scope) or clock.today() - timedelta(days=1)
    everyone = request.GET.get("all") == "1"
    return render(request, "publication/list.html", {
        "board": queries.board(request.scope, day, everyone=everyone), "everyone": everyone, "today": clock.today(),
    })


@require_safe
def run(request, run: int):
    """Go to the results of a run's day (某次核算)."""
    found = queries.result_for(request.scope, run)
    return redirect(f"{reverse('results:index')}?day={found.until.isoformat()}")


@require_safe
def statement(request, run: int, code: str):
    """Show a unit's statement (考核清单)."""
    return render(request, "publication/detail.html", {"s": queries.statement_for(request.scope, run, code)})


def day_asked(text: str) -> date | None:
    """Return the day asked for in the address (所选日期)."""
    try:
        day = date.fromisoformat(text) if text else None
        if day and not FIRST <= day.year <= LAST:
            raise ValueError(day)
        return day
    except ValueError as fault:
        raise UserError(_("没有显示结果"), why=_("日期写得不对"), next=_("请选择一个日期，例如 2026-11-22"),
                        status=400) from fault
