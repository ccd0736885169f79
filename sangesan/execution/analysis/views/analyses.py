"""Pages of monthly analyses (月分析页面)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock, door
from sangesan.foundation.trying import tried
from sangesan.method import analysis as rule

from .. import paperwork, queries, services
from ..forms import FinishForm, WriteForm
from ..queries.paper import advice_below, parts_of
from .telling import month_of, paper, tabs


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The analyses of a month (月分析): the committee's, the branches', and one's own."""
    month = month_of(request.GET.get("month", ""))
    after = rule.next_month(month)
    return render(request, "analysis/list.html", {
        "board": queries.board(request.scope, month), "mine": queries.mine(request.scope), "month": month,
        "before": rule.month_before(month), "after": after if after < clock.today().replace(day=1) else None,
        "tabs": tabs(request, "analyses")})


@require_safe
def of_duty(request: HttpRequest, duty: int) -> HttpResponse:
    """Open the analysis a routine's duty asks for (写月分析)."""
    found = queries.of_duty(request.scope, duty)
    if found is None:
        messages.info(request, _("上月的数字还没有起草，明天早上再来"))
        return redirect("analysis:list")
    return redirect("analysis:detail", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, analysis: int) -> HttpResponse:
    """One analysis (月分析): read it; its author writes causes and advice."""
    found = queries.analysis_for(request.scope, analysis)
    form = WriteForm(request.POST if request.method == "POST" else None,
                     initial={"causes": found.causes, "advice": found.advice})
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.write(scope=request.scope, analysis=analysis, **form.cleaned_data))
        if done:
            messages.success(request, _("已保存，开会研究后定稿"))
            return redirect("analysis:detail", analysis)
    return _shown(request, found, form)


def _shown(request: HttpRequest, found, form, finishing=None) -> HttpResponse:
    own, meetings = queries.own(request.scope, found.unit_id), queries.studied(found)
    bad = form.is_bound or finishing is not None
    decisions = queries.decisions_of(found)
    return render(request, "analysis/detail.html", {
        "it": found, "parts": parts_of(found), "form": form, "own": own and not found.finished_at, "state": found.state,
        "meetings": meetings, "finish": finishing or FinishForm(found=meetings),
        "opens": door.opened(request.scope, [found.meeting, *(duty for duty, _due in decisions)]),
        "decisions": decisions, "advised": advice_below(found)}, status=422 if bad else 200)


@require_POST
def finish(request: HttpRequest, analysis: int) -> HttpResponse:
    """Finish an analysis after it was studied (定稿)."""
    found = queries.own_analysis(request.scope, analysis)
    form = FinishForm(request.POST, found=queries.studied(found))
    if form.is_valid() and tried(form, lambda: services.finish(
            scope=request.scope, analysis=analysis, **form.cleaned_data)):
        messages.success(request, _("已定稿，进入台账和三册"))
        return redirect("analysis:detail", analysis)
    return _shown(request, found, WriteForm(initial={"causes": found.causes, "advice": found.advice}), form)


@require_safe
def taken(request: HttpRequest, analysis: int, form: str) -> HttpResponse:
    """Take an analysis away (下载月分析) as PDF or Word."""
    found = queries.analysis_for(request.scope, analysis)
    return paper(lambda kind: paperwork.taken(request.scope, found, queries.told(found), kind), form)
