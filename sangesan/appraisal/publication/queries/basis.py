"""What results rest on, held against the ledger (依据核对): at once while it is little, else in the background.

What a page shows itself is always checked when it is shown. All else behind a run of very many facts
was checked lately, and the page says when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import shown_altered, standing
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import flaws, torn

from ..models import BasisCheck
from . import intact
from .access import published

AT_ONCE = 5_000
"""Up to so many facts behind a run are all checked whenever a page of it is shown (当场核对)."""
SOON, AGAIN, EACH = timedelta(minutes=1), timedelta(hours=1), 100_000
"""After so long all are checked again when somebody looks (再次核对): a minute for each so many, an hour at most."""
PORTION, MOST = 2_000, 100


@dataclass(frozen=True)
class Flaws:
    """What no longer agrees with the ledger (存疑): facts, and seals of the day.

    `checked` is when all facts were last looked at, None where that was just now or never; `going` says that they
    are being looked at, `due` the runs for which whoever shows this asks for it. `altered` says that the results
    themselves are not those the ledger binds.
    """

    facts: list[int]
    seals: list[int]
    checked: datetime | None = None
    count: int = 0
    going: bool = False
    due: tuple[Run, ...] = ()
    altered: bool = False

    def __bool__(self) -> bool:
        return bool(self.facts or self.seals or self.altered)

    def __or__(self, other: Flaws) -> Flaws:
        """Return what is doubtful of two results on one page (合并)."""
        looked = [at for at in (self.checked, other.checked) if at]
        return Flaws(sorted({*self.facts, *other.facts}), sorted({*self.seals, *other.seals}),
                     min(looked, default=None), max(self.count, other.count), self.going or other.going,
                     self.due + other.due, self.altered or other.altered)


def doubts(run: Run | None, day: date, unit: str = "") -> Flaws:
    """Return what behind a run's results, or all that a unit's rests on, is not as the ledger has it (不符之处)."""
    if run is None:
        return Flaws([], [])
    publication = published(run)
    altered = shown_altered(run) or publication is not None and intact.altered(publication)
    if not many(run):
        return Flaws(sorted(examined(run, unit)[0]), torn(day), altered=altered)
    row = BasisCheck.objects.filter(run=run).first()
    found = {int(fact) for fact, units in row.flaws.items() if not unit or unit in units} if row else set()
    shown = facts_of(standing.scores(run, unit__code=unit).values_list("statement", flat=True)) if unit else set()
    done = row.done_at if row else None
    due = done is None or done < clock.now() - min(AGAIN, SOON * (1 + row.facts // EACH))
    return Flaws(list(flaws(found | shown)), torn(day), done, row.facts if row else 0,
                 going=due or row is not None and done < row.asked_at, due=(run,) if due else (), altered=altered)


def many(run: Run) -> bool:
    """Return whether too many facts stand behind a run to be all checked while one waits (依据较多).

    So it is said, too, of a run made before they were counted.
    """
    told = standing.scores(run).aggregate(total=Sum("facts"), rows=Count("pk"), counted=Count("facts"))
    return told["counted"] < told["rows"] or (told["total"] or 0) > AT_ONCE


def examined(run: Run, unit: str = "") -> tuple[dict[int, set[str]], int]:
    """Check the facts behind a run, or behind a unit's result (逐条核对).

    Returns those that are altered or gone, with the units whose results rest on them, and how many were looked at;
    of very many that are not as recorded enough to name every unit they reach.
    """
    reads = _reads(run)
    wanted = _reached([unit], reads) if unit else None
    behind: dict[str, set[str]] = defaultdict(set)
    for code, below in reads.items():
        for one in below:
            behind[one].add(code)
    bad: dict[int, set[str]] = defaultdict(set)
    seen, reached = 0, set[str]()
    for some in _portions(run, wanted):
        seen += len(some)
        for fact in flaws(some):
            units = _reached(some[fact], behind)
            if fact in bad or len(bad) < MOST or not units <= reached:
                bad[fact] |= units
                reached |= units
    return bad, seen


def facts_of(statements: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the facts that statements name (清单所列条目)."""
    return {fact for said in statements for line in said["lines"] for fact in (*line[4], *line[5])}


def _portions(run: Run, wanted: set[str] | None) -> Iterator[dict[int, set[str]]]:
    """Read the facts of a run's statements in portions (分批), with the units that name them."""
    some: dict[int, set[str]] = defaultdict(set)
    for code, said in _statements(run):
        if wanted is None or code in wanted:
            for fact in facts_of([said]):
                some[fact].add(code)
        if len(some) >= PORTION:
            yield some
            some = defaultdict(set)
    yield some


def _reads(run: Run) -> dict[str, set[str]]:
    """Return whose results each unit's rests on (所据单位): below it, in contact, or of its lines."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, said in _statements(run):
        found[code] |= {child[0] for child in said["children"]} | {part[3] for part in said.get("parts", ())}
    return found


def _statements(run: Run) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from standing.scores(run).values_list("unit__code", "statement").iterator(chunk_size=200)


def _reached(start: Iterable[str], ways: Mapping[str, set[str]]) -> set[str]:
    found, ahead = set(start), list(start)
    while ahead:
        fresh = ways.get(ahead.pop(), set()) - found
        found |= fresh
        ahead += fresh
    return found
