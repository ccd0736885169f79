"""Public pages of the ledger (台账公示): the roots of the days, and how to check a proof against them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import checker as offline
from . import queries, signing


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the root of each day (每日总根), for printing and for keeping elsewhere."""
    return render(request, "ledger/board.html", {
        "roots": queries.published(limit=31), "fingerprint": signing.fingerprint(),
    })


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """Give all roots as text (总根文本): what `verify --root` compares with."""
    lines = [f"# {signing.public_key().hex()}", *map(str, queries.published())]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Check a proof (核对存证) in the visitor's own browser."""
    return render(request, "ledger/check.html")


@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """Give the checker as one file (离线核对页) that needs no server."""
    return HttpResponse(offline.page(), content_type=offline.TYPE, headers=offline.AS_FILE)
