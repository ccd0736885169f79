"""The closing review (评估): planned, done, late, missed, from the ledger alone; only the lesson is typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sangesan.ledger.facts.queries import entries
from sangesan.method import chain as rule

from ..models import WorkItem

KINDS = ("duty.done", "duty.late", "duty.missed", "duty.exempted", "duty.cancelled", "duty.moved")


@dataclass(frozen=True)
class Review:
    """What the ledger says of a work item (评估数字): its steps and its stages."""

    planned: int
    done: int
    late: int
    missed: int
    waived: int
    moved: int
    stages: list[tuple[str, bool]]

    @property
    def in_time(self) -> bool:
        return all(kept for _word, kept in self.stages)


def review_of(item: WorkItem) -> Review:
    """Return the figures of a work item (评估数字) from facts about its steps and its stages."""
    duties = [f"duties/{pk}" for pk in item.steps.exclude(stage="review").values_list("duty", flat=True)]
    kinds: dict[str, set[str]] = {kind: set() for kind in KINDS}
    moved: Counter[str] = Counter()
    for row in entries(kinds=KINDS, subjects=duties) if duties else ():
        kinds[row.kind].add(row.subject)
        moved[row.subject] += row.kind == "duty.moved"
    gone = kinds["duty.exempted"] | kinds["duty.cancelled"]
    words = {stage.slug: stage.word for stage in rule.table(item.table)}
    stages = [(words[str(row.content["stage"])], bool(row.content["in_time"]))
              for row in entries(kinds=["chain.passed"], subject=item.subject)]
    return Review(len(duties) - len(kinds["duty.cancelled"]), len(kinds["duty.done"]), len(kinds["duty.late"]),
                  len(kinds["duty.missed"] - kinds["duty.late"] - gone), len(kinds["duty.exempted"]),
                  sum(moved.values()), stages)
