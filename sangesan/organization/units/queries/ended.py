"""What stood above units that ended (撤销单位的上级链): on their last day, for they have nobody above them since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..models import Unit
from . import Step, last_day, lineages


def last_lineages(units: Iterable[int], day: date) -> dict[int, list[Step]]:
    """Return the steps down to each unit (上级链) on a day, or on the last day of those that had ended by then."""
    pks = {int(pk) for pk in units}
    days: dict[date, set[int]] = {}
    for unit in Unit.objects.filter(pk__in=pks, closed__lte=day).only("closed"):
        days.setdefault(last_day(unit), set()).add(unit.pk)
    ways = lineages(pks - set().union(*days.values()), day)
    for last, ended in days.items():
        ways |= lineages(ended, last)
    return ways
