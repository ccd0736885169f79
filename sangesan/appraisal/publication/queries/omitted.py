"""What is missing in a line (漏计): what was recorded since, who records it where, and who is asked to."""

from __future__ import annotations

from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import counted_late, righting
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row, entries, several
from sangesan.method.authority import POWERS, Action, Role, Scope
from sangesan.method.omissions import OMITTED, Asked, Place, places
from sangesan.organization.people.queries import posts_of, posts_with
from sangesan.organization.units.queries import heir_of
from sangesan.organization.units.queries.ended import heirs

from ..models import Appeal


def late_facts(appeal: Appeal) -> list[Row]:
    """Return what its line would hold by now (截止后会计入的补记): nothing where it means one fact.

    Whoever recorded any of it, for or against the unit, does not decide.
    """
    return [] if appeal.about > 0 else counted_late(appeal.run, appeal.unit.code, appeal.indicator)


def offered(appeal: Appeal, late: list[Row]) -> list[Row]:
    """Return by which of that it may be put right (可据以更正的补记): no loss shows that something was left out."""
    return righting(appeal.run, appeal.unit.code, appeal.indicator, late)


def places_of(appeal: Appeal) -> list[Place]:
    """Return who records what its line counts, and where (登记处)."""
    rules = by_id(appeal.run.rule_set_id).indicators
    tallies = next((one.tallies for one in rules if one.code == appeal.indicator), ())
    return places(tallies, period=appeal.run.period not in Run.DAILY)


def righted_by(appeal: Appeal) -> list[Row]:
    """Return the facts by which an objection was put right (据以更正的补记), as the ruling named them."""
    told = entries(subject=appeal.subject, kinds=["objection.righted"])
    return [row for _id, row in sorted(several(int(one.content["fact"]) for one in told).items())]


def recorders(number: str) -> list[int]:
    """Return the posts that are asked to record what an objection says is missing (请补记的岗位), but who filed it."""
    appeal = Appeal.objects.select_related("unit", "run").get(number=number)
    if appeal.about != OMITTED:
        return []
    today, asked = clock.today(), {place.asked for place in places_of(appeal)}
    unit = heir_of(appeal.unit, today) or appeal.unit
    own = [post for post in posts_of(unit.pk, today) if at_work(Role(post.role))]
    posts = [*(own if Asked.UNIT in asked else ()),
             *(posts_with([Role.ASSESSOR], today) if Asked.ASSESSOR in asked else ())]
    return [post.pk for post in posts if post.code != appeal.post]


def worked(scope: Scope) -> set[int]:
    """Return the units whose work this scope does itself (本岗所在单位): it may look what it forgot to record.

    With those whose work its own took over.
    """
    own = {post.unit for post in scope.posts if at_work(post.role)}
    return own | {old for old, new in heirs(clock.today()).items() if new in own} if own else set()


def at_work(role: Role) -> bool:
    """Return whether posts of a kind do the work of their unit (承办岗位)."""
    return Action.DO_WORK in POWERS[role][1]
