"""Pages of triage help (分办辅助页面)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action

from .hot import topics


@require_safe
def hot(request: HttpRequest) -> HttpResponse:
    """Show what several people raise at the same time (热点)."""
    if not (request.scope.can(Action.OVERVIEW) or request.scope.can(Action.TRIAGE)):
        raise NotFound()
    return render(request, "triage/hot.html", {"topics": topics(request.scope)})
