"""Pages of merging and splitting units (合并、分设页面)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.organization.people import services
from sangesan.organization.units.queries import standing

from .. import queries
from ..restructuring import MergeForm, SplitForm

STAYS = lazy(
    "没有办结的事项请先办结，或者由分办员改派给别的单位。没有办结的应办由%(heir)s接着办，已经超期的仍算原单位的；"
    "周期性的应办到今天为止；联系点结对由它接着联系。")


def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Merge this unit into another (合并单位)."""
    found = queries.passage(request.scope, code)
    form = MergeForm(request.POST or None, scope=request.scope)

    def do() -> str:
        into = services.merge_unit(scope=request.scope, old=found.unit, into=form.cleaned_data["into"])
        return _("%(old)s已并入%(into)s") % {"old": found.unit, "into": into}

    return _entered(request, found, form, do, title=_("合并%(unit)s") % {"unit": found.unit}, button=_("合并"),
                    heir=_("并入的单位"))


def split(request: HttpRequest, code: str) -> HttpResponse:
    """Split this unit into two to five (分设单位)."""
    found = queries.passage(request.scope, code)
    form = SplitForm(request.POST or None, scope=request.scope, passage=found)

    def do() -> str:
        made = services.split_unit(scope=request.scope, old=found.unit, **form.asked())
        return _("已分设为%(names)s") % {"names": "、".join(unit.name for unit in made)}

    return _entered(request, found, form, do, title=_("分设%(unit)s") % {"unit": found.unit}, button=_("分设"),
                    heir=_("分到人最多的新单位"))


def _entered(request: HttpRequest, found: queries.Passage, form, do: Callable[[], str], *, title: str,
             button: str, heir: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do())
            return redirect(reverse("organization:tree"))
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "organization/restructure.html", {
        "form": form, "found": found, "stays": STAYS % {"heir": heir}, "title": title, "button": button,
        "units": standing(clock.today()).filter(line=found.unit.line).values_list("code", "name")[:1000],
    }, status=422 if form.is_bound else 200)
