"""Pages of the desk (工作台页面)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from .. import figures, firsts, queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first page of this person's work (首页)."""
    return redirect(firsts.page_of(request.scope))


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the leader's day (今日情况)."""
    if not request.scope.can(Action.OVERVIEW):
        raise Forbidden(_("没有打开"), why=_("您的岗位不看全矿情况"))
    found = queries.today(request.scope)
    return render(request, "desk/today.html", {
        "today": found, "keys": figures.keys(found), "points": figures.points(found.weeks),
        "said": figures.volume_said(found.weeks), "tiles": figures.tiles(found.tiles),
        "focus": queries.focus_of(request.scope), "result": queries.yesterday(), "work": queries.month(request.scope),
        "may_supervise": request.scope.can(Action.SUPERVISE),
    })


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """Show what waits for me (我的待办)."""
    board = queries.board(request.scope)
    return render(request, "desk/todo.html", {
        "board": board, "grades": figures.grades_said(board.open), "may_report": request.scope.can(Action.REPORT),
    })


@require_safe
def lacks(request: HttpRequest) -> HttpResponse:
    """Show the four lists of what lacks something (四张清单)."""
    if not any(request.scope.can(action) for action in (Action.OVERVIEW, Action.COUNT_WORK)):
        raise Forbidden(_("没有打开"), why=_("您的岗位不看四张清单"))
    return render(request, "desk/lacks.html", {"lists": queries.lacks(request.scope)})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find matters, work, units and posts (查找); a whole number opens its matter at once."""
    words = request.GET.get("q", "").replace("\x00", "")[:60].strip()
    after = request.GET.get("after", "")[:20]
    place = queries.place_of(request.scope, words) if words and not after else ""
    if place:
        return redirect(place)
    return render(request, "desk/search.html", {"found": queries.search(request.scope, words, after)})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the first steps of each role held (帮助)."""
    return render(request, "desk/help.html", {"guides": firsts.guides(request.scope)})
