"""Orders of many copies (印制单): each its person's own; how far it has come, and where its file lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope

from ..models import Order, Piece
from .access import branches

SHOWN = 20


@dataclass(frozen=True)
class Ordered:
    """An order as its page shows it (一单): how many pieces are made, of how many, and which are not and why."""

    order: Order
    made: int
    total: int
    failed: list[Piece]

    @property
    def running(self) -> bool:
        return self.order.state == Order.State.WAITING


def orders_of(scope: Scope) -> list[Ordered]:
    """Return what a person ordered (我的印制单), newest first."""
    made = Count("pieces", filter=~Q(pieces__state=Piece.State.WAITING))
    rows = list(Order.objects.filter(person=scope.person).annotate(n=made, total=Count("pieces")).order_by(
        "-pk")[:SHOWN])  # said here: what is grouped doesn't keep the order of its table
    failed: dict[int, list[Piece]] = {}
    for piece in Piece.objects.filter(order__in=rows, state=Piece.State.FAILED).select_related("unit"):
        failed.setdefault(piece.order_id, []).append(piece)
    return [Ordered(row, row.n, row.total, failed.get(row.pk, [])) for row in rows]


def order_for(scope: Scope, number: str) -> Order:
    """Fetch an order that is made (取印制单): its own person's, who may still read all its books. Raises NotFound."""
    found = Order.objects.filter(number=number, person=scope.person, state=Order.State.DONE).first()
    if found is None:
        raise NotFound()
    readable = {unit.pk for unit in branches(scope)}
    if not {pk for pk in found.pieces.values_list("unit", flat=True)} <= readable or not file_of(found).is_file():
        raise NotFound()
    return found


def shelf() -> Path:
    """Return where copies wait (印件目录)."""
    return Path(settings.DATA) / "copies"


def file_of(order: Order) -> Path:
    """Return the file of an order (整包)."""
    return shelf() / order.number / "all.zip"
