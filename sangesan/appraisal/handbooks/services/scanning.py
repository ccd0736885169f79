"""Signed pages (附签字页): scans and photos rebuilt from their pixels, bound into the book; withdrawn when wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from sangesan.foundation import clock, files, pictures
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.foundation.pictures import Picture
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import books
from sangesan.method.authority import Scope
from sangesan.method.facts import ScanAdded
from sangesan.organization.units.queries import path_of

from .. import queries
from ..models import Scan, ScanPage

T = TypeVar("T")
AT_ONCE, MOST = 10, 60
"""Pages that may come at once (一次上限), and that a book of a year holds (一册上限)."""


def add_scan(*, scope: Scope, code: str, slug: str, year: int, section: str, sent: Sequence[bytes]) -> Scan:
    """Add signed pages to a section, or with '' to the end of a book (附签字页)."""
    scan = begun(scope, code, slug, year, section, sent)
    pages = few(developed(sent))
    with transaction.atomic():
        return kept(scope, scan, pages)


def begun(scope: Scope, code: str, slug: str, year: int, section: str, sent: Sequence[bytes]) -> Scan:
    """Return what is to be added by whoever may (待附), not stored yet. Raises NotFound, Forbidden, UserError."""
    unit = next((one for one in queries.branches(scope) if one.code == code), None)
    if unit is None or slug not in books.KEPT[unit.line] or not queries.EARLIEST <= year <= clock.today().year:
        raise NotFound(_("没有找到这本手册"))
    if not queries.may_add(scope, unit):
        raise Forbidden(_("没有附上"), why=_("您的岗位只查看、不登记这本手册"))
    if section and books.section(slug, section) is None:
        raise NotFound(_("没有找到这一篇"))
    if not sent:
        raise UserError(_("没有附上"), why=_("没有选择文件"), next=_("请选择签字页的照片或扫描的 PDF"), code="scan")
    few(sent)
    return Scan(unit=unit, book=slug, year=year, section=section)


def kept(scope: Scope, scan: Scan, pages: Sequence[Picture]) -> Scan:
    """Store rebuilt pages with their fact (入册)."""
    scan.pages = len(pages)
    there = Scan.objects.filter(unit=scan.unit, book=scan.book, year=scan.year, withdrawn=False)
    if (there.aggregate(n=Sum("pages"))["n"] or 0) + len(pages) > MOST:
        raise UserError(_("没有附上"), why=_("一册一年最多附 %d 页") % MOST, next=_("请先撤下不用的"),
                        code="scan")
    scan.fact = record(ScanAdded(
        subject=f"books/{scan.unit.code}-{scan.book}-{scan.year}", unit=path_of(scan.unit_id, clock.today()),
        line=scan.unit.line, occurred_at=clock.now(), book=scan.book, year=scan.year, section=scan.section,
        quantity=len(pages)), actor=scope.actor)
    scan.post, scan.added_at = scope.posts[0].title if scope.posts else "", clock.now()
    scan.save()
    ScanPage.objects.bulk_create(ScanPage(scan=scan, place=place, content=one.content, width=one.width,
                                          height=one.height) for place, one in enumerate(pages, start=1))
    return scan


@transaction.atomic
def withdraw_scan(*, scope: Scope, pk: int) -> Scan:
    """Withdraw signed pages that were added by mistake (撤下签字页): the fact is answered, the pictures go."""
    found = queries.scan_for(scope, pk)
    if not queries.may_add(scope, found.unit):
        raise Forbidden(_("没有撤下"), why=_("您的岗位只查看、不登记这本手册"))
    if not Scan.objects.filter(pk=pk, withdrawn=False).update(withdrawn=True):
        raise Conflict(_("没有撤下"), why=_("别人刚刚撤下了"), next=_("请刷新页面看最新情况"))
    reverse(found.fact, reason="withdrawn", actor=scope.actor)
    ScanPage.objects.filter(scan=found).delete()
    return found


def developed(sent: Sequence[bytes]) -> list[Picture]:
    """Rebuild what was sent (重建签字页): photos and PDFs, in their order."""
    return [page for data in sent for page in _pages(data)]


def few(rows: Sequence[T]) -> Sequence[T]:
    """Return files or pages when they are few enough to come at once (一次上限)."""
    if len(rows) > AT_ONCE:
        raise UserError(_("没有附上"), why=_("一次最多 %d 页") % AT_ONCE, next=_("请分几次附"), code="scan")
    return rows


def _pages(data: bytes) -> list[Picture]:
    if not data.startswith(b"%PDF"):
        return [pictures.rebuild(data, _("请附 JPG、PNG、WebP 照片，或者扫描的 PDF"))]
    return [Picture(*page) for page in files.pictures(files.rebuild(data).content)]
