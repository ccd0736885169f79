"""Pages of contact points (联系点页面): mine, a visit, the table of a month, the pairs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.execution.duties.services import XLSX, workbook
from sangesan.foundation import clock
from sangesan.foundation.trying import told, tried
from sangesan.method.authority import Action
from sangesan.method.contacts import month_of, next_month
from sangesan.organization.documents.files import given

from . import queries, services
from .forms import DayForm, Onward, PairForm, VisitForm, WordsForm
from .queries import choices


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My contact points (我的联系点), and who comes to my unit."""
    scope, month = request.scope, month_of(clock.today())
    context = {"mine": choices.mine(scope, month), "ours": choices.ours(scope, month), "month": month,
               "unfinished": choices.unfinished(scope), "tabs": _tabs(request, "mine")}
    return render(request, "contacts/index.html", context)


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The table of visits made (到位表) of a month."""
    at = _month(request.GET.get("month", ""))
    before = month_of(date.fromordinal(at.toordinal() - 1))
    after = next_month(at) if next_month(at) <= next_month(clock.today()) else None
    context = {"board": queries.board(request.scope, at), "before": before, "after": after,
               "tabs": _tabs(request, "month")}
    return render(request, "contacts/month.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The table of visits as a workbook (导出到位表)."""
    board = queries.board(request.scope, _month(request.GET.get("month", "")))
    rows = [[row.unit.name, *(cell.word if cell else "" for cell in row.cells)] for row in board.rows]
    book = workbook(scope=request.scope, subject="contacts", title=_("到位表"), rows=rows,
                    head=[_("单位"), *board.columns])
    return given(book, _("%(month)s 到位表.xlsx") % {"month": f"{board.month:%Y-%m}"}, XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs and gaps (结对与缺口); a POST makes another."""
    form = PairForm(request.POST if request.method == "POST" else None, units=choices.callees(request.scope),
                    callers=choices.callers(request.scope), initial={"unit": request.GET.get("unit", "")})
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.pair(scope=request.scope, **form.said()))
        if done:
            messages.success(request, _("已结对：%s") % done)
            return redirect("contacts:pairs")
    context = {"form": form, "rows": choices.arranged(request.scope), "gaps": queries.gaps(request.scope),
               "tabs": _tabs(request, "pairs"), "arranges": request.scope.can(Action.ASSIGN_WORK)}
    return render(request, "contacts/pairs.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pair: int) -> HttpResponse:
    """One pair (结对): its months and visits; a POST changes the visit day of a month."""
    found = queries.pair_for(request.scope, pair)
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["day"]
        if tried(form, lambda: services.move_day(scope=request.scope, pair=pair, month=month_of(day), day=day)):
            messages.success(request, _("联系日已改，已告诉对方单位"))
            return redirect("contacts:pair", pair)
    context = {"pair": found, "form": form, **choices.history(request.scope, found)}
    return render(request, "contacts/pair.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pair: int) -> HttpResponse:
    """Record a visit (登记联系)."""
    found = queries.pair_for(request.scope, pair)
    form = VisitForm(request.POST if request.method == "POST" else None, units=choices.leads())
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.record_visit(scope=request.scope, pair=pair, **form.cleaned_data))
        if done:
            messages.success(request, _("已登记") if done.found else _("已登记，没有发现问题，本月联系已完成"))
            return redirect("contacts:record", done.pk)
    context = {"pair": found, "form": form, "mine": choices.carries(request.scope, found)}
    return render(request, "contacts/visit.html", context, status=422 if form.is_bound else 200)


@require_safe
def record(request: HttpRequest, visit: int) -> HttpResponse:
    """One visit and its five steps (联系记录)."""
    context = {"it": queries.record_of(request.scope, visit), "form": Onward(units=choices.leads()),
               "words": WordsForm()}
    return render(request, "contacts/record.html", context)


@require_POST
def report(request: HttpRequest, visit: int) -> HttpResponse:
    """Pass a problem on (上报)."""
    form = Onward(request.POST, units=choices.leads())
    return _step(request, visit, form, _("已上报"), lambda said: services.report(
        scope=request.scope, visit=visit, road=said["outcome"], key=said["key"], lead=said["lead"], due=said["due"]))


@require_POST
def settle(request: HttpRequest, visit: int) -> HttpResponse:
    """Say how it was seen to (登记落实)."""
    return _step(request, visit, WordsForm(request.POST), _("已登记落实，请对方单位确认"), lambda said: services.settle(
        scope=request.scope, visit=visit, words=said["words"]))


@require_POST
def confirm(request: HttpRequest, visit: int) -> HttpResponse:
    """Confirm that the unit was told (确认反馈)."""
    return _step(request, visit, WordsForm(request.POST), _("已确认反馈"), lambda said: services.confirm(
        scope=request.scope, visit=visit, words=said["words"]))


@require_POST
def end(request: HttpRequest, pair: int) -> HttpResponse:
    """End a pair (解除结对)."""
    told(request, lambda: services.end(scope=request.scope, pair=pair), _("已解除这一对"))
    return redirect("contacts:pairs")


def _step(request: HttpRequest, visit: int, form, said: str, do: Callable) -> HttpResponse:
    found = queries.visit_for(request.scope, visit)
    told(request, lambda: do(form.cleaned_data), said, form, queries.footing(found))
    return redirect("contacts:record", visit)


def _month(said: str) -> date:
    """Return the month an address names (月份), this one for anything else."""
    try:
        found = date.fromisoformat(f"{said}-01")
    except ValueError:
        return month_of(clock.today())
    return found if clock.near(found) else month_of(clock.today())


def _tabs(request: HttpRequest, here: str) -> list[dict]:
    rows = [("mine", _("我的联系点"), "/w/contacts/")]
    if request.scope.can(Action.SEE_WORK):
        rows += [("month", _("到位表"), "/w/contacts/month/"), ("pairs", _("结对安排"), "/w/contacts/pairs/")]
    return [{"word": word, "url": url, "here": name == here} for name, word, url in rows]
