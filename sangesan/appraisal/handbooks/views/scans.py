"""Signed pages on the page of their book (签字页)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.trying import told, tried

from .. import forms, queries, services
from .books import shown, year_asked


@require_POST
def add(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Add signed pages (附签字页): one photo at once, more while one goes on."""
    year, form = year_asked(request.POST.get("year", "")), forms.Scanning(request.POST, request.FILES, auto_id=False)
    section = form.cleaned_data["section"] if form.is_valid() else ""
    made = tried(form, lambda: services.take_scan(
        scope=request.scope, code=code, slug=slug, year=year, section=section,
        sent=form.cleaned_data["pages"])) if form.is_valid() else None
    if not form.is_valid():
        return shown(request, queries.book_for(request.scope, code, slug, year), form)
    messages.success(request, _("已收到，正在整理，可以离开这一页") if made else _("已附上，印在这一篇后面"))
    return redirect(f"/w/books/{code}/{slug}/?year={year}#{'arriving' if made else section}")


@require_safe
def arriving(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Show how far signed pages are (整理进度); when they have arrived the page is loaded anew."""
    unit, year = queries.branch_for(request.scope, code), year_asked(request.GET.get("year", ""))
    rows = queries.arriving(request.scope, unit, slug, year)
    answer = render(request, "handbooks/_arriving.html", {"arriving": rows, "code": code, "slug": slug, "year": year})
    if all(one.why for one in rows):
        answer["HX-Refresh"] = "true"
    return answer


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
