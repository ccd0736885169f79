"""The journal of an import (导入日志): what was made and what changed, so that undo can reverse it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import Coverage, Shift, Unit, UnitEdge

TRACKED: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "appointments": (Appointment, ("kind", "until")),
    "posts": (Post, ("title", "role", "head", "until")),
    "people": (Person, ("name", "initials", "unit_id", "phone", "until", "wecom", "dingtalk", "email")),
    "shifts": (Shift, ("pattern", "until")),
    "coverages": (Coverage, ("until",)),
    "edges": (UnitEdge, ("parent_id", "until")),
    "units": (Unit, ("name", "initials", "kind", "position", "closed")),
}
"""Tables in the order in which rows are taken back, with the fields that tell a later change.

New fields stand at the end: a journal written before them is shorter, and still undone.
"""


class Journal:
    """Collects what an import does (记录)."""

    def __init__(self) -> None:
        self.made: dict[str, list[int]] = {table: [] for table in TRACKED}
        self.before: dict[str, dict[str, list]] = {table: {} for table in TRACKED}
        self.moved: list[list[int | None]] = []

    def makes(self, table: str, rows: Iterable[models.Model]) -> None:
        """Store new rows (新增) in bulk and remember them."""
        model = TRACKED[table][0]
        stored = model._default_manager.bulk_create(rows, batch_size=500)
        self.made[table] += [row.pk for row in stored]

    def changes(self, table: str, rows: Iterable[models.Model]) -> None:
        """Remember rows as they are (变更前), to be called before they change."""
        for row in rows:
            self.before[table].setdefault(str(row.pk), _values(table, row))

    def data(self) -> dict[str, Any]:
        """Return the journal as JSON (日志内容), with the values after the import."""
        after = {table: snapshot(table, [*self.made[table], *map(int, self.before[table])]) for table in TRACKED}
        return {"made": self.made, "before": self.before, "after": after, "moved": self.moved}


def snapshot(table: str, pks: Iterable[int]) -> dict[str, list]:
    """Return the tracked values of rows (快照) by primary key."""
    model, _ = TRACKED[table]
    wanted, found = sorted(set(pks)), {}
    for start in range(0, len(wanted), 500):
        for row in model._default_manager.filter(pk__in=wanted[start : start + 500]):
            found[str(row.pk)] = _values(table, row)
    return found


def restore(table: str, before: dict[str, list]) -> None:
    """Put tracked values back (还原)."""
    model, fields = TRACKED[table]
    for pk, values in before.items():
        model._default_manager.filter(pk=int(pk)).update(**dict(zip(fields, values, strict=False)))


def _values(table: str, row: models.Model) -> list:
    values = (getattr(row, name) for name in TRACKED[table][1])
    return [value.isoformat() if isinstance(value, date) else value for value in values]
