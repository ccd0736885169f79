"""Who answers for a duty (责任人): the acting holder first, else the full one, else the superior's head.

What a person has to do is asked with today's holders, for only they can act; whose duty it was is
told by the holders of the due date.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.foundation.asking import asked, listed
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.units.models import Line
from sangesan.organization.units.queries import lineages, on

from ..models import Duty

ACTING = Appointment.Kind.ACTING.value
_OWN = """
SELECT p.code, p.id, EXISTS (SELECT 1 FROM people_appointment a WHERE a.post_id = p.id AND a.kind = 'acting'
  AND a.person_id <> %(person)s AND a.since <= %(day)s AND (a.until IS NULL OR a.until > %(day)s))
FROM people_post p WHERE p.code IN ({codes})
"""
_UNDER_HEAD = """
WITH RECURSIVE below (unit) AS (
  SELECT CAST(%(unit)s AS BIGINT)
  UNION
  SELECT e.child_id FROM below
  JOIN units_unitedge e ON e.parent_id = below.unit AND e.since <= %(day)s AND (e.until IS NULL OR e.until > %(day)s)
  JOIN units_unit u ON u.id = e.child_id AND u.line = %(line)s
  WHERE NOT EXISTS (SELECT 1 FROM people_post p JOIN people_appointment a ON a.post_id = p.id
    WHERE p.unit_id = e.child_id AND p.line = %(line)s AND p.head
      AND p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
      AND a.since <= %(day)s AND (a.until IS NULL OR a.until > %(day)s))
)
SELECT unit FROM below
"""
_VACANT = """
SELECT p.id FROM people_post p WHERE p.unit_id IN ({units}) AND NOT EXISTS (SELECT 1 FROM people_appointment a
  WHERE a.post_id = p.id AND a.since <= %(day)s AND (a.until IS NULL OR a.until > %(day)s))
"""


def answered_by(scope: Scope, day: date | None = None) -> Q:
    """Return the condition "this person answers for it" (本人负责) on a day."""
    found = Q(pk__in=[])
    for place in places_of(scope, day):
        found |= place.condition()
    return found


@dataclass(frozen=True)
class Place:
    """Some of what a person answers for (负责范围): own posts; or units in a line, for which the head answers.

    There `posts` are those that nobody holds: what they had to do falls to the head.
    """

    posts: tuple[int, ...]
    units: tuple[int, ...] = ()
    line: str = ""

    def condition(self) -> Q:
        """Return it as a condition (查询条件)."""
        if not self.line:
            return Q(post__in=self.posts)
        fallen = Q(post=None) | Q(post__in=self.posts) if self.posts else Q(post=None)
        return Q(line=self.line, unit__in=self.units) & fallen

    def sql(self) -> str:
        """Return it for a duty called `d` (条件文本)."""
        own = f"d.post_id IN ({listed(self.posts)})"
        if not self.line:
            return own
        return f"d.line = '{Line(self.line)}' AND d.unit_id IN ({listed(self.units)}) AND (d.post_id IS NULL OR {own})"


def places_of(scope: Scope, day: date | None = None) -> list[Place]:
    """Return what a person answers for in parts that do not meet (负责范围), each served by one index.

    A post that somebody else stands in for is left out: rights and duties move for that time.
    """
    day = day or clock.today()
    codes = {f"code{n}": code for n, code in enumerate(sorted(scope.post_codes))}
    rows = asked(_OWN.format(codes=",".join(f"%({name})s" for name in codes)), person=scope.person, day=day,
                 **codes) if codes else []
    own = {code: (pk, stood_in) for code, pk, stood_in in rows}
    held = [post for post in scope.posts if post.code in own and (post.acting or not own[post.code][1])]
    posts = tuple(own[post.code][0] for post in held)
    places: dict[str, set[int]] = defaultdict(set)
    for post in held:
        if post.head:
            places[post.line] |= _under_head(post.unit, post.line, day)
    vacant = {line: tuple(_all(_VACANT.format(units=listed(units)), day=day)) for line, units in places.items()}
    found = [Place(posts)] if posts else []
    return found + [Place(vacant[line], tuple(sorted(units)), line) for line, units in places.items()]


def _under_head(unit: int, line: str, day: date) -> set[int]:
    """Return a unit and those below that have no head of their own in a line (负责人所及单位), down to the next."""
    return _all(_UNDER_HEAD, unit=unit, line=line, day=day)


def _all(sql: str, **values: Any) -> set[int]:
    return {pk for pk, in asked(sql, **values)}


def responsible(duty: Duty) -> Person | None:
    """Return whose duty it is (责任人): resolved at the due date, or today while that lies ahead."""
    return holder_of(duty.unit_id, duty.line, duty.post_id, _asked_on(duty))


def _asked_on(duty: Duty) -> date:
    """Return the day whose holders count (责任人取自哪天): today's where another unit took it over late."""
    today = clock.today()
    return min(clock.local(duty.due).date(), today) if duty.path.endswith(f"{duty.unit.code}/") else today


def answering(duty: Duty) -> set[int]:
    """Return all whose duty it is (责任人，含委托人与代办人): who gave it to a stand-in is no second person for it."""
    day = _asked_on(duty)
    held = on(Appointment.objects.filter(post=duty.post_id), day) if duty.post_id else Appointment.objects.none()
    found = set(held.values_list("person", flat=True))
    for step in reversed(lineages([duty.unit_id], day).get(duty.unit_id, [])):
        if found:
            break
        heads = Appointment.objects.filter(post__unit=step.pk, post__line=duty.line, post__head=True)
        found = set(on(heads, day).values_list("person", flat=True))
    return found


def above(duty: Duty, person: int = 0) -> Person | None:
    """Return who answers for the next unit above (上级责任人) that has somebody other than the holder and `person`."""
    day, own = clock.today(), {person, *answering(duty)}
    for step in list(reversed(lineages([duty.unit_id], day).get(duty.unit_id, [])))[1:]:
        found = _holder(Q(post__unit=step.pk, post__head=True), day)
        if found is not None and found.pk not in own:
            return found
    return None


def holder_of(unit: int, line: str, post: int | None, day: date) -> Person | None:
    """Return who answers for a post, or for a unit in a line, on a day (当日责任人); None when nobody does."""
    if post is not None and (person := _holder(Q(post=post), day)):
        return person
    for step in reversed(lineages([unit], day).get(unit, [])):
        if person := _holder(Q(post__unit=step.pk, post__line=line, post__head=True), day):
            return person
    return None


def _holder(which: Q, day: date) -> Person | None:
    rows = on(Appointment.objects.filter(which), day).filter(Q(post__until=None) | Q(post__until__gt=day))
    found = sorted(rows.select_related("person"), key=lambda r: (r.kind != ACTING, r.since, r.pk))
    return found[0].person if found else None
