"""Facts of contact points (联系点的台账条目).

`subject` is the visit's address, `unit` the path of the unit visited, `counterpart` the path of the
office it was visited by. One fact for each of the five steps; a visit that found nothing has two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class _OfVisit(Fact):
    """What every fact about a visit carries (联系记录的公共字段)."""

    counterpart: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitAnnounced(_OfVisit):
    """The day of a visit was announced to the unit (公布联系日), or moved before it came."""

    kind: ClassVar[str] = "visit.announced"
    visit_day: str


@dataclass(frozen=True, kw_only=True)
class VisitMade(_OfVisit):
    """A unit was visited (有联系): `found` 0 says that nothing had to be done, and the last three steps fall away.

    `late` 1 says that it was entered more than two days afterwards; `quantity` how many were listened to, one
    where nobody was counted.
    """

    kind: ClassVar[str] = "visit.made"
    found: int
    form: str
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class VisitRegistered(_OfVisit):
    """What was found is written down (有登记)."""

    kind: ClassVar[str] = "visit.registered"


@dataclass(frozen=True, kw_only=True)
class VisitReported(_OfVisit):
    """What was found was passed on (有上报): `link` is the matter or the duty it became."""

    kind: ClassVar[str] = "visit.reported"
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitSettled(_OfVisit):
    """What was found has been seen to (有落实)."""

    kind: ClassVar[str] = "visit.settled"


@dataclass(frozen=True, kw_only=True)
class VisitFedBack(_OfVisit):
    """The unit confirmed that it was told (有反馈)."""

    kind: ClassVar[str] = "visit.fed_back"
