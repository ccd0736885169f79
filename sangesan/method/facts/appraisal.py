"""Facts of the assessment system (考核系统的台账条目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class DayAssessed(Fact):
    """A unit's day was assessed (日考核); `quantity` is the linked score in hundredths of a point."""

    kind: ClassVar[str] = "day.assessed"
    run: int


@dataclass(frozen=True, kw_only=True)
class ResultPublished(Fact):
    """A run's results were published (公布)."""

    kind: ClassVar[str] = "result.published"
    run: int
