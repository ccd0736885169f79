"""Facts of work items (工作项的台账条目): `subject` is its address, `unit` the path of who leads it.

Steps of a stage are duties and have facts of their own; here stands only how the chain itself went.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class ChainStarted(Fact):
    """A work item was begun (立项): `quantity` units take part; `cause` is the address it came from, or ''."""

    kind: ClassVar[str] = "chain.started"
    table: int
    due_day: str
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class ChainPassed(Fact):
    """A stage was left (环节通过): all its exit conditions held; `quantity` steps, `late` of them late."""

    kind: ClassVar[str] = "chain.passed"
    stage: str
    in_time: int
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class ChainEnded(Fact):
    """A work item was reviewed and ended (工作项评估办结): of `quantity` steps `done` in time, `late`, `missed`."""

    kind: ClassVar[str] = "chain.ended"
    in_time: int
    done: int
    late: int
    missed: int


@dataclass(frozen=True, kw_only=True)
class ChainDropped(Fact):
    """A work item was given up (工作项撤销), its reason in words beside."""

    kind: ClassVar[str] = "chain.dropped"
    stage: str
