"""Reads of grading tables (分级表查询): the one in force on a day, the one a matter was graded under."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.foundation.memory import remembered
from sangesan.method import grading_checks as checks
from sangesan.method.grading import TABLE, Table

from .models import InForce, TableVersion

SHIPPED_SINCE = date(2020, 1, 1)


class Altered(Conflict):
    """A version in force no longer has the content it was put in force with (分级表被改动)."""

    def __init__(self, version: str) -> None:
        super().__init__(_("没有打开"), why=_("分级表%s与施行时定下的不符，可能被改动过") % version,
                         next=_("请报告审计管理员，由他核验全部台账"))


@dataclass(frozen=True)
class Version:
    """A version as the page lists it (版本): `since` None for a draft; decided by whom, on which day."""

    table: Table
    since: date | None
    decided_by: str
    decided_on: date | None
    note: str
    holds: bool = False


def in_force(day: date | None = None) -> Table:
    """Return the table in force on a day (现行分级表), the shipped one until there was a decision."""
    return _in_force(day or clock.today())


@remembered
def _in_force(day: date) -> Table:
    row = InForce.objects.select_related("table").filter(since__lte=day).order_by("-since", "-pk").first()
    if row is None:
        return TABLE
    if digest(row.table.data) != row.digest:
        raise Altered(row.table.version)
    return checks.read(row.table.data)


def of(version: str) -> Table:
    """Return the table of a version (所用分级表), as a matter keeps it; the shipped one for one unknown."""
    return TABLE if version in ("", TABLE.version) else _of(version)


@remembered
def _of(version: str) -> Table:
    row = TableVersion.objects.filter(version=version).first()
    return checks.read(row.data) if row else TABLE


@remembered
def names() -> tuple[str, ...]:
    """Return the versions that a matter may stand in (用过的版本)."""
    return "", TABLE.version, *InForce.objects.order_by("pk").values_list("table__version", flat=True)


def versions() -> list[Version]:
    """Return every version (全部版本), newest first, with the one that holds today marked."""
    holds = in_force().version
    found = [
        Version(checks.read(row.data), *_decision(row), note=row.note, holds=row.version == holds)
        for row in TableVersion.objects.select_related("in_force").order_by("-pk")
    ]
    return [*found, Version(TABLE, SHIPPED_SINCE, "", None, "", TABLE.version == holds)]


def _decision(row: TableVersion) -> tuple[date | None, str, date | None]:
    decided = getattr(row, "in_force", None)
    return (decided.since, decided.decided_by, decided.decided_on) if decided else (None, "", None)


def draft() -> TableVersion | None:
    """Return the draft (草案), or None."""
    return TableVersion.objects.filter(in_force=None).order_by("-pk").first()


def digest(data: dict[str, Any]) -> str:
    """Return the digest of a version's content (摘要)."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def altered_tables() -> Iterator[TableVersion]:
    """Return the versions in force that are not what was decided (被改动的分级表)."""
    rows = InForce.objects.select_related("table").order_by("pk")
    return (row.table for row in rows if digest(row.table.data) != row.digest)
