"""When rules begin (办法何时起算): a period is assessed by the rules in force on its first day, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sangesan.method.spans import Span, containing, whole_from

from ..models import InForce
from .frozen import PERIOD


@dataclass(frozen=True)
class Beginning:
    """What the first rules of an enterprise leave without a result (未核算的时段), and what they begin with."""

    since: date | None
    without: tuple[Span, ...] = ()
    first: tuple[Span, ...] = ()


def beginning(day: date) -> Beginning | None:
    """Return which periods have no result since no rules were in force when they began (为何没有结果).

    None once the first whole year is over: whoever asks for an earlier one is then told by the versions.
    """
    since = InForce.objects.filter(rule_set__code=PERIOD).order_by("since").values_list("since", flat=True).first()
    if since is None:
        return Beginning(None)
    first = whole_from(since)
    if day > first[-1].last:
        return None
    without = tuple(one for one in containing(since) if one.first < since)
    return Beginning(since, without, first) if without or day <= first[0].last else None
