"""Pages of assessment by hand (人工考核): all units on one page, an exception, the second check."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.errors import UserError

from . import services
from .forms import ExceptionForm, FieldForm
from .queries import hand, presets


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show all units of an indicator, and what waits for a check (人工考核)."""
    page = hand.page_of(request.scope, request.GET.get("month", ""), request.GET.get("indicator", ""))
    return render(request, "scoring/hand.html", page)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that all others have no exception (确认其余无例外), and go on to the next indicator."""
    month, indicator = request.POST.get("month", ""), request.POST.get("indicator", "")
    period = hand.span_asked(month)
    count = services.confirm_all(scope=request.scope, since=period.first, until=period.last, indicator=indicator)
    messages.success(request, _("已确认 %d 个单位") % count)
    return redirect(_back(month, hand.following(request.scope, month, indicator)))


@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: HttpRequest, month: str, indicator: str, unit: str) -> HttpResponse:
    """Enter an exception of one unit (登记例外)."""
    page = hand.unit_for(request.scope, month, indicator, unit)
    form = ExceptionForm(page["one"], unit, request.POST or None)
    if form.is_valid():
        try:
            services.enter(scope=request.scope, since=page["since"], until=page["until"], indicator=indicator,
                           unit=unit, **form.said())
        except UserError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("已登记，等另一人复核"))
            return redirect(_back(month, indicator))
    return render(request, "scoring/exception.html", page | {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def check(request: HttpRequest, entry: int) -> HttpResponse:
    """Agree or not as a second person (复核)."""
    row = services.check(scope=request.scope, entry=entry, agreed=request.POST.get("agreed") == "1",
                         words=request.POST.get("words", "")).entry
    messages.success(request, _("复核已登记"))
    return redirect(_back(hand.span_of(row.since, row.until).slug, row.indicator))


@require_POST
def take_back(request: HttpRequest, entry: int) -> HttpResponse:
    """Take back what was agreed wrongly (冲正)."""
    row = services.take_back(scope=request.scope, entry=entry, words=request.POST.get("words", ""))
    messages.success(request, _("已冲正"))
    return redirect(_back(hand.span_of(row.since, row.until).slug, row.indicator))


@require_safe
def trial(request: HttpRequest, version: int) -> HttpResponse:
    """Show a period under another version, side by side (试算)."""
    asked = request.GET.get("run", "")
    run = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
    said = services.tried(scope=request.scope, version=version, run=run)
    return render(request, "scoring/trial.html", said | {"here": request.get_full_path()})


@require_safe
def field(request: HttpRequest) -> HttpResponse:
    """Show what a rule from the field would have moved (现场办法试算)."""
    start = {"rule": "secretary", "base": "2000", "purse": "1000、600、300", "run": ""}
    form = FieldForm(start | {name: value for name, value in request.GET.items() if name in start})
    said = form.said() if form.is_valid() else {"which": "deputy", "run": 0, "base": 0, "purse": ()}
    page = presets.tried(request.scope, said["run"], said["which"], said["base"], said["purse"])
    return render(request, "scoring/field.html", page | {"form": form}, status=200 if form.is_valid() else 422)


def _back(month: str, indicator: str) -> str:
    return f"{reverse('scoring:hand')}?month={month}&indicator={indicator}"
