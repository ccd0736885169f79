"""Who reviews (复查主体): one level above the unit in charge, never a hand that had a part in it."""

from __future__ import annotations

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.authority import NOBODY, POWERS, Action, Reach, Thing, excluded
from sangesan.method.reviewing import levels_above
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.people.queries import posts_with, scopes_of
from sangesan.organization.units.queries import lineage

from ..models import Matter, Review
from .access import thing_of
from .detail import handlers

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
    found |= set(matter.answers.exclude(judge=0).values_list("judge", flat=True))
    return found | set(matter.reviewed.exclude(decided_by=0).values_list("decided_by", flat=True))


def reviewing_unit(matter: Matter, *, third: bool = False) -> int:
    """Return the unit that decides a review (复查单位): the nearest above where somebody unconcerned may.

    A re-review goes above the unit that reviewed; at the top it stays there, before other eyes.
    """
    day = clock.today()
    last = matter.reviewed.order_by("-decided_at").values_list("unit_id", flat=True).first() if third else None
    below = last or matter.lead_id or matter.unit_id
    above = levels_above(lineage(below, day), below)
    shut = involved(matter)
    for unit in above[:-1]:
        rows = Appointment.objects.filter(post__unit=unit, post__role__in=_HERE, since__lte=day)
        if _unconcerned(matter, set(rows.exclude(until__lte=day).values_list("person_id", flat=True)) - shut):
            return unit
    return above[-1]


def reviewers(matter: Matter, *, third: bool = False) -> set[int]:
    """Return who may decide a review (可作复查的人): at the level above, unconcerned, with no part in it."""
    return _able(matter, reviewing_unit(matter, third=third), _before(list(matter.reviewed.all())))


def _able(matter: Matter, unit: int, before: Review | None) -> set[int]:
    """Return who at a level may decide (可审理的人); nobody here re-reviews what the unit above reviewed `before`."""
    day = clock.today()
    if before is not None and before.passed_on and before.outcome != "redo":
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

    Nobody here may decide it, or the top of the enterprise has reviewed it already and the law asks for the next level
    up (T9): then whoever had no part in it here may still, as far as nobody has passed it on.
    """
    rows = list(matter.reviewed.all())
    asked, before = next((row for row in rows if row.outcome == "waiting"), None), _before(rows)
    if asked is None:
        return False
    top = asked.round == 3 and before is not None and before.unit_id == asked.unit_id
    return top or not _able(matter, asked.unit_id, before)


def _before(rows: list[Review]) -> Review | None:
    return max((row for row in rows if row.decided_at), key=lambda row: row.decided_at, default=None)


def leading_posts() -> list[Post]:
    """Return the posts of leaders (领导岗位) that can take a matter on."""
    return list(posts_with(_LEADERS, clock.today()))
