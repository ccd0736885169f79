"""Facts of the assessment system (考核系统的台账条目).

One fact per run: `outputs` is the hash of all its results, so the sealed ledger binds every one of
them. `subject` is the run's address, `quantity` the number of units with a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class DayAssessed(Fact):
    """A day was assessed (日考核); `of_day` is the day the run is about."""

    kind: ClassVar[str] = "day.assessed"
    run: int
    of_day: str
    outputs: str


@dataclass(frozen=True, kw_only=True)
class PeriodAssessed(Fact):
    """A period ending on `of_day` was assessed (时段考核)."""

    kind: ClassVar[str] = "period.assessed"
    run: int
    of_day: str
    outputs: str


@dataclass(frozen=True, kw_only=True)
class ResultPublished(Fact):
    """A run's results were published (公布)."""

    kind: ClassVar[str] = "result.published"
    run: int
    of_day: str


@dataclass(frozen=True, kw_only=True)
class RulesDecided(Fact):
    """The workers' congress decided on a version of the rules (职代会决定办法); `digest` binds its text."""

    kind: ClassVar[str] = "rules.decided"
    decided_on: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class RulesEnforced(Fact):
    """A decided version of the rules comes into force (办法施行) from `since` on."""

    kind: ClassVar[str] = "rules.enforced"
    since: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(Fact):
    """A unit objected to one line of its statement (提出考核异议).

    `about` is the fact it means, 0 for the whole line, -1 for what should have counted (`omissions.OMITTED`).
    """

    kind: ClassVar[str] = "objection.filed"
    run: int
    indicator: str
    about: int = 0


@dataclass(frozen=True, kw_only=True)
class ObjectionRighted(Fact):
    """An objection was put right by what was recorded meanwhile (据补记更正): `fact` is what now counts."""

    kind: ClassVar[str] = "objection.righted"
    run: int
    indicator: str
    fact: int


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(Fact):
    """An objection was decided (裁定考核异议); the reasons stand beside as words."""

    kind: ClassVar[str] = "objection.decided"
    run: int
    indicator: str
    upheld: int


@dataclass(frozen=True, kw_only=True)
class _OfAssessment(Fact):
    """What an entry by hand says (人工考核的公共字段).

    `period` is its first and last day, `2026-11-01.2026-11-30`; `how` is confirm, points, exempt or
    veto; `points` hundredths of the indicator's own points; `post` whom a veto falls on.
    """

    period: str
    indicator: str
    how: str
    points: int = 0
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class AssessmentEntered(_OfAssessment):
    """An assessor entered something by hand (人工考核登记); it counts only once a second person checked it."""

    kind: ClassVar[str] = "assessment.entered"


@dataclass(frozen=True, kw_only=True)
class AssessmentChecked(_OfAssessment):
    """A second person checked an entry (人工考核复核), named by `entry`; from now on it counts."""

    kind: ClassVar[str] = "assessment.checked"
    entry: int


@dataclass(frozen=True, kw_only=True)
class AssessmentRefused(_OfAssessment):
    """A second person did not agree with an entry (人工考核退回), named by `entry`; it counts nowhere."""

    kind: ClassVar[str] = "assessment.refused"
    entry: int


@dataclass(frozen=True, kw_only=True)
class PayoutMade(Fact):
    """A pool was shared out (奖惩兑现): `quantity` its cents, `digest` binds every line, which stands in no fact."""

    kind: ClassVar[str] = "payout.made"
    run: int
    rows: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class PayoutAdjusted(Fact):
    """A pool was topped up after a correction (补发): `quantity` the cents paid more, `digest` binds every line."""

    kind: ClassVar[str] = "payout.adjusted"
    run: int
    rows: int
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class ScanAdded(Fact):
    """Signed pages were added to a handbook (附签字页): `quantity` pages, to a section or to its end."""

    kind: ClassVar[str] = "scan.added"
    book: str
    year: int
    section: str = ""
