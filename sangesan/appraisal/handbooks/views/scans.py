"""Signed pages on the page of their book (签字页)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.trying import told, tried

from .. import forms, queries, services
from .books import shown, year_asked


@require_POST
def add(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Add signed pages (附签字页)."""
    year, form = year_asked(request.POST.get("year", "")), forms.Scanning(request.POST, request.FILES, auto_id=False)
    made = tried(form, lambda: services.add_scan(
        scope=request.scope, code=code, slug=slug, year=year, section=form.cleaned_data["section"],
        sent=form.cleaned_data["pages"])) if form.is_valid() else None
    if made is None:
        return shown(request, queries.book_for(request.scope, code, slug, year), form)
    messages.success(request, _("已附 %d 页签字页，印在这一篇后面") % made.pages)
    return redirect(f"/w/books/{code}/{slug}/?year={year}#{made.section}")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw signed pages (撤下签字页)."""
    scan = queries.scan_for(request.scope, pk)
    told(request, lambda: services.withdraw_scan(scope=request.scope, pk=pk), _("已撤下"))
    return redirect(f"/w/books/{scan.unit.code}/{scan.book}/?year={scan.year}#{scan.section}")


@require_safe
def page(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Show one signed page (看签字页)."""
    return HttpResponse(queries.page_for(request.scope, pk, place), content_type="image/jpeg", headers={
        "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"})
