"""Soundness of what a page shows (所示条目核验): a reader need not wait for the whole ledger to be verified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from sangesan.method import merkle

from ..checking import fault, some
from .proving import batch_of, seals


def flaws(ids: Iterable[int]) -> dict[int, str]:
    """Return what is wrong with some facts (有疑问的条目): altered, or gone; nothing when all is as recorded."""
    wanted = set(ids)
    found = {row.id: fault(row)[0] for row in some(wanted)}
    return {one: what for one in sorted(wanted) if (what := found.get(one, _("条目不见了")))}


def torn(day: date) -> list[int]:
    """Return the numbers of a day's seals that no longer fit the facts they hold (与条目不符的封)."""
    return [seal.number for seal in seals(day)
            if merkle.batch_root(list(batch_of(seal))) != bytes(seal.root)]
