"""The permission query (权限查询): which matters a scope sees, and what it may do with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.asking import asked, dated
from sangesan.foundation.door import Sign
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import KEEPERS, Action, Scope, Thing, may
from sangesan.method.lifecycle import TABLES, By, Situation, State, Transition, find, offered, refusal

from ..models import Concern, Matter, Reach
from .alongside import NAMES, Alongside, handlers
from .beside import beside, own_office

FLOWS = ((Action.SEE, Reach.ORDINARY), (Action.INSPECT, Reach.SEALED), (Action.HEAR_UNION, Reach.HELD))
"""By which action each flow is read (各流所需权限)."""
_REVIEWS = (State.SECOND_REVIEW, State.THIRD_REVIEW)
_LIES = """
SELECT unit_id, leads, sealed, line, fresh_since FROM matters_reach WHERE matter_id = %(matter)s AND sealed <> %(gone)s
"""
_ABOUT = "SELECT post, person, mentioned FROM matters_concern WHERE matter_id = %(matter)s"


def visible(scope: Scope, flows: tuple[tuple[Action, int], ...] = FLOWS, *, fresh: bool = False) -> QuerySet[Matter]:
    """Return the matters a scope sees (可见事项): in reach, released, without conflict.

    Accusations answer to the inspectors alone, letters to the union first to the union. Agrees with
    `authority.may` on every object. With `flows`, only what these let read; with `fresh`, also what it will see
    once triage has judged it: for who heard it said.
    """
    seen = Q(pk__in=[])
    for action, flow in flows:
        if scope.can(action):
            rows = Reach.objects.filter(over(scope, action), sealed=flow) if fresh else reached(scope, action, flow)
            seen |= Exists(rows.filter(matter=OuterRef("pk")))
    return without_conflict(Matter.objects.filter(seen), scope, "pk")


def reached(scope: Scope, action: Action, flow: int = Reach.ORDINARY) -> QuerySet[Reach]:
    """Return where an action reaches in a flow (管辖所及): all there, or what is a line's own (条线的事项).

    What nobody has judged yet is there for triage alone, and for a line whose own it is (先由分办员看).
    """
    rows = Reach.objects.filter(over(scope, action), sealed=flow)
    return rows if sees_fresh(scope, action) else rows.filter(
        Q(fresh_since=None) | Q(unit__in=scope.units_for(Action.READ_FIRST)) | _lined(scope, action))


def sees_fresh(scope: Scope, action: Action) -> bool:
    """Return whether a scope reads what nobody has judged, wherever the action reaches (管辖内均可先阅)."""
    return action in KEEPERS or scope.units_for(action) <= scope.units_for(Action.READ_FIRST)


def over(scope: Scope, *actions: Action) -> Q:
    """Return the condition on rows of Reach that one of some actions reaches (管辖条件)."""
    found = Q(unit__in={unit for action in actions for unit in scope.units_for(action)})
    return found | _lined(scope, *actions)


def _lined(scope: Scope, *actions: Action) -> Q:
    """Return the condition on rows of Reach that they are a line's own which an action reaches (条线所及)."""
    units: dict[str, set[int]] = {}
    for unit, line in {ground for action in actions for ground in scope.grounds(action) if ground[1]}:
        units.setdefault(line, set()).add(unit)
    found = Q(pk__in=[])
    for line, own in units.items():
        found |= Q(unit__in=own, line=line)
    return found


def without_conflict(rows: QuerySet, scope: Scope, ref: str) -> QuerySet:
    """Leave out what is about this person, whom they stand in for, their posts, or all those they report to (回避).

    The conflicts are few and asked once, not row by row.
    """
    about = Concern.objects.filter(Q(person__in=scope.selves) | Q(post__in=scope.post_codes))
    rows = rows.exclude(**{f"{ref}__in": about.values("matter_id")})
    if scope.superiors:
        first, *others = sorted(scope.superiors)
        above = Concern.objects.filter(post=first)
        for code in others:
            above = above.filter(matter_id__in=Concern.objects.filter(post=code).values("matter_id"))
        rows = rows.exclude(**{f"{ref}__in": above.values("matter_id")})
    return rows


