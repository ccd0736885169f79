"""Pages of documents (公文模板): issuers, templates, the register of numbers."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError

from . import forms, queries, services
from .files import WORD, given
from .words import FIELDS


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Issuers and templates (公文模板)."""
    return _shown(request)


def _shown(request: HttpRequest, status: int = 200, **bound: django_forms.Form) -> HttpResponse:
    spare = {"naming": forms.Naming(auto_id="naming_%s"), "uploading": forms.Uploading(auto_id="uploading_%s")}
    return render(request, "documents/index.html", spare | bound | {
        "kinds": queries.templates(request.scope), "issuers": queries.issuers(), "fields": FIELDS.items(),
    }, status=status)


@require_POST
def issuer(request: HttpRequest) -> HttpResponse:
    """Name an issuer (设置发文机关)."""
    form = forms.Naming(request.POST, auto_id="naming_%s")
    if form.is_valid():
        try:
            services.name_issuer(scope=request.scope, **form.cleaned_data)
            messages.success(request, _("已保存发文机关"))
            return redirect("documents:index")
        except (NotFound, Forbidden):
            raise
        except UserError as fault:
            form.add_error(None, str(fault))
    return _shown(request, 422, naming=form)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a template (上传模板)."""
    form = forms.Uploading(request.POST, request.FILES, auto_id="uploading_%s")
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            services.upload(scope=request.scope, kind=form.cleaned_data["kind"], name=sent.name, content=sent.read())
            messages.success(request, _("已上传为草稿，试印看过以后再启用"))
            return redirect("documents:index")
        except (NotFound, Forbidden):
            raise
        except UserError as fault:
            form.add_error("file", str(fault))
    return _shown(request, 422, uploading=form)


@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a template in force (启用模板)."""
    services.put_in_force(scope=request.scope, pk=pk)
    messages.success(request, _("已启用，以后印发的文书用这个模板"))
    return redirect("documents:index")


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a template (停用模板)."""
    services.retire(scope=request.scope, pk=pk)
    messages.success(request, _("已停用"))
    return redirect("documents:index")


@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Download a template (下载模板)."""
    found = queries.template_bytes(request.scope, pk)
    return given(bytes(found.content), f"{found.kind}-{found.version}.docx", WORD)


@require_GET
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Download a template filled with invented words (试印)."""
    found, content = queries.trial(request.scope, pk)
    return given(content, f"{found.kind}-{found.version}-{_('试印')}.docx", WORD)


@require_GET
def shipped(request: HttpRequest) -> HttpResponse:
    """Download the shipped template (默认模板)."""
    return given(queries.default_template(request.scope), f"{_('默认模板')}.docx", WORD)


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of numbers (发文登记簿)."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else clock.today().year
    return render(request, "documents/register.html", {
        "year": year, "rows": queries.register(request.scope, year), "gaps": queries.gaps(year),
        "years": range(clock.today().year, clock.today().year - 3, -1)})
