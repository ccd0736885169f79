"""Facts of plans and reports (计划与述职的台账条目). A report that is not given leaves no fact at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class PlanConfirmed(Fact):
    """A week's plan was confirmed (确认周计划); `quantity` lines, `carried` of them from before."""

    kind: ClassVar[str] = "plan.confirmed"
    week: str
    carried: int


@dataclass(frozen=True, kw_only=True)
class PlanChecked(Fact):
    """A week's plan was checked (周计划对账): `done` of `quantity` lines."""

    kind: ClassVar[str] = "plan.checked"
    week: str
    done: int


@dataclass(frozen=True, kw_only=True)
class ReportGiven(Fact):
    """A day was reported to the superior (每日述职); `needs` says whether help is asked for."""

    kind: ClassVar[str] = "report.given"
    needs: int
