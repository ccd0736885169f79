"""What a period's assessment reads (取数): each cell's facts, what became of their subjects, corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sangesan.appraisal.rules.queries import Rules
from sangesan.ledger.facts.queries import Row, entries, several
from sangesan.method.indicators import own_score
from sangesan.method.measures import Correction, corrected, measure
from sangesan.method.period import Owned, Unit
from sangesan.method.statement import Indicator, Tally

from .daily import digest

SETTLING = timedelta(days=62)
"""How long after its end a period may still be corrected by hand (更正期限)."""
CHECKED = "assessment.checked"


@dataclass
class Read:
    """The facts of a period (依据): by unit, by subject, corrections by unit and indicator."""

    facts: dict[str, list[Row]]
    histories: dict[str, list[Row]]
    corrections: dict[tuple[str, str], list[Correction]]
    sources: Mapping[str, Sequence[str]]

    def of(self, unit: Unit) -> list[Row]:
        """Return the facts of a unit (本单位条目), and for a branch what the units it covers did in no other line."""
        rows = list(self.facts.get(unit.code, ()))
        for code in self.sources.get(unit.code, ()):
            rows += [row for row in self.facts.get(code, ()) if row.line in ("", unit.line)]
        return sorted(rows, key=lambda row: row.id)

    def digest_of(self, unit: Unit) -> str:
        """Return the hash of what a unit's results rest on (依据摘要): the ids stand for the facts."""
        own = self.of(unit)
        became = {row.id for fact in own for row in self.histories.get(fact.subject, ())}
        by_hand = [c.fact for at, found in self.corrections.items() if at[0] == unit.code for c in found]
        return digest([sorted({row.id for row in own} | became), sorted(by_hand)])


def indicators_of(rules: Rules, period: str) -> list[Indicator]:
    """Return the indicators of a period (本期指标)."""
    return [i for i in rules.indicators if i.period in ("", period)]


def lines_of(rules: Rules, units: Mapping[str, Unit]) -> list[str]:
    """Return the lines that are assessed (考核条线); only '' where the rules know none."""
    found = {i.line for i in rules.indicators}
    if found <= {""}:
        return [""]
    return sorted(found - {""} | ({u.line for u in units.values()} if "" in found else set()))


def read(rules: Rules, period: str, since: date, until: date, upto: int, units: Mapping[str, Unit],
         only: Mapping[str, Sequence[str]] | None = None) -> Read:
    """Read the facts of a period up to a cutoff (取数), of all units, or of some by their paths."""
    wanted = units.keys() if only is None else only.keys()
    paths = sorted({path for found in only.values() for path in found}) if only is not None else None
    facts: dict[str, list[Row]] = defaultdict(list)
    for row in entries(kinds=rules.kinds, days=(since, until), upto=upto, units=paths):
        if (code := last(row.unit)) in wanted:
            facts[code].append(row)
    return Read(facts, histories(indicators_of(rules, period), facts, upto),
                corrections(since, until, upto, wanted), sources(units))