def hidden(scope: Scope, units: Iterable[int]) -> set[str]:
    """Return the subjects within some units that this scope may not even count (不可计数的事项)."""
    about = Concern.objects.filter(Q(person__in=scope.selves) | Q(post__in=scope.post_codes | scope.superiors))
    fresh = Reach.objects.filter(fresh_since__isnull=False, unit__in=list(units)).values_list("matter_id", flat=True)
    ids = _outside(units).union(fresh, about.values_list("matter_id", flat=True))
    ids -= set(visible(scope).filter(pk__in=ids).values_list("pk", flat=True))
    return _subjects(ids)


def outside(units: Iterable[int]) -> set[str]:
    """Return the subjects within some units that stand outside the ordinary flow (常规流程之外的事项)."""
    return _subjects(_outside(units))


def _outside(units: Iterable[int]) -> set[int]:
    rows = Reach.objects.filter(unit__in=list(units), sealed__gt=Reach.ORDINARY)
    return set(rows.values_list("matter_id", flat=True))


def _subjects(ids: Iterable[int]) -> set[str]:
    numbers = Matter.objects.filter(pk__in=ids).values_list("number", flat=True)
    return {f"matters/{number}" for number in numbers}


def matter_for(scope: Scope, number: str, *, hold: bool = False) -> Matter:
    """Fetch a matter (取事项); fetching is permission. Raises NotFound, absent or not visible alike.

    With `hold` its row is locked until the transaction ends.
    """
    if "\x00" not in number:
        rows = visible(scope).select_for_update(of=("self",)) if hold else visible(scope)
        found = rows.select_related("unit", "lead", "parent").filter(number=number).first()
        if found is not None:
            return found
    raise NotFound()


def signs(scope: Scope, keys: list[str]) -> dict[str, Sign]:
    """Return the signs of matters (门牌): the number, and the way there for whoever sees it."""
    seen = set(visible(scope).filter(number__in=keys).values_list("number", flat=True))
    return {key: Sign(_("事项 %s") % key, url=f"/w/matters/{key}/" if key in seen else "") for key in keys}


def thing_of(matter: Matter, *, lead: bool = False) -> Thing:
    """Return what authority judges (权限对象): with `lead`, only the paths of the unit in charge."""
    reaches = getattr(matter, "_reaches", None)
    if reaches is None:
        rows = asked(_LIES, matter=matter.pk, gone=Reach.GONE)
        reaches = matter._reaches = [(unit, bool(leads), flow, line, dated(fresh))
                                     for unit, leads, flow, line, fresh in rows]
        matter._concerns = [(post, person, bool(words)) for post, person, words in asked(_ABOUT, matter=matter.pk)]
    near = [(unit, line) for unit, leads, _flow, line, _fresh in reaches if leads or not lead or matter.sealed]
    return Thing(
        reach=frozenset(unit for unit, _line in near), lined=frozenset(row for row in near if row[1]),
        posts=frozenset(post for post, _person, _mentioned in matter._concerns if post),
        people=frozenset(person for _post, person, _mentioned in matter._concerns if person),
        sealed=matter.sealed, held=any(flow == Reach.HELD for _unit, _leads, flow, _line, _fresh in reaches),
        fresh=any(since for *_reach, since in reaches),
    )


@dataclass(frozen=True)
class Standing:
    """Where a scope stands to a matter (我与事项): the situation, and the steps open to me."""

    scope: Scope
    matter: Matter
    situation: Situation

    def can(self, transition: Transition) -> bool:
        """Return whether the permission reaches (有无权限)."""
        if transition.by != By.STAFF or transition.permission is None:
            return False
        thing = thing_of(self.matter, lead=transition.lead)
        if thing.held and transition.permission != Action.TRIAGE:
            return False
        if transition.permission == Action.REVIEW:
            thing = self._review_thing
        return may(self.scope, thing.keeper or transition.permission, thing)

    @cached_property
    def _review_thing(self) -> Thing:
        from .reviews import review_thing

        return review_thing(self.matter)

    @property
    def steps(self) -> list[Transition]:
        """The steps I may take now (我可做的操作)."""
        return [] if self.matter.cleared_on else list(offered(self.situation, self.can))

    def find(self, action: str) -> Transition | None:
        """The step of that name from here (流转项), whether or not I may take it."""
        return None if self.matter.cleared_on else find(action, self.situation)

    def refusal(self, transition: Transition) -> str | None:
        return refusal(transition, self.situation)


