"""Ordering many copies (下印制单): what is to be made waits as rows; nobody waits for it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.ids import crockford
from sangesan.foundation.soon import soon
from sangesan.ledger.audit.services import note
from sangesan.method import books
from sangesan.method.authority import Scope

from .. import queries
from ..models import Order, Piece
from . import arriving, making

KEPT = timedelta(days=7)
"""How long a made order is kept (保留时间); it can be made anew at any time."""
LONGEST_WORD = 80
"""So long an order's word may be (印制单名上限): a unit's name alone may be as long."""
MORE = ("evidence", "missing")
"""What a folder for an inspection holds beside the books (迎检备料另两件)."""


@transaction.atomic
def order(*, scope: Scope, kind: str, year: int, code: str = "", slug: str = "") -> Order:
    """Order a set of handbooks, to sign or to edit, or the folder for an inspection (成套印制、迎检备料).

    Of one branch, or with '' of all within reach; of one book, or with '' of all three. Who asks
    again for what is still being made gets the same order.
    """
    if not queries.EARLIEST <= year <= clock.today().year:
        raise NotFound(_("没有找到要印的手册"))
    units = [one for one in queries.branches(scope) if code in ("", one.code)
             and (not slug or slug in books.KEPT[one.line]) and (one.closed is None or one.closed > date(year, 1, 1))]
    if not units or kind not in Order.Kind.values:
        raise NotFound(_("没有找到要印的手册"))
    more = MORE if kind == Order.Kind.INSPECTION else ()
    word = _word(kind, year, units[0].name if code else _("%d 个支部") % len(units), slug)
    wanted = [(unit.pk, what) for unit in units
              for what in (*((slug,) if slug else books.KEPT[unit.line]), *more)]
    for same in Order.objects.filter(person=scope.person, kind=kind, year=year, state=Order.State.WAITING):
        if list(same.pieces.values_list("unit", "what")) == wanted:
            return same
    made = Order.objects.create(number=crockford(12), kind=kind, word=word, year=year, person=scope.person,
                                asked_at=clock.now())
    Piece.objects.bulk_create(
        Piece(order=made, place=place, unit_id=unit, what=what) for place, (unit, what) in enumerate(wanted))
    note("copies.ordered", scope=scope, subject=f"copies/{made.number}", detail={"form": kind})
    soon(making.make)
    return made


def _word(kind: str, year: int, of: str, slug: str) -> str:
    what = _("迎检备料") if kind == Order.Kind.INSPECTION else books.BOOKS.get(slug) or _("三册")
    what += " Word" if kind == Order.Kind.WORD else ""
    return (_("%(year)d 年度%(what)s · %(of)s") % {"year": year, "what": what, "of": of})[:LONGEST_WORD]


def fetch(*, scope: Scope, number: str) -> tuple[Order, Path]:
    """Return an order that is made and its file (取整包), and note who took it."""
    found = queries.order_for(scope, number)
    note("document.taken", scope=scope, subject=f"copies/{found.number}", detail={"form": "zip"})
    return found, queries.file_of(found)


def tidy() -> int:
    """Clear what has lain there long enough (清理印件) and return how many orders went."""
    arriving.forget()
    old = list(Order.objects.filter(asked_at__lt=clock.now() - KEPT))
    for one in old:
        making.discard(one)
        with transaction.atomic():
            Piece.objects.filter(order=one).delete()
            one.delete()
    return len(old)
