"""Whom words may mean that tell of a wrong and accuse nobody they name (可能所指): whoever leads where it arose."""

from __future__ import annotations

from collections.abc import Iterable

from sangesan.foundation import clock
from sangesan.method.accusing import accused, accused_near, blamed, leaders_blamed
from sangesan.method.mentions import called, familiar
from sangesan.method.wrongs import ill
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.units.models import Coverage, Kind, Line, Unit
from sangesan.organization.units.queries import lineage, on

from ..models import Matter
from ..words import CONDUCT
from .designations import LEADING, ways_of
from .mentioned import mentioned
from .nearby import all_said, read, rung


def assumed(matter: Matter, found: Iterable[Appointment] = (), later: str = "") -> list[Appointment]:
    """Return who leads where a matter arose (可能所指), if it is about conduct or a wrong and nobody knows whose.

    Of those whom the words were found to name, somebody accused in them is enough to know; not who is told of.
    Not in a danger: who leads there has to be rung. Words that came `later` tell by themselves of a wrong, and all
    that was said before may tell whose it is.
    """
    text = read(later or all_said(matter))
    if rung(matter) or matter.unit.kind in LEADING or not (ill(text) or (not later and matter.category == CONDUCT)):
        return []
    if later:
        if matter.concerns.filter(mentioned=False).exists():
            return []
        found, text = mentioned(matter, all_said(matter)), read(all_said(matter))
    found, lost = list(found), _lost(matter, text)
    return [] if any(_accuses(text, row) or row.person_id in lost for row in found) else _heads(matter)


def suspected(matter: Matter, found: Iterable[Appointment]) -> list[Appointment]:
    """Return the same for the page of triage (疑似所指), whether or not they have been shut out by now.

    Those who lead there may be among the `found` for that alone; whoever else words that are not kept named is not.
    """
    heads, lost = {row.person_id for row in _heads(matter)}, _lost(matter, read(all_said(matter)))
    return assumed(matter, [row for row in found if row.person_id not in heads & lost])


def _lost(matter: Matter, text: str) -> set[int]:
    """Return who was shut out by words and stands in none that are kept (现存文字没有点到), by whatever name."""
    shut = set(matter.concerns.exclude(person=0).filter(mentioned=True).values_list("person", flat=True))
    shut -= {row.person_id for row in mentioned(matter, all_said(matter))} if shut else set()
    return shut - {pk for pk, name in Person.objects.filter(pk__in=shut).values_list("pk", "name") if name in text}


def _heads(matter: Matter) -> list[Appointment]:
    day = clock.today()
    own = {unit for unit, kind in Unit.objects.filter(pk__in=lineage(matter.unit_id, day)).values_list("pk", "kind")
           if kind not in (*LEADING, Kind.SHAFT.value, Kind.SPECIALTY.value)}
    own |= set(on(Coverage.objects.filter(unit__in=own), day).values_list("branch", flat=True))
    rows = on(Appointment.objects.filter(post__unit__in=own, post__head=True), day).exclude(
        post__unit__kind__in=LEADING).exclude(post__line__in=(Line.UNION.value, Line.YOUTH.value))
    return list(rows.select_related("person", "post", "post__unit").order_by("post__code", "pk"))


def _accuses(text: str, row: Appointment) -> bool:
    """Return whether words accuse somebody they name (检举的就是他): by the name, the post, or the unit as a whole."""
    unit, post = row.post.unit, row.post
    ways = (row.person.name, *(way for way in called(unit.name, post.title, post.head) if len(way) > 1),
            *(f"{begin}{title}" for begin, title in ways_of(row) if title), familiar(row.person.name))
    return (any(accused(text, way) for way in ways) or blamed(text, unit.name)
            or post.head and accused_near(text, unit.name, post.title) or leaders_blamed(text))
