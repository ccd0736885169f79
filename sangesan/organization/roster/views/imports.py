"""Pages of the import (导入组织): template, upload, preview, take in, workbook back, undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.errors import NotFound, UserError

from .. import forms, queries, services
from .forms import tell_waiting

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def index(request: HttpRequest) -> HttpResponse:
    """Take a workbook (上传工作簿) and show the latest imports."""
    if not queries.edits(request.scope):
        raise NotFound(_("没有找到导入页面"))
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = services.upload(file_name=file.name, data=file.read(), actor=request.scope.actor)
            return redirect("organization:batch", batch.pk)
        except UserError as fault:
            form.add_error("file", str(fault))
    said = {"form": form, "batches": queries.batches()}
    return render(request, "organization/imports.html", said, status=422 if form.is_bound else 200)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the workbook to fill in (下载模板)."""
    if not queries.edits(request.scope):
        raise NotFound(_("没有找到模板"))
    return _workbook(queries.template(), "organization.xlsx")


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would do, or did (导入预览)."""
    one = queries.batch_for(request.scope, pk)
    return render(request, "organization/batch.html", queries.batch_page(one))


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook in (导入): all rows, or only the right ones."""
    one = queries.batch_for(request.scope, pk)
    services.take(batch=one, actor=request.scope.actor, right_rows_only="right_rows_only" in request.POST)
    messages.success(request, _("已导入。24 小时内可以整批撤销"))
    tell_waiting(request)
    return redirect("organization:batch", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an import (撤销导入)."""
    services.undo(batch=queries.batch_for(request.scope, pk), actor=request.scope.actor)
    messages.success(request, _("已撤销，组织恢复到导入前"))
    return redirect("organization:batch", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop an upload that was not taken in (放弃)."""
    services.drop(batch=queries.batch_for(request.scope, pk))
    messages.info(request, _("已放弃这次上传，组织没有改动"))
    return redirect("organization:imports")


@require_safe
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the workbook back with 错误原因 (下载错误表)."""
    return _workbook(queries.workbook_back(queries.batch_for(request.scope, pk)), f"organization-errors-{pk}.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
