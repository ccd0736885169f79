"""Who has a matter in hand (在办的人), and who takes letters in (收信分办的人), as rows of Concern.

They are whom a speaker means who says that it is they.
"""

from __future__ import annotations

from typing import Any

from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Coverage
from sangesan.organization.units.queries import lineages, on

from ..models import Matter
from .access import thing_of
from .designations import LEADING
from .nearby import in_hand, rung


def hands(matter: Matter) -> list[dict[str, Any]]:
    """Return who has a matter in hand (在办的人): heads with their posts, whoever signed for it, wrote or judged.

    Of the mine's leaders the person alone. Where triage itself has it in hand, or nobody has yet, it is those who
    triage; but not in a danger, for they have to be rung, nor of what the union or a carer reads.
    """
    units = in_hand(matter)
    if matter.cared or thing_of(matter).held or (not units and rung(matter)):
        return []
    day = clock.today()
    posts = on(Post.objects.filter(unit__in=_led(units), head=True).select_related("unit"), day)
    heads = {post.pk: post for post in posts}
    triage = on(Appointment.objects.filter(post__role=Role.TRIAGE.value), day)
    people = set(on(Appointment.objects.filter(post__in=heads), day).values_list("person", flat=True))
    people |= set((triage.filter(post__unit__in=units) if units else triage).values_list("person", flat=True))
    people |= set(matter.assignments.filter(until=None).values_list("handler", flat=True))
    people |= {person for answer in matter.answers.all() for person in (answer.author, answer.judge)}
    codes = {post.code for post in heads.values() if post.unit.kind not in LEADING}
    return [*({"person": pk} for pk in sorted(people - {0})), *({"post": code} for code in sorted(codes))]


def readers(matter: Matter) -> list[dict[str, Any]]:
    """Return who triages what comes in by its channel (收信分办的人): the union its own box, else triage."""
    held = on(Appointment.objects.all(), clock.today())
    union = held.filter(post__role=Role.UNION.value) if matter.channel == "union" else held.none()
    people = set(union.values_list("person", flat=True)) or set(
        held.filter(post__role=Role.TRIAGE.value).values_list("person", flat=True))
    return [{"person": pk} for pk in sorted(people)]


def _led(units: list[int]) -> set[int]:
    """Return each unit, up to the nearest that has a head (有负责人的单位), and the branches that cover them."""
    day = clock.today()
    ways = lineages(units, day)
    headed = set(on(Post.objects.filter(unit__in={step.pk for way in ways.values() for step in way}, head=True),
                    day).values_list("unit_id", flat=True))
    found: set[int] = set()
    for unit, way in ways.items():
        for step in reversed(way):
            if step.kind in LEADING and step.pk != unit:
                break
            found.add(step.pk)
            if step.pk in headed:
                break
    return found | set(on(Coverage.objects.filter(unit__in=found), day).values_list("branch", flat=True))
