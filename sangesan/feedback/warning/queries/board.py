"""The board (预警板): live A, B, C within one's scope, with the clock that runs out next; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.access import reached, without_conflict
from sangesan.feedback.matters.queries.clocking import NEVER, runs_out
from sangesan.feedback.matters.queries.owing import missed, owing, working_days
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import cutoff
from sangesan.method.authority import Action, Scope
from sangesan.method.grading import NAMES
from sangesan.method.lifecycle import OPEN, State

from ..models import CallSheet

SHOWN = {"A": 24, "B": 16, "C": 12}
TOLD = ("number", "title", "category", "state", "provisional", "unit_id", "lead_id")
"""What a row tells of its matter (所示各项)."""


@dataclass(frozen=True)
class Row:
    """A matter on the board (一件): what is owed next, and until when."""

    matter: Matter
    owed: str
    until: datetime | None

    @property
    def late(self) -> bool:
        return self.until is not None and self.until < clock.now()


@dataclass(frozen=True)
class Column:
    """A grade on the board (一列): rows, how many in all, how many late."""

    grade: str
    name: str
    rows: list[Row]
    total: int
    late: int

    @property
    def more(self) -> int:
        """How many stand behind the rows shown (未显示件数)."""
        return max(0, self.total - len(self.rows))


def board(scope: Scope) -> list[Column]:
    """Return the board (预警板), columns A, B, C; the nearest clocks first, provisional A before all.

    What has no grade and is late by law is counted in a last one without rows (未定级): nobody has read it, and the
    board hangs on walls.
    """
    live, days = _live(scope), working_days()
    late = missed(clock.now(), days)
    counts = {row["grade"]: row for row in live.values("grade").order_by().annotate(
        n=Count("pk"), late=Count("pk", filter=late))}
    rows = {grade: _rows(live, grade, late) if grade in counts else [] for grade in "ABC"}
    owed = owing((matter for some in rows.values() for matter in some), days)
    columns = [Column(grade, NAMES[grade], _in_order(rows[grade], owed), counts.get(grade, {}).get("n", 0),
                      counts.get(grade, {}).get("late", 0)) for grade in "ABC"]
    unread = counts.get("", {"n": 0, "late": 0})
    return [*columns, Column("", str(_("未定级")), [], unread["n"], unread["late"])] if unread["late"] else columns


def pulse() -> str:
    """Return what changes whenever some board may (变动): after each fact of the mine, and each call list.

    It stays on the server: whoever is kept from a danger would see by it that one was declared.
    """
    return f"{cutoff()}.{CallSheet.objects.count()}"


def stamp(columns: Sequence[Column]) -> str:
    """Return what changes with what one person's board shows (变动标记), and with nothing else."""
    shown = [(c.grade, c.total, c.late, [(r.owed, r.until, r.late, *(getattr(r.matter, name) for name in TOLD))
                                         for r in c.rows]) for c in columns]
    return salted_hmac("warning.board", repr(shown), algorithm="sha256").hexdigest()[:16]


def _live(scope: Scope) -> QuerySet[Matter]:
    reach = reached(scope, Action.SEE).filter(state__in=[s.value for s in OPEN])
    rows = Matter.objects.filter(pk__in=reach.values("matter_id"), answered_at=None, history=False)
    return without_conflict(rows, scope, "pk")


def _rows(live: QuerySet[Matter], grade: str, late: Q) -> list[Matter]:
    """Return the matters of a column (一列事项): of more than it shows the unconfirmed, the late, the nearest."""
    ranked = live.filter(grade=grade).annotate(on_time=Case(When(late, then=0), default=1), next=runs_out())
    found = list(ranked.order_by("-provisional", "on_time", "next", "pk").values_list("pk", flat=True)[: SHOWN[grade]])
    kept = {m.pk: m for m in Matter.objects.filter(pk__in=found).select_related("unit", "lead")}
    return [kept[pk] for pk in found if pk in kept]


def _in_order(matters: list[Matter], owed: Mapping[int, tuple[str, datetime]]) -> list[Row]:
    rows = [_row(matter, owed.get(matter.pk)) for matter in matters]
    return sorted(rows, key=lambda row: (not row.matter.provisional, row.until or NEVER))


def _row(matter: Matter, owed: tuple[str, datetime] | None) -> Row:
    if matter.provisional:
        return Row(matter, str(_("值班领导确认")), None)
    name, until = owed or (str(_("恢复办理") if matter.state == State.SUSPENDED else _("派单")), None)
    return Row(matter, str(_("裁定退回")) if matter.state == State.RETURNED else name, until)