def standing(scope: Scope, matter: Matter) -> Standing:
    """Tell where a scope stands to a matter (我与事项)."""
    from .closing import stands_for
    from .reviews import outward

    here = situation(matter, scope.person)
    if matter.state == State.ANSWERED and matter.grade and (scope.can(Action.CLOSE) or scope.can(Action.CLOSE_A)):
        here = replace(here, closer=bool(stands_for(matter, scope)))
    if here.state in _REVIEWS and scope.can(Action.TRIAGE):
        here = replace(here, outward=outward(matter))
    if here.supervision_proposed or here.supervised:
        here = replace(here, own_office=own_office(scope, matter))
    if here.case_open:  # the post answers for a case: whoever holds it now signs, not whoever took it on
        leads = any(case.leader in scope.post_codes for case in matter.cases.all() if case.signed_at is None)
        here = replace(here, case_leader=leads)
    if scope.can(Action.TRIAGE) or scope.can(Action.HEAR_UNION):
        thing_of(matter)
        here = replace(here, marked=any(not mentioned for _post, _person, mentioned in matter._concerns))
    return Standing(scope, matter, here)


LOOKED_AT = (*NAMES, "messages")
"""The rows that `situation` reads of a matter, and what was said in it: fetched at once for many matters."""


def situation(matter: Matter, person: int = 0, *, on: date | None = None) -> Situation:
    """Return what the guards look at (情形), as seen by a person; rights are those of the day `on`."""
    now, rows = clock.now(), Alongside(matter)
    drafts = {a.outcome: a for a in rows.answers}
    extensions = {e.outcome: e for e in rows.extensions}
    pending = next((r for r in rows.regradings if r.outcome == "waiting"), None)
    draft, asked = drafts.get("waiting"), extensions.get("waiting")
    hands = handlers(matter) if person else set()
    return Situation(
        state=State(matter.state), grade=matter.grade, provisional=matter.provisional, sealed=matter.sealed,
        returns=matter.returns, bound=matter.bound, late=bool(matter.due_at and now > matter.due_at),
        first_answered=matter.first_answered_at is not None, planned=matter.planned_at is not None,
        extension_pending=asked is not None,
        extended=any(e.outcome == "granted" and e.round == matter.reopened for e in rows.extensions),
        regrading_pending=pending is not None, rated=bool(matter.rated),
        called_back=matter.called_back_at is not None,
        dissatisfied_before=any(rating.reopens for rating in rows.ratings),
        reviewed=matter.reviews > 0, answered_days=_answered_days(matter, rows, now),
        closed_days=_days(matter.closed_at, now),
        drafted_minutes=int((now - draft.at).total_seconds()) // 60 if draft else None,
        handler=person in hands, author=bool(draft and draft.author == person),
        proposer=bool(pending and pending.proposed_by == person),
        requester=bool(asked and asked.asked_by == person), version=matter.version if matter.version in TABLES else "",
        **beside(matter, rows, person, hands, on or clock.today()),
    )


def _answered_days(matter: Matter, rows: Alongside, now: datetime) -> int | None:
    """Return how long the answer could be read (答复天数): whoever was joined to it later has the days from then on."""
    if matter.answered_at is None:
        return None
    read = [row.start for row in rows.terms if row.code == "ask_review" and not row.lifted]
    return (clock.local(now).date() - max(read + [clock.local(matter.answered_at).date()])).days


def _days(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else (clock.local(now).date() - clock.local(since).date()).days
