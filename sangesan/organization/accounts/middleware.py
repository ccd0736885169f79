"""Middleware (中间件): who is asking, and what may this person reach.

Staff cookies live under /w/ only. Whatever lies elsewhere never sees a session: no query, no
cookie, no `Vary: Cookie`. Machines ask `services.api_scope` themselves.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from sangesan.foundation.origin import same_origin
from sangesan.method.authority import NOBODY

from .services import sessions, tokens
from .where import where_to


def staff(request) -> bool:
    """Return whether a request is for the staff pages (工作页面)."""
    return request.path_info.startswith("/w/")


class StaffSessionMiddleware(SessionMiddleware):
    """Sessions under /w/ only; the API gets a cookie of its own, on its own path."""

    def process_request(self, request):
        if staff(request):
            super().process_request(request)

    def process_response(self, request, response):
        if not hasattr(request, "session"):
            return response
        response = super().process_response(request, response)
        tokens.mirror(response)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response


class StaffCsrfMiddleware(CsrfViewMiddleware):
    """Tokens under /w/; elsewhere a form must come from our own pages and nothing is set."""

    def process_request(self, request):
        if staff(request):
            super().process_request(request)

    def process_view(self, request, view, args, kwargs):
        if staff(request):
            return super().process_view(request, view, args, kwargs)
        if request.path_info.startswith("/api/") or request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        return None if same_origin(request) else self._reject(request, "foreign origin")

    def process_response(self, request, response):
        return super().process_response(request, response) if staff(request) else response


class StaffMessageMiddleware(MessageMiddleware):
    """Messages (提示) live in the session, so only staff pages have them."""

    def process_request(self, request):
        if staff(request):
            super().process_request(request)


class ScopeMiddleware:
    """Set `request.scope` (权限范围) when somebody asks for it; staff pages demand a signed-in person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if staff(request):
            request.standing = SimpleLazyObject(lambda: sessions.standing(request.session))
            request.user = SimpleLazyObject(lambda: request.standing.account or AnonymousUser())
            request.scope = SimpleLazyObject(lambda: request.standing.scope if request.standing.strong else NOBODY)
        else:
            request.user, request.scope = AnonymousUser(), NOBODY
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not staff(request) or not getattr(view, "login_required", True):
            return None
        if request.standing.account is None:
            return to_login(request)
        if not request.standing.strong and not getattr(view, "before_factor", False):
            return elsewhere(request, reverse("accounts:factor"), coming_back(request))
        return None


def coming_back(request) -> str:
    """Return where to come back to (返回页): this page, or the one the form stood on."""
    if request.headers.get("HX-Request"):
        return where_to(_path(request.headers.get("HX-Current-URL", "")), otherwise="")
    if request.method == "GET":
        return where_to(request.get_full_path(), otherwise="")
    return where_to(_path(request.headers.get("Referer", "")), otherwise="")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def to_login(request) -> HttpResponse:
    """Send somebody to the login page (请登录) and say so when a session had expired."""
    said = {"why": "expired"} if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
    return elsewhere(request, reverse("accounts:login"), coming_back(request), **said)


def elsewhere(request, url: str, back: str, **query: str) -> HttpResponse:
    query = {**({"next": back} if back else {}), **query}
    url = f"{url}?{urlencode(query)}" if query else url
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
