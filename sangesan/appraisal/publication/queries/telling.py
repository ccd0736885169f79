"""Facts and objections in words (条目用语), as forms and lists show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.ledger.facts.queries import Row, several
from sangesan.method.authority import Scope

from ..models import Appeal
from . import appeals
from .recorded import recorded_on
from .statement import counted, names_of, opened

MOST = 200
"""Objections of a list (列表上限)."""


@dataclass(frozen=True)
class Listed:
    """An objection in a list (异议一行)."""

    appeal: Appeal
    indicator: str
    mine: bool

    @property
    def upheld(self) -> bool | None:
        ruling = getattr(self.appeal, "ruling", None)
        return ruling.upheld if ruling else None


def spoken(scope: Scope, rows: Sequence[Row]) -> list[tuple[Row, str]]:
    """Return facts with their words (条目用语); a matter's number only when its door opens."""
    there = {row.id: row for row in rows}
    links = opened(scope, there)
    found, names = [], names_of(scope, links, there)
    for row in rows:
        told = counted(row, links, False, 0, names)
        parts = [row.day.isoformat(), told.word, told.number or _("事项不公开"), _("第 %d 条") % row.id]
        found.append((row, " · ".join(parts)))
    return found


def recorded(scope: Scope, rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Return late facts with their words and the day they were written down (补记用语)."""
    return [(row.id, _("%(what)s · 登记于 %(day)s") % {"what": word, "day": recorded_on(row).isoformat()})
            for row, word in spoken(scope, rows)]


def choices(scope: Scope, facts: Iterable[int]) -> list[tuple[int, str]]:
    """Return the facts of a line to choose from (可选条目)."""
    ids = list(facts)
    rows = several(ids)
    return [(row.id, word) for row, word in spoken(scope, [rows[one] for one in ids if one in rows])]


def listed(scope: Scope) -> list[Listed]:
    """Return the objections this scope may open (考核异议), those that wait for this person first."""
    rows = list(appeals.visible(scope)[:MOST])
    named = appeals.names(rows)
    mine = {appeal.pk for appeal in appeals.waiting(scope)}
    found = [Listed(row, named[row.pk], row.pk in mine) for row in rows]
    return sorted(found, key=lambda one: not one.mine)
