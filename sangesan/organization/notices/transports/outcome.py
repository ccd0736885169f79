"""What became of a message (投递结果), and what a transport asks the administrator for (配置项)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

DELIVERED, REFUSED, LATER = "delivered", "refused", "later"


@dataclass(frozen=True)
class Outcome:
    """One answer (投递结果): delivered, refused for good, or to be tried later.

    `fault` is a word of ours and `number` the other side's; nothing of what was said is kept.
    `refused` are single addresses that were not taken among others that were. `unsure` means that
    the message had left and no answer said what became of it: whether it arrived nobody knows. `wait` is for how
    many seconds the other side wants no message.
    """

    state: str
    fault: str = ""
    number: int = 0
    refused: frozenset[str] = frozenset()
    unsure: bool = False
    wait: int = 0


@dataclass(frozen=True)
class Field:
    """One thing to fill in (配置项); a secret is never shown again."""

    name: str
    word: Any
    help: Any = ""
    default: str = ""
    secret: bool = False
    needed: bool = True
    lines: bool = False
    choices: tuple[tuple[str, Any], ...] = ()


class Transport(Protocol):
    """A shelf (推送渠道): each module of this package has exactly this.

    `ADDRESS` names the address of a person it needs, '' for a robot that speaks to one group.
    `MANY` is how many it takes at once. `ONCE`: the other side drops the same message sent again.
    """

    NAME: str
    WORD: Any
    ADDRESS: str
    MANY: int
    ONCE: bool
    FIELDS: tuple[Field, ...]

    def send(self, given: dict[str, str], to: Sequence[str], text: str) -> Outcome:
        """Send one text to some addresses (发送)."""
