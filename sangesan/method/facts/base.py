"""What every fact has in common (台账条目的公共字段).

A fact holds integers and strings only, no free text and no name (contracts.md, Facts).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import ClassVar

KINDS: dict[str, type[Fact]] = {}


@dataclass(frozen=True)
class Actor:
    """Who did it (行为人): a post, the speaker, or the system; never a name."""

    slug: str

    @classmethod
    def post(cls, code: str) -> Actor:
        return cls(f"post:{code}")


SPEAKER = Actor("speaker")
SYSTEM = Actor("system")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact (台账条目): one thing that happened, to one subject, in one unit.

    `subject` is an address (`matters/2026-K7Q4MX`), `unit` the unit path as it was that day
    (`QSL/BB/CM/ZC1/`), `occurred_at` aware, or a plain day for what an anonymous speaker did.
    """

    kind: ClassVar[str] = ""
    stream: ClassVar[str] = "work"  # or "speaker": recorded and sealed once a day, shuffled

    subject: str
    unit: str = ""
    line: str = ""
    occurred_at: datetime | date
    quantity: int = 1
    reason: str = ""
    reverses: int = 0

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if cls.kind:
            if cls.kind in KINDS:
                raise TypeError(f"two facts are called {cls.kind}")
            KINDS[cls.kind] = cls

    @property
    def day(self) -> date:
        """The mine's own day on which it happened."""
        from zoneinfo import ZoneInfo

        at = self.occurred_at
        return at.astimezone(ZoneInfo("Asia/Shanghai")).date() if isinstance(at, datetime) else at

    def body(self) -> dict[str, int | str]:
        """Return the content (内容) as integers and strings, moments in UTC to the second."""
        content: dict[str, int | str] = {"kind": self.kind}
        for name in (f.name for f in fields(self)):
            value = getattr(self, name)
            if isinstance(value, datetime):
                value = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            elif isinstance(value, date):
                value = value.isoformat()
            elif isinstance(value, bool):
                value = int(value)
            if not isinstance(value, int | str):
                raise TypeError(f"{self.kind}.{name} is neither an integer nor a string")
            content[name] = value
        return content


__all__ = ["KINDS", "SPEAKER", "SYSTEM", "Actor", "Fact"]
