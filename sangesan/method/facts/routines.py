"""Facts of the routines (制度的台账条目): a version came into force, or ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class RoutineInForce(Fact):
    """A version of a routine came into force (制度施行); who decided it are the words beside it."""

    kind: ClassVar[str] = "routine.in_force"
    version: int
    since: str


@dataclass(frozen=True, kw_only=True)
class RoutineEnded(Fact):
    """A version of a routine ended (制度停止); `until` is the first day on which it holds no more."""

    kind: ClassVar[str] = "routine.ended"
    version: int
    until: str
