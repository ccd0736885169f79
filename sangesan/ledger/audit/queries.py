"""Reads of the audit log (审计查询), for the auditor."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from sangesan.foundation import door
from sangesan.foundation.door import Sign
from sangesan.method.authority import Action, Scope

from .events import EVENTS, OF_LETTERS, OF_UNITS, about, roughly, said
from .models import AuditEntry


def visible(scope: Scope) -> QuerySet[AuditEntry]:
    """Return the entries this scope may read (可见的审计记录), newest first.

    What inspectors do with a letter is in none of them: neither its number nor how many there are. Fellow inspectors
    read at the letter itself who opened it (`readings`).
    """
    found = AuditEntry.objects.order_by("-pk").exclude(event__in=OF_LETTERS)
    return found if scope.can(Action.AUDIT) else found.none()


def shown() -> dict[str, str]:
    """Return the events an auditor may ask for (可筛选的事件)."""
    return {event: str(word) for event, word in EVENTS.items() if event not in OF_LETTERS}


def page(scope: Scope, *, event: str = "", after: int = 0, limit: int = 50) -> tuple[list[AuditEntry], int]:
    """Return one page and how many entries lie before the next (一页), 0 at the end.

    Counted, for numbers of entries would have gaps where there is one that is not shown.
    """
    found = visible(scope)
    if event:
        found = found.filter(event=event)
    rows = list(found[after:after + limit + 1])
    return rows[:limit], after + limit if len(rows) > limit else 0


@dataclass(frozen=True)
class Line:
    """An entry as the auditor reads it (一行): who by post and name, what in words, about what."""

    entry: AuditEntry
    who: str
    name: str
    about: Sign | None
    own: bool
    said: str = ""


def lines(scope: Scope, rows: list[AuditEntry]) -> list[Line]:
    """Return entries in words (读作文字); who signed in to change an own account is named like anybody else."""
    people = {f"people/{row.person}" for row in rows if row.person}
    units = {f"units/{row.detail[key]}" for row in rows for key in OF_UNITS if key in row.detail}
    known = door.signs(scope, [*sorted(people | units), *(row.subject for row in rows if row.subject)])
    names = {address.partition("/")[2]: known[address].word for address in units if address in known}
    found = []
    for row in rows:
        now = known.get(f"people/{row.person}", Sign(""))
        name = now.note if not row.name or row.name.isdecimal() else row.name
        found.append(Line(row, row.title or now.word, name, _about(row, known),
                          row.subject in (f"accounts/{row.person}", f"people/{row.person}"),
                          said(roughly(row.subject, row.detail), names)))
    return found


def _about(row: AuditEntry, known: dict[str, Sign]) -> Sign | None:
    return (known.get(row.subject) or Sign(about(row.subject))) if row.subject else None


def readings(subject: str, event: str) -> QuerySet[AuditEntry]:
    """Return the entries of one event about one subject (对某项的记录): a speaker may see their number and posts."""
    return AuditEntry.objects.filter(subject=subject, event=event).order_by("pk")
