"""Signed pages of a book (签字页), and who may see and add them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.pictures import Picture
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import lineages

from ..models import Arrival, Scan, ScanPage
from .access import branches

LOST, ADAY = timedelta(minutes=2), timedelta(days=1)
"""After how long without progress what was sent is held lost (中断), and when nobody is told of it any more."""


def scans_of(unit: Unit, book: str, year: int) -> list[Scan]:
    """Return what was added to a book (已附签字页), in the order in which it came; withdrawn ones left out."""
    return list(Scan.objects.filter(unit=unit, book=book, year=year, withdrawn=False).order_by("pk").prefetch_related(
        Prefetch("pictures", ScanPage.objects.defer("content"))))


@dataclass(frozen=True)
class Arriving:
    """Signed pages on their way (正在整理): how far, or why they did not arrive."""

    done: int
    files: int
    why: str


def arriving(scope: Scope, unit: Unit, book: str, year: int) -> list[Arriving]:
    """Return the signed pages somebody sent that are not in the book yet (我附的、还没入册的)."""
    lost, stopped = _("整理中断了，请重新附上"), clock.now() - LOST
    return [Arriving(one.done, one.files, one.why or (lost if one.moved_at < stopped else ""))
            for one in Arrival.objects.filter(unit=unit, book=book, year=year, person=scope.person)]


def pictures_of(scans: list[Scan]) -> list[Picture]:
    """Return the pages of some scans in their order (签字页图片)."""
    rows = ScanPage.objects.filter(scan__in=scans).order_by("scan", "place")
    return [Picture(bytes(row.content), row.width, row.height) for row in rows]


def may_add(scope: Scope, unit: Unit) -> bool:
    """Return whether somebody may add signed pages (可否附签字页): who reads the book and does work there.

    Assessors do no work there, so nobody adds to a book that he assesses, whatever he does elsewhere. To the
    books of a branch that ended nobody adds.
    """
    does = scope.units_for(Action.DO_WORK)
    if unit.closed is not None and unit.closed <= clock.today():
        return False
    return unit in branches(scope) and any(step.pk in does for step in lineages([unit.pk], clock.today())[unit.pk])


def scan_for(scope: Scope, pk: int) -> Scan:
    """Fetch a scan whose book the scope may read (取签字页), else NotFound."""
    found = Scan.objects.filter(pk=pk, withdrawn=False).select_related("unit").first() if pk < 2**63 else None
    if found is None or found.unit not in branches(scope):
        raise NotFound()
    return found


def page_for(scope: Scope, pk: int, place: int) -> bytes:
    """Return the picture of a page (取一页签字页), else NotFound."""
    found = ScanPage.objects.filter(scan=scan_for(scope, pk), place=place).first() if place < 2**15 else None
    if found is None:
        raise NotFound()
    return bytes(found.content)
