"""Pages of the yearly focus (工作重点页面): the year with its leading group, and one focus with what may follow."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.foundation.trying import told, tried
from sangesan.method.authority import Action

from . import queries, services
from .forms import FocusForm, SeatForm


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The year (全年工作重点)."""
    meeting = request.GET.get("from", "")[:80]
    return _page(request, focus=FocusForm(initial={"meeting": meeting}))


def _page(request: HttpRequest, status: int = 200, **typed: Any) -> HttpResponse:
    if not queries.reads(request.scope):
        raise NotFound()
    year = _year(request.GET.get("year", ""))
    return render(request, "focus/index.html", {
        "year": year, "rows": queries.of_year(request.scope, year), "ended": queries.ended(request.scope, year),
        "group": queries.group(request.scope), "keeps": queries.keeps(request.scope),
        "seat": SeatForm(auto_id="seat_%s"),
        "focus": FocusForm(), "before": year - 1, "after": year + 1} | typed, status=status)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One focus (一项工作重点)."""
    found = queries.focus_for(request.scope, pk)
    shown = door.open(request.scope, found.meeting) is not None if found.meeting else False
    return render(request, "focus/detail.html", {
        "it": found, "meeting": f"/w/{found.meeting}/" if shown else "",
        "keeps": queries.keeps(request.scope) and not found.ended_at,
        "assigns": request.scope.can(Action.ASSIGN_WORK) and not found.ended_at})


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Write down a focus (登记工作重点)."""
    form = FocusForm(request.POST)
    if form.is_valid():
        made = tried(form, lambda: services.set_focus(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已登记，各级都能看到"))
            return redirect("focus:detail", made.pk)
    return _page(request, 422, focus=form)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it (停止)."""
    queries.focus_for(request.scope, pk)
    why = request.POST.get("why", "").replace("\x00", "")
    told(request, lambda: services.end(scope=request.scope, focus=pk, why=why), _("已停止"))
    return redirect("focus:detail", pk)


@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Into the leading group (进入领导小组)."""
    form = SeatForm(request.POST, auto_id="seat_%s")
    if form.is_valid() and tried(form, lambda: services.join(scope=request.scope, **form.cleaned_data)):
        messages.success(request, _("已登记"))
        return redirect("focus:index")
    return _page(request, 422, seat=form)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the leading group (退出领导小组)."""
    if not queries.reads(request.scope):
        raise NotFound()
    told(request, lambda: services.leave(scope=request.scope, seat=pk), _("已退出"))
    return redirect("focus:index")


def _year(said: str) -> int:
    fits = len(said) == 4 and said.isascii() and said.isdecimal() and 2000 <= int(said) <= 2200
    return int(said) if fits else clock.today().year
