"""Facts of research (研讨的台账条目): a topic, never who thinks what; words are evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class TopicPutUp(Fact):
    """A topic was put up for study (出研讨题); `quantity` nodes were invited."""

    kind: ClassVar[str] = "topic.put_up"


@dataclass(frozen=True, kw_only=True)
class TopicContributed(Fact):
    """A node contributed to a topic (提交研讨意见)."""

    kind: ClassVar[str] = "topic.contributed"


@dataclass(frozen=True, kw_only=True)
class TopicConcluded(Fact):
    """A conclusion was drawn from a topic (作研讨结论); `quantity` contributions stood before it."""

    kind: ClassVar[str] = "topic.concluded"
