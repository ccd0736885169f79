"""What a leader sees first (今日情况): live states from their owner, numbers from the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock
from sangesan.ledger.facts import queries as ledger
from sangesan.method import disclosure
from sangesan.method.authority import Action, Scope
from sangesan.method.grading import CLOCK_NAMES
from sangesan.method.terms import HANDLING, OFFICE
from sangesan.organization.units import queries as units

WEEKS = 12
TILE_KINDS = ("team", "office", "enterprise", "contractor", "retirees")
KINDS = ("matter.received", "matter.answered", "matter.overdue", "matter.progress_missed", "matter.rated",
         "matter.closed")
OWED = frozenset(CLOCK_NAMES) | OFFICE | frozenset(HANDLING.values())
"""Which clocks make a matter late until its answer (超过时限的项): promised ones, and of the law's all but reviews."""


@dataclass
class Week:
    """What the ledger says of a week (一周)."""

    first: date
    modes: list[str] = field(default_factory=list)
    answered: int = 0
    in_time: int = 0
    tardy: set[str] = field(default_factory=set)
    closed: int = 0

    @property
    def late(self) -> int:
        """How many matters missed something they owed (新超期件数)."""
        return len(self.tardy)

    @property
    def label(self) -> int:
        return self.first.isocalendar().week

    @property
    def received(self) -> int | None:
        return disclosure.cell(len(self.modes), disclosure.voices(self.modes))


@dataclass(frozen=True)
class Month:
    """The last thirty days (近三十天)."""

    answered: int
    in_time: int
    rated: Counter
    late: int
    late_before: int

    @property
    def on_time(self) -> float | None:
        return round(100 * self.in_time / self.answered, 1) if self.answered else None

    @property
    def ratings(self) -> int:
        return self.rated["satisfied"] + self.rated["basic"] + self.rated["dissatisfied"]

    @property
    def satisfied(self) -> float | None:
        good = disclosure.rate(self.rated["satisfied"] + self.rated["basic"], self.ratings)
        return None if good is None else good / 10


@dataclass(frozen=True)
class Tile:
    """A unit on the board (单位方格)."""

    code: str
    name: str
    open: int
    urgent: int


@dataclass(frozen=True)
class Today:
    """All of the page (今日情况)."""

    at: datetime
    open: matters.Open
    asking: list
    cases: list
    month: Month
    weeks: list[Week]
    tiles: list[Tile]
    first_answer: float | None
    first_answers: int


def today(scope: Scope) -> Today:
    """Gather the leader's first page (今日情况) for what the scope reaches."""
    day = clock.today()
    monday = day - timedelta(days=day.weekday())
    rows = list(_facts(scope, monday - timedelta(weeks=WEEKS), day))
    marks = matters.marks_of(r.subject for r in rows if r.content.get("channel") == matters.SIGNED_IN)
    spans = [span for _at, span in matters.first_answer_spans(scope, day - timedelta(days=30))]
    return Today(
        at=clock.now(), open=matters.open_now(scope), asking=matters.asking(scope), cases=matters.own_cases(scope),
        month=month(rows, day), weeks=weeks(rows, monday, marks), tiles=tiles(scope, day),
        first_answer=round(median(spans).total_seconds() / 3600, 1) if spans else None, first_answers=len(spans),
    )


def _facts(scope: Scope, since: date, until: date) -> Iterable[ledger.Row]:
    """Read the facts of the enterprises or units this scope looks after (台账条目), but of no closed door."""
    roots = scope.units_for(Action.OVERVIEW) or scope.units_for(Action.SEE)
    paths, hidden = units.paths_of(roots, until).values(), matters.hidden(scope, roots)
    tops = [p for p in paths if p and not any(p != q and p.startswith(q) for q in paths)]
    for path in sorted(set(tops)):
        rows = ledger.entries(kinds=KINDS, unit_prefix=path, days=(since, until))
        yield from (row for row in rows if row.subject not in hidden)


def month(rows: Iterable[ledger.Row], day: date) -> Month:
    """Count the last thirty days (近三十天), and how many matters ran late in the last seven and the seven before."""
    since, week, before = (day - timedelta(days=n) for n in (29, 6, 13))
    answered = in_time = 0
    late: set[str] = set()
    late_before: set[str] = set()
    rated: Counter = Counter()
    for row in rows:
        if ran_late(row):
            late |= {row.subject} if row.day >= week else set()
            late_before |= {row.subject} if before <= row.day < week else set()
        elif row.day >= since and row.kind == "matter.answered":
            answered += 1
            in_time += int(row.content["in_time"])
        elif row.day >= since and row.kind == "matter.rated":
            rated[str(row.content["rating"])] += 1
    return Month(answered, in_time, rated, len(late), len(late_before))


def ran_late(row: ledger.Row) -> bool:
    """Return whether a matter missed something it owed (新超期): a promise, a statutory day, or a word of progress."""
    return row.kind == "matter.progress_missed" or row.kind == "matter.overdue" and row.content["clock"] in OWED


def weeks(rows: Iterable[ledger.Row], monday: date, marks: Mapping[str, str]) -> list[Week]:
    """Count whole weeks up to this one (每周), the present one left out; `marks` say who reported signed in."""
    found = [Week(monday - timedelta(weeks=n)) for n in range(WEEKS, 0, -1)]
    by_first = {week.first: week for week in found}
    for row in rows:
        week = by_first.get(row.day - timedelta(days=row.day.weekday()))
        if week is None:
            continue
        match row.kind:
            case "matter.received":
                week.modes.append(disclosure.voice(str(row.content["mode"]), marks.get(row.subject, "")))
            case "matter.answered":
                week.answered += 1
                week.in_time += int(row.content["in_time"])
            case "matter.overdue" | "matter.progress_missed":
                week.tardy |= {row.subject} if ran_late(row) else set()
            case "matter.closed":
                week.closed += 1
    return found


def tiles(scope: Scope, day: date) -> list[Tile]:
    """Return the units with what each has open (各单位未办结), in organisation order; never by number."""
    roots = scope.units_for(Action.OVERVIEW) or scope.units_for(Action.SEE)
    mine = set().union(*(units.subtree(root, day) for root in roots)) if roots else set()
    shown = [n.unit for n in units.tree(day) if n.unit.pk in mine and n.unit.kind in TILE_KINDS]
    counted = matters.open_of(scope, [u.pk for u in shown])
    return [Tile(u.code, u.name, *counted.get(u.pk, (0, 0))) for u in shown]
