"""What came of it all (成效, chapter O1): numbers of a period counted from facts, each opened to what it counts.

Counting is left to the database where only kinds matter; facts whose fields matter are read. Of a
closed door nothing is counted. Units stand in organisation order, never by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock, door
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.ledger.facts import queries as ledger
from sangesan.method import outcomes
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import term
from sangesan.method.outcomes import BY_SLUG, MEASURES, Measure, Number, Told
from sangesan.method.spans import Span, span
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Kind, Unit

BACK = 6
"""So many periods are drawn (走势时段数); of years two."""
PAGE, PORTION = 20, 200
WORK = ("duties", "visits", "findings", "work", "study")
"""Subjects of execution whose pages whoever sees work may open (可打开的执行条目)."""
TOLD = ("matters/", "duties/", "study/")
"""Subjects whose facts do not say by themselves what it was (须写明何事的条目)."""
SHOWN = {Kind.TEAM, Kind.OFFICE, Kind.ENTERPRISE, Kind.CONTRACTOR, Kind.RETIREES, Kind.BRANCH, Kind.COMMITTEE}
READ = frozenset(one.kind for measure in MEASURES for one in measure.counts if one.where) | frozenset(
    kind for measure in MEASURES for kind in measure.kinds if kind.startswith("matter."))
"""Kinds whose facts are read one by one: their fields matter, or a door may be closed (逐条读取)."""
ADDED = frozenset(kind for measure in MEASURES for kind in measure.kinds) - READ


@dataclass(frozen=True)
class Outcome:
    """A measure with its number, the one before, and the way to here (成效): `trend` oldest first."""

    measure: Measure
    now: Number
    before: Number
    trend: list[Number] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """What stands behind a number at one unit (单位一行)."""

    name: str
    number: Number


@dataclass(frozen=True)
class Listed:
    """A fact behind a number (计入的一条): `url` only where the reader may go."""

    id: int
    day: date
    word: str
    unit: str
    url: str


@dataclass(frozen=True)
class Opened:
    """A number opened (展开): by unit, in the periods before, and its facts, newest first, so many at a time."""

    outcome: Outcome
    span: Span
    places: list[Place]
    spans: list[Span]
    facts: list[Listed]
    after: str


def span_asked(text: str) -> Span:
    """Return the period asked for (所选时段), the last month that is told when none is. Raises NotFound."""
    today = clock.today()
    told = (today - timedelta(days=outcomes.SETTLED - 1)).replace(day=1) - timedelta(days=1)
    try:
        found = span(text or f"{told:%Y-%m}")
    except ValueError:
        raise NotFound from None
    if found.first > today or not clock.near(found.first):
        raise NotFound
    return found


def outcomes_of(scope: Scope, asked: Span) -> list[Outcome]:
    """Return all numbers of a period within reach (成效), each beside the one before."""
    reach = _Reach(scope)
    now, before = (_by_path(reach, one, frozenset(READ | ADDED)) for one in (asked, asked.before))
    return [Outcome(one, _whole(one, now, asked), _whole(one, before, asked.before)) for one in MEASURES
            if reach.told(one)]


def opened(scope: Scope, slug: str, asked: Span, after: str = "") -> Opened:
    """Open a number to what it counts (展开一项). Raises NotFound."""
    measure, reach = BY_SLUG.get(slug), _Reach(scope)
    if measure is None or not reach.told(measure):
        raise NotFound
    kinds, ways = frozenset(measure.kinds), [asked]
    while len(ways) < (BACK if len(asked.slug) > 4 else 2):
        ways.append(ways[-1].before)
    found = [_by_path(reach, one, kinds) for one in ways]
    numbers = [_whole(measure, one, way) for one, way in zip(found, ways, strict=True)]
    nodes = {node.unit.code: node.unit for node in units.tree(min(asked.last, clock.today()))}
    facts = [] if measure.few == "heads" or numbers[0].hidden else _listed(scope, reach, measure, asked, after, nodes)
    return Opened(Outcome(measure, numbers[0], numbers[1], numbers[::-1]), asked,
                  _places(measure, found[0], asked, nodes), ways[::-1], facts[:PAGE],
                  str(facts[PAGE - 1].id) if len(facts) > PAGE else "")


class _Reach:
    """The unit paths whose facts count for a reader (管辖路径), and the matters shut to them."""

    def __init__(self, scope: Scope) -> None:
        roots = scope.units_for(Action.OVERVIEW) or scope.units_for(Action.SEE_RESULT)
        if not roots:
            raise Forbidden(_("没有打开"), why=_("您的岗位不看成效"))
        paths = {path for path in units.paths_of(roots, clock.today()).values() if path}
        self.tops = sorted(p for p in paths if not any(p != q and p.startswith(q) for q in paths))
        self.hidden = matters.hidden(scope, roots)
        self._heard = roots <= scope.units_for(Action.SEE)

    def told(self, measure: Measure) -> bool:
        """Return whether a measure is for this reader (可看的成效项): matters for who may read all of them.

        To anybody else a number of five, four of them invented, tells of the fifth.
        """
        return self._heard or measure.few != "matters"


def _by_path(reach: _Reach, asked: Span, kinds: frozenset[str]) -> dict[str, list[Told]]:
    """Return what was recorded in a period (台账), by unit path."""
    found: dict[str, list[Told]] = {}
    for top in reach.tops:
        for path, told in _told(reach, top, (asked.first, asked.last), kinds):
            found.setdefault(path, []).append(told)
    return found


def _told(reach: _Reach, top: str, days: tuple[date, date], kinds: frozenset[str]) -> Iterator[tuple[str, Told]]:
    if added := kinds & ADDED:
        for kind, path, n, heads in ledger.tallies(kinds=added, days=days, unit_prefix=top):
            yield path, Told(kind, {}, n, heads)
    if read := kinds & READ:
        for row in ledger.entries(kinds=read, days=days, unit_prefix=top):
            if row.subject not in reach.hidden:
                yield row.unit, Told(row.kind, row.content, 1, row.quantity, row.subject, f"{row.day:%Y-%m}")


def _whole(measure: Measure, by_path: Mapping[str, Iterable[Told]], asked: Span) -> Number:
    return outcomes.whole(measure, (one for rows in by_path.values() for one in rows), asked, clock.today())


def _places(measure: Measure, by_path: Mapping[str, list[Told]], asked: Span, nodes: Mapping[str, Unit]
            ) -> list[Place]:
    """Return the units with something to count (各单位), those that could be told apart left unsaid."""
    rows: dict[str, list[Told]] = {}
    for path, told in by_path.items():
        rows.setdefault(_code(path, nodes), []).extend(told)
    said = outcomes.places(measure, rows, asked, clock.today())
    known = [code for code in nodes if code in said]
    return [Place(nodes[code].name if code in nodes else code, said[code])
            for code in [*known, *sorted(set(said) - set(known))]]


def _code(path: str, nodes: Mapping[str, Unit]) -> str:
    """Return the unit of a path that a reader knows (所属单位): the team or office, not the crew."""
    codes = path.strip("/").split("/")
    return next((code for code in codes if code in nodes and nodes[code].kind in SHOWN), codes[-1])


def _listed(scope: Scope, reach: _Reach, measure: Measure, asked: Span, after: str, nodes: Mapping[str, Unit]
            ) -> list[Listed]:
    """Return facts behind a number (计入的条目), one more than stand on a page; those of closed doors are left out."""
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    rows, ways = [], _Ways(scope)
    waiting = ledger.latest(kinds=measure.kinds, days=(asked.first, asked.last), unit_prefixes=reach.tops,
                            before=before)
    while len(rows) <= PAGE and (some := list(islice(waiting, PORTION))):
        counted = [row for row in some if row.subject not in reach.hidden
                   and any(one.kind == row.kind and one.fits(row.content) for one in measure.counts)]
        ways.ask(counted)
        rows += [row for row in counted if not row.subject.startswith("matters/") or ways.to(row)]
    found = []
    for row in rows[:PAGE + 1]:
        code = _code(row.unit, nodes)
        found.append(Listed(row.id, row.day, f"{term(row.kind)}{said(row)}{ways.number(row)}",
                            nodes[code].name if code in nodes else code, ways.to(row)))
    return found


class _Ways:
    """Where the facts of a list lead (去处): matters through their own right, work for whoever sees work."""

    def __init__(self, scope: Scope) -> None:
        self._scope, self._works, self._signs = scope, scope.can(Action.SEE_WORK), {}

    def ask(self, rows: list[ledger.Row]) -> None:
        """Ask for many matters, duties and sessions at once (一次问)."""
        self._signs |= door.signs(self._scope, {row.subject for row in rows if row.subject.startswith(TOLD)})

    def number(self, row: ledger.Row) -> str:
        """Return which matter it was, or what was to be done or studied (编号、何事)."""
        return f" · {self._signs[row.subject].word}" if row.subject in self._signs else ""

    def to(self, row: ledger.Row) -> str:
        """Return where a fact leads (去处), '' where the door is shut."""
        noun = row.subject.partition("/")[0]
        if noun == "matters":
            return self._signs[row.subject].url if row.subject in self._signs else ""
        return f"/w/{row.subject}/" if self._works and noun in WORK else ""


def said(row: ledger.Row) -> str:
    """Return what more a fact says (补充说法): in time or late; a head count."""
    if "in_time" in row.content:
        return "，" + (_("按期") if row.content["in_time"] else _("迟到"))
    return _("，%d 人") % row.quantity if row.kind == "study.held" else ""
