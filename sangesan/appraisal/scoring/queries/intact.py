"""Whether what is stored is what the ledger binds (结果核对): a row changed behind the back of the triggers shows.

Each run has a fact with the hash of all its results, each entry by hand a fact that says the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from sangesan.ledger.facts.queries import entries, several

from ..models import HandEntry, Run
from . import daily, results, standing

ASSESSED = ("day.assessed", "period.assessed")
FEW = 1_000
"""Up to so many units the results of a run are all hashed whenever a page of it is shown (当场核对)."""


def altered(run: Run) -> bool:
    """Return whether a run's results are not those that its fact binds (结果被改动); without a fact nothing is said."""
    told = next((str(row.content["outputs"]) for row in entries(kinds=ASSESSED, subject=run.subject)), None)
    return told is not None and not told == run.outputs == _stored(run)


def shown_altered(run: Run) -> bool:
    """Return the same for a page (页面核对), of a run of few units; of a larger one `verify` says it."""
    return standing.scores(run, line="").count() <= FEW and altered(run)


def altered_runs() -> Iterator[Run]:
    """Return the runs whose results are not those the ledger binds (被改动的核算)."""
    return (run for run in Run.objects.order_by("pk").iterator() if altered(run))


def altered_entries() -> Iterator[HandEntry]:
    """Return the entries by hand that do not say what their facts say (被改动的人工登记)."""
    rows = list(HandEntry.objects.select_related("unit").order_by("pk"))
    told = several(row.fact for row in rows)
    for row in rows:
        fact = told.get(row.fact)
        if fact is not None and _said(row) != {name: fact.content.get(name) for name in _said(row)}:
            yield row


def _stored(run: Run) -> str:
    return daily.digest(daily.stored(run)) if run.period in Run.DAILY else results.stored_period(run)


def _said(row: HandEntry) -> dict[str, object]:
    return {"indicator": row.indicator, "how": row.how, "points": row.points, "post": row.post,
            "period": f"{row.since.isoformat()}.{row.until.isoformat()}"}
