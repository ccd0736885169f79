"""Facts of the leading group and the yearly focus (领导小组、工作重点的台账条目): who decided are the words beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class FocusSet(Fact):
    """A focus of a year was decided (定工作重点): its `number`, the `post` that leads it, the meeting if any."""

    kind: ClassVar[str] = "focus.set"
    year: int
    number: int
    post: str
    meeting: str = ""


@dataclass(frozen=True, kw_only=True)
class FocusEnded(Fact):
    """A focus was ended before its year was over (停止工作重点)."""

    kind: ClassVar[str] = "focus.ended"
    year: int
    number: int


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Fact):
    """A post came into the leading group (进入领导小组): `seat` is head, deputy or member."""

    kind: ClassVar[str] = "group.joined"
    post: str
    seat: str


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Fact):
    """A post left the leading group (退出领导小组)."""

    kind: ClassVar[str] = "group.left"
    post: str
    seat: str
