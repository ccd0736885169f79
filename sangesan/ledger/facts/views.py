"""Public page of the ledger (台账公示): the roots of the days, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

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
