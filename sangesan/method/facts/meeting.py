"""Facts of meetings (会议的台账条目). Minutes are evidence of `meeting.held`; who came stands in them, never here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Fact):
    """A meeting was held (开会); `series` says of which kind, `quantity` how many of `expected` came."""

    kind: ClassVar[str] = "meeting.held"
    series: str
    expected: int
    decisions: int


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Fact):
    """A meeting decided (会议决定); `duty` is what has to be done by `due_day`, `owner` the post that does it."""

    kind: ClassVar[str] = "decision.taken"
    duty: str
    owner: str
    due_day: str