def sources(units: Mapping[str, Unit]) -> dict[str, list[str]]:
    """Return for each branch the units it covers with all below them (覆盖单位): what they do counts for it too."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in sorted(units):
        at, seen = code, set()
        while at in units and at not in seen:
            seen.add(at)
            for branch in units[at].covered_by:
                if branch != code and code not in found[branch][-1:]:
                    found[branch].append(code)
            at = units[at].parent
    return found


def contacts(rules: Rules, since: date, until: date, upto: int) -> dict[str, list[str]]:
    """Return the contact units of each department (联系点), as the facts of the period name them."""
    found: dict[str, set[str]] = defaultdict(set)
    if rules.contacts:
        for row in entries(kinds=[rules.contacts.kind], days=(since, until), upto=upto):
            point = last(str(row.content.get("counterpart", "")))
            if point and rules.contacts.matches(row):
                found[last(row.unit)].add(point)
    return {department: sorted(points) for department, points in found.items()}


def last(path: str) -> str:
    """Return the last code of a unit path (末级单位)."""
    return path.rstrip("/").rpartition("/")[2]


def histories(indicators: Iterable[Indicator], facts: Mapping[str, list[Row]], upto: int) -> dict[str, list[Row]]:
    """Return what became of the subjects whose outcome may lie outside the period (经过), by subject."""
    asked, kinds = doubtful(indicators)
    subjects = {row.subject for rows in facts.values() for row in rows if any(t.matches(row) for t in asked)}
    found: dict[str, list[Row]] = defaultdict(list)
    for some in batched(sorted(subjects)):
        for row in entries(subjects=some, kinds=sorted(kinds), upto=upto):
            found[row.subject].append(row)
    return found


def doubtful(indicators: Iterable[Indicator]) -> tuple[list[Tally], set[str]]:
    """Return the tallies whose facts have a history to look at, and the kinds that tell it (须看经过)."""
    asked: list[Tally] = []
    kinds: set[str] = set()
    for i in indicators:
        found = [t for t in i.tallies if t.unless or t.counts_as == "due"]
        asked += found
        if any(t.counts_as == "due" for t in found):
            kinds |= {t.kind for t in i.tallies}
        kinds |= {kind for t in found if t.unless for kind in (t.kind, t.unless.kind, t.round)}
    return asked, kinds


def batched(subjects: Sequence[str], size: int = 5_000) -> Iterator[Sequence[str]]:
    """Return subjects in portions that a database takes in one question (分批)."""
    return (subjects[at:at + size] for at in range(0, len(subjects), size))


def corrections(since: date, until: date, upto: int,
                 wanted: Iterable[str]) -> dict[tuple[str, str], list[Correction]]:
    """Return the corrections of a period that a second person checked (经复核的更正)."""
    found: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    of = f"{since.isoformat()}.{until.isoformat()}"
    for row in entries(kinds=[CHECKED], days=(since, until + SETTLING), upto=upto):
        unit = last(row.unit)
        if unit in wanted and row.content.get("period") == of:
            found[unit, str(row.content["indicator"])].append(
                Correction(row.id, int(row.content["points"]), str(row.content["how"])))
    return found


def owned(rules: Rules, period: str, units: Mapping[str, Unit], found: Read, lines: Sequence[str],
          only: Iterable[str] | None = None) -> dict[tuple[str, str], Owned]:
    """Return every cell's own part (本级得分) by unit and line; a cell without indicators has none."""
    indicators = [i for i in indicators_of(rules, period) if i.target == "unit"]
    result: dict[tuple[str, str], Owned] = {}
    for code in units.keys() if only is None else set(only) & units.keys():
        unit = units[code]
        for line in lines:
            mine = [i for i in indicators if _in(i, line, unit, lines) and (not i.kinds or unit.kind in i.kinds)]
            if mine:
                rows = [r for r in found.of(unit) if line == "" or (r.line or unit.line) == line]
                measured = tuple(corrected(measure(i, rows, found.histories), i,
                                           found.corrections.get((code, i.code), ())) for i in mine)
                result[code, line] = Owned(measured, own_score((m.measured for m in measured), rules.own_cap))
    return result


def _in(indicator: Indicator, line: str, unit: Unit, lines: Sequence[str]) -> bool:
    """Return whether an indicator is one of a cell; one without a line is of the unit's own (所属条线)."""
    return list(lines) == [""] or (indicator.line or unit.line) == line


def of_posts(indicators: Iterable[Indicator], window: tuple[date, date, int]) -> Iterator[Row]:
    """Read the facts that indicators of posts read in a period (岗位指标的条目)."""
    since, until, upto = window
    kinds = sorted({t.kind for i in indicators for t in i.tallies})
    return entries(kinds=kinds, days=(since, until), upto=upto)


def vetoed_posts(rules: Rules, cells: Iterable[Sequence[Sequence[Any]]]) -> set[str]:
    """Return the posts that veto facts name (被否决的岗位), from the lines of statements.

    A veto that names none falls on nobody's pay, and never on a pool.
    """
    codes = {i.code for i in rules.indicators if i.method == "veto"}
    ids = {fact for lines in cells for line in lines if line[0] in codes for fact in line[5]}
    found = several(ids).values() if ids else ()
    return {str(row.content["post"]) for row in found if row.content.get("post")}
