"""Counting people (清点人数): how many a unit has, written down when it changes, for means by people and days."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from ..models import HeadCount
from ..queries.snapshot import heads_on


@transaction.atomic
def count_heads(day: date) -> int:
    """Write down how many people each unit has on a day (清点人数), where it changed; doing it again adds nothing.

    A day before one already counted is left alone: what was counted then is not written over.
    """
    last: dict[int, tuple[date, int]] = {}
    for unit, since, heads in HeadCount.objects.order_by("since").values_list("unit", "since", "heads"):
        last[unit] = (since, heads)
    now = heads_on(day)
    changed = [HeadCount(unit_id=unit, since=day, heads=now.get(unit, 0)) for unit in sorted({*now, *last})
               if unit not in last or (last[unit][0] < day and last[unit][1] != now.get(unit, 0))]
    HeadCount.objects.bulk_create(changed, batch_size=1000)
    return len(changed)
