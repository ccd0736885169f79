"""The table of completeness (完成情况): by unit or by routine; each number opens to its duties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sangesan.execution.duties.forms.filtering import asked
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from ..forms.table import Choosing
from ..queries.table import table as built


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """Expected, done, on time, late, missing, waived (完成情况), for a month, a quarter or a year."""
    if not request.scope.can(Action.COUNT_WORK):
        raise Forbidden(_("没有打开"), why=_("完成情况由看得到执行情况的岗位使用"))
    form = Choosing(asked(request.GET), initial={"month": f"{clock.today():%Y-%m}"})
    valid = form.is_valid() or not request.GET
    given = form.cleaned_data if request.GET and form.is_valid() else {}
    shown = built(request.scope, **{k: v for k, v in given.items() if v})
    return render(request, "routines/completeness.html", {
        "form": form, "shown": shown, "opens": request.scope.can(Action.SEE_WORK)}, status=200 if valid else 422)
