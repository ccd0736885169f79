"""Facts of the ledger about itself (台账自身的条目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class FactReversed(Fact):
    """A wrong fact was answered (冲正); `reverses` names it, a right fact may follow."""

    kind: ClassVar[str] = "fact.reversed"


@dataclass(frozen=True, kw_only=True)
class BodyErased(Fact):
    """A fact's body was erased by retention (到期清除); `quantity` is its id."""

    kind: ClassVar[str] = "body.erased"
