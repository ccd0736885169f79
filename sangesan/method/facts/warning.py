"""Facts of the warning (三级预警的台账条目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class GradingDecided(Fact):
    """A version of the grading table was decided (分级表施行); who decided it are the words beside it."""

    kind: ClassVar[str] = "grading.decided"
    since: str


@dataclass(frozen=True, kw_only=True)
class MatterProgressed(Fact):
    """A word of progress was given (报进展), in time or after it was owed."""

    kind: ClassVar[str] = "matter.progressed"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class ProgressMissed(Fact):
    """A word of progress was owed by that day and did not come (缺报进展); once for each time it was owed."""

    kind: ClassVar[str] = "matter.progress_missed"
    grade: str


@dataclass(frozen=True, kw_only=True)
class WarningCalled(Fact):
    """The duty post called somebody of the call list (值班电话): reached or unreached, entered afterwards."""

    kind: ClassVar[str] = "warning.called"
    post: str
