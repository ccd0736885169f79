"""Facts of publicity (宣传引导的台账条目): units and posts, never who listened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class PublicityPlanned(Fact):
    """A publicity plan was made (定宣传计划): `quantity` units it was handed to, `until` its last day."""

    kind: ClassVar[str] = "publicity.planned"
    until: str
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicityEnded(Fact):
    """A publicity plan was ended before its last day (宣传计划停止), its reason in words beside."""

    kind: ClassVar[str] = "publicity.ended"


@dataclass(frozen=True, kw_only=True)
class NoticeReceived(Fact):
    """A unit received what was handed down (接收通知); `level` 1 is a branch, 2 a crew."""

    kind: ClassVar[str] = "notice.received"
    level: int


@dataclass(frozen=True, kw_only=True)
class NoticePassedOn(Fact):
    """A unit passed on what it received (传达通知): to `quantity` units below, or by word of mouth in a crew."""

    kind: ClassVar[str] = "notice.passed_on"
    level: int
    in_time: int


@dataclass(frozen=True, kw_only=True)
class OpennessPosted(Fact):
    """Attendance, work points and bonus of a month were posted to the unit's people (队务公开)."""

    kind: ClassVar[str] = "openness.posted"
    month: str
    version: int
