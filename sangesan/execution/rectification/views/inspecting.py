"""Pages of inspections (检查页面): the log, one with its problems, checklists, work not inspected, figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.trying import tried
from sangesan.method.authority import Action

from .. import queries, services, sources
from ..forms.typed import ChecklistForm, FiguresForm, FindingForm, InspectionForm
from ..queries import choices


def tabs(request: HttpRequest, here: str) -> list[dict]:
    """Return the tabs of this room (页签)."""
    rows = [("open", _("整改"), "/w/findings/"), ("log", _("检查记录"), "/w/inspections/")]
    if request.scope.can(Action.CHECK_WORK):
        rows += [("uninspected", _("未检查的工作"), "/w/inspections/uninspected/"),
                 ("lists", _("检查表"), "/w/inspections/checklists/"),
                 ("figures", _("隐患三违"), "/w/inspections/figures/")]
    return [{"word": word, "url": url, "here": name == here} for name, word, url in rows]


def _checks(request: HttpRequest) -> None:
    if not request.scope.can(Action.CHECK_WORK):
        raise Forbidden(_("没有打开"), why=_("您的岗位不做督察"))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The log of inspections (检查记录)."""
    context = {"rows": choices.recent(request.scope), "tabs": tabs(request, "log"),
               "checks": request.scope.can(Action.CHECK_WORK)}
    return render(request, "rectification/log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record an inspection (登记检查)."""
    _checks(request)
    form = InspectionForm(request.POST if request.method == "POST" else None, units=choices.units(request.scope),
                          checklists=choices.checklists(), initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.inspect(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已登记；有问题的在这里写，没有问题就完成了"))
            return redirect("rectification:inspection", made.pk)
    return render(request, "rectification/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection and its problems (一次检查); a POST writes down another."""
    found = queries.inspection_for(request.scope, pk)
    form = FindingForm(*((request.POST, request.FILES) if request.method == "POST" else ()),
                       units=choices.units(request.scope), items=choices.items(found))
    if form.is_bound and form.is_valid():
        if tried(form, lambda: services.find(scope=request.scope, inspection=pk, **form.cleaned_data)):
            messages.success(request, _("已下达整改"))
            return redirect("rectification:inspection", pk)
    context = {"it": found, "form": form, "mine": found.person == request.scope.person,
               "findings": queries.listed_of(request.scope, found)}
    return render(request, "rectification/inspection.html", context, status=422 if form.is_bound else 200)


@require_safe
def uninspected(request: HttpRequest) -> HttpResponse:
    """Work nobody looked at (未检查的工作)."""
    _checks(request)
    context = {"rows": queries.uninspected(request.scope), "lines": sources.lines(request.scope),
               "tabs": tabs(request, "uninspected")}
    return render(request, "rectification/uninspected.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def checklists(request: HttpRequest) -> HttpResponse:
    """The checklists (检查表); a POST makes one."""
    _checks(request)
    form = ChecklistForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.keep(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已建检查表：%s") % made.title)
            return redirect("rectification:checklists")
    context = {"rows": choices.lists(), "form": form, "tabs": tabs(request, "lists"),
               "own": {post.unit for post in request.scope.posts}}
    return render(request, "rectification/checklists.html", context, status=422 if form.is_bound else 200)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a checklist (停用检查表)."""
    try:
        services.stop(scope=request.scope, checklist=pk)
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("已停用"))
    return redirect("rectification:checklists")


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest) -> HttpResponse:
    """Hazards and violations (隐患三违) of the last thirty days; a POST takes in a workbook."""
    _checks(request)
    form = FiguresForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.take_workbook(scope=request.scope, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("已导入：新增 %(new)d，更正 %(changed)d，没有变化 %(same)d") % done)
            return redirect("rectification:figures")
    since, rows = choices.figures(request.scope)
    context = {"rows": rows, "since": since, "form": form, "tabs": tabs(request, "figures")}
    return render(request, "rectification/figures.html", context, status=422 if form.is_bound else 200)
