"""The list of duties (应办清单): every number of the table of completeness opens to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action
from sangesan.organization.documents.files import given

from .. import services
from ..forms.filtering import Filtering, asked
from ..queries.lists import listed


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The duties that a filter chooses (应办清单); the filter lives in the address."""
    form, chosen = _asked(request)
    page = (form.is_valid() and form.cleaned_data["page"]) or 1
    rows, more = listed(request.scope, page=page, **chosen)
    return render(request, "duties/list.html", {
        "form": form, "rows": rows, "more": more, "page": page, "since": chosen["since"],
        "rules": request.scope.can(Action.ASSIGN_WORK), "last": chosen["until"] - timedelta(days=1),
    }, status=200 if form.is_valid() or not request.GET else 422)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook (导出)."""
    _form, chosen = _asked(request)
    return given(services.export(scope=request.scope, **chosen), _("应办清单.xlsx"), services.XLSX)


def _asked(request: HttpRequest) -> tuple[Filtering, dict[str, Any]]:
    """Return the filter and what it chooses (筛选条件); refuses whoever sees no duties."""
    if not (request.scope.can(Action.SEE_WORK) or request.scope.can(Action.DO_WORK)):
        raise NotFound()
    form = Filtering(asked(request.GET), initial={"month": f"{clock.today():%Y-%m}"})
    said = form.cleaned_data if form.is_valid() else {}
    since = said.get("month") or clock.today().replace(day=1)
    return form, {"since": since, "until": _after(since, said.get("months") or 1)} | {
        name: said.get(name) or "" for name in ("unit", "routine", "state")}


def _after(since: date, months: int) -> date:
    """Return the first day after so many months (期末次日)."""
    later = since.month - 1 + months
    return date(since.year + later // 12, later % 12 + 1, 1)
