"""Who reviews (复查主体): one level above the unit in charge, never a hand that had a part in it."""

from __future__ import annotations

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.authority import NOBODY, POWERS, Action, Reach, Scope, Thing, excluded
from sangesan.method.reviewing import levels_above
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.people.queries import posts_with, scopes_of
from sangesan.organization.units.queries import lineage, lineages, to_mine

from ..models import Matter, Review
from .access import thing_of
from .alongside import handlers
from .beside import beyond

_HERE = [role.value for role, (reach, actions) in POWERS.items() if Action.REVIEW in actions and reach == Reach.UNIT]
_LEADERS = [role for role, (reach, actions) in POWERS.items() if Action.REVIEW in actions and reach == Reach.MINE]


def waiting_review(matter: Matter) -> Review | None:
    """Return the review that waits (待审的复查、复核)."""
    return matter.reviewed.filter(outcome="waiting").select_related("unit").first()


def review_thing(matter: Matter) -> Thing:
    """Return what authority judges for a review (复查权限对象): the level above, not the unit itself."""
    row = matter.reviewed.filter(outcome="waiting").first()
    base = thing_of(matter)
    reach = frozenset(lineage(row.unit_id, clock.today())) if row else frozenset()
    return Thing(reach=reach, posts=base.posts, people=base.people, sealed=base.sealed)


def involved(matter: Matter) -> set[int]:
    """Return who handled a matter, judged its answers, or reviewed it (参与过的人): they don't review it."""
    found = handlers(matter)
    found |= {answer.judge for answer in matter.answers.all() if answer.judge}
    return found | {review.decided_by for review in matter.reviewed.all() if review.decided_by}


def reviewing_unit(matter: Matter, *, third: bool = False, after: int = 0) -> int:
    """Return the unit that decides a review (复查单位): the nearest above where somebody unconcerned may.

    A re-review goes above the level that reviewed; above the top of the enterprise nobody here does (`beyond`).
    `after` is the level that reviewed, where the caller knows it.
    """
    day = clock.today()
    rows = matter.reviewed.filter(decided_at__isnull=False).order_by("-decided_at")
    last = rows.values_list("unit_id", flat=True).first() if third else None
    below = after or last or matter.lead_id or matter.unit_id
    above = levels_above(lineage(below, day), below)
    shut = involved(matter)
    for unit in above[:-1]:
        rows = Appointment.objects.filter(post__unit=unit, post__role__in=_HERE, since__lte=day)
        if _unconcerned(matter, set(rows.exclude(until__lte=day).values_list("person_id", flat=True)) - shut):
            return unit
    return above[-1]


def reviewers(matter: Matter, *, third: bool = False) -> set[int]:
    """Return who may decide a review (可作复查的人): at the level above, unconcerned, with no part in it."""
    unit = reviewing_unit(matter, third=third)
    asked = Review(round=3, unit_id=unit) if third else None  # who is told of it asks before it is written
    return _able(matter, unit, asked, _before(list(matter.reviewed.all())))


def _able(matter: Matter, unit: int, asked: Review | None, before: Review | None) -> set[int]:
    """Return who at a level may decide (可审理的人); nobody here where it is for the unit above alone."""
    day = clock.today()
    if beyond(matter, asked, before):
        return set()
    here = Q(post__unit=unit, post__role__in=_HERE) | Q(post__unit=unit, post__role__in=[r.value for r in _LEADERS])
    rows = Appointment.objects.filter(here, since__lte=day).exclude(until__lte=day)
    return _unconcerned(matter, set(rows.values_list("person_id", flat=True)) - involved(matter))


def _unconcerned(matter: Matter, people: set[int]) -> set[int]:
    """Return who of some the matter is not about (不涉及的人): of one that is about nobody, all."""
    thing = thing_of(matter)
    if not (thing.posts or thing.people):
        return people
    scopes = scopes_of(people)
    return {person for person in people if not excluded(scopes.get(person, NOBODY), thing)}


def outward(matter: Matter) -> bool:
    """Return whether the review that waits is one for the unit above the enterprise (应由上级单位审理).

    Nobody here may decide it: all had a part in it, or the top of the enterprise has reviewed it already (`beyond`).
    """
    rows = list(matter.reviewed.all())
    asked, before = next((row for row in rows if row.outcome == "waiting"), None), _before(rows)
    if asked is None:
        return False
    return not _able(matter, asked.unit_id, asked, before)


def _before(rows: list[Review]) -> Review | None:
    return max((row for row in rows if row.decided_at), key=lambda row: row.decided_at, default=None)


def level_of(scope: Scope, unit: int) -> int:
    """Return of which level somebody decides a review (审理层级): a leader speaks for the enterprise."""
    day = clock.today()
    way = lineage(unit, day)
    mine = [post.unit for post in scope.posts if post.role.value in _HERE]
    homes = lineages([post.unit for post in scope.posts if post.role in _LEADERS], day)
    levels = {*mine, *(to_mine(home)[-1].pk for home in homes.values())}
    return next((level for level in way if level in levels), unit)


def leading_posts() -> list[Post]:
    """Return the posts of leaders (领导岗位) that can take a matter on."""
    return list(posts_with(_LEADERS, clock.today()))
