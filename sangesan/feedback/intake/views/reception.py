"""Pages of reception days (接待日页面): the public books without login, the office plans, records and publishes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock, qr
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.once.services import once

from ..forms.reception import BookingForm, MoveForm, PlanForm, ResultForm, VisitorForm
from ..limits import WRITING
from ..queries import reception as queries
from ..services import booking, moving
from ..services import reception as services
from .accepting import accept, bound, to_ring


@require_safe
def upcoming(request: HttpRequest) -> HttpResponse:
    """Show the days to come and what came of those before (信访接待日)."""
    return render(request, "intake/reception.html", {"days": queries.upcoming(), "told": queries.results()})


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, reception: int) -> HttpResponse:
    """Book a slot (预约接待); the receipt is shown once."""
    if request.method == "POST":
        WRITING.check(request.META["REMOTE_ADDR"])
    day = queries.open_day(reception)
    form = BookingForm(request.POST if request.method == "POST" else None, day=day)
    told = {"form": form, "day": day, **to_ring(request.POST.get("topic", ""))}  # whom to ring, refused or not
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            code = booking.book(reception=reception, **form.cleaned_data)
            apart = booking.cared(reception=reception, **form.cleaned_data)
            return render(request, "intake/booked.html", told | {
                "at": form.cleaned_data["at"], "slips": [(code, qr.path(code))], "apart": apart,
                "qr": qr.path(apart) if apart else ""})
        except UserError as fault:
            form.refuse(fault)
            status = fault.status
    return render(request, "intake/book.html", told, status=status)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The office's list of reception days (接待日一览)."""
    return render(request, "intake/receptions.html", {
        "today": clock.today(),
        "receptions": queries.receptions(request.scope).order_by("-day")[:60],
        "may_plan": bool(queries.keeping(request.scope)), "sees_all": bool(queries.looking(request.scope))})


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan by rota (排接待日)."""
    if not queries.keeping(request.scope):
        raise Forbidden(_("没有打开"), why=_("您的岗位不登记接待日"))
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.plan(scope=request.scope, **form.cleaned_data)
        except UserError as fault:
            form.refuse(fault)
        else:
            if made:
                messages.success(request, _("已排 %d 天，公布以后职工才能预约") % len(made))
                return redirect("intake:receptions")
            form.add_error("first", _("没有排：这几个月的接待日已经排过，或者已经过去。请改一下月份或日期"))
    return render(request, "intake/plan.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, reception: int) -> HttpResponse:
    """One day (接待记录): who booked, who came, what was promised; a POST takes down a visitor."""
    found = queries.reception_for(request.scope, reception)
    bookings = queries.bookings(request.scope, found)
    form = VisitorForm(bookings=bookings, **bound(request))
    return accept(request, form, partial(services.receive, scope=request.scope, reception=reception),
                  page="intake/reception_day.html", done="intake/registered.html",
                  context=_day(request, found, bookings) | {
                      "receiving": form.is_bound or queries.receiving(request.scope, found)})


def _day(request: HttpRequest, found: Any, bookings: list) -> dict[str, Any]:
    """Return what the page of one day shows (接待记录内容), beside the form of a visitor."""
    scope = request.scope
    return {"reception": found, "bookings": bookings, "visitors": queries.visitors(scope, found),
            "topics": queries.told_topics(scope, found),
            "managed": queries.managed(scope, found), "again": reverse("intake:reception", args=[found.pk]),
            "announceable": queries.announceable(scope, found), "publishable": queries.publishable(scope, found),
            "moving": MoveForm(reception=found) if queries.movable(scope, found) else None}


@require_POST
def move(request: HttpRequest, reception: int) -> HttpResponse:
    """Move it (改期)."""
    found = queries.reception_for(request.scope, reception)
    form = MoveForm(request.POST, reception=found)
    if form.is_valid():
        try:
            once(request, partial(moving.move, scope=request.scope, reception=reception, **form.cleaned_data),
                 queries.footing(reception))
        except Forbidden:
            raise
        except UserError as fault:
            form.refuse(fault)
        else:
            messages.success(request, _("已改，预约过的人凭回执看得到"))
            return redirect("intake:reception", reception)
    bookings = queries.bookings(request.scope, found)
    return render(request, "intake/reception_day.html", _day(request, found, bookings) | {
        "form": VisitorForm(bookings=bookings), "receiving": queries.receiving(request.scope, found), "moving": form},
        status=422)


@require_POST
def announce(request: HttpRequest, reception: int) -> HttpResponse:
    """Announce it (公布)."""
    return _done(request, reception, services.announce, _("已公布，职工可以预约了"))


@require_POST
def publish(request: HttpRequest, reception: int) -> HttpResponse:
    """Publish the results (公布结果)."""
    return _done(request, reception, services.publish, _("接待结果已公布，不带姓名；还没有研判的，研判后再显示"))


@require_POST
def settle(request: HttpRequest, reception: int, visitor: int) -> HttpResponse:
    """Write the result of a visitor (填写结果)."""
    form = ResultForm(request.POST)
    if not form.is_valid():
        raise UserError(_("没有保存"), why=_("结果：%s") % form.errors["result"][0], next=_("请改好结果再保存"))
    return _done(request, reception, partial(services.settle, visitor=visitor, **form.cleaned_data), _("结果已保存"))


def _done(request: HttpRequest, reception: int, do: Callable, said: str) -> HttpResponse:
    queries.reception_for(request.scope, reception)
    try:
        once(request, partial(do, scope=request.scope, reception=reception), queries.footing(reception))
    except Forbidden:
        raise
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, said)
    return redirect("intake:reception", reception)
