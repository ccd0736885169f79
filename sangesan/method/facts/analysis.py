"""Facts of monthly analyses and quarterly discussions (思想状况分析、季度座谈的台账条目); words are evidence.

No number of speakers stands in them: a small one would point at somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class AnalysisFinished(Fact):
    """A month's analysis was studied and finished (月分析定稿); `meeting` is where, `quantity` its decisions."""

    kind: ClassVar[str] = "analysis.finished"
    month: str
    meeting: str
    series: str = "analysis"


@dataclass(frozen=True, kw_only=True)
class DiscussionHeld(Fact):
    """A quarter's discussion was held (季度座谈): `quantity` points came up, `groups` groups were there."""

    kind: ClassVar[str] = "discussion.held"
    quarter: str
    groups: int
    series: str = "quarter"


@dataclass(frozen=True, kw_only=True)
class PointPassed(Fact):
    """A point of a discussion went on its way (座谈意见转办): `link` is the matter or the duty it became, or ''."""

    kind: ClassVar[str] = "discussion.passed"
    point: int
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class PointAnswered(Fact):
    """A point of a discussion got its answer (座谈意见答复)."""

    kind: ClassVar[str] = "discussion.answered"
    point: int
