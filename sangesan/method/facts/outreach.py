"""Facts of talks, help and condolence (谈心帮扶慰问的台账条目): that and when, never to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class CareGiven(Fact):
    """A talk, a home visit or hardship help (谈心家访帮扶): `form` which, `help` what was agreed, as a slug."""

    kind: ClassVar[str] = "care.given"
    form: str
    help: str


@dataclass(frozen=True, kw_only=True)
class CondolenceMade(Fact):
    """Somebody was visited in joy or grief (慰问)."""

    kind: ClassVar[str] = "condolence.made"
    help: str
