"""Routines (制度): the list, one with its versions, the editor with the rule in words and the next ten dates."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.method.authority import Action

from .. import page, queries, services
from ..forms import Deciding, Editing, Ending, Founding

EDIT = Action.EDIT_ROUTINES


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All routines (制度), in groups by kind of state."""
    return render(request, "routines/list.html", page.listed(request.scope))


@require_POST
def install(request: HttpRequest) -> HttpResponse:
    """Install the shipped library (装入自带制度) as drafts."""
    _editor(request)
    count = services.install(actor=request.scope.actor)
    messages.success(request, _("装入 %d 项，都是草案，看过再施行") % count)
    return redirect("routines:list")


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One routine (制度): what holds, the versions, and what may be done with them."""
    return _detail(request, code)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new routine (新建制度)."""
    _editor(request)
    return _edit(request, Founding, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The draft of a routine (起草): the rule in words and the next ten dates stand beside."""
    return _edit(request, Editing, queries.routine_for(request.scope, code, EDIT))


def _edit(request: HttpRequest, kind: type[Editing], routine) -> HttpResponse:
    form = kind(request.POST or None, initial=page.start_of(routine))
    status, asked = 200, request.method == "POST"
    if asked and form.is_valid() and "preview" not in request.POST:
        try:
            version = page.save(routine, request.scope.actor, form.cleaned_data)
        except UserError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("草案已保存"))
            return redirect("routines:detail", version.routine.code)
    status = 422 if asked and form.errors else 200
    return render(request, "routines/edit.html", {"form": form, "routine": routine} | page.previewed(form),
                  status=status)


@require_POST
def force(request: HttpRequest, code: str) -> HttpResponse:
    """Put the draft in force (施行)."""
    routine, form = queries.routine_for(request.scope, code, EDIT), Deciding(request.POST)
    draft = routine.versions.filter(force=None).first()
    if draft is None:
        raise NotFound()
    return _done(request, code, "deciding", form, _("已登记施行，今后 400 天的应办今夜生成"), lambda given: (
        services.put_in_force(version=draft, actor=request.scope.actor, **given)))


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End the version that holds (停止)."""
    routine, form = queries.routine_for(request.scope, code, EDIT), Ending(request.POST)
    version = queries.in_force(clock.today()).filter(routine=routine, end=None).first()
    if version is None:
        raise NotFound()
    return _done(request, code, "ending", form, _("已登记停止，已过的应办不变"), lambda given: (
        services.end(version=version, actor=request.scope.actor, **given)))


def _done(request: HttpRequest, code: str, name: str, form, said: str, do) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, code, 422, **{name: form})
    try:
        do(form.cleaned_data)
    except UserError as fault:
        form.add_error(None, str(fault))
        return _detail(request, code, fault.status, **{name: form})
    messages.success(request, said)
    return redirect("routines:detail", code)


def _detail(request: HttpRequest, code: str, status: int = 200, **typed) -> HttpResponse:
    tomorrow = clock.today() + timedelta(days=1)
    fresh = {"deciding": Deciding(initial={"since": tomorrow}), "ending": Ending(initial={"until": tomorrow})}
    found = page.detailed(request.scope, code)
    failed = {"failed": next(iter(typed.values()), None)}
    return render(request, "routines/detail.html", fresh | failed | found | typed, status=status)


def _editor(request: HttpRequest) -> None:
    if not request.scope.can(EDIT):
        raise Forbidden(_("没有打开"), why=_("制度由党委工作部起草"))
