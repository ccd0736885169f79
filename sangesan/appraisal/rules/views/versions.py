"""Pages of the rules (考核办法): versions, one version, its indicators, the workbook, decision and force."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError

from .. import queries, services
from ..forms import CARRIED, CarriedForm, DecisionForm, EnforceForm, IndicatorForm, UploadForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the versions (考核办法)."""
    return render(request, "rules/list.html", queries.listed(request.scope))


@require_safe
def version(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Show a version (某版办法)."""
    page = queries.page_of(request.scope, code, version)
    forms = {"decision": DecisionForm(initial={"digest": page["digest"]}), "enforce": EnforceForm()}
    return render(request, "rules/version.html", page | forms)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft (起草新版)."""
    made = services.begin(scope=request.scope, source=request.POST.get("source", "library"))
    messages.success(request, _("草案已建好"))
    return redirect("rules:version", made.code, made.version)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook and show what it would bring (导入预览)."""
    services.require(request.scope)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            data, recognised = queries.ours(form.cleaned_data["file"])
            preview = queries.preview(data, own=bool(recognised)) | {
                "recognised": recognised, "name": form.cleaned_data["name"], "replaced": queries.replaced(),
                "data": CarriedForm.packed(data if len(data) < CARRIED else queries.workbook_back(data))}
            return render(request, "rules/preview.html", preview)
        except UserError as fault:
            form.add_error("file", str(fault))
    return render(request, "rules/upload.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Make the draft of a workbook (导入为草案)."""
    services.require(request.scope)
    said = _carried(request)
    made = services.take(scope=request.scope, tables=queries.preview(said["data"])["tables"], name=said["name"],
                         right_only=said["right_only"])
    messages.success(request, _("已导入为草案"))
    return redirect("rules:version", made.code, made.version)


@require_POST
def faults(request: HttpRequest) -> HttpResponse:
    """Give the workbook back with 错误原因 (下载错误表)."""
    services.require(request.scope)
    return _workbook(queries.workbook_back(_carried(request)["data"]), "rules-errors.xlsx")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the workbook to fill in (下载模板)."""
    services.require(request.scope)
    return _workbook(queries.template(), "rules.xlsx")


@require_safe
def workbook(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Give a version as a workbook (下载办法)."""
    found = queries.version_for(request.scope, code, version)
    return _workbook(queries.exported(found.row), f"rules-{code}-{version}.xlsx")


@require_POST
def decide(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Enter the decision of the workers' congress (登记职代会决定)."""
    page = queries.page_of(request.scope, code, version)
    form = DecisionForm(request.POST)
    if not _taken(form, lambda: services.decide(scope=request.scope, rule_set=page["v"].row.pk, **form.cleaned_data)):
        return render(request, "rules/version.html", page | {"decision": form, "enforce": EnforceForm()}, status=422)
    messages.success(request, _("职代会决定已登记"))
    return redirect("rules:version", code, version)


@require_POST
def enforce(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Put a version in force (施行)."""
    page = queries.page_of(request.scope, code, version)
    form = EnforceForm(request.POST)
    if not _taken(form, lambda: services.enforce(scope=request.scope, rule_set=page["v"].row.pk, **form.cleaned_data)):
        return render(request, "rules/version.html", page | {"decision": DecisionForm(), "enforce": form}, status=422)
    messages.success(request, _("施行日期已定"))
    return redirect("rules:version", code, version)


@require_POST
def discard(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Take a draft away (废弃草案)."""
    services.require(request.scope)
    services.discard(rule_set=queries.version_for(request.scope, code, version).row.pk)
    messages.success(request, _("草案已废弃"))
    return redirect("rules:index")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Add an indicator (新增指标)."""
    return _indicator(request, code, version, queries.free_code(request.scope, code, version), {})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, version: int, indicator: str) -> HttpResponse:
    """Change an indicator (修改指标)."""
    row = queries.indicator_for(request.scope, code, version, indicator)
    return _indicator(request, code, version, indicator, IndicatorForm.of(row))


@require_POST
def remove(request: HttpRequest, code: str, version: int, indicator: str) -> HttpResponse:
    """Take an indicator out (取消指标)."""
    row = queries.indicator_for(request.scope, code, version, indicator)
    services.change(scope=request.scope, rule_set=row.rule_set_id, indicator=indicator, said=None)
    messages.success(request, _("指标已取消"))
    return redirect("rules:version", code, version)


@require_POST
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Switch a field on or off (启用领域)."""
    services.switch_field(scope=request.scope, code=code, on=request.POST.get("on") == "1")
    messages.success(request, _("考核领域已更新"))
    return redirect("rules:index")


def _indicator(request: HttpRequest, code: str, version: int, indicator: str, shown: dict) -> HttpResponse:
    found = queries.draft_for(request.scope, code, version)
    form = IndicatorForm(request.POST or None, initial=shown)
    if _taken(form, lambda: services.change(
            scope=request.scope, rule_set=found.row.pk, indicator=indicator, said=form.content())):
        messages.success(request, _("指标已保存"))
        return redirect("rules:version", code, version)
    return render(request, "rules/indicator.html", {"form": form, "v": found, "indicator": indicator, "new": not shown},
                  status=422 if form.is_bound else 200)


def _taken(form: Form, do: Callable[[], object]) -> bool:
    """Return whether a form was taken (是否保存), with what the service refused of it; what changed meanwhile is no
    slip of the form, and its page would send the old reading again.
    """
    if not form.is_valid():
        return False
    try:
        do()
    except (Conflict, Forbidden, NotFound):
        raise
    except UserError as fault:
        form.add_error(None, str(fault))
    return form.is_valid()


def _carried(request: HttpRequest) -> dict:
    form = CarriedForm(request.POST)
    if not form.is_valid():
        raise UserError(_("没有导入"), why=_("预览已经失效"), next=_("请再传一次工作簿"), status=400)
    return form.cleaned_data


def _workbook(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
