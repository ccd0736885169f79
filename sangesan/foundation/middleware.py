"""Middleware of the frame (页面框架): mendable faults become plain pages, personal pages are never stored."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from .errors import UserError

KIOSK = "/kiosk/"
"""Where a kiosk begins anew (终端首页): no page that is shown there leads out of it."""
WORDS = ("text", "words", "reason", "remark", "result", "why", "told")
"""Fields that hold what somebody wrote (文字栏), by the names the forms of the house give them."""


class PageCompressionMiddleware(GZipMiddleware):
    """Compress pages (压缩页面), not photos or workbooks; random padding hides how well a secret compressed."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress HTML only (只压缩网页)."""
        html = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if html else response


class FrameMiddleware:
    """Answer `UserError` in plain Chinese (4xx), and forbid storing what is personal."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if asked.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            request.GET = QueryDict()  # the page that says so reads it too
            raise BadRequest("too many conditions")
        if "%00" in asked or "\x00" in request.path:
            raise BadRequest("NUL")  # PostgreSQL takes none, so no search and no filter does
        response = self.get_response(request)
        if response.status_code == 405:
            response = _not_this_way(request, response)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turn a mendable fault into a page, a part (htmx) or JSON; anything else is Django's."""
        if not isinstance(fault, UserError):
            return None
        return answer(request, fault)


def answer(request: HttpRequest, fault: UserError) -> HttpResponse:
    """Show a fault (出错页): what, why, next."""
    said = {"code": fault.code, "what": fault.what, "why": fault.why, "next": fault.next}
    if request.path.startswith("/api/"):
        return JsonResponse(said, status=fault.status)
    part = request.headers.get("HX-Request") == "true"
    staff = request.path.startswith("/w/") and getattr(getattr(request, "user", None), "is_authenticated", False)
    name = "errors/_part.html" if part else "errors/staff.html" if staff else "errors/public.html"
    more = {"status": fault.status, "given": _given(request) if staff else "",
            "home": KIOSK if request.path.startswith(KIOSK) else "/"}
    return render(request, name, said | more, status=fault.status)


def _given(request: HttpRequest) -> str:
    """Return the words that were typed into what is refused (所写文字), to be given back: never a secret."""
    try:
        return "\n".join(filter(None, (request.POST.get(name, "") for name in WORDS)))
    except (SuspiciousOperation, OSError):  # too big, or broken off: it was never read
        return ""


def _not_this_way(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Say what a wrong method means (方法不对): to programs as JSON; to people that the address alone does nothing."""
    allowed = refused.headers.get("Allow", "")
    if request.path.startswith("/api/"):
        said = UserError(_("没有受理"), why=_("这个地址不接受 %s 方法") % request.method[:10],
                         next=_("可以用：%s") % allowed, code="method", status=405)
    elif not refused.content:  # opened from the address bar, or by reloading
        said = UserError(_("这一步不能从地址直接打开"), why=_("页面重新载入，或只复制了地址"),
                         next=_("请从首页重新进入，再办这一步"), code="not_this_way", status=405)
    else:
        return refused
    response = answer(request, said)
    response.headers["Allow"] = allowed
    return response
