"""Doors of the phone's outbox (待发箱接口): the page without network, its service worker, what it sends and asks.

None of them redirects to the login page: a device must learn in words it can read that it has to
sign in first, and the page without network holds nothing of anybody.
"""

from __future__ import annotations

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.origin import same_origin

from .. import outbox, queries, scripts
from ..forms.staff import ReportForm

ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
         ("maskable-512.png", "512x512", "maskable"))

def for_devices(view):
    """Answer a device (设备接口) in JSON, faults included.

    No CSRF token: it would die with the session that a waiting report outlives. A header that only
    our own script can send, and the origin, stand in for it; the cookie is `SameSite=Lax` besides.
    """

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        try:
            if request.headers.get("X-Outbox") != "1" or not same_origin(request):
                raise Forbidden(_("没有发出"), why=_("这次发送不是从上报页面来的"), next=_("请打开上报页面"))
            if not request.scope.person:
                raise UserError(_("没有发出"), why=_("登录已经过期"), next=_("请登录，写好的还在本机"),
                                code="login", status=401)
            return JsonResponse(view(request))
        except UserError as fault:
            said = {"code": fault.code, "what": fault.what, "why": fault.why, "next": fault.next}
            return JsonResponse(said, status=fault.status)

    return csrf_exempt(login_not_required(require_POST(inner)))


@for_devices
def deliver(request: HttpRequest) -> dict:
    """Take in one sealed report (收下密封件)."""
    given, file = request.POST, request.FILES.get("sealed")
    return {"number": outbox.deliver(
        scope=request.scope, key=request.headers.get("Idempotency-Key", ""), account=given.get("account", "")[:64],
        number=_whole(given.get("key", "")), hours=_whole(given.get("hours", "")),
        sealed=file.read(outbox.LARGEST + 1) if file else b"")}


@for_devices
def ask(request: HttpRequest) -> dict:
    """Say what became of one's reports (查询到达情况), and what the next ones are sealed with."""
    return {"arrived": queries.arrived(request.scope, request.POST.getlist("key")),
            "offer": vars(outbox.offer(request.scope))}


@login_not_required
@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """The page without network (断网上报页): the form and nothing of anybody."""
    form = ReportForm()
    return render(request, "intake/report_offline.html", {"form": form})


@login_not_required
@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The scripts of the report page as one (页面脚本)."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    return HttpResponse(scripts.packed() if packed else scripts.bundle(), content_type="text/javascript; charset=utf-8",
                        headers={"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
                        | ({"Content-Encoding": "gzip"} if packed else {}))


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker (后台脚本)."""
    form = render_to_string("intake/_report.html", {"form": ReportForm()})
    return HttpResponse(scripts.worker(form), content_type="text/javascript; charset=utf-8", headers={
        "Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; connect-src 'self'"})


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page on its desktop (安装清单)."""
    return JsonResponse({
        "name": _("三个三 · 快速上报"), "short_name": _("快速上报"), "lang": "zh-Hans",
        "id": scripts.HOME, "start_url": scripts.HOME, "scope": "/w/", "display": "standalone",
        "background_color": "#F3F5F8", "theme_color": "#FFFFFF",
        "icons": [{"src": static(f"outbox/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
                  for name, sizes, purpose in ICONS],
    }, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


def _whole(text: str) -> int:
    """Return a small whole number that was sent (整数), -1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1
