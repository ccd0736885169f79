"""The board (预警板): a page, its part, its stream, and a look for a big screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from ..queries import board as queries
from ..stream import BOARD


def _see(request: HttpRequest) -> None:
    if not request.scope.can(Action.SEE):
        raise Forbidden(_("没有打开"), why=_("您的岗位不看事项"))


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The page (预警板); `?screen=1` is the big screen, without titles, for whoever passes by reads it too."""
    _see(request)
    screen = request.GET.get("screen") == "1"
    columns = queries.board(request.scope)
    context = {"columns": columns, "stamp": queries.stamp(columns), "now": clock.now(), "screen": screen}
    if screen:
        return render(request, "warning/screen.html", context | {"frame": {"look": {"theme": "dark"}}})
    return render(request, "warning/board.html", context)


@require_GET
def part(request: HttpRequest) -> HttpResponse:
    """The columns anew (预警板局部), or 204 when nothing has changed since the stamp."""
    _see(request)
    columns = queries.board(request.scope)
    stamp = queries.stamp(columns)
    if request.GET.get("stamp") == stamp:
        return HttpResponse(status=204)
    return render(request, "warning/_columns.html", {
        "columns": columns, "now": clock.now(), "screen": request.GET.get("screen") == "1",
        "stamp": stamp})


@require_GET
def stream(request: HttpRequest) -> HttpResponse:
    """The stream (事件流); 204 when all places are taken, and the page polls."""
    _see(request)
    if not BOARD.join():
        return HttpResponse(status=204)
    scope = request.scope
    answer = StreamingHttpResponse(BOARD.stream(lambda: queries.stamp(queries.board(scope))),
                                   content_type="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
