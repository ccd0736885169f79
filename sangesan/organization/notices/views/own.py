"""Pages of one's own (我的提醒方式) and the printed list (待办清单)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError

from ..forms import Reaching
from ..queries import listing, pushing
from ..services import setting


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Choose how one is told that something waits (提醒方式)."""
    mine = pushing.own(request.scope)
    form = Reaching(request.POST if request.method == "POST" else None, choices=mine.choices,
                    shifts=mine.shifts, unit_turn=mine.unit_turn, initial=mine.initial)
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            channel, shift, sleeps = (given.pop(name) for name in ("channel", "shift", "sleeps"))
            setting.choose(scope=request.scope, channel=None if channel == form.AUTOMATIC else channel,
                           addresses=given, shift=shift, sleeps=sleeps)
            messages.success(request, _("已保存"))
            return redirect("notices:reach")
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "notices/reach.html", {"form": form, "mine": mine}, status=422 if form.errors else 200)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Choose the unit whose list is printed (待办清单)."""
    return render(request, "notices/lists.html", {"units": listing.units(request.scope)})


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show the list of a unit for printing (打印待办清单)."""
    unit, lines = listing.listed(request.scope, code)
    return render(request, "notices/paper.html", {"unit": unit, "lines": lines, "now": clock.now()})
