"""What a book is measured by (指标与得分): the indicators that stand in each section, and how they came out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sangesan.appraisal.publication.queries import posted_runs
from sangesan.appraisal.rules import queries as rules
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation import clock
from sangesan.method.rounding import points
from sangesan.method.spans import span_of
from sangesan.organization.units.models import Unit


@dataclass(frozen=True)
class Measure:
    """An indicator in its section (本篇指标): its worth, and what it scored in each published period."""

    name: str
    worth: int
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
    rows: dict[str, list[Score]] = defaultdict(list)
    for row in Score.objects.filter(unit=unit, run__until__year=year).exclude(
            run__period__in=Run.DAILY).select_related("run"):
        rows[row.line].append(row)
    by_line = {line: standing.in_each(some, runs) for line, some in rows.items()}
    results = [Result(run, row.final) for run in runs
               if (row := by_line.get("", {}).get(run.pk)) is not None and not row.gone]
    scored = {run.pk: _scores([found[run.pk] for found in by_line.values() if run.pk in found]) for run in runs}
    version = rules.in_force(rules.PERIOD, min(clock.today(), date(year, 12, 31)))
    placed: dict[str, list[Measure]] = defaultdict(list)
    for one in rules.placed(version.pk) if version else ():
        if one.book == slug and (not one.kinds or unit.kind in one.kinds):
            placed[one.section].append(Measure(one.name, one.weight, [
                (span_of(run.since, run.until).short, points(scored[run.pk][one.code]))
                for run in runs if one.code in scored[run.pk]]))
    return placed, results


def _scores(rows: Sequence[Score]) -> Mapping[str, int | None]:
    return {line[0]: line[2] for row in rows if not row.gone for line in row.statement["lines"]}
