"""Pages of the public entrance (公开入口): no cookie, no session, no script."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.method.reception import ABSENT_DAYS

from .. import services
from ..channels import SHELVES
from ..channels import public as public_channels
from ..forms.public import MailboxForm
from ..limits import WRITING
from ..outside import ROADS
from .accepting import accept, bound


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Show the roads in (入口)."""
    return render(request, "intake/entrance.html", {"shelves": public_channels()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say where help is at once (马上能找的人)."""
    return render(request, "intake/help.html", {"phones": settings.HELP_PHONES})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, for how long, and one's rights (个人信息说明)."""
    return render(request, "intake/privacy.html", {
        "years": max(settings.RETENTION_YEARS, 1), "absent": ABSENT_DAYS})


@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """Say whom else one may turn to (单位以外的渠道)."""
    return render(request, "intake/outside.html", {"roads": ROADS})


@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest, channel: str) -> HttpResponse:
    """Write to a mailbox (写信): to the leaders, to the union."""
    if request.method == "POST":
        WRITING.check(request.META["REMOTE_ADDR"])
    chosen = {"category": request.GET.get("category", "")[:16]}
    return accept(request, MailboxForm(**bound(request), initial=chosen), partial(services.submit, channel=channel),
                  page="intake/mailbox.html", done="intake/sent.html", context={"shelf": SHELVES[channel]})
