"""Pages of plans and reports (周计划与述职页面)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.trying import told
from sangesan.method import plans as rule

from . import forms, queries, roads, services


def _week(said: str) -> date:
    """Return the week an address names (所在周), this one for anything else."""
    try:
        day = parse_date(said) or clock.today()
    except ValueError:
        day = clock.today()
    return rule.week_of(day if clock.near(day) else clock.today())


def _tabs(here: str) -> list[dict[str, Any]]:
    rows = [("plans", _("周计划"), "/w/plans/"), ("reports", _("每日述职"), "/w/reports/")]
    return [{"word": word, "url": url, "here": name == here} for name, word, url in rows]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The plans of a week (周计划): one's own, and those of the units below."""
    week = _week(request.GET.get("week", ""))
    return render(request, "plans/list.html", {
        "tabs": _tabs("plans"), "week": week, "before": week - timedelta(days=7), "after": week + timedelta(days=7),
        "sunday": week + timedelta(days=6), "mine": queries.mine(request.scope, week),
        "board": queries.board(request.scope, week), "plannable": rule.plannable(week, clock.today())})


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a plan (起草周计划)."""
    unit = request.POST.get("unit", "")
    if not unit.isdecimal() or len(unit) > 18:
        raise NotFound()
    try:
        plan = services.draft(scope=request.scope, unit=int(unit), line=request.POST.get("line", ""),
                              week=_week(request.POST.get("week", "")))
    except NotFound:
        raise
    except UserError as fault:
        messages.error(request, str(fault))
        return redirect("plans:list")
    return redirect("plans:detail", plan.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def of_duty(request: HttpRequest, duty: int) -> HttpResponse:
    """What a routine's duty asks to be planned (周计划待办); a POST drafts it, and confirms it where that is said."""
    if request.method != "POST":
        found = queries.ready(request.scope, duty)
        if found.plan is not None and not found.fresh:
            return redirect("plans:detail", found.plan.pk)
        return render(request, "plans/ready.html", {"it": found, "sunday": found.week + timedelta(days=6)})
    plan = services.draft_for(scope=request.scope, duty=duty)
    if request.POST.get("do") == "confirm":
        return _done(request, plan.pk, services.confirm, _("已确认，周五对账"))
    return redirect("plans:detail", plan.pk)


@require_safe
def detail(request: HttpRequest, plan: int) -> HttpResponse:
    """One plan (周计划)."""
    return _shown(request, plan)


def _shown(request: HttpRequest, pk: int, status: int = 200, **typed: Any) -> HttpResponse:
    plan = queries.plan_for(request.scope, pk)
    own = any((p.unit, p.line) == (plan.unit_id, plan.line) for p in queries.seats(request.scope))
    stands, today, aims = queries.lines_of(plan), clock.today(), roads.aims(plan.week.year)
    for one in stands:
        one.line.aim = aims.get(one.line.above, "")
    kept = [one for one in stands if not one.line.struck]
    return render(request, "plans/detail.html", {
        "plan": plan, "stands": kept, "struck": [one for one in stands if one.line.struck], "own": own,
        "done": sum(one.done for one in kept), "sunday": plan.week + timedelta(days=6),
        "adding": forms.AimedForm(initial={"due": max(plan.friday, today)}, aims=aims), "aims": aims,
        "strike": forms.StrikeForm(),
        "checking": forms.CheckForm(stands), "may_check": own and plan.confirmed_at and not plan.checked_at and (
            today >= plan.friday)} | typed, status=status)


def _done(request: HttpRequest, plan: int, do: Callable, said: str, form: django_forms.Form | None = None,
          **more: Any) -> HttpResponse:
    queries.own_plan(request.scope, plan)
    told(request, lambda: do(scope=request.scope, plan=plan, **(form.cleaned_data if form is not None else {}), **more),
         said, form, queries.footing(plan))
    return redirect("plans:detail", plan)


@require_POST
def add(request: HttpRequest, plan: int) -> HttpResponse:
    """Add a line (添一行)."""
    return _done(request, plan, services.add, _("已添上"), forms.AimedForm(request.POST, aims=roads.aims(
        queries.own_plan(request.scope, plan).week.year)))


@require_POST
def strike(request: HttpRequest, plan: int, line: int) -> HttpResponse:
    """Strike a line (划去一行)."""
    return _done(request, plan, services.strike, _("已划去，原因留着"), forms.StrikeForm(request.POST), line=line)


@require_POST
def confirm(request: HttpRequest, plan: int) -> HttpResponse:
    """Confirm it (确认周计划)."""
    return _done(request, plan, services.confirm, _("已确认，周五对账"))


@require_POST
def check(request: HttpRequest, plan: int) -> HttpResponse:
    """Check the week (对账)."""
    found = queries.own_plan(request.scope, plan)
    form = forms.CheckForm(queries.lines_of(found), request.POST)
    if form.is_valid():
        try:
            services.check(scope=request.scope, plan=plan, **form.said)
            messages.success(request, _("已对账，没办完的转到下一周"))
            return redirect("plans:detail", plan)
        except UserError as fault:
            form.add_error(None, str(fault))
    return _shown(request, plan, 422, checking=form)


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """Tell the day, read what was told (每日述职)."""
    form = forms.ReportForm(request.scope, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.report(scope=request.scope, **form.cleaned_data)
            messages.success(request, _("已报给上级"))
            return redirect("plans:reports")
        except UserError as fault:
            form.add_error(None, str(fault))
    came, told, titles = queries.inbox(request.scope, clock.today())
    today = clock.today()
    drafts = [(one.title, queries.told_of(one.unit, one.line, today)) for one in queries.untold(request.scope, today)]
    return render(request, "plans/reports.html", {
        "tabs": _tabs("reports"), "form": form if queries.seats(request.scope) else None, "came": came, "told": told,
        "titles": titles, "drafts": drafts}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report: int) -> HttpResponse:
    """One report (述职): read it, answer it."""
    found = queries.report_for(request.scope, report)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.answer(scope=request.scope, report=report, **form.cleaned_data)
            messages.success(request, _("已答复，本人会看到"))
            return redirect("plans:report", report)
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "plans/report.html", {
        "report": found, "form": form, "mine": found.person == request.scope.person,
        "may_answer": found.to in request.scope.post_codes and not found.answer}, status=422 if form.is_bound else 200)
