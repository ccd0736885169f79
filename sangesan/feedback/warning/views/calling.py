"""Pages of the duty post (值班页面): the call lists, one list, its paper, the rota."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.foundation.once.services import once
from sangesan.method.authority import Action
from sangesan.method.shifts import NAMES

from ..forms.calling import Entering, Pasting
from ..queries import calling, caring
from ..services import calling as services
from ..services import rota as rota_services


def _duty(request: HttpRequest) -> None:
    if not request.scope.can(Action.CALL):
        raise Forbidden(_("没有打开"), why=_("值班电话单和值班表由值班领导和调度室使用"))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The call lists (值班电话单)."""
    _duty(request)
    return render(request, "warning/calls.html", {
        "sheets": calling.sheets(request.scope), "callees": caring.to_call(request.scope)})


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One list (电话单): who, post, phone, what was entered."""
    return _sheet(request, pk)


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The list on paper (打印电话单), A4; every printing is noted, for it carries telephone numbers."""
    found = calling.sheet_for(request.scope, pk)
    services.note_printing(request.scope, found)
    return render(request, "warning/paper.html", {"sheet": found, "lines": calling.lines(found), "now": clock.now()})


@require_POST
def enter(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Enter a call (补记电话)."""
    form = Entering(request.POST)
    if not form.is_valid():
        return _sheet(request, pk, 422, line, form)
    try:
        once(request, partial(services.enter, scope=request.scope, line=line, **form.cleaned_data))
    except NotFound:
        raise
    except UserError as fault:
        form.add_error(None, str(fault))
        return _sheet(request, pk, fault.status, line, form)
    messages.success(request, _("已记下这通电话"))
    return redirect("warning:sheet", pk)


def _sheet(request: HttpRequest, pk: int, status: int = 200, line: int = 0, typed: Entering | None = None):
    found = calling.sheet_for(request.scope, pk)
    services.note_reading(request.scope, found)
    start = {"called_at": clock.local(clock.now()).replace(tzinfo=None)}
    rows = [(call, typed if call.pk == line else Entering(initial=start, auto_id=f"c{call.pk}_%s"))
            for call in calling.lines(found)]
    return render(request, "warning/sheet.html", {"sheet": found, "rows": rows, "line": line}, status=status)


@require_http_methods(["GET", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """The rota (值班表): two weeks, and a field to paste rows into."""
    _duty(request)
    form, status = Pasting(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                n = rota_services.paste(scope=request.scope, text=form.cleaned_data["text"])
            except UserError as fault:
                form.add_error("text", str(fault))
            else:
                messages.success(request, _("已保存 %d 个班") % n)
                return redirect("warning:rota")
    days = calling.rota(request.scope, clock.today())
    return render(request, "warning/rota.html", {"days": days, "names": NAMES.values(), "form": form}, status=status)
