"""Facts of the channels (渠道的台账条目): who announced, published, opened; never who spoke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class ReceptionAnnounced(Fact):
    """A reception day was announced (公布接待日); `held_on` is the day."""

    kind: ClassVar[str] = "reception.announced"
    held_on: str


@dataclass(frozen=True, kw_only=True)
class ReceptionMoved(Fact):
    """An announced reception day was moved (接待日改期), or another leader receives; `held_on` is the day now."""

    kind: ClassVar[str] = "reception.moved"
    held_on: str
    before: str


@dataclass(frozen=True, kw_only=True)
class ReceptionPublished(Fact):
    """The results of a reception day were published (公布接待结果); `quantity` is how many were heard."""

    kind: ClassVar[str] = "reception.published"


@dataclass(frozen=True, kw_only=True)
class PaperHandedUp(Fact):
    """A paper that the mine may not keep was handed to the level above (原件上交); of what it says nothing."""

    kind: ClassVar[str] = "paper.handed_up"
    received: str
    handed: str


@dataclass(frozen=True, kw_only=True)
class BoxOpened(Fact):
    """A box was opened by two persons (开箱); `quantity` is the number of slips."""

    kind: ClassVar[str] = "box.opened"
    second: str
