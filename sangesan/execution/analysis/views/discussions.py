"""Pages of quarterly discussions (季度座谈页面)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock, door
from sangesan.foundation.errors import UserError
from sangesan.foundation.trying import told, tried
from sangesan.method import analysis as rule

from .. import paperwork, queries, services
from ..forms import AnswerForm, HoldForm, PointForm
from .telling import month_of, paper, tabs


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The discussions of a quarter (季度座谈); a POST writes one down."""
    said = request.GET.get("month", "")
    quarter = rule.quarter_of(month_of(said) if said else clock.today())
    form = HoldForm(request.POST if request.method == "POST" else None, scope=request.scope)
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.hold(scope=request.scope, **form.said))
        if done:
            return redirect("analysis:discussion", done.pk)
    return render(request, "analysis/discussions.html", {
        "rows": queries.talks(request.scope, quarter), "quarter": quarter, "said": rule.quarter_said(quarter),
        "before": rule.quarter_of(rule.month_before(quarter)), "form": form, "writes": queries.seats(request.scope),
        "tabs": tabs(request, "discussions")}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, discussion: int) -> HttpResponse:
    """One discussion (座谈): its points and their answers; a POST adds a point."""
    found = queries.discussion_for(request.scope, discussion)
    form = PointForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.add_point(scope=request.scope, discussion=discussion, **form.cleaned_data))
        if done:
            messages.success(request, _("已记下"))
            return redirect("analysis:discussion", discussion)
    own = queries.own(request.scope, found.unit_id)
    points = list(found.points.all())
    return render(request, "analysis/discussion.html", {
        "it": found, "points": points, "form": form, "own": own,
        "opens": door.opened(request.scope, [one.link for one in points]),
        "said": rule.quarter_said(found.quarter)}, status=422 if form.is_bound else 200)


@require_POST
def close(request: HttpRequest, discussion: int) -> HttpResponse:
    """Close a discussion (记完)."""
    return _done(request, discussion, _("已记完，答复会回到这里"), lambda: services.close(
        scope=request.scope, discussion=discussion))


@require_POST
def answer(request: HttpRequest, discussion: int) -> HttpResponse:
    """Write the answer of a point (写上答复)."""
    form = AnswerForm(request.POST)
    return _done(request, discussion, _("已写上"), lambda: services.answer(
        scope=request.scope, discussion=discussion, **_valid(form)))


@require_safe
def taken(request: HttpRequest, discussion: int, form: str) -> HttpResponse:
    """Take a discussion away (下载座谈记录) as PDF or Word."""
    found = queries.discussion_for(request.scope, discussion)
    return paper(lambda kind: paperwork.taken(request.scope, found, queries.told_of(found), kind), form)


def _valid(form) -> dict:
    if not form.is_valid():
        raise UserError(_("没有保存"), why=_("答复：%s") % next(iter(form.errors.values()))[0], next=_("请改好再提交"))
    return form.cleaned_data


def _done(request: HttpRequest, discussion: int, said: str, do) -> HttpResponse:
    queries.own_discussion(request.scope, discussion)
    told(request, do, said, now=queries.footing(discussion))
    return redirect("analysis:discussion", discussion)
