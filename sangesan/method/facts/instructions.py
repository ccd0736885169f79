"""Facts of instructions (批示的台账条目): about which subject, to which post; the words are evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class InstructionGiven(Fact):
    """An instruction was given (批示) on a subject to a post, to be answered by a day."""

    kind: ClassVar[str] = "instruction.given"
    about: str
    owner: str
    due_day: str


@dataclass(frozen=True, kw_only=True)
class InstructionAnswered(Fact):
    """An instruction was answered (回复批示)."""

    kind: ClassVar[str] = "instruction.answered"
    about: str
    in_time: int
