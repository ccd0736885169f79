"""Reports in the forms of the company above (上级报表): uploaded, previewed, filled in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.foundation.sheets.giving import workbook
from sangesan.foundation.trying import told, tried
from sangesan.method.authority import Action, Scope
from sangesan.method.spans import spans
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents import services
from sangesan.organization.documents.files import WORD, given

from .. import queries
from ..forms import Uploading

KINDS = {"docx": WORD, "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show the forms (上级报表), or take one."""
    _may(request.scope)
    form = Uploading(request.POST, request.FILES) if request.method == "POST" else Uploading()
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        made = tried(form, lambda: services.keep_form(scope=request.scope, name=sent.name, content=sent.read()))
        if made is not None:
            messages.success(request, _("已上传，下面是能填的内容"))
            return redirect("desk:return", made.pk)
    return render(request, "desk/returns.html", {
        "forms": documents.forms(), "uploading": form, "may_keep": request.scope.can(Action.DOCUMENTS),
        "fields": queries.fields()}, status=422 if form.errors else 200)


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Give the table of fields, itself a form to begin with (字段表)."""
    _may(request.scope)
    head, rows = [_("项目"), _("数值"), _("说明")], queries.fields()
    made = workbook({_("字段表"): [head, *([one.name, f"{{{{ {one.name} }}}}", one.said] for one in rows)]})
    return given(made, f"{_('字段表')}.xlsx", KINDS["xlsx"])


@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a form would be filled with (填报预览)."""
    _may(request.scope)
    found, asked = documents.form_for(pk), queries.span_asked(request.GET.get("span", ""))
    rows = queries.preview(request.scope, found.fields, asked)
    return render(request, "desk/return.html", {
        "form": found, "asked": asked, "rows": rows, "spans": spans(clock.today()),
        "ready": sum(one.value is not None for one in rows), "unknown": [one for one in rows if not one.known],
        "may_keep": request.scope.can(Action.DOCUMENTS)})


@require_POST
def filled(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a form filled in (取填好的报表)."""
    _may(request.scope)
    found, asked = documents.form_for(pk), queries.span_asked(request.POST.get("span", ""))
    content = services.fill_form(scope=request.scope, form=found, values=queries.values(request.scope, asked))
    stem = found.name.rpartition(".")[0]
    return given(content, f"{stem}-{asked.slug}.{found.ending}", KINDS[found.ending])


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a form (停用报表模板)."""
    _may(request.scope)
    told(request, lambda: services.retire_form(scope=request.scope, pk=documents.form_for(pk).pk), _("已停用"))
    return redirect("desk:returns")


def _may(scope: Scope) -> None:
    if not scope.can(Action.OVERVIEW):
        raise Forbidden(_("没有打开"), why=_("您的岗位不看全矿情况，上级报表由看全矿的岗位填报"))
