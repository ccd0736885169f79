"""Pages of whoever reports (上报页面): the quick report on the phone, and what became of one's reports."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.feedback.matters import queries
from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from .. import services
from ..forms.staff import ReportForm
from .accepting import accept, bound


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
