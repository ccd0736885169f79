"""Pages of units (单位页面): the tree of a day, one unit, and what changes it."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation import clock
from sangesan.organization.people import services as people
from sangesan.organization.units import queries as units
from sangesan.organization.units import services
from sangesan.organization.units.words import LINES

from .. import forms, queries
from .forms import enter


def asked_day(request: HttpRequest) -> date:
    """Return the day in the address (查看日期), today when there is none."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Show the tree of a day in one line (组织)."""
    day, line = asked_day(request), request.GET.get("line", "administration")
    code, whole = request.GET.get("unit", ""), "all" in request.GET
    page = queries.tree_page(request.scope, day=day, line=line, code=code, whole=whole)
    address = f"{reverse('organization:tree')}?day={day}&line="
    tabs = [{"word": word, "url": address + slug, "here": slug == line} for slug, word in LINES]
    return render(request, "organization/tree.html", {
        "page": page, "day": day, "tabs": tabs, "line": line, "edits": queries.edits(request.scope), "whole": whole,
    })


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit of a day (单位)."""
    day = asked_day(request)
    return render(request, "organization/unit.html", {"page": queries.unit_page(request.scope, code, day), "day": day})


@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """Show the vacant posts of a day (空缺岗位)."""
    day = asked_day(request)
    return render(request, "organization/vacancies.html", {
        "posts": queries.vacancy_page(request.scope, day), "day": day, "edits": queries.edits(request.scope),
    })


def add(request: HttpRequest, code: str) -> HttpResponse:
    """Set up a unit below this one (设立单位)."""
    parent = units.unit_for(request.scope, code, forms.EDIT)
    do = partial(services.open_unit, parent=parent, actor=request.scope.actor)
    return enter(request, forms.UnitForm, do, title=_("在%(unit)s下设立单位") % {"unit": parent}, button=_("设立"),
                 done=_("单位已设立"), back=_address(code), line=parent.line)


def move(request: HttpRequest, code: str) -> HttpResponse:
    """Put this unit under another (调整隶属)."""
    one = units.unit_for(request.scope, code, forms.EDIT)
    do = partial(services.move_unit, unit=one, actor=request.scope.actor)
    return enter(request, forms.MoveForm, do, title=_("调整%(unit)s的隶属") % {"unit": one}, button=_("调整"),
                 done=_("隶属已调整，以前的记录仍在原处"), back=_address(code),
                 note=_("从生效那天起归新的上级；以前的事项、台账和考核留在原来的上级名下。"))


def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close this unit (撤销单位)."""
    one = units.unit_for(request.scope, code, forms.EDIT)
    do = partial(people.close_unit, unit=one, actor=request.scope.actor)
    return enter(request, forms.DayForm, do, title=_("撤销%(unit)s") % {"unit": one}, button=_("撤销"),
                 done=_("单位已撤销，以前的记录仍可查看"), back=_address(code),
                 note=_("先安置好人员、免去在任的人、调整下级单位，才能撤销；空缺的岗位一同撤销，没有办完的应办由上级单位接着办。"))


def cover(request: HttpRequest, code: str) -> HttpResponse:
    """Let this unit of a line cover a unit (设置覆盖)."""
    branch = units.unit_for(request.scope, code, forms.EDIT)

    def do(unit_code, day):
        services.cover(branch=branch, unit=unit_code, day=day, actor=request.scope.actor)

    return enter(request, forms.CoverForm, do, title=_("%(unit)s所管的单位") % {"unit": branch}, button=_("增加"),
                 done=_("覆盖已增加"), back=_address(code))


def uncover(request: HttpRequest, code: str, covered: str) -> HttpResponse:
    """End a coverage (解除覆盖)."""
    branch = units.unit_for(request.scope, code, forms.EDIT)
    one = units.unit_for(request.scope, covered, forms.EDIT)
    do = partial(services.uncover, branch=branch, unit=one, actor=request.scope.actor)
    return enter(request, forms.DayForm, do, title=_("%(branch)s不再覆盖%(unit)s") % {"branch": branch, "unit": one},
                 button=_("解除"), done=_("覆盖已解除"), back=_address(code))


def _address(code: str) -> str:
    return reverse("organization:unit", args=[code])
