"""Pages of the public entrance (公开入口)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Show the roads in (入口)."""
    return render(request, "intake/entrance.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, for how long, and one's rights (个人信息说明)."""
    return render(request, "intake/privacy.html")
