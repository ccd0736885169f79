"""Drafts (起草): gathers what an analysis is drafted from and hands it to its owner, by night; nothing is asked for.

Numbers come from the ledger alone. A branch's are of the units it covers: exact, without what few
voices stand behind. A committee's are of its branches and all besides: were they exact too, the whole
less what branches show would tell of the few left out, so what was heard is put out with the months in
figures and by the same draw, rounded and with a margin. What may not be shown is left out before anything is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from sangesan.execution.analysis import queries, services
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters.words import CATEGORIES
from sangesan.feedback.pulse import queries as months
from sangesan.feedback.pulse import services as pulse
from sangesan.ledger.facts.queries import Row, entries
from sangesan.method import analysis as rule
from sangesan.method.disclosure import rate, voice
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Kind, Line, Unit
from sangesan.organization.units.queries import covered_by_many, lineages, parent_of, paths_of, standing

HANDLED = ("matter.answered", "matter.closed", "matter.overdue", "matter.reopened")
DUE = "duty.fell_due"
BECAME = ("duty.late", "duty.missed", "duty.exempted", "duty.cancelled")
"""What became of what fell due (应办的下落), also in the first days after the month."""
WORK = ("visit.made", "meeting.held")
KINDS = ("matter.received", "matter.graded", "matter.rated", DUE, *HANDLED, *WORK)
GOOD = ("satisfied", "basic")


@dataclass
class Home:
    """A unit that analyses (分析单位): the paths it answers for, and for a committee the branches below it."""

    unit: Unit
    paths: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    branches: list[Home] = field(default_factory=list)
    shut: set[str] = field(default_factory=set)

    @property
    def above(self) -> bool:
        return self.unit.kind == Kind.COMMITTEE

    def holds(self, path: str) -> bool:
        return path.startswith(self.paths)


def analyses(day: date) -> int:
    """Draft the analyses of the month before (起草月分析), in the first days of a month; returns how many.

    A committee's waits until its branches are through with theirs, and is drawn only once.
    """
    if day.day > rule.READY:
        return 0
    month = rule.month_before(day)
    drawn = queries.drafted(month)
    drawing = day.day >= rule.ASSEMBLED and months.frozen(month)
    homes = [home for home in _homes(rule.days_of(month)[1])
             if not home.above or (drawing and home.unit.pk not in drawn)]
    _fill(homes, month, day)
    before = queries.heard_in(rule.month_before(month))
    for home in homes:
        told = figures(home) | (_about(home, month) if home.above else {}) | {"before": before.get(home.unit.pk)}
        services.draft(unit=home.unit, month=month, figures=told)
    return len(homes)


def freeze(day: date) -> int:
    """Freeze the month before (冻结上月), with what each committee shows of it; safe to run twice."""
    last = day.replace(day=1) - timedelta(days=1)
    every = dict(Unit.objects.values_list("pk", "code"))
    paths = paths_of(every, last.replace(day=1)) | {pk: path for pk, path in paths_of(every, last).items() if path}

    def held(home: Home) -> frozenset[str]:
        return frozenset(every[pk] for pk, path in paths.items() if path and home.holds(path))

    return pulse.freeze_due(day, [
        pulse.Part(home.unit.pk, held(home), {one.unit.name: held(one) for one in home.branches})
        for home in _homes(last) if home.above])


def _fill(homes: Sequence[Home], month: date, day: date) -> None:
    """Give each home the facts of its month (分发当月台账), and until today what became of its duties."""
    every = {id(one): one for home in homes for one in (home, *home.branches)}.values()
    _shut(every, day)
    for row in chain(entries(kinds=KINDS, days=rule.days_of(month)), entries(kinds=BECAME, days=(month, day))):
        for home in every:
            if home.holds(row.unit) and row.subject not in home.shut:
                home.rows.append(row)


def _shut(homes: Iterable[Home], day: date) -> None:
    """Name what is in no exact number of a home (不计入的事项): what stands outside the ordinary flow, and what any
    reader may not count, such as a matter about that reader. What a committee rounds tells of no single matter.
    """
    ways = lineages([home.unit.pk for home in homes], day)
    outside = matters.outside({step.pk for way in ways.values() for step in way})
    closed: dict[int, set[str]] = {}
    for home in homes:
        home.shut = set(outside)
        for person in queries.readers(home.unit.pk, day):
            if person not in closed:
                closed[person] = matters.hidden(scope_of(person, day), ())
            home.shut |= closed[person]


def _homes(day: date) -> list[Home]:
    rows = list(standing(day).filter(line=Line.PARTY.value, kind__in=[Kind.BRANCH.value, Kind.COMMITTEE.value]))
    covers = covered_by_many([unit.pk for unit in rows], day)
    wanted = {pk for unit in rows for pk in (unit.pk, *covers.get(unit.pk, ()))}
    tops = {unit.pk: parent_of(unit.pk, day) for unit in rows if unit.kind == Kind.COMMITTEE}
    paths = paths_of(wanted | {top.pk for top in tops.values() if top}, day)
    homes = []
    for unit in rows:
        keys = [unit.pk, *covers.get(unit.pk, ())]
        if tops.get(unit.pk):
            keys.append(tops[unit.pk].pk)
        homes.append(Home(unit, tuple(paths[key] for key in keys if paths.get(key))))
    for home in homes:
        if home.unit.kind == Kind.COMMITTEE:
            own = paths[home.unit.pk]
            home.branches = [one for one in homes if one.unit.kind == Kind.BRANCH and one.paths[0].startswith(own)]
    return [home for home in homes if home.paths]


def figures(home: Home) -> dict[str, Any]:
    """Return the figures of a month that may be shown (可显示的数字), as they are kept."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in home.rows:
        by[row.kind].append(row)
    heard, last = by["matter.received"], {r.subject: str(r.content["grade"]) for r in by["matter.graded"]}
    kinds = dict(Unit.objects.filter(code__in={_code(r) for r in heard}).values_list("code", "kind"))
    marks = matters.marks_of(r.subject for r in heard if r.content.get("channel") == matters.SIGNED_IN)
    total, (topics, groups, grades) = rule.together([rule.table(_cells(marks, rows)) for rows in (
        ((str(r.content["category"]) or "other", r) for r in heard),
        ((rule.group_of(kinds.get(_code(r), "")), r) for r in heard),
        ((last.get(r.subject, ""), r) for r in heard))])
    ratings = [str(r.content["rating"]) for r in by["matter.rated"] if r.content["rating"] != "unrated"]
    satisfied = rate(sum(said in GOOD for said in ratings), len(ratings))
    became = {kind: {r.subject for r in by[kind]} for kind in (DUE, *BECAME)}
    duties = rule.settled(became[DUE], late=became["duty.late"], missed=became["duty.missed"],
                          gone=became["duty.exempted"] | became["duty.cancelled"])
    return {kind.replace(".", "_"): len(by[kind]) for kind in (*HANDLED, *WORK)} | duties | {
        "heard": total, "hidden": topics.hidden, "about": home.above,
        "topics": _most((str(CATEGORIES.get(slug, slug)), n) for slug, n in topics.shown.items()),
        "groups": [[word, groups.shown[slug]] for slug, word in rule.GROUPS.items() if slug in groups.shown],
        "grades": [[grade, grades.shown[grade]] for grade in "ABC" if grade in grades.shown],
        "branches": [],
        "satisfied": satisfied, "rated": 0 if satisfied is None else len(ratings),
        "matter_in_time": sum(int(r.content["in_time"]) for r in by["matter.answered"]),
    }


def _about(home: Home, month: date) -> dict[str, Any]:
    """Return what a committee heard (党委的反映数), as it was put out when the month was frozen."""
    total, tables = months.part(month, home.unit.pk)
    order = {one.unit.name: place for place, one in enumerate(home.branches)}
    return {"heard": total, "hidden": True, "topics": _most(tables["category"]),
            "groups": [list(pair) for pair in tables["group"]], "grades": sorted(map(list, tables["grade"])),
            "branches": sorted(map(list, tables["branch"]), key=lambda pair: order.get(pair[0], len(order)))}


def _cells(marks: Mapping[str, str], rows: Iterable[tuple[str, Row]]) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = defaultdict(list)
    for name, row in rows:
        cells[name] += [voice(str(row.content["mode"]), marks.get(row.subject, ""))] * max(1, row.quantity)
    return cells


def _most(pairs: Iterable[tuple[str, int]]) -> list[list[Any]]:
    return [[word, n] for word, n in sorted(pairs, key=lambda pair: -pair[1])]


def _code(row: Row) -> str:
    return row.unit.rstrip("/").rpartition("/")[2]
