"""A date of a room (一条日程) beside its duties: what, when, whose, where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Date:
    """One date (一条日程): `word` says no more than anybody may read, `title` what it is for its owner."""

    day: date
    at: datetime
    word: str
    title: str
    unit: str
    url: str
    done: bool = False
