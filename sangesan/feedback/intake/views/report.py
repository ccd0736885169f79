"""Pages of whoever reports (上报页面): the quick report on the phone, and what became of one's reports."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.feedback.matters import queries
from sangesan.feedback.matters import services as matters
from sangesan.foundation import qr
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.once.services import once
from sangesan.method.authority import Action

from .. import services
from ..forms.public import RatingForm, Refusable, ReplyForm, ReviewForm
from ..forms.staff import ReportForm
from .accepting import accept, bound, to_ring
from .receipt import APART_FROM_HANDS, apart_of

STEPS = {
    "rate": (RatingForm, matters.rate, lazy("评价已经收到")),
    "reply": (ReplyForm, matters.reply, lazy("补充的话已经收下，随事项一起办理")),
    "review": (ReviewForm, matters.review, lazy("申请已经收到，由上一级处理")),
    "withdraw": (Refusable, matters.withdraw, lazy("已经撤回，不再办理")),
    "erase_name": (Refusable, matters.erase_name, lazy("姓名和联系方式已经从这一件里删除")),
}
"""What a reporter may do as the speaker (上报人操作)."""


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report from the phone (快速上报)."""
    if not request.scope.can(Action.REPORT):
        raise Forbidden(_("没有打开"), why=_("您的岗位没有上报的权限"))
    return accept(request, ReportForm(scope=request.scope, **bound(request)),
                  partial(services.report, scope=request.scope),
                  page="intake/report.html", done="intake/reported.html")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """See what became of one's reports (我的上报)."""
    return render(request, "intake/mine.html", {"reports": queries.mine(request.scope)})


@require_safe
def own(request: HttpRequest, number: str) -> HttpResponse:
    """See one report of one's own (上报详情): steps, dialogue, and what is open to its author."""
    return _own(request, queries.own(request.scope, number))


@require_POST
def step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take a step as the speaker (上报人操作): rate, add a word, ask for a review, withdraw, erase one's name."""
    if step not in STEPS:
        raise Http404
    kind, service, said = STEPS[step]
    found, form = queries.own(request.scope, number), kind(request.POST)
    if not form.is_valid():
        return _own(request, found, status=422, **{step: form})
    try:
        taken = once(request, partial(service, code=found, **form.cleaned_data),
                     queries.footing_of(step, found.matter.number))
    except UserError as fault:
        form.refuse(fault)
        gone = {"fault": fault, "given": request.POST.get("text", "")} if fault.status == Conflict.status else {}
        return _own(request, queries.own(request.scope, number), status=fault.status, **{step: form} | gone)
    if done := apart_of(step, found, taken, request.POST.get("text", "")):  # a word of despair, which the carers have
        return _own(request, queries.own(request.scope, number), apart=done, qr=qr.path(done))
    ticked = step == "reply" and form.cleaned_data["about_handlers"]
    messages.success(request, str(APART_FROM_HANDS if ticked else said))
    return redirect("intake:own", number)


def _own(request: HttpRequest, found: queries.Heard, status: int = 200, **typed: object) -> HttpResponse:
    fresh = {name: kind() for name, (kind, _service, _said) in STEPS.items()}
    return render(request, "intake/own.html", fresh | typed | {
        "heard": found, "matter": found.matter, "road": queries.steps(found.matter),
        "rights": queries.rights(found.matter), **to_ring(request.POST.get("text", ""))}, status=status)
