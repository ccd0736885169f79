"""Facts of the ledger about itself (台账自身的条目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class FactReversed(Fact):
    """A wrong fact was answered (冲正); `reverses` names it, `of` its kind; a right fact may follow."""

    kind: ClassVar[str] = "fact.reversed"
    of: str


@dataclass(frozen=True, kw_only=True)
class BodyErased(Fact):
    """A fact's body was erased by retention (内容到期清除); kind, day and commitment stay bound here."""

    kind: ClassVar[str] = "body.erased"
    fact: int
    of: str
    of_day: str
    commitment: str


@dataclass(frozen=True, kw_only=True)
class CompanyKept(Fact):
    """A fact that tells nothing lies beside those of speakers (掩护条目), so that a seal's size tells no number."""

    kind: ClassVar[str] = "company.kept"
    stream: ClassVar[str] = "speaker"


@dataclass(frozen=True, kw_only=True)
class EvidenceAttached(Fact):
    """Words were attached to an earlier fact (附佐证)."""

    kind: ClassVar[str] = "evidence.attached"
    fact: int


@dataclass(frozen=True, kw_only=True)
class EvidenceErased(Fact):
    """Words that belonged to facts were erased by retention (佐证到期清除); `digest` names them."""

    kind: ClassVar[str] = "evidence.erased"
    digest: str
