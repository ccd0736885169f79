"""Whether what is stored is what the ledger binds (结果核对): a row changed behind the back of the triggers shows.

Each run has a fact with the hash of all its results, each entry by hand a fact that says the same. A row that was
slipped in has none, and of one that was taken away the fact is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sangesan.ledger.facts.queries import Row, entries, several
from sangesan.method.facts import AssessmentChecked, AssessmentEntered, AssessmentRefused

from ..models import HandEntry, Run, Tree
from . import daily, results, standing

ASSESSED = ("day.assessed", "period.assessed")
FEW = 1_000
"""Up to so many units the results of a run are all hashed whenever a page of it is shown (当场核对)."""


def altered(run: Run) -> bool:
    """Return whether a run's results are not those that its fact binds (结果被改动), or the ledger has none of it."""
    return not _told(run) == run.outputs == _stored(run)


def shown_altered(run: Run) -> bool:
    """Return the same for a page (页面核对), of a run of few units; of a larger one `verify` says it."""
    return standing.scores(run, line="").count() <= FEW and altered(run)


def own_altered(run: Run, person: int, posts: Iterable[int]) -> bool:
    """Return the same of what stands in a run for a person and for posts (本人结果被改动), of a run of any size.

    A run binds its rows in parts, and the hashes of all parts: only the rows beside these are hashed anew. A run that
    was made before there were parts is hashed as a page does it.
    """
    told = _told(run)
    if told is not None and run.form <= 1:
        return shown_altered(run)
    if not told == run.outputs == results.bound(run.parts):
        return True
    keys = {"persons": {person % standing.PARTS}, "posts": {pk % standing.PARTS for pk in posts}}
    return any(run.parts[name].get(str(part)) != results.stored_part(run, name, part)
               for name, parts in keys.items() for part in parts)


def altered_runs() -> Iterator[Run]:
    """Return the runs whose results are not those the ledger binds (被改动的核算)."""
    return (run for run in Run.objects.order_by("pk").iterator() if altered(run))


def lost_runs() -> Iterator[Row]:
    """Return the facts whose run is not there any more (不见了的核算)."""
    there = set(Run.objects.values_list("pk", flat=True))
    return (row for row in entries(kinds=ASSESSED) if row.content.get("run") not in there)


def altered_trees() -> Iterator[Tree]:
    """Return the kept organisations that are not what their hash binds (被改动的组织快照)."""
    return (tree for tree in Tree.objects.order_by("pk").iterator() if daily.digest(tree.nodes) != tree.pk)


def altered_entries(rows: Iterable[HandEntry] | None = None) -> Iterator[HandEntry]:
    """Return those entries by hand, of some or of all, that say something else than their facts (被改动的登记)."""
    rows = list(HandEntry.objects.select_related("unit", "check_row").order_by("pk") if rows is None else rows)
    told = several(fact for row in rows for fact in (row.fact, row.check_row.fact if _checked(row) else row.fact))
    for row in rows:
        if _differs(row, told.get(row.fact)) or _checked(row) and _differs(row, told.get(row.check_row.fact), (
                AssessmentChecked.kind if row.check_row.agreed else AssessmentRefused.kind)):
            yield row


def _told(run: Run) -> str | None:
    """Return the hash of a run's results as its fact has it (台账所记摘要), None without a fact of its day."""
    told = entries(kinds=ASSESSED, subject=run.subject)
    return next((str(row.content.get("outputs")) for row in told
                 if row.content.get("of_day") == run.until.isoformat()), None)


def _stored(run: Run) -> str:
    return daily.digest(daily.stored(run)) if run.period in Run.DAILY else results.stored_period(run)


def _checked(row: HandEntry) -> bool:
    return hasattr(row, "check_row")


def _differs(row: HandEntry, fact: Row | None, kind: str = AssessmentEntered.kind) -> bool:
    """Return whether a fact says something else than its row (不符); one that is not there says nothing."""
    if fact is None:
        return False
    said = {"indicator": row.indicator, "how": row.how, "points": row.points, "post": row.post,
            "period": f"{row.since.isoformat()}.{row.until.isoformat()}"}
    return (fact.kind, fact.subject.rpartition("/")[2]) != (kind, row.unit.code) or said != {
        name: fact.content.get(name) for name in said}
