"""What a row of the workbook would do (变更), and the plan of them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.sheets.columns import plain
from sangesan.foundation.sheets.tables import Row, Table


class Effect(StrEnum):
    """What a row does (效果)."""

    NEW = "new"  # 新增
    CHANGED = "changed"  # 变更
    SAME = "same"  # 不变
    WRONG = "wrong"  # 错误


EFFECT_NAMES = {Effect.NEW: lazy("新增"), Effect.CHANGED: lazy("变更"), Effect.SAME: lazy("不变"),
                Effect.WRONG: lazy("错误")}


@dataclass(frozen=True)
class Difference:
    """One value that changes (差异), as shown on the page."""

    label: str
    old: Any
    new: Any

    @property
    def old_said(self) -> str:
        return said(self.old)

    @property
    def new_said(self) -> str:
        return said(self.new)


def said(value: Any) -> str:
    """Return a value in words (值的写法).

    >>> said(["A", "B"]), said(True), said(None)
    ('A、B', '是', '--')
    """
    if isinstance(value, list):
        return "、".join(value) or "--"
    return plain(value) or "--"


@dataclass
class Change:
    """A row and its effect (行的效果). `target` is what stands now, or None; `share` that of a new appointment."""

    row: Row
    title: str
    target: Any = None
    share: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def effect(self) -> Effect:
        if self.row.faults:
            return Effect.WRONG
        if self.target is None:
            return Effect.NEW
        return Effect.CHANGED if self.differences else Effect.SAME

    def compare(self, label: str, old: Any, new: Any) -> None:
        """Note a difference (比较); what the workbook leaves empty does not change."""
        if new is not None and new != old:
            self.differences.append(Difference(label, old, new))


@dataclass
class Plan:
    """What the whole workbook would do (导入计划), by sheet."""

    tables: dict[str, Table]
    changes: dict[str, list[Change]] = field(default_factory=dict)

    def of(self, sheet: str, *effects: Effect) -> list[Change]:
        """Return the changes of a sheet with these effects."""
        return [change for change in self.changes.get(sheet, []) if change.effect in effects]

    def counts(self) -> dict[str, dict[str, int]]:
        """Count rows by sheet and effect (计数)."""
        return {
            sheet: {effect.value: sum(change.effect == effect for change in changes) for effect in Effect}
            for sheet, changes in self.changes.items()
        }

    @property
    def wrong(self) -> list[tuple[str, Change]]:
        return [(sheet, change) for sheet in self.changes for change in self.of(sheet, Effect.WRONG)]

    @property
    def working(self) -> int:
        """Count the rows that would change something (有效行数)."""
        return sum(len(self.of(sheet, Effect.NEW, Effect.CHANGED)) for sheet in self.changes)


def refuse_doubles(rows: Iterable[Row], *columns: str) -> None:
    """Mark rows whose key stands in an earlier row (重复)."""
    seen: dict[tuple, int] = {}
    for row in rows:
        key = tuple(row[name] for name in columns)
        if None in key:
            continue
        if key in seen:
            said = {"columns": "、".join(columns), "key": " ".join(map(str, key)), "line": seen[key]}
            row.faults.append(_("%(columns)s“%(key)s”在第 %(line)s 行已经出现") % said)
        else:
            seen[key] = row.line
