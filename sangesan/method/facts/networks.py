"""Facts of the networks (联络网的台账条目): posts and addresses, never a name and never a content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class NodeJoined(Fact):
    """A post became a node of a network for a unit (设联络员); `chosen` says how."""

    kind: ClassVar[str] = "node.joined"
    network: str
    chosen: str


@dataclass(frozen=True, kw_only=True)
class NodePosted(Fact):
    """The names of a unit's nodes were posted (公示联络员); `quantity` says how many."""

    kind: ClassVar[str] = "node.posted"


@dataclass(frozen=True, kw_only=True)
class NodeLeft(Fact):
    """A post is a node no more (撤联络员)."""

    kind: ClassVar[str] = "node.left"
    network: str


@dataclass(frozen=True, kw_only=True)
class NetworkPassed(Fact):
    """The subject passed from one network to a node of another (转送); `unit` is the receiving node's."""

    kind: ClassVar[str] = "network.passed"
    source: str
    target: str
    node: str


@dataclass(frozen=True, kw_only=True)
class NetworkTaken(Fact):
    """The receiving node took up what was passed on (接到)."""

    kind: ClassVar[str] = "network.taken"
    target: str


@dataclass(frozen=True, kw_only=True)
class NetworkRevised(Fact):
    """What a network is for and where it needs nodes was rewritten (修订联络网职能)."""

    kind: ClassVar[str] = "network.revised"
