"""How the holder of an appointment is told in words (怎么称呼任职的人): by name, unit, title, or what he does."""

from __future__ import annotations

from sangesan.method.accusing import blamed
from sangesan.method.authority import Role
from sangesan.method.folding import fold
from sangesan.method.mentions import LEADERS, SHARED, UNION, called, names_post
from sangesan.method.titles import OFFICES
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Kind

LEADING = (Kind.GROUP.value, Kind.MINE.value, Kind.COMMITTEE.value)


def office_of(row: Appointment) -> str:
    """Return how whoever holds a post of the whole mine is called by what they do (按职责称呼), or ''.

    Where somebody's title is just that, it is he who is meant, and no colleague with another.
    """
    whole = row.post.unit.kind in (*LEADING, Kind.OFFICE)
    return OFFICES.get(Role(row.post.role), "") if whole else ""


def in_unit(row: Appointment, text: str, said: str) -> bool:
    """Return whether words name a post by its unit (按单位点到), or accuse the office it is in."""
    unit, post = row.post.unit, row.post
    office = UNION if post.role == Role.UNION.value and unit.kind in LEADING else unit.name
    return fold(office[:2]) in text and (names_post(text, unit.name, post.title, post.head) or (
        (office == UNION or unit.kind == Kind.OFFICE) and blamed(said, office)))


def alone(row: Appointment) -> str:
    """Return the title by which the mine has one such post (独有的职务): any leader's, and what nobody is called by."""
    bare = row.post.title.removeprefix(row.post.unit.name)
    return row.post.title if row.post.unit.kind in LEADING else "" if bare.endswith(SHARED) else bare


def beside_name(row: Appointment, text: str) -> bool:
    """Return whether a name stands in folded words (写到姓名): of two signs it is sure only beside title or unit."""
    name, unit, title = map(fold, (row.person.name, row.post.unit.name, row.post.title))
    if name not in text or len(name) > 2:
        return name in text
    ways = {title, title[-2:], LEADERS, *called(unit, title, row.post.head)}
    return f"{unit}{name}" in text or any(f"{way}{name}" in text or f"{name}{way}" in text for way in ways)


def ways_of(row: Appointment) -> set[tuple[str, str]]:
    """Return how one is called by surname and post (姓加职务), or by the given name: 志远书记."""
    name, unit = fold(row.person.name), row.post.unit.name
    titles = {way[-2:] for way in called(unit, row.post.title, row.post.head)} | ({""} if row.post.head else set())
    given = {name[1:]} if len(name) == 3 else set()
    begins = {name[:length] for length in (1, 2) if len(name) > length} | given
    return {(begin, title) for begin in begins for title in titles if title or len(begin) < 2 or begin in given}
