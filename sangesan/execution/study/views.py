"""Pages of study (学习页面): what is planned, one session, self-tests, and the counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.trying import told, tried
from sangesan.method.authority import Action

from . import queries, services
from .forms import BankForm, GainForm, HoldForm, PlanForm, TestForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Sessions (学习安排); a POST plans another."""
    units = list(queries.places(request.scope).values_list("code", "name"))
    form = PlanForm(*((request.POST, request.FILES) if request.method == "POST" else ()), units=units,
                    shifts=queries.patterns(request.scope), initial=queries.start_of(request.scope, request.GET.dict()))
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.plan(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已安排：%s") % made.theme)
            return redirect("study:session", made.pk)
    context = {"groups": queries.agenda(request.scope), "form": form, "plans": bool(units), "today": clock.today(),
               "asked": bool({"unit", "plan"} & set(request.GET)), "tabs": _tabs(request, "index")}
    return render(request, "study/index.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session (一次学习): its material; a POST counts heads."""
    found = queries.session_for(request.scope, pk)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if tried(form, lambda: services.hold(scope=request.scope, session=pk, **form.cleaned_data)):
            messages.success(request, _("已登记"))
            return redirect("study:session", pk)
    context = {"it": found, "form": form, "leads": found.unit_id in queries.leads(request.scope),
               "named": found.roster.count(), "left": queries.left(found) if found.heads else []}
    return render(request, "study/session.html", context, status=422 if form.is_bound else 200)


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a session off (取消安排)."""
    queries.session_for(request.scope, pk)
    told(request, lambda: services.call_off(scope=request.scope, session=pk), _("已取消安排"))
    return redirect("study:index")


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a session (学习材料), as a download that runs nothing."""
    pdf = bytes(queries.session_for(request.scope, pk).pdf)
    if not pdf:
        raise NotFound()
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="study-{pk}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: HttpRequest) -> HttpResponse:
    """Self-tests (自测); a POST takes in a bank."""
    form = BankForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.keep(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已建题库：%s") % made.title)
            return redirect("study:tests")
    context = {"rows": queries.coverage(request.scope), "form": form, "keeps": request.scope.can(Action.ASSIGN_WORK),
               "own": {post.unit for post in request.scope.posts}, "tabs": _tabs(request, "tests")}
    return render(request, "study/tests.html", context, status=422 if form.is_bound else 200)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a bank out of use (停用题库)."""
    told(request, lambda: services.retire(scope=request.scope, bank=pk), _("已停用"))
    return redirect("study:tests")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in (题库模板)."""
    answer = HttpResponse(services.template(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="questions.xlsx"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a self-test (自测); the answer to the POST is the only place where the result ever stands."""
    found = queries.bank_for(request.scope, pk)
    return _tested(request, "study/test.html", found, lambda chosen: services.take(
        scope=request.scope, bank=pk, chosen=chosen))


@require_safe
def open_tests(request: HttpRequest) -> HttpResponse:
    """Self-tests for everybody (学习自测), without signing in."""
    return render(request, "study/open.html", {"rows": queries.open_banks()})


@require_http_methods(["GET", "HEAD", "POST"])
def open_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an open self-test (学习自测): nobody is known, nothing is counted."""
    found = queries.open_bank_for(pk)
    return _tested(request, "study/open_test.html", found, lambda chosen: services.judged(found, chosen))


def _tested(request: HttpRequest, page: str, bank: Any, judge: Callable) -> HttpResponse:
    form = TestForm(request.POST if request.method == "POST" else None, questions=list(bank.questions.all()))
    result, fault = None, ""
    if form.is_bound and form.is_valid():
        try:
            result = judge(form.said())
        except UserError as refused:
            fault = str(refused)
    context = {"bank": bank, "form": form, "told": result, "fault": fault,
               "right": sum(one.right for one in result or ())}
    answer = render(request, page, context, status=200 if result or not form.is_bound else 422)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: HttpRequest) -> HttpResponse:
    """Sessions, heads, grades gained (学习统计); a POST writes down grades."""
    units = list(queries.places(request.scope).values_list("code", "name"))
    form = GainForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_bound and form.is_valid():
        if tried(form, lambda: services.gain(scope=request.scope, **form.cleaned_data)):
            messages.success(request, _("已登记"))
            return redirect("study:counts")
    today = clock.today()
    context = {"held": queries.held(request.scope, today), "gains": queries.gains(request.scope, today.year),
               "form": form, "enters": request.scope.can(Action.ASSIGN_WORK), "month": today, "year": today.year,
               "tabs": _tabs(request, "counts")}
    return render(request, "study/counts.html", context, status=422 if form.is_bound else 200)


def _tabs(request: HttpRequest, here: str) -> list[dict]:
    rows = [("index", _("学习安排"), "/w/study/"), ("tests", _("自测"), "/w/study/tests/")]
    if request.scope.can(Action.SEE_WORK):
        rows.append(("counts", _("统计"), "/w/study/counts/"))
    return [{"word": word, "url": url, "here": name == here} for name, word, url in rows]
