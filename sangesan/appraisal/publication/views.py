"""Pages of results (考核结果)."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.appraisal.rules.queries import beginning
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import Action, Scope

from . import queries, services
from .forms import Deciding, Objecting

FIRST, LAST = 1950, 2200
"""Years a result may be asked for (可选年份)."""


@require_safe
def index(request):
    """Show the results of a day (考核结果)."""
    return _board(request, request.scope, "publication/list.html")


@require_safe
def posted(request: HttpRequest) -> HttpResponse:
    """Show the published results to everybody in the mine (考核公示), without signing in."""
    return _board(request, queries.PUBLIC, "publication/posted.html")


@require_safe
def posted_period(request: HttpRequest, run: int) -> HttpResponse:
    """Show the published results of a month, quarter or year to everybody (时段考核公示)."""
    board = queries.period_board(queries.PUBLIC, run)
    services.ask_check(board.flaws)
    return render(request, "publication/posted.html", {"board": board, "today": clock.today()})


@require_POST
def publish(request: HttpRequest, run: int) -> HttpResponse:
    """Publish a month, quarter or year (公布时段结果)."""
    services.publish_period(scope=request.scope, run=run)
    messages.success(request, _("结果已公布，三个工作日内可以提出异议"))
    return redirect("results:run", run)


@require_safe
def posted_statement(request: HttpRequest, run: int, code: str) -> HttpResponse:
    """Show a unit's published statement to everybody (考核公示清单)."""
    found = _statement(queries.PUBLIC, run, code, request)
    return render(request, "publication/posted_statement.html", {"s": found})


@require_safe
def run(request, run: int):
    """Go to the results of a run's day (某次核算)."""
    found = queries.result_for(request.scope, run)
    if not queries.daily(found):
        board = queries.period_board(request.scope, run)
        services.ask_check(board.flaws)
        return render(request, "publication/period.html", {
            "board": board, "may_publish": request.scope.can(Action.PUBLISH)})
    return redirect(f"{reverse('results:index')}?day={found.until.isoformat()}")


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show one's own statement and nobody else's (我的考核清单)."""
    return render(request, "publication/own.html", {"statements": queries.own_statements(request.scope)})


@require_safe
def statement(request, run: int, code: str):
    """Show a unit's statement (考核清单)."""
    found = _statement(request.scope, run, code, request)
    return render(request, "publication/detail.html", {"s": found})


@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, run: int, code: str, indicator: str) -> HttpResponse:
    """Object to one line of a statement (提出异议)."""
    line = queries.objectionable(request.scope, run, code, indicator)
    form = Objecting(queries.choices(request.scope, line.facts), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.file(scope=request.scope, run=run, code=code, indicator=indicator, **form.cleaned_data)
        except UserError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("异议已提交"))
            return redirect("results:appeal", made.number)
    return render(request, "publication/object.html", {"line": line, "form": form},
                  status=422 if form.errors else 200)


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """List the objections of one's own unit and those one decides (考核异议)."""
    return render(request, "publication/appeals.html", {"rows": queries.listed(request.scope)})


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Show an objection and decide it (裁定异议)."""
    told = queries.appeal_for(request.scope, number)
    late = queries.recorded(request.scope, queries.offered(told.appeal, told.late))
    form = Deciding(queries.spoken(request.scope, told.facts), late, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.decide(scope=request.scope, number=number, upheld=said["upheld"], reason=said["reason"],
                            remedy=form.remedy, named=form.named)
        except UserError as fault:
            if fault.status != UserError.status:
                raise
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("裁定已登记"))
            return redirect("results:appeal", number)
    return render(request, "publication/appeal.html", {
        "told": told, "form": form, "late": late, "righted": queries.recorded(request.scope, told.righted),
        "works": request.scope.can(Action.DO_WORK), "assesses": request.scope.can(Action.ASSESS)},
                  status=422 if form.errors else 200)


def _board(request: HttpRequest, scope, template: str) -> HttpResponse:
    day = day_asked(request.GET.get("day", ""))
    day = day or queries.last_day(scope) or clock.today() - timedelta(days=1)
    everyone = request.GET.get("all") == "1"
    board = queries.board(scope, day, everyone=everyone)
    services.ask_check(board.flaws)
    return render(request, template, {
        "board": board, "everyone": everyone, "today": clock.today(),
        "periods": queries.periods(scope), "begins": beginning(clock.today()),
    })


def _statement(scope: Scope, run: int, code: str, request: HttpRequest) -> queries.Statement:
    found = queries.statement_for(scope, run, code, request.GET.get("line", ""))
    services.ask_check(found.flaws)
    return found


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
