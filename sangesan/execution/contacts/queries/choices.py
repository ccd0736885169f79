"""What can be chosen (可选项): units and callers within one's reach, in organisation order."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.contacts import month_of
from sangesan.organization.people.queries import posts_with
from sangesan.organization.units.models import Kind, Line
from sangesan.organization.units.queries import standing, within

from ..models import Pair, Visit
from .access import carried, carries, in_force, pairs
from .gaps import GRASS_ROOTS
from .standing import Standing, counted, standing_of, standing_steps

CADRES = (Role.LEADER, Role.CADRE, Role.UNION, Role.YOUTH, Role.INSPECTOR)
"""Posts that keep in touch in person (联系干部)."""


def leads() -> list[tuple[str, str]]:
    """Return the units a problem may be given to (可交办单位): teams, offices and the like, not crews."""
    kinds = [*GRASS_ROOTS, Kind.OFFICE, Kind.SPECIALTY, Kind.SHAFT]
    rows = standing(clock.today()).filter(line=Line.ADMINISTRATION.value, kind__in=kinds)
    return list(rows.values_list("code", "name"))


def callers(scope: Scope) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who may keep in touch (可选联系人), cadres' posts and offices within reach."""
    reached, today = within(scope, Action.ASSIGN_WORK), clock.today()
    posts = posts_with(CADRES, today).filter(unit__in=reached).order_by("unit__position", "-head", "code")
    offices = standing(today).filter(pk__in=reached, kind=Kind.OFFICE.value)
    return [(_("科室"), [(f"office:{code}", name) for code, name in offices.values_list("code", "name")]),
            (_("干部"), [(f"post:{code}", title) for code, title in posts.values_list("code", "title")])]


def callees(scope: Scope) -> list[tuple[str, str]]:
    """Return the grass-roots units within reach (可选基层单位)."""
    rows = standing(clock.today()).filter(pk__in=within(scope, Action.ASSIGN_WORK), kind__in=GRASS_ROOTS)
    return list(rows.values_list("code", "name"))


def arranged(scope: Scope) -> list[Pair]:
    """Return the pairs in force that a scope arranges (现行结对)."""
    reached = within(scope, Action.ASSIGN_WORK)
    return list(in_force(pairs(scope)).filter(unit__in=reached, office__in=reached))


def mine(scope: Scope, month: date) -> list[Standing]:
    """Return how the pairs stand that this person carries (我的联系点)."""
    return standing_of(in_force(pairs(scope).filter(carried(scope))), month)


def ours(scope: Scope, month: date) -> list[Standing]:
    """Return how the pairs stand in which my unit is visited (联系我们单位的)."""
    units = scope.units_for(Action.DO_WORK)
    return standing_of(in_force(pairs(scope).filter(unit__in=units).exclude(carried(scope))), month)


def unfinished(scope: Scope, most: int = 50) -> list[Visit]:
    """Return visits of mine or of my unit with a step left (未闭环的联系), the oldest first."""
    units = scope.units_for(Action.DO_WORK)
    own = pairs(scope).filter(carried(scope)) | pairs(scope).filter(unit__in=units)
    rows = Visit.objects.filter(pair__in=own, found=True).exclude(steps__step="feed_back", steps__withdrawn_at=None)
    rows = rows.select_related("pair__unit", "pair__office", "pair__post").prefetch_related("steps")
    return [visit for visit in rows.order_by("day", "pk")[:most] if "feed_back" not in standing_steps(visit)]


def history(scope: Scope, pair: Pair, months: int = 12) -> dict:
    """Return the months and visits of a pair (结对的经过), the latest first, and what I may change."""
    rows = pair.visits.prefetch_related("steps")[:3 * months]
    taken = [(visit, *counted(visit)) for visit in rows]
    today = clock.today()
    here = standing_of([pair], month_of(today))[0]
    next_plan = pair.plans.filter(month__gt=today).order_by("month").first()
    carrying = carries(scope, pair)
    arranges = {pair.unit_id, pair.office_id} <= within(scope, Action.ASSIGN_WORK)
    return {"taken": taken, "here": here, "next": next_plan, "mine": carrying, "arranges": arranges,
            "movable": (carrying or arranges) and pair.until is None and (here.visit is None or next_plan)}
