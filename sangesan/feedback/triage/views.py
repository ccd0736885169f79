"""Pages of triage help (分办辅助页面)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from .hot import topics


@require_safe
def hot(request: HttpRequest) -> HttpResponse:
    """Show what several people raise at the same time (热点)."""
    if not (request.scope.can(Action.OVERVIEW) or request.scope.can(Action.TRIAGE)):
        raise Forbidden(_("没有打开"), why=_("您的岗位不看热点"))
    return render(request, "triage/hot.html", {"topics": topics(request.scope)})
