"""Objections to a result (考核异议): how long they may be raised, who decides, what a wrong fact becomes.

Rule 9 of scoring.md: within three working days after the publication of the provisional result, on
one line of a statement. Nothing is edited: a fact found wrong is reversed, and where something else
is true the right fact is recorded beside it, for the day on which it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .deadlines import Calendar, add_working_days
from .words import word

WORKING_DAYS = 3
"""How long a provisional result stands open to objections (异议期)."""
KEPT = frozenset({"kind", "actor", "recorded_at", "words", "reverses"})
"""What a right fact does not take over from the wrong one (不沿用的字段)."""


@dataclass(frozen=True)
class Remedy:
    """What a fact found wrong becomes (更正办法): nothing more, or a fact of a kind with other values."""

    slug: str
    word: str
    kind: str = ""
    changes: Mapping[str, Any] | None = None


TAKEN_BACK = Remedy("taken_back", word("冲正，不再计入"))
_OTHERS: dict[str, tuple[Remedy, ...]] = {
    "duty.missed": (Remedy("done", word("冲正，记为按时办结"), "duty.done"),
                    Remedy("late", word("冲正，记为迟办"), "duty.late")),
    "duty.late": (Remedy("done", word("冲正，记为按时办结"), "duty.done"),),
}


def closes(published: date, calendar: Calendar) -> date | None:
    """Return the last day on which an objection may be raised (异议截止日).

    None while a year it reaches into is not confirmed: then nobody can say yet, and it stays open.

    >>> from .deadlines import Days
    >>> closes(date(2026, 11, 27), Days(years=frozenset({2026})))
    datetime.date(2026, 12, 2)
    >>> closes(date(2026, 12, 30), Days(years=frozenset({2026}))) is None
    True
    """
    last = add_working_days(published, WORKING_DAYS, calendar)
    sure = all(calendar.confirmed(year) for year in range(published.year, last.year + 1))
    return last if sure else None


def remedies(kind: str, content: Mapping[str, Any]) -> tuple[Remedy, ...]:
    """Return what a fact may become when it was wrong (可选更正).

    >>> [r.slug for r in remedies("matter.answered", {"in_time": 0})]
    ['taken_back', 'in_time']
    """
    found: tuple[Remedy, ...] = (TAKEN_BACK,)
    if content.get("in_time") == 0:
        found += (Remedy("in_time", word("冲正，记为按期"), kind, {"in_time": 1}),)
    return found + _OTHERS.get(kind, ())


def righted(content: Mapping[str, Any], remedy: Remedy, fields: Iterable[str]) -> dict[str, Any]:
    """Return the fields of the right fact (正确条目): those of the wrong one, but for what was wrong.

    >>> righted({"kind": "duty.missed", "subject": "duties/1", "actor": "system"}, TAKEN_BACK, ["subject"])
    {'subject': 'duties/1'}
    """
    whole = dict(content) | dict(remedy.changes or {})
    return {name: whole[name] for name in fields if name in whole and name not in KEPT}
