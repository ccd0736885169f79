"""Pages of people and posts (人员与岗位页面), for whoever keeps the organisation."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.method.authority import Role
from sangesan.organization.people import queries as people
from sangesan.organization.people import services
from sangesan.organization.units import queries as units

from .. import forms, queries
from ..leaving import HandOverForm
from .forms import enter


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the people, page by page (人员)."""
    asked = {key: request.GET.get(key, "") for key in ("q", "unit", "after")}
    rows, total, more = queries.people_page(request.scope, words=asked["q"], unit=asked["unit"], after=asked["after"])
    return render(request, "organization/people.html", asked | {"rows": rows, "total": total, "more": more})


@require_safe
def person(request: HttpRequest, number: str) -> HttpResponse:
    """Show one person with the posts held (人员详情)."""
    one = people.person_for(request.scope, number, forms.EDIT)
    rows = [(row, queries.lasts(row)) for row in queries.appointments_of(one)]
    return render(request, "organization/person.html", {"person": one, "rows": rows})


@require_safe
def post(request: HttpRequest, code: str) -> HttpResponse:
    """Show one post with its holders, then and now (岗位详情)."""
    one = people.post_for(request.scope, code, forms.EDIT)
    rows = [(row, queries.lasts(row)) for row in queries.holders_of(one)]
    return render(request, "organization/post.html", {
        "post": one, "rows": rows, "vacant": not any(lasting for _row, lasting in rows),
    })


def add_person(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a person into a unit (增加人员)."""
    unit = units.unit_for(request.scope, code, forms.EDIT)
    do = partial(services.add_person, unit=unit)
    return enter(request, forms.PersonForm, do, title=_("在%(unit)s增加人员") % {"unit": unit}, button=_("增加"),
                 done=_("人员已增加"), back=reverse("organization:unit", args=[code]),
                 note=_("增加人员时不设密码；有岗位的人由安全管理员邀请后自己设。"))


def place(request: HttpRequest, number: str) -> HttpResponse:
    """Put a person into another unit (人员调动)."""
    one = people.person_for(request.scope, number, forms.EDIT)

    def do(unit_code):
        services.place_person(person=one, unit=unit_code, scope=request.scope)

    return enter(request, forms.PlaceForm, do, title=_("%(name)s调动") % {"name": one}, button=_("调动"),
                 done=_("已调动"), back=reverse("organization:person", args=[number]))


def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Let a person leave (离矿)."""
    one = people.person_for(request.scope, number, forms.EDIT)
    do = partial(services.leave, person=one, actor=request.scope.actor)
    form = HandOverForm if people.holds(one, Role.INSPECTOR) else forms.DayForm
    return enter(request, form, do, title=_("%(name)s离矿") % {"name": one}, button=_("办理离矿"),
                 done=_("已办理离矿，所任岗位同日免去"), back=reverse("organization:people"),
                 note=_("从这一天起不再在册，所任的岗位同日免去，账号随之失效。"))


def add_post(request: HttpRequest, code: str) -> HttpResponse:
    """Set up a post in a unit (设岗)."""
    unit = units.unit_for(request.scope, code, forms.EDIT)
    do = partial(services.open_post, unit=unit, actor=request.scope.actor)
    return enter(request, forms.PostForm, do, title=_("在%(unit)s设岗") % {"unit": unit}, button=_("设岗"),
                 done=_("岗位已设"), back=reverse("organization:unit", args=[code]), line=unit.line)


def close_post(request: HttpRequest, code: str) -> HttpResponse:
    """Give up a post (撤岗)."""
    one = people.post_for(request.scope, code, forms.EDIT)
    do = partial(services.close_post, post=one, actor=request.scope.actor)
    return enter(request, forms.DayForm, do, title=_("撤销岗位%(post)s") % {"post": one}, button=_("撤岗"),
                 done=_("岗位已撤销"), back=reverse("organization:post", args=[code]))


def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody take a post (任职): full, concurrent or acting."""
    one = people.post_for(request.scope, code, forms.EDIT)
    do = partial(services.appoint, post=one, actor=request.scope.actor)
    return enter(request, forms.AppointForm, do, title=_("%(unit)s %(post)s任职") % {"unit": one.unit, "post": one},
                 button=_("任职"), done=_("已任职"), back=reverse("organization:post", args=[code]))


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment (免职)."""
    row = queries.appointment_for(request.scope, pk)
    do = partial(services.end_appointment, appointment=row, actor=request.scope.actor)
    title = _("免去%(name)s的%(post)s") % {"name": row.person, "post": row.post}
    return enter(request, HandOverForm if row.post.role == Role.INSPECTOR.value else forms.DayForm, do,
                 title=title, button=_("免职"), done=_("已免职"),
                 back=reverse("organization:post", args=[row.post.code]))
