"""The list of duties (应办清单): every number of the table of completeness opens to it."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action

from ..forms.filtering import Filtering, asked
from ..queries.lists import listed


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The duties that a filter chooses (应办清单); the filter lives in the address."""
    if not (request.scope.can(Action.SEE_WORK) or request.scope.can(Action.DO_WORK)):
        raise NotFound()
    form = Filtering(asked(request.GET), initial={"month": f"{clock.today():%Y-%m}"})
    given = form.cleaned_data if form.is_valid() else {}
    since = given.get("month") or clock.today().replace(day=1)
    until = _after(since, given.get("months") or 1)
    chosen = {name: given.get(name) or "" for name in ("unit", "routine", "state")}
    rows, more = listed(request.scope, since=since, until=until, page=given.get("page") or 1, **chosen)
    return render(request, "duties/list.html", {
        "form": form, "rows": rows, "more": more, "page": given.get("page") or 1, "since": since,
        "rules": request.scope.can(Action.ASSIGN_WORK), "last": until - timedelta(days=1),
    }, status=200 if form.is_valid() or not request.GET else 422)


def _after(since: date, months: int) -> date:
    """Return the first day after so many months (期末次日)."""
    later = since.month - 1 + months
    return date(since.year + later // 12, later % 12 + 1, 1)
