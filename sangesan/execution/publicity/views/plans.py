"""Pages of plans (宣传计划页面): the list, one plan with its cascade, receive and pass on with one tap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.trying import told, tried
from sangesan.method.authority import Action

from .. import queries, services
from ..forms import EndForm, PlanForm

TABS = (("plans", lazy("宣传计划"), "/w/publicity/"), ("sheet", lazy("班前会一页纸"), "/w/publicity/sheet/"),
        ("openness", lazy("队务公开"), "/w/openness/"))


def tabs(here: str) -> list[dict]:
    """Return the tabs of this room (标签)."""
    return [{"word": word, "url": url, "here": name == here} for name, word, url in TABS]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The plans one may see (宣传计划)."""
    state = request.GET.get("state", "")
    rows, after = queries.listed(request.scope, state=state, after=request.GET.get("after", ""))
    return render(request, "publicity/list.html", {
        "rows": rows, "after": after, "state": state, "tabs": tabs("plans"),
        "may": request.scope.can(Action.ASSIGN_WORK)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a plan (定宣传计划)."""
    form = PlanForm(request.POST if request.method == "POST" else None, scope=request.scope,
                    initial={"cause": request.GET.get("from", "")[:80]})
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.plan(scope=request.scope, **form.said()))
        if made:
            messages.success(request, _("已定好并传达到各单位"))
            return redirect("publicity:detail", made.pk)
    context = {"form": form, "may": request.scope.can(Action.ASSIGN_WORK)}
    return render(request, "publicity/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: HttpRequest, plan: int) -> HttpResponse:
    """One plan (宣传计划): its texts, its cascade, what waits for one's own unit."""
    found = queries.campaign_for(request.scope, plan)
    return render(request, "publicity/detail.html", {
        "plan": found, "texts": list(found.texts.all()), "cascade": queries.cascade_of(request.scope, found),
        "mine": queries.mine(request.scope, found), "leads": queries.leads(request.scope, found) and not found.ended_at,
        "words": EndForm()})


@require_POST
def receive(request: HttpRequest, plan: int, unit: int) -> HttpResponse:
    """Received (收到)."""
    return _done(request, plan, _("已登记收到"), services.receive, unit=unit)


@require_POST
def pass_on(request: HttpRequest, plan: int, unit: int) -> HttpResponse:
    """Passed on (传达)."""
    return _done(request, plan, _("已登记传达，这件应办也办结了"), services.pass_on, unit=unit)


@require_POST
def end(request: HttpRequest, plan: int) -> HttpResponse:
    """Stop a plan (停止)."""
    return _done(request, plan, _("已停止，没传达的不再要求"), services.end, why=request.POST.get("words", ""))


def _done(request: HttpRequest, plan: int, said: str, do: Callable, **more: Any) -> HttpResponse:
    queries.campaign_for(request.scope, plan)
    told(request, lambda: do(scope=request.scope, campaign=plan, **more), said)
    return redirect("publicity:detail", plan)
