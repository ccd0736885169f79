"""Pages of meetings (会议页面): the list, one meeting before and after, its minutes on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import door
from sangesan.foundation.errors import NotFound, UserError
from sangesan.method.meetings import SERIES
from sangesan.organization.documents.files import PDF, WORD, given

from . import forms, paperwork, queries, services
from .queries.roster import rows


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is to be held, what was held (会议)."""
    series = request.GET.get("series", "")
    return render(request, "meetings/list.html", {
        "coming": queries.coming(request.scope), "series": series, "kinds": SERIES,
        "held": queries.held(request.scope, series, request.GET.get("after", "")),
        "may_call": bool(queries.host_units(request.scope)),
    })


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Call an extra meeting (临时加开)."""
    form = forms.CallForm(request.scope, request.POST if request.method == "POST" else None,
                          initial={"series": request.GET.get("series", "other")})
    if form.is_bound and form.is_valid():
        try:
            return redirect("meetings:detail", services.call(scope=request.scope, **form.cleaned_data).pk)
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "meetings/call.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def of_duty(request: HttpRequest, duty: int) -> HttpResponse:
    """The meeting of a routine's duty (例会): its agenda before anybody opened it; a POST opens it."""
    try:
        if request.method == "POST":
            return redirect("meetings:detail", services.open_for(scope=request.scope, duty=duty).pk)
        found = queries.prospect(request.scope, duty)
    except UserError as fault:
        if fault.code != queries.EARLY:
            raise
        messages.info(request, str(fault))
        return redirect("duties:detail", duty)
    if not found._state.adding:
        return redirect("meetings:detail", found.pk)
    agenda = queries.agenda_of(found)
    return render(request, "meetings/prospect.html", {
        "meeting": found, "agenda": agenda, "expected": len(queries.expected(found)),
        "opens": _opens(request, [*agenda.decisions, *agenda.late, *agenda.due])})


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, meeting: int) -> HttpResponse:
    """One meeting (会议): its record while it is open, its minutes afterwards."""
    found = queries.meeting_for(request.scope, meeting)
    hosts = queries.hosts(request.scope, found.unit)
    if not found.open or not hosts:
        return _finished(request, found, hosts)
    form = forms.RecordForm(found, rows(found), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.prepare(scope=request.scope, meeting=meeting, **form.said)
            if request.POST.get("do") == "close":
                services.close(scope=request.scope, meeting=meeting)
                messages.success(request, _("已形成纪要，决定已交给承办岗位"))
            else:
                messages.success(request, _("已保存草稿"))
            return redirect("meetings:detail", meeting)
        except UserError as fault:
            form.refuse(fault)
    return _open(request, found, form, 422 if form.is_bound else 200)


def _open(request: HttpRequest, found: Any, form: Any, status: int, **typed: Any) -> HttpResponse:
    agenda = queries.agenda_of(found)
    return render(request, "meetings/record.html", {
        "meeting": found, "form": form, "agenda": agenda, "enrol": forms.EnrolForm(),
        "opens": _opens(request, [*agenda.decisions, *agenda.late, *agenda.due]),
        "roll": queries.roll(found)} | typed, status=status)


def _opens(request: HttpRequest, lines: list) -> set[str]:
    """Return which duties of others open for whoever reads (可打开的): who sits there need not see each of them."""
    return door.opened(request.scope, [line.duty.subject for line in lines if line])


def _finished(request: HttpRequest, found: Any, hosts: bool, status: int = 200, **typed: Any) -> HttpResponse:
    it, agenda = queries.minutes_of(found), queries.agenda_of(found) if found.open else None
    coming = [*agenda.decisions, *agenda.late, *agenda.due] if agenda else []
    return render(request, "meetings/minutes.html", {
        "meeting": found, "hosts": hosts, "it": it, "agenda": agenda,
        "opens": _opens(request, [*coming, *(line for _item, line in it.decisions)]),
        "correct": forms.CorrectForm(), "annul": forms.AnnulForm()} | typed, status=status)


@require_POST
def enrol(request: HttpRequest, meeting: int) -> HttpResponse:
    """Put somebody on the roster (添名单)."""
    return _done(request, meeting, forms.EnrolForm, services.enrol, _("已添上"))


@require_POST
def remove(request: HttpRequest, meeting: int, attendee: int) -> HttpResponse:
    """Take somebody off the roster (移出名单)."""
    services.remove(scope=request.scope, meeting=meeting, attendee=attendee)
    messages.success(request, _("已移出名单"))
    return redirect("meetings:detail", meeting)


@require_POST
def discard(request: HttpRequest, meeting: int) -> HttpResponse:
    """Throw an open record away (不开了)."""
    services.discard(scope=request.scope, meeting=meeting)
    messages.success(request, _("已取消，没有形成记录"))
    return redirect("meetings:list")


@require_POST
def correct(request: HttpRequest, meeting: int) -> HttpResponse:
    """Say what was wrong (更正)."""
    return _done(request, meeting, forms.CorrectForm, services.correct, _("已写更正，原纪要不变"))


@require_POST
def annul(request: HttpRequest, meeting: int) -> HttpResponse:
    """Annul it (作废)."""
    return _done(request, meeting, forms.AnnulForm, services.annul, _("已作废，台账已冲正"))


def _done(request: HttpRequest, meeting: int, kind: type[django_forms.Form], do: Callable, said: str) -> HttpResponse:
    queries.meeting_for(request.scope, meeting)
    form = kind(request.POST)
    try:
        if not form.is_valid():
            raise UserError(_("没有办成"), why="；".join(e for errors in form.errors.values() for e in errors))
        do(scope=request.scope, meeting=meeting, **form.cleaned_data)
        messages.success(request, said)
    except NotFound as fault:
        if not form.cleaned_data.get("work_number"):
            raise
        messages.error(request, str(fault))
    except UserError as fault:
        messages.error(request, str(fault))
    return redirect("meetings:detail", meeting)


@require_safe
def minutes(request: HttpRequest, meeting: int, form: str) -> HttpResponse:
    """Take the minutes away (下载纪要) as PDF or Word."""
    if form not in ("pdf", "docx"):
        raise Http404
    content, name = paperwork.taken(request.scope, meeting, form)
    return given(content, f"{name}.{form}", PDF if form == "pdf" else WORD)
