"""Facts of inspection and rectification (督察整改的台账条目), and of figures that come from elsewhere.

`subject` is the address of the inspection or the finding, `unit` the path of the unit inspected or
responsible. What was found and done stands in words beside the facts; no fact names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class InspectionMade(Fact):
    """A unit was inspected or walked round (检查): `quantity` items were looked at, with a checklist or without."""

    kind: ClassVar[str] = "inspection.made"
    form: str
    checklist: int = 0


@dataclass(frozen=True, kw_only=True)
class FindingMade(Fact):
    """A problem was found (查出问题)."""

    kind: ClassVar[str] = "finding.made"
    inspection: int


@dataclass(frozen=True, kw_only=True)
class FindingCorrected(Fact):
    """The system that holds a finding says it in other words (更正问题); the new words are its evidence."""

    kind: ClassVar[str] = "finding.corrected"


@dataclass(frozen=True, kw_only=True)
class RectificationOrdered(Fact):
    """A unit was told to put something right by a day (下达整改)."""

    kind: ClassVar[str] = "rectification.ordered"
    due_day: str


@dataclass(frozen=True, kw_only=True)
class RectificationDone(Fact):
    """A unit says that it is put right (整改完成); nobody has verified it yet."""

    kind: ClassVar[str] = "rectification.done"


@dataclass(frozen=True, kw_only=True)
class RectificationVerified(Fact):
    """It was verified (验收通过): `by` is finder, named, or source when the system that holds it closed it."""

    kind: ClassVar[str] = "rectification.verified"
    by: str


@dataclass(frozen=True, kw_only=True)
class RectificationReturned(Fact):
    """It was not put right (验收退回): it goes back to the unit."""

    kind: ClassVar[str] = "rectification.returned"


@dataclass(frozen=True, kw_only=True)
class FigureRecorded(Fact):
    """A figure of a unit and a day came from the system that holds it (外来数据): `quantity` is its value."""

    kind: ClassVar[str] = "figure.recorded"
    figure: str
