"""The lines of a period, unit by unit and fact by fact (逐条计分): what counting all at once must agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sangesan.appraisal.rules.queries import Rules
from sangesan.appraisal.scoring.queries import digest, reading
from sangesan.ledger.facts.queries import Row, entries
from sangesan.method.indicators import own_score
from sangesan.method.measures import Correction, corrected, measure
from sangesan.method.period import Owned, Unit
from sangesan.method.statement import Indicator, Line, Tally


@dataclass
class Read:
    """The facts of a period (依据): by unit, by subject, corrections by unit and indicator."""

    facts: dict[str, list[Row]]
    histories: dict[str, list[Row]]
    corrections: dict[tuple[str, str], list[Correction]]
    sources: Mapping[str, Sequence[str]]
    doubted: Sequence[Tally]

    def of(self, unit: Unit) -> list[Row]:
        """Return the facts of a unit (本单位条目), and for a branch what the units it covers did, in its own line."""
        rows = list(self.facts.get(unit.code, ()))
        for code in self.sources.get(unit.code, ()):
            rows += [replace(row, line=unit.line) for row in self.facts.get(code, ())]
        return sorted(rows, key=lambda row: row.id)

    def digest_of(self, unit: Unit) -> str:
        """Return the hash of what a unit's results rest on (依据摘要): the ids stand for the facts."""
        own = self.of(unit)
        became = {row.id for fact in own if any(t.matches(fact) for t in self.doubted)
                  for row in self.histories.get(fact.subject, ())}
        by_hand = [c.fact for at, found in self.corrections.items() if at[0] == unit.code for c in found]
        return digest([sorted({row.id for row in own} | became), sorted(by_hand)])


def read(rules: Rules, period: str, since: date, until: date, upto: int, units: Mapping[str, Unit]) -> Read:
    """Read the facts of a period up to a cutoff (取数)."""
    facts: dict[str, list[Row]] = defaultdict(list)
    for row in entries(kinds=rules.kinds, days=(since, until), upto=upto):
        if (code := reading.last(row.unit)) in units and (units[code].closed or date.max) > row.day:
            facts[code].append(row)
    return Read(facts, reading.histories(reading.indicators_of(rules, period), facts, upto),
                reading.corrections(since, until, upto, units.keys()), reading.sources(units),
                reading.doubtful(reading.indicators_of(rules, period))[0])


def owned(rules: Rules, period: str, units: Mapping[str, Unit], found: Read,
          lines: Sequence[str]) -> dict[tuple[str, str], Owned]:
    """Return every cell's own part (本级得分) by unit and line; a cell without indicators has none."""
    indicators = [i for i in reading.indicators_of(rules, period) if i.target == "unit"]
    result: dict[tuple[str, str], Owned] = {}
    for code, unit in units.items():
        for line in lines:
            mine = [i for i in indicators if reading.line_in(i, unit, lines) == line]
            if mine:
                rows = [r for r in found.of(unit) if line == "" or (r.line or unit.line) == line]
                measured = tuple(corrected(measure(i, rows, found.histories), i,
                                           found.corrections.get((code, i.code), ())) for i in mine)
                result[code, line] = Owned(measured, own_score((m.measured for m in measured), rules.own_cap))
    return result


def of_posts(indicators: Sequence[Indicator], units: Mapping[str, Unit], span: tuple[date, date, int],
             lines: Mapping[str, str]) -> dict[str, list[Line]]:
    """Return what posts did themselves (岗位本人部分), fact by fact; `lines` gives the line of each post."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in entries(kinds={t.kind for i in indicators for t in i.tallies}, days=span[:2], upto=span[2]):
        code = reading.last(row.unit)
        if not code or code in units and units[code].answers_for(row.day):
            rows[reading.post_of(row)].append(row)
    became = reading.histories(indicators, rows, span[2])
    return {post: [measure(i, rows[post], became) for i in indicators if i.line in ("", line)]
            for post, line in lines.items()}
