"""Facts of the organisation (组织网络的台账条目): units and posts by code, persons never.

`unit` of a fact about a unit is its path after the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class UnitOpened(Fact):
    """A unit was set up (设立单位)."""

    kind: ClassVar[str] = "unit.opened"
    unit_kind: str


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Fact):
    """A unit went under another (调整隶属); `before` is its former path, its past keeps it."""

    kind: ClassVar[str] = "unit.moved"
    before: str


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Fact):
    """A unit ceased (撤销单位); `successor` is the code of what took over, or ''."""

    kind: ClassVar[str] = "unit.closed"
    successor: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitCovered(Fact):
    """A unit of a line covers a unit from now on (覆盖), or no longer (quantity 0)."""

    kind: ClassVar[str] = "unit.covered"
    covered: str


@dataclass(frozen=True, kw_only=True)
class PersonPlaced(Fact):
    """Somebody came into this unit (人员调入) from another of the enterprise; `before` is its code."""

    kind: ClassVar[str] = "person.placed"
    before: str


@dataclass(frozen=True, kw_only=True)
class PostOpened(Fact):
    """A post was set up (设岗)."""

    kind: ClassVar[str] = "post.opened"
    role: str


@dataclass(frozen=True, kw_only=True)
class PostClosed(Fact):
    """A post was given up (撤岗)."""

    kind: ClassVar[str] = "post.closed"


@dataclass(frozen=True, kw_only=True)
class PostAppointed(Fact):
    """Somebody took a post (任职): full, concurrent or acting."""

    kind: ClassVar[str] = "post.appointed"
    held: str


@dataclass(frozen=True, kw_only=True)
class PostEnded(Fact):
    """Somebody left a post (免职)."""

    kind: ClassVar[str] = "post.ended"
    held: str


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Fact):
    """A document was issued (印发文书) about the subject; its finished words are the evidence.

    `issuer`, `year` and `serial` are its number; `replaces` is the document it takes the place of, or 0.
    """

    kind: ClassVar[str] = "document.issued"
    paper: str
    issuer: int
    year: int
    serial: int
    replaces: int = 0


@dataclass(frozen=True, kw_only=True)
class OrganizationImported(Fact):
    """A workbook of the organisation was taken in (导入组织); `quantity` is all rows that changed."""

    kind: ClassVar[str] = "organization.imported"
    units: int
    people: int
    posts: int
    appointments: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Fact):
    """An import was undone (撤销导入); the subject is the import's."""

    kind: ClassVar[str] = "organization.import_undone"
