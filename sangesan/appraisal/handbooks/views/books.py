"""Pages of the handbooks (三册页面)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.print.engine import TooLong
from sangesan.method.authority import Action
from sangesan.method.books import BOOKS, KEPT

from .. import forms, queries, services

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the branches whose books one may read (三册)."""
    found = queries.branches(request.scope)
    if not found and not request.scope.can(Action.READ_BOOKS):
        raise NotFound(_("没有找到三册"))
    today = clock.today()
    return render(request, "handbooks/list.html", {
        "today": today,
        "branches": [(unit, [(key, BOOKS[key]) for key in KEPT[unit.line]]) for unit in found],
        "books": BOOKS.items(), "years": range(today.year, today.year - 3, -1)})


@require_safe
def book(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Show a handbook as a guide (手册导航)."""
    return shown(request, queries.book_for(request.scope, code, slug, year_asked(request.GET.get("year", ""))))


def shown(request: HttpRequest, found: queries.Book, refused: forms.Scanning | None = None) -> HttpResponse:
    """Show a book (手册页面), with what was refused of signed pages."""
    code, slug = found.unit.code, found.slug
    tabs = [{"word": word, "url": f"/w/books/{code}/{key}/?year={found.year}", "here": key == slug}
            for key, word in BOOKS.items() if key in KEPT[found.unit.line]]
    return render(request, "handbooks/book.html", {
        "book": found, "tabs": tabs, "before": found.year - 1, "may_add": queries.may_add(request.scope, found.unit),
        "arriving": queries.arriving(request.scope, found.unit, slug, found.year), "code": code, "slug": slug,
        "year": found.year, "scanning": forms.Scanning(auto_id=False), "refused": refused,
        "works": request.scope.can(Action.DO_WORK),
    }, status=422 if refused else 200)


@require_POST
def copy(request: HttpRequest, code: str, slug: str, form: str) -> HttpResponse:
    """Give a copy (取手册): PDF, one section as a loose leaf, or Word; a book too thick to wait for is ordered."""
    asked = {"scope": request.scope, "code": code, "slug": slug, "year": year_asked(request.POST.get("year", ""))}
    if form not in ("pdf", "word"):
        raise NotFound()
    try:
        made = (services.word(**asked) if form == "word" else
                services.pdf(**asked, only=request.POST.get("section", "")))
    except TooLong:
        services.order(**asked, kind="word" if form == "word" else "set")
        messages.info(request, _("这一册内容多，当场排不完，已在后台生成全册，好了在这里取"))
        return redirect("books:orders")
    return HttpResponse(made.body, content_type=WORD if form == "word" else "application/pdf", headers={
        "Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"})


def year_asked(text: str) -> int:
    """Return the year asked for (所选年度), this year when none is."""
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UserError(_("没有显示手册"), why=_("年度写得不对"), next=_("请写四位数字，例如 2026"), status=400)
    return int(text) if text else clock.today().year
