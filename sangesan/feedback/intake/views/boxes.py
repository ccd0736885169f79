"""Pages of boxes (意见箱页面): count, have it counted again, enter each slip."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.method.authority import Action

from ..channels import SHELVES
from ..forms.reception import BoxForm, CountForm, SlipForm
from ..queries import boxes as queries
from ..services import boxes as services
from .accepting import accept, bound


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The boxes (意见箱一览); a POST hangs another."""
    if not request.scope.can(Action.REGISTER):
        raise Forbidden(_("没有打开"), why=_("您的岗位不开意见箱"))
    form = BoxForm(request.POST if request.method == "POST" else None, units=queries.units(request.scope))
    if form.is_bound and form.is_valid():
        try:
            box = services.hang(scope=request.scope, **form.cleaned_data)
        except UserError as fault:
            form.refuse(fault)
        else:
            messages.success(request, _("已设箱：%s") % box.place)
            return redirect("intake:boxes")
    context = {"rows": queries.rows(request.scope), "form": form}
    return render(request, "intake/boxes.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, box: str) -> HttpResponse:
    """One box and its log (开箱记录); a POST counts what lies in it now."""
    found = queries.box_for(request.scope, box)
    form = CountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            opening = services.open_box(scope=request.scope, box=box, **form.cleaned_data)
        except UserError as fault:
            form.refuse(fault)
        else:
            messages.success(request, _("已清点，请另一位同志复核"))
            return redirect("intake:opening", box, opening.pk)
    context = {"box": found, "log": queries.log(found), "form": form}
    return render(request, "intake/box.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, box: str, opening: int) -> HttpResponse:
    """One opening (一次开箱): confirm it, or enter a slip."""
    found = queries.opening_for(request.scope, opening)
    if found.box.code != box:
        raise NotFound()
    queries.with_names([found])
    left = queries.left(found)
    form = SlipForm(opening=found, left=left, **bound(request))
    context = {"opening": found, "left": left, "count": CountForm(), "again": request.path,
               "absent": SHELVES["box"].absent,
               "mine": queries.opened_by(request.scope, found),
               "second": queries.second_available(request.scope, found)}
    return accept(request, form, partial(services.enter, scope=request.scope, opening=opening),
                  page="intake/opening.html", done="intake/registered.html", context=context)


@require_POST
def confirm(request: HttpRequest, box: str, opening: int) -> HttpResponse:
    """Count again (复核)."""
    form = CountForm(request.POST)
    slips = form.cleaned_data["slips"] if form.is_valid() else -1
    return _done(request, box, opening, partial(services.confirm, slips=slips), _("两人清点一致，可以登记信条了"))


@require_POST
def recount(request: HttpRequest, box: str, opening: int) -> HttpResponse:
    """Take back one's own count (撤销清点)."""
    queries.opening_for(request.scope, opening)
    try:
        services.recount(scope=request.scope, opening=opening)
    except UserError as fault:
        messages.error(request, str(fault))
    return redirect("intake:box", box)


def _done(request: HttpRequest, box: str, opening: int, do, said: str) -> HttpResponse:
    queries.opening_for(request.scope, opening)
    try:
        do(scope=request.scope, opening=opening)
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, said)
    return redirect("intake:opening", box, opening)
