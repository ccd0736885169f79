"""What the pages of the organisation show (组织页面): the tree of a day, a unit, a post, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.turns import said
from sangesan.organization.people import queries as people
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Coverage, Line, Shift, Unit
from sangesan.organization.units.queries import rota

PAGE = 50
LEVELS = 2
"""So many levels below the chosen unit are shown at first; a mine has a hundred and fifty crews."""


@dataclass
class Row:
    """A unit as one row of the tree (树中一行)."""

    unit: Unit
    depth: int
    more: int
    heads: list[str] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)
    people: int = 0
    vacant: int = 0


@dataclass(frozen=True)
class Tree:
    """The tree page (组织页)."""

    rows: list[Row]
    unit: Unit | None
    trail: list[Unit]
    total: int
    people: int
    vacant: int
    covers: bool = False


@dataclass(frozen=True)
class Seat:
    """A post with its holders (岗位与在任者)."""

    post: Post
    held: list[Appointment]


def check_member(scope: Scope) -> None:
    """Let in whoever holds a post (在岗者可看); NotFound for all others."""
    if not scope.posts:
        raise NotFound(_("没有找到组织页面"))


def edits(scope: Scope) -> bool:
    """Return whether this person keeps the organisation (可否维护)."""
    return scope.can(Action.EDIT_ORGANIZATION)


def tree_page(scope: Scope, *, day: date, line: str = "", code: str = "", whole: bool = False) -> Tree:
    """Return the tree of a day (组织树) in a line, below one unit, to a depth of two unless whole."""
    check_member(scope)
    nodes = units.tree(day, line if line in Line.values else Line.ADMINISTRATION.value)
    start = next((n for n, node in enumerate(nodes) if node.unit.code == code), 0 if not code else None)
    if start is None:
        raise NotFound(_("没有找到这个单位"), why=_("%(day)s 的这条线上没有它") % {"day": day})
    base = nodes[start].depth if nodes and code else 0
    rows, people_in, vacant_in = [], _people_by_unit(day), _vacant_by_unit(day)
    totals = [0, 0]
    for node in nodes[start:]:
        if code and rows and node.depth <= base:
            break
        row = Row(node.unit, node.depth - base, node.below, people=people_in.get(node.unit.pk, 0),
                    vacant=vacant_in.get(node.unit.pk, 0))
        totals = [totals[0] + row.people, totals[1] + row.vacant]
        rows.append(row)
    _add_up(rows)
    shown = rows if whole else [row for row in rows if row.depth <= LEVELS]
    _name_heads(shown, day)
    of_line = line in Line.values and line != Line.ADMINISTRATION
    if of_line:
        _name_covers(shown, day)
    chosen = nodes[start].unit if nodes and code else None
    return Tree(shown, chosen, _trail(chosen, day) if chosen else [], len(rows), *totals, covers=of_line)


def _add_up(rows: list[Row]) -> None:
    """Let each row count whoever is below it, from the leaves up."""
    open_rows: list[Row] = []
    for row in rows:
        while open_rows and open_rows[-1].depth >= row.depth:
            open_rows.pop()
        for above in open_rows:
            above.people += row.people
            above.vacant += row.vacant
        open_rows.append(row)


def _people_by_unit(day: date) -> dict[int, int]:
    return dict(people.present(day).values_list("unit").annotate(n=Count("pk")))


def _vacant_by_unit(day: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for unit in people.vacancies(day).order_by().values_list("unit", flat=True):
        found[unit] = found.get(unit, 0) + 1
    return found


def _name_covers(rows: list[Row], day: date) -> None:
    by_unit = {row.unit.pk: row for row in rows}
    found = units.on(Coverage.objects.filter(branch__in=by_unit), day).order_by("unit__position", "pk")
    for branch, name in found.values_list("branch", "unit__name"):
        by_unit[branch].covers.append(name)


def _name_heads(rows: list[Row], day: date) -> None:
    by_unit = {row.unit.pk: row for row in rows}
    held = units.on(Appointment.objects.filter(post__head=True, post__unit__in=by_unit), day)
    for each in held.select_related("person", "post").order_by("kind", "pk"):
        if each.post.line == by_unit[each.post.unit_id].unit.line:
            acting = f"（{each.get_kind_display()}）" if each.kind == Appointment.Kind.ACTING else ""
            by_unit[each.post.unit_id].heads.append(f"{each.person}{acting}")


def _trail(unit: Unit, day: date) -> list[Unit]:
    above = units.lineage(unit.pk, min(day, units.last_day(unit)))
    found = Unit.objects.in_bulk(above)
    return [found[pk] for pk in above[:-1]]


@dataclass(frozen=True)
class UnitPage:
    """All about one unit (单位页)."""

    unit: Unit
    trail: list[Unit]
    seats: list[Seat]
    children: list[Unit]
    covers: list[Unit]
    covered_by: list[Unit]
    shift: Shift | None
    turns: str
    people: int
    editable: bool


def unit_page(scope: Scope, code: str, day: date) -> UnitPage:
    """Return a unit with its posts and what hangs on it (单位页), to anyone who holds a post."""
    check_member(scope)
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound(_("没有找到这个单位"))
    day = min(day, units.last_day(unit))
    covers = units.on(Coverage.objects.filter(branch=unit), day).select_related("unit")
    covered_by = units.on(Coverage.objects.filter(unit=unit), day).select_related("branch")
    trail = _trail(unit, day)
    mine = {each.pk for each in [*trail, unit]}
    return UnitPage(
        unit=unit, trail=trail, seats=seats(people.posts_of(unit.pk, day), day),
        children=list(units.children(unit.pk, day)), covers=[row.unit for row in covers],
        covered_by=[row.branch for row in covered_by], shift=rota.shifts(day, [unit.pk]).get(unit.pk),
        turns=said(row.turn for row in rota.rotas(day, [unit.pk]).get(unit.pk, [])),
        people=people.present(day).filter(unit=unit).count(),
        editable=unit.closed is None and bool(scope.units_for(Action.EDIT_ORGANIZATION) & mine),
    )


def seats(posts: QuerySet[Post], day: date) -> list[Seat]:
    """Return posts with whoever holds them on a day (岗位与在任者), in two queries."""
    found = list(posts)
    held: dict[int, list[Appointment]] = {}
    rows = units.on(Appointment.objects.filter(post__in=found), day).select_related("person").order_by("kind", "pk")
    for row in rows:
        held.setdefault(row.post_id, []).append(row)
    return [Seat(post, held.get(post.pk, [])) for post in found]


def vacancy_page(scope: Scope, day: date) -> list[Post]:
    """Return the vacant posts of a day (空缺岗位)."""
    check_member(scope)
    return list(people.vacancies(day)[:500])


def people_page(scope: Scope, *, words: str = "", unit: str = "", after: str = "") -> tuple[list[Person], int, str]:
    """Return a page of people (人员), how many there are, and where the next page begins."""
    if not edits(scope):
        raise NotFound(_("没有找到人员页面"))
    day = clock.today()
    rows = people.present(day).filter(unit__in=_reach(scope, day))
    if words.strip():
        rows = people.named(rows, words.strip()[:40])
    if unit:
        chosen = units.unit_for(scope, unit, Action.EDIT_ORGANIZATION)
        rows = rows.filter(unit__in=units.subtree(chosen.pk, day))
    total = rows.count()
    if after:
        rows = rows.filter(work_number__gt=after)
    found = list(rows.select_related("unit").order_by("work_number")[: PAGE + 1])
    return found[:PAGE], total, found[PAGE - 1].work_number if len(found) > PAGE else ""


def _reach(scope: Scope, day: date) -> set[int]:
    return {pk for root in scope.units_for(Action.EDIT_ORGANIZATION) for pk in units.subtree(root, day)}


def appointments_of(person: Person) -> list[Appointment]:
    """Return all appointments of a person (任职经历), the latest first."""
    rows = Appointment.objects.filter(person=person).select_related("post", "post__unit")
    return list(rows.order_by("-since", "-pk"))


def holders_of(post: Post) -> list[Appointment]:
    """Return all who ever held a post (历任), the latest first."""
    return list(Appointment.objects.filter(post=post).select_related("person").order_by("-since", "-pk"))


def appointment_for(scope: Scope, pk: int) -> Appointment:
    """Return an appointment to whoever keeps the unit of its post, else NotFound."""
    row = Appointment.objects.select_related("post", "post__unit", "person").filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到这项任职"))
    people.post_for(scope, row.post.code, Action.EDIT_ORGANIZATION)
    return row


def lasts(row: Appointment) -> bool:
    """Return whether an appointment has not ended yet (是否在任或将任)."""
    return row.until is None or row.until > clock.today()
