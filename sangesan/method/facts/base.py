"""What every fact has in common (台账条目的公共字段).

A fact holds integers and strings only, no free text and no name (contracts.md, Facts): every
string is a slug, an address, a date or a digest, and anything else is refused here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

KINDS: dict[str, type[Fact]] = {}
LOCAL = ZoneInfo("Asia/Shanghai")
PATH = re.compile(r"(?=.{0,200}$)([A-Za-z0-9][A-Za-z0-9_.-]*/)*")
SHAPES = {
    "subject": re.compile(r"(?=.{1,80}$)[a-z][a-z0-9_]*(/[A-Za-z0-9][A-Za-z0-9._-]*)+"),
    "unit": PATH, "counterpart": PATH, "unit.moved.before": PATH,
}
SLUG = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.:/+-]{0,79})?")
"""What a string may look like (字符串的形式); by the field of one fact, by the field of all, else SLUG."""


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
        """The mine's own day on which it happened (发生日)."""
        at = self.occurred_at
        return at.astimezone(LOCAL).date() if isinstance(at, datetime) else at

    def body(self) -> dict[str, int | str]:
        """Return the content (内容) as integers and strings, moments in UTC to the second.

        Raises TypeError for another type and ValueError for free text.
        """
        content: dict[str, int | str] = {"kind": self.kind}
        for name in (f.name for f in fields(self)):
            content[name] = plain(f"{self.kind}.{name}", getattr(self, name))
        return content


def plain(name: str, value: object) -> int | str:
    """Return a value as the ledger keeps it (入账的值): an integer, or a string without free text.

    >>> plain("matter.graded.grade", "A"), plain("x.in_time", True), plain("x.due_day", date(2026, 11, 24))
    ('A', 1, '2026-11-24')
    >>> plain("matter.graded.reason", "他说了算")
    Traceback (most recent call last):
    ValueError: matter.graded.reason is no slug, address or date
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{name} needs an aware moment")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        shape = SHAPES.get(name) or SHAPES.get(name.rpartition(".")[2], SLUG)
        if not shape.fullmatch(value):
            raise ValueError(f"{name} is no slug, address or date")
        return str(value)
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return int(value)
    raise TypeError(f"{name} is neither an integer nor a string")


def encode(content: dict[str, int | str]) -> bytes:
    """Return the bytes of a body (内容字节), the same everywhere: sorted keys, no spaces, UTF-8.

    >>> encode({"b": 1, "a": "x"})
    b'{"a":"x","b":1}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def term(kind: str) -> str:
    """Return the Chinese term of a kind (条目名称), from the first line that defines it.

    >>> from sangesan.method.facts import KINDS
    >>> term("matter.closed")
    '办结'
    """
    doc = (KINDS[kind].__doc__ or "").partition("\n")[0]
    return doc.partition("(")[2].partition(")")[0] or kind


__all__ = ["KINDS", "SPEAKER", "SYSTEM", "Actor", "Fact", "encode", "plain", "term"]
