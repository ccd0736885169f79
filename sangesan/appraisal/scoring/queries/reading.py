"""What a period's assessment reads (取数): each cell's facts, what became of their subjects, corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from sangesan.appraisal.rules.queries import Rules
from sangesan.ledger.facts.queries import Row, entries, several
from sangesan.method.facts import KINDS
from sangesan.method.measures import Correction
from sangesan.method.period import Unit
from sangesan.method.statement import Indicator, Tally

SETTLING = timedelta(days=62)
"""How long after its end a period may still be corrected by hand (更正期限)."""
CHECKED = "assessment.checked"
REWARDS, DECIDED = 5, 6
"""Before the first form of runs (`Run.form`) what may rise above its full points was earned; from it on it took nothing
from whoever had none, from the second on the rules themselves say which of the two was decided."""
T = TypeVar("T")
NAMING = frozenset(kind for kind, one in KINDS.items() if any(f.name == "post" for f in fields(one)))
"""Facts that name the post they are about (指名岗位的条目); any other is its actor's."""


def indicators_of(rules: Rules, period: str) -> list[Indicator]:
    """Return the indicators of a period (本期指标)."""
    return [i for i in rules.indicators if i.period in ("", period)]


def for_period(rules: Rules, period: str) -> Rules:
    """Return the rules as a period reads them (本期办法): planned values of every period are those of a month."""
    times = {"quarter": 3, "year": 12}.get(period, 1)
    return replace(rules, indicators=tuple(
        i if i.planned is None or i.period else replace(i, planned=i.planned * times) for i in rules.indicators))


def in_form(rules: Rules, form: int) -> Rules:
    """Return the rules as runs of a form read them (各式核算所读办法), so that an old run keeps its bytes."""
    return rules if form >= DECIDED else replace(
        rules, indicators=tuple(replace(i, rewards=form >= REWARDS) for i in rules.indicators))


def lines_of(rules: Rules, units: Mapping[str, Unit]) -> list[str]:
    """Return the lines that are assessed (考核条线); only '' where the rules know none."""
    found = {i.line for i in rules.indicators}
    if found <= {""}:
        return [""]
    return sorted(found - {""} | ({u.line for u in units.values()} if "" in found else set()))


def sources(units: Mapping[str, Unit]) -> dict[str, list[str]]:
    """Return for each branch the units it covers with all below them (覆盖单位): what they do counts for it too."""
    found: dict[str, list[str]] = defaultdict(list)
    if not any(unit.covered_by for unit in units.values()):
        return found
    for code in sorted(units):
        at, seen = code, set()
        while at in units and at not in seen:
            seen.add(at)
            for branch in units[at].covered_by:
                if branch != code and code not in found[branch][-1:]:
                    found[branch].append(code)
            at = units[at].parent
    return found


def contacts(rules: Rules, since: date, until: date, upto: int, units: Mapping[str, Unit],
             paths: Sequence[str] | None = None) -> dict[str, list[str]]:
    """Return the contact units of each department (联系点), or of some, as the facts of the period name them."""
    found: dict[str, set[str]] = defaultdict(set)
    if rules.contacts:
        for row in entries(kinds=[rules.contacts.kind], days=(since, until), upto=upto, units=paths):
            point = last(str(row.content.get("counterpart", "")))
            if point and (department := last(row.unit)) in units and rules.contacts.matches(row):
                found[department].add(point)
    return {department: sorted(points) for department, points in found.items()}


def paths_of(units: Mapping[str, Unit], codes: Iterable[str]) -> list[str]:
    """Return the paths of units in the tree of the period (单位路径)."""
    found = []
    for code in codes:
        way, at = [], code
        while at in units and at not in way:
            way.append(at)
            at = units[at].parent
        found.append("".join(f"{step}/" for step in reversed(way)))
    return found


def strays(units: Mapping[str, Unit], paths: Iterable[str]) -> list[str]:
    """Return the paths, of units of the tree, that are not those of the tree (不在组织树上的路径)."""
    there = {path: last(path) for path in paths}
    known = set(paths_of(units, {code for code in there.values() if code in units}))
    return sorted(path for path, code in there.items() if code in units and path not in known)


def last(path: str) -> str:
    """Return the last code of a unit path (末级单位)."""
    return path.rstrip("/").rpartition("/")[2]


def after_closing(kinds: Iterable[str], units: Mapping[str, Unit], paths: Iterable[str], until: date,
                  upto: int) -> list[int]:
    """Return the facts of closed units that are dated after their end (撤销后的条目); they count for nobody."""
    ends = {path: one.closed for path in paths if (one := units.get(last(path))) and one.closed}
    if not ends:
        return []
    rows = entries(kinds=kinds, days=(min(ends.values()), until), units=ends, upto=upto)
    return [row.id for row in rows if not units[last(row.unit)].answers_for(row.day)]


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


def batched(some: Sequence[T], size: int = 5_000) -> Iterator[Sequence[T]]:
    """Return subjects or others in portions that a database takes in one question (分批)."""
    return (some[at:at + size] for at in range(0, len(some), size))


def corrections(since: date, until: date, upto: int, wanted: Iterable[str],
                within: bool = True) -> dict[tuple[str, str], list[Correction]]:
    """Return the corrections of a period that a second person checked (经复核的更正); `within`: its months' too."""
    found: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for row in entries(kinds=[CHECKED], days=(since, until + SETTLING), upto=upto):
        unit, part = last(row.unit), part_of(str(row.content.get("period", "")), since, until)
        if unit in wanted and part and (within or part == 1):
            found[unit, str(row.content["indicator"])].append(
                Correction(row.id, int(row.content["points"]), str(row.content["how"]), part))
    return found


def part_of(text: str, since: date, until: date) -> Fraction:
    """Return how much of a period a correction is about (占本期几分之几), by months; 0 where it lies outside."""
    first, _dot, end = text.partition(".")
    if not since.isoformat() <= first <= end <= until.isoformat():
        return Fraction(0)
    return Fraction(_months(date.fromisoformat(first), date.fromisoformat(end)), _months(since, until))


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month + 1


def lines_with(rules: Rules, period: str, unit: Unit, lines: Sequence[str]) -> set[str]:
    """Return the lines in which a unit has indicators of a period (有指标的条线)."""
    found = {line_in(i, unit, lines) for i in indicators_of(rules, period) if i.target == "unit"}
    return {line for line in found if line is not None}


def line_in(indicator: Indicator, unit: Unit, lines: Sequence[str]) -> str | None:
    """Return the line in which an indicator counts for a unit (所属条线); None where it doesn't."""
    if not indicator.applies(unit.kind, unit.line):
        return None
    if list(lines) == [""]:
        return ""
    line = indicator.line or unit.line
    return line if line in lines else None


def post_of(row: Row) -> str:
    """Return the post a fact names, or by which it was done (涉及岗位)."""
    return str(row.content.get("post") or row.actor.removeprefix("post:"))


def vetoes(rules: Rules, cells: Iterable[Sequence[Sequence[Any]]]) -> dict[str, list[int]]:
    """Return the veto facts by the posts they name (指名岗位的否决), from the lines of statements.

    A veto that names none falls on nobody's pay, and never on a pool.
    """
    codes = {i.code for i in rules.indicators if i.method == "veto"}
    ids = {fact for lines in cells for line in lines if line[0] in codes for fact in line[5]}
    found: dict[str, list[int]] = defaultdict(list)
    for one, row in sorted(several(ids).items()) if ids else ():
        if row.content.get("post"):
            found[str(row.content["post"])].append(one)
    return found
