"""The table of completeness (完成情况): by unit or by routine; each number opens to its duties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.execution.duties.forms.filtering import asked
from sangesan.execution.duties.services import XLSX, workbook
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action
from sangesan.organization.documents.files import given

from ..forms.table import Choosing
from ..queries.table import Table
from ..queries.table import table as built


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Expected, done, on time, late, missing, waived (完成情况), for a month, a quarter or a year."""
    form, shown = _asked(request)
    return render(request, "routines/completeness.html", {
        "form": form, "shown": shown, "opens": request.scope.can(Action.SEE_WORK)},
        status=200 if form.is_valid() or not request.GET else 422)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook (导出)."""
    _form, shown = _asked(request)
    head = [_("制度") if shown.by == "routine" else _("单位"), *(word for word, _n, _state in shown.total.total.cells)]
    rows = [[row.name, *(count for _word, count, _state in row.total.cells)] for row, _ask in shown.rows]
    book = workbook(scope=request.scope, subject="completeness", title=_("完成情况"), head=head, rows=rows)
    return given(book, _("完成情况.xlsx"), XLSX)


def _asked(request: HttpRequest) -> tuple[Choosing, Table]:
    """Return the choice and the table it asks for (所选的表); refuses whoever counts nothing."""
    if not request.scope.can(Action.COUNT_WORK):
        raise Forbidden(_("没有打开"), why=_("完成情况由看得到执行情况的岗位使用"))
    form = Choosing(asked(request.GET), initial={"month": f"{clock.today():%Y-%m}"})
    said = form.cleaned_data if form.is_valid() else {}
    return form, built(request.scope, **{k: v for k, v in said.items() if v})
