"""The pieces of an order (各件): a handbook, the evidence by indicator, the list of what is missing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation.print import engine
from sangesan.foundation.sheets.giving import workbook
from sangesan.method import masking
from sangesan.method.authority import Scope
from sangesan.organization.people.queries import known_names

from .. import queries
from ..models import Order, Piece
from .copying import PAPER, printed, trace_of, written


def made(scope: Scope, piece: Piece) -> bytes:
    """Return the bytes of a piece (制作一件), with what its person may read; outside eyes see masked words."""
    year, code = piece.order.year, piece.unit.code
    masked = piece.order.kind == Order.Kind.INSPECTION
    if piece.what == "missing":
        return missing(scope, piece)
    if piece.what == "evidence":
        data = queries.evidence_for(scope, code, year, trace_of(scope))
        return engine.pdf(PAPER, queries.covered(data, masker()), most=engine.THICK)
    if piece.order.kind == Order.Kind.WORD:
        return written(scope=scope, code=code, slug=piece.what, year=year, most=engine.THICK)
    return printed(scope=scope, code=code, slug=piece.what, year=year, mask=masker() if masked else None,
                   most=engine.THICK)


def masker():
    """Return what covers names and numbers of persons (遮盖), of those who left since the year too."""
    names = masking.Names(known_names())
    return lambda text: masking.mask(text, names)


def missing(scope: Scope, piece: Piece) -> bytes:
    """Return the list of what is missing, with its owner (缺项清单)."""
    head = [_("支部"), _("手册"), _("篇目"), _("缺"), _("由谁补办"), _("怎样办")]
    rows = queries.lacking(scope, piece.unit, piece.order.year)
    rows = rows or [[piece.unit.name, _("该有的都有了"), "", "", "", ""]]
    return workbook({_("缺项清单"): [head, *rows]}, trace_of(scope))
