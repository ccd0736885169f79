"""Facts of the discipline mailbox (纪检监察信箱的台账条目).

They name the receiving office and nothing else: no unit it arose in, no channel, no mode, no post
whom it concerns (architecture.md, The ledger).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class SealedReceived(Fact):
    """A sealed letter lies in the box (纪检件登记)."""

    kind: ClassVar[str] = "sealed.received"
    stream: ClassVar[str] = "speaker"


@dataclass(frozen=True, kw_only=True)
class SealedOpened(Fact):
    """The box was opened with two keys (开箱); `quantity` letters were taken out."""

    kind: ClassVar[str] = "sealed.opened"


@dataclass(frozen=True, kw_only=True)
class SealedHandedOn(Fact):
    """A letter was handed on to an inspector who came later (补发旧件)."""

    kind: ClassVar[str] = "sealed.handed_on"


@dataclass(frozen=True, kw_only=True)
class SealedTakenUp(Fact):
    """An accusation was taken up and the speaker told so (纪检件受理); a declined one has its reason."""

    kind: ClassVar[str] = "sealed.taken_up"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class SealedClosed(Fact):
    """The check of an accusation ended (纪检件办结)."""

    kind: ClassVar[str] = "sealed.closed"


@dataclass(frozen=True, kw_only=True)
class SealedTold(Fact):
    """The speaker was told of the result (纪检件反馈)."""

    kind: ClassVar[str] = "sealed.told"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class SealedOverdue(Fact):
    """A clock of a named accusation ran out (纪检件超期): acceptance or feedback."""

    kind: ClassVar[str] = "sealed.overdue"
    clock: str


@dataclass(frozen=True, kw_only=True)
class SealedKeyAdded(Fact):
    """A key came into force (信箱钥匙启用), after its approvals; `quantity` says how many."""

    kind: ClassVar[str] = "sealed.key_added"


@dataclass(frozen=True, kw_only=True)
class SealedKeyRemoved(Fact):
    """A key was taken out of force (信箱钥匙停用), and with it all it could open."""

    kind: ClassVar[str] = "sealed.key_removed"
