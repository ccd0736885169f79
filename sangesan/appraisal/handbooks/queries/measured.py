"""What a book is measured by (指标与得分): the indicators that stand in each section, and how they came out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sangesan.appraisal.publication.queries import posted_runs
from sangesan.appraisal.rules import queries as rules
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation import clock
from sangesan.method.rounding import points
from sangesan.method.spans import span_of
from sangesan.method.statement import fits
from sangesan.organization.units.models import Unit


@dataclass(frozen=True)
class Measure:
    """An indicator in its section (本篇指标): its worth, and what it scored in each published period."""

    name: str
    worth: int | str
    scores: Sequence[tuple[str, str]]

    @property
    def word(self) -> str:
        """What a book says of it (入册文字)."""
        said = "、".join(f"{when} {score}" for when, score in self.scores)
        return f"{self.name}（{self.worth} {_('分')}）" + (f"：{said}" if said else "")


@dataclass(frozen=True)
class Result:
    """A published result of the branch (已公布的结果)."""

    run: Run
    final: int

    @property
    def word(self) -> str:
        return _("%(when)s考核结果 %(points)s 分") % {
            "when": span_of(self.run.since, self.run.until).word, "points": points(self.final)}


def measured(unit: Unit, slug: str, year: int) -> tuple[dict[str, list[Measure]], list[Result]]:
    """Return the indicators of a book by section, and the branch's published results of a year."""
    runs = posted_runs(year)
    rows = standing.of_unit(unit.pk, runs)
    results = [Result(run, row.final) for run in runs for row in rows[run.pk] if not row.line]
    scored = {run.pk: {line[0]: line[2] for row in rows[run.pk] for line in row.statement["lines"]} for run in runs}
    version = rules.in_force(rules.PERIOD, min(clock.today(), date(year, 12, 31)))
    placed: dict[str, list[Measure]] = defaultdict(list)
    for one in rules.placed(version.pk) if version else ():
        if one.book == slug and fits(one.kinds, unit.kind, unit.line):
            placed[one.section].append(Measure(one.name, one.worth, [
                (span_of(run.since, run.until).short, points(scored[run.pk][one.code]))
                for run in runs if one.code in scored[run.pk]]))
    return placed, results
