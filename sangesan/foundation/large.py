"""Large type on public pages (大字), carried in addresses: nothing is stored, no cookie, no script.

`?large=1` writes a page large, and every link and form of it to another public page says so too. Done to the
finished page, so that no page and no link can forget it. Pages under /w/ have a setting of their own (外观).

What opens something is typed into a form and sent in its body. Where an address holds it all the same, for somebody
typed it there or into a search, no page reads it and no link goes on with it.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, QueryDict

NAME = "large"
_OURS = re.compile(r'\b(href|action|formaction)="(/(?!/|w/|api/|static/)[^"#]*|\?[^"#]*)(#[^"]*)?"')
_GETTING = re.compile(r'<form\b(?![^>]*\bmethod="post")(?![^>]*\baction="/(?:w|api)/)[^>]*>')
_OPENS = re.compile(r"[0-9A-Za-z]{4}(?:[-\s]?[0-9A-Za-z]{4}){3}[-\s]?[0-9A-Za-z]")
"""A code of seventeen signs, whatever stands between its groups (可开启的号)."""
_CARRIED = re.compile(rf"[?;&]{NAME}=")


class LargeTypeMiddleware:
    """Write public pages in large type where their address asks for it (大字)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        public = not request.path.startswith(("/w/", "/api/", "/static/"))
        if public and (kept := _without_codes(request.GET)) is not None:
            request.GET = kept
        request.large = public and request.GET.get(NAME) == "1"
        request.other_size = _other(request) if public and request.method in ("GET", "HEAD") else ""
        response = self.get_response(request)
        if not request.large or response.streaming or "Content-Disposition" in response.headers:
            return response
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = carried(response.content.decode(response.charset))
        elif _OURS.fullmatch(f'href="{response.headers.get("Location", "")}"'):
            response.headers["Location"] = with_large(response.headers["Location"], "&")
        return response


def carried(page: str) -> str:
    """Return a page whose links and forms keep the large type (带上大字).

    >>> carried('<a href="/receipt/">一</a> <a href="/w/login/">二</a> <a href="?page=2#end">三</a>')
    '<a href="/receipt/?large=1">一</a> <a href="/w/login/">二</a> <a href="?page=2&amp;large=1#end">三</a>'
    >>> carried('<form method="get">')
    '<form method="get"><input type="hidden" name="large" value="1">'
    """
    page = _OURS.sub(lambda m: f'{m[1]}="{with_large(m[2], "&amp;")}{m[3] or ""}"', page)
    return _GETTING.sub(rf'\g<0><input type="hidden" name="{NAME}" value="1">', page)


def with_large(address: str, joint: str) -> str:
    """Return an address that asks for large type (大字地址), unless it says the size itself."""
    if _CARRIED.search(address):
        return address
    return f"{address}{joint if '?' in address else '?'}{NAME}=1"


def _without_codes(asked: QueryDict) -> QueryDict | None:
    """Return what is asked for without what opens something (去掉可开启的号), None where there is none."""
    found = [key for key in asked if key == "code" or any(_OPENS.fullmatch(one.strip()) for one in asked.getlist(key))]
    if not found:
        return None
    kept = asked.copy()
    for key in found:
        del kept[key]
    return kept


def _other(request: HttpRequest) -> str:
    """Return this page in the other size (换字号)."""
    asked = request.GET.copy()
    asked[NAME] = "0" if request.large else "1"
    return f"?{asked.urlencode()}"
