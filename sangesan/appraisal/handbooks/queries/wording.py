"""What a book says of a fact (条目用语): what it was and what came of it, as its reader may read it.

A line that says no more than 迟办 or 学习 tells an inspection nothing, so what was late and what was
studied stand beside it, and the unit below the branch in which it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from django.utils.translation import gettext as _

from sangesan.foundation import door
from sangesan.ledger.facts.queries import Row
from sangesan.method.authority import Scope
from sangesan.method.facts import term
from sangesan.method.meetings import SERIES

WORDS = {one.slug: one.word for one in SERIES}
NAMED = ("duties", "study")
"""Subjects whose facts do not say by themselves what it was (须写明何事的条目)."""


class Wording:
    """Facts in a few words (条目用语), the names of all they are about asked for at once."""

    def __init__(self, scope: Scope, rows: Sequence[Row], home: Collection[str]) -> None:
        """Take the codes of the branch and what it covers as `home`: what was done there needs no unit beside it."""
        self._home = home
        named = {row.subject for row in rows if row.subject.partition("/")[0] in NAMED}
        places = {f"units/{_last(path)}" for row in rows for path in (row.unit, _counterpart(row))}
        self._signs = door.signs(scope, sorted(named | places))

    def of(self, row: Row) -> str:
        """Return a fact in a few words (一条用语)."""
        if said := SAID.get(row.kind):
            return said(self, row)
        what = self._what(row)
        due = row.content.get("due_day")
        said = f"{what}，{term(row.kind)}" if what else term(row.kind)
        return f"{said}，{_('限期')} {due}" if due else said

    def _what(self, row: Row) -> str:
        sign = self._signs.get(row.subject)
        if sign is None:
            return ""
        below = row.kind.startswith("duty.") and _last(row.unit) not in self._home
        where = self._unit(row.unit) if below else ""
        return f"{where} {sign.word}" if where else sign.word

    def _unit(self, path: str) -> str:
        sign = self._signs.get(f"units/{_last(path)}")
        return sign.word if sign else ""

    def _meeting(self, row: Row) -> str:
        content = row.content
        series = WORDS.get(str(content.get("series")), term(row.kind))
        return _("%(series)s：应到 %(expected)s 人，到会 %(present)s 人，决定 %(decisions)s 项") % {
            "series": series, "expected": content.get("expected", 0), "present": row.quantity,
            "decisions": content.get("decisions", 0)}

    def _study(self, row: Row) -> str:
        shift = {"repair": _("检修班"), "four": _("四点班"), "zero": _("零点班")}.get(str(row.content.get("shift")), "")
        return _("%(what)s，%(unit)s%(shift)s %(n)d 人参加") % {
            "what": self._what(row) or term(row.kind), "unit": self._unit(row.unit), "shift": shift,
            "n": row.quantity}

    def _visit(self, row: Row) -> str:
        return _("%(step)s：%(office)s到%(unit)s") % {
            "step": term(row.kind), "office": self._unit(_counterpart(row)), "unit": self._unit(row.unit)}

    def _inspection(self, row: Row) -> str:
        return _("%(what)s：%(unit)s，查看 %(n)d 项") % {
            "what": term(row.kind), "unit": self._unit(row.unit), "n": row.quantity}

    def _posting(self, row: Row) -> str:
        return f"{term(row.kind)}：{row.content.get('month', '')}，{self._unit(row.unit)}"


SAID: dict[str, Callable[[Wording, Row], str]] = {
    "meeting.held": Wording._meeting, "study.held": Wording._study, "inspection.made": Wording._inspection,
    "openness.posted": Wording._posting,
    **{f"visit.{step}": Wording._visit for step in ("made", "registered", "reported", "settled", "fed_back")},
}


def _counterpart(row: Row) -> str:
    return str(row.content.get("counterpart", ""))


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
