"""Pages of upkeep (运维页面)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation.errors import Forbidden
from sangesan.foundation.jobs import queries as jobs
from sangesan.method.authority import Action

from . import doctor, health


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer a machine that asks whether all is well (健康检查): 200 ok, 503 failing."""
    state = health.look()
    answer = JsonResponse(state, status=200 if state["status"] == "ok" else 503)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def checkup(request: HttpRequest) -> HttpResponse:
    """Show the system administrator how the house is (运行状况)."""
    if not request.scope.can(Action.HEALTH):
        raise Forbidden(_("没有打开"), why=_("体检只给系统管理员看"))
    findings = [*doctor.examine(), doctor.line(secure=request.is_secure(), host=request.get_host())]
    return render(request, "upkeep/health.html", {
        "findings": findings, "bad": sum(not one.well for one in findings), "jobs": jobs.running(),
    })
