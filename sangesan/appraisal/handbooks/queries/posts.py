"""Who held the posts of a branch in a year (岗位与任职), read where appointments are kept, however they came there.

An import of the organisation brings appointments without a fact for each; a book reads both alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered, subtree

from .access import seen_on
from .ground import beside


@dataclass(frozen=True)
class Held:
    """A post somebody held (一任): which, from which day on, by whom and until when."""

    day: date
    post: str
    said: str


def held(unit: Unit, year: int, line: str) -> list[Held]:
    """Return who held the posts of a line in a branch and what it covers in a year (任职)."""
    day = min(seen_on(unit), date(year, 12, 31))
    rows = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=date(year, 1, 1)), post__unit__in=_units(unit, day, line), post__line=line,
        since__lte=day)
    rows = sorted(rows.select_related("person", "post", "post__unit"), key=lambda row: _place(row, unit))
    return [Held(row.since, _named(row.post), _said(row)) for row in rows]


def _place(row: Appointment, branch: Unit) -> tuple:
    """Return where an appointment stands (排列): the branch's own posts first, in each unit the head's."""
    post, there = row.post, row.post.unit
    return there.pk != branch.pk, there.position, there.code, not post.head, post.code, row.since, row.pk


def _named(post: Post) -> str:
    """Return a post with its unit (岗位全称), which many a title says itself."""
    return post.title if post.title.startswith(post.unit.name) else f"{post.unit.name} {post.title}"


def _units(unit: Unit, day: date, line: str) -> set[int]:
    """Return the units whose posts count (所及单位): the branch, what it covers, and the line's own there."""
    tops = {unit.pk, *covered(unit.pk, day), *(one.pk for one in beside(unit, line, day))}
    return {pk for top in sorted(tops) for pk in subtree(top, day)}


def _said(row: Appointment) -> str:
    said = f"{row.person.name}，{row.get_kind_display()}"
    return said if row.last_day is None else _("%(said)s，到 %(day)s") % {"said": said, "day": row.last_day}
