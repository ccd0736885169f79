"""Pages of pay (奖惩兑现页面)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets import giving

from . import queries, services
from .forms import Checking, Confirming, Sharing
from .sheet import ROSTER

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List pools and the results that wait to be paid by (奖惩兑现)."""
    scope = request.scope
    queries.entered(scope)
    return render(request, "pay/list.html", {"pools": queries.recent(scope), "ready": queries.ready(scope)})


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, run: int) -> HttpResponse:
    """Show what a pool and a list would give everybody (核对名单): nothing is kept yet."""
    found, form = queries.payable(request.scope, run), Sharing(request.POST or None, request.FILES or None)
    shown = {}
    if form.is_valid():
        try:
            shown = {"tried": services.tried(scope=request.scope, run=run, **form.said), "data": form.packed}
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "pay/share.html", {"ready": found, "form": form, **shown},
                  status=422 if form.errors else 200)


@require_POST
def share_out(request: HttpRequest, run: int) -> HttpResponse:
    """Share a pool out as it was looked through (分配奖金池), for good."""
    queries.payable(request.scope, run)
    form = Confirming(request.POST)
    if not form.is_valid():
        raise UserError(_("没有分配"), why=_("预览已经失效"), next=_("请再传一次名单"), status=400)
    made = services.share(scope=request.scope, run=run, **form.cleaned_data)
    messages.success(request, _("奖金已分配"))
    return redirect("pay:pool", made.number)


@require_safe
def roster(request: HttpRequest, run: int) -> HttpResponse:
    """Give the list as far as it is known (预填名单)."""
    found = queries.payable(request.scope, run)
    rows = queries.roster(found.run, min(queries.entered(request.scope)))
    return _file(giving.workbook({ROSTER.name: rows}), f"roster-{found.run.until.isoformat()}")


@require_safe
def pool(request: HttpRequest, number: str) -> HttpResponse:
    """Show a pool to assessor and payroll clerk (奖金池)."""
    return _pool(request, number, Checking())


@require_POST
def export(request: HttpRequest, number: str) -> HttpResponse:
    """Give the payroll file out (导出工资表)."""
    return _file(services.export(scope=request.scope, number=number), f"payroll-{number}")


@require_POST
def adjust(request: HttpRequest, number: str) -> HttpResponse:
    """Top up after a correction (补发)."""
    made = services.adjust(scope=request.scope, number=number)
    messages.success(request, _("已补发 %d 人") % len(made))
    return redirect("pay:pool", number)


@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Compare a file that came back (核对交回的工资表)."""
    form = Checking(request.POST, request.FILES)
    if not form.is_valid():
        return _pool(request, number, form, status=422)
    same, found = services.check(scope=request.scope, number=number, file=form.bytes)
    return _pool(request, number, Checking(), checked=True, same=same, found=found)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own lines and nobody else's (我的兑现)."""
    return render(request, "pay/mine.html", {"rows": queries.own(request.scope)})


def _pool(request: HttpRequest, number: str, form: Checking, status: int = 200, **more) -> HttpResponse:
    found = queries.pool_for(request.scope, number)
    lines = queries.lines(found)
    return render(request, "pay/pool.html", {
        "pool": found, "altered": queries.altered(found), "sums": queries.sums(found), "units": queries.units(found),
        "lines": lines,
        "corrected": queries.corrected(found, lines), "form": form, **more}, status=status)


def _file(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=XLSX, headers={
        "Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"})
