"""Page of the working calendar (工作日历): a person looks through a year and confirms it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.organization.calendar import services
from sangesan.organization.calendar.queries import year_of

from .. import forms, queries
from .forms import enter


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show this year and the next (工作日历)."""
    if not queries.edits(request.scope):
        raise NotFound(_("没有找到工作日历"))
    this = clock.today().year
    return render(request, "organization/calendar.html", {"years": [year_of(this), year_of(this + 1)]})


def confirm(request: HttpRequest, year: int) -> HttpResponse:
    """Confirm a year (核定日历), with the days that differ."""
    if not queries.edits(request.scope) or not 2000 <= year <= 2100:
        raise NotFound(_("没有找到这一年"))
    do = partial(services.confirm, year=year, actor=request.scope.actor)
    title = _("核定 %(year)s 年工作日历") % {"year": year}
    return enter(request, forms.CalendarForm, do, title=title, button=_("核定"),
                 done=_("日历已核定"), back=reverse("organization:calendar"),
                 note=_("核定后不能再改：时限和考核都按它计算。请对照国务院放假通知，把不同的日子填在下面。"))
