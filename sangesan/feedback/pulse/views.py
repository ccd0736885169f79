"""Pages of the pulse (民情页面): answers for everybody, their making, months in figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.feedback.matters.words import CATEGORIES
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method.authority import Action

from . import forms, queries, services


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Show what is out (公开答复), to everybody."""
    asked = {key: request.GET.get(key, "")[:60] for key in ("q", "category", "after")}
    page = queries.page(asked["q"], asked["category"], asked["after"])
    return render(request, "pulse/answers.html", asked | {
        "page": page, "categories": CATEGORIES.items(), "figures": queries.public_figures()})


@require_POST
def like(request: HttpRequest) -> HttpResponse:
    """Show published answers like what is being written (相近的公开答复); nothing of it is kept."""
    text = request.POST.get("text", "")[:10_000]
    return render(request, "pulse/like.html", {"rows": queries.similar_published(text)})


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second look and what is out (公开答复管理)."""
    _let_in(request, Action.PUBLISH_ANSWER)
    page = queries.page(after=request.GET.get("after", "")[:40])
    return render(request, "pulse/desk.html", {
        "waiting": queries.waiting(request.scope), "page": page, "owed": queries.owed(request.scope),
        "remark": forms.Remarking(auto_id=False)})


def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Draft what is to be put out (拟公开)."""
    read = queries.origin if request.method == "POST" else services.closed
    matter, form = read(request.scope, number), forms.Drafting(request.POST or None)
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                services.draft(scope=request.scope, number=number, **form.cleaned_data)
                messages.success(request, _("已交另一位同事复看"))
                return redirect("pulse:desk")
            status = 422
        except UserError as fault:
            form.add_error(None, str(fault))
            status = fault.status
    return render(request, "pulse/draft.html", {"matter": matter, "form": form}, status=status)


@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Let an answer out, send it back or take it back (放行、退回、撤回)."""
    form = forms.Remarking(request.POST)
    if action == "publish":
        services.publish(scope=request.scope, pk=pk)
    elif action not in ("reject", "withdraw"):
        raise Http404
    elif form.is_valid():
        getattr(services, action)(scope=request.scope, pk=pk, **form.cleaned_data)
    else:
        raise UserError(_("没有办成"), why=_("理由：%s") % form.errors["remark"][0], next=_("请改好理由再提交"))
    messages.success(request, {"publish": _("已公开"), "reject": _("已退回"), "withdraw": _("已撤回")}[action])
    return redirect("pulse:desk")


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show a frozen month (月度统计)."""
    _let_in(request, Action.OVERVIEW)
    shown = queries.view(request.GET.get("month", "")[:7])
    return render(request, "pulse/figures.html", {"view": shown, "months": queries.months()})


def _let_in(request: HttpRequest, action: Action) -> None:
    if not request.scope.can(action):
        raise Forbidden(_("没有打开"), why=_("您的岗位没有这一页的权限"))
