"""Reactions (反应): when this fact is recorded, do that; nobody waits for it.

One table. What a person's own step makes known at once is told by the step itself (feedback's
warning); here stands what no person does: a clock that ran out, a result published by night.
A reaction is offered every fact at most once; one that fails is set aside, shown on
the health page, and stops neither the next fact nor another reaction. Each row names the facts
it may cause, and a test proves that the graph has no cycle. Facts older than three days, brought
in as history or caught up after a standstill, tell nobody anything any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from sangesan.appraisal.publication.queries import concerned, recorders
from sangesan.foundation import clock, door
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.queries import Row
from sangesan.ledger.facts.services import advance, set_aside
from sangesan.method.authority import Role
from sangesan.method.grading import CONFIRM
from sangesan.method.terms import TERMS
from sangesan.organization.notices.services import fulfilled, notify
from sangesan.organization.people.queries import holders, post_keys, posts_of, posts_over, posts_with, scope_of
from sangesan.organization.units.queries import by_code

from . import contact_points, discussions, operation_chain, receptions, succession

FRESH = timedelta(days=3)
AT_WORK = frozenset({Role.CHIEF, Role.HANDLER, Role.SECRETARY, Role.CREW_LEADER, Role.INSPECTOR})
"""Who answers for what a unit was given (单位办理岗位)."""


@dataclass(frozen=True)
class Reaction:
    """A row of the table (一条反应): on a fact of these kinds do this, which may cause those facts."""

    name: str
    kinds: frozenset[str]
    do: Callable[[Row], object]
    causes: frozenset[str] = frozenset()


def tell(row: Row, kind: str, posts: Iterable[int]) -> int:
    """Tell holders of posts of a fact's subject (通知), but only those to whom its door opens."""
    today = clock.today()
    people = {person for post in posts for person in holders(post, today)}
    allowed = [p for p in sorted(people) if door.open(scope_of(p, today), row.subject) is not None]
    return notify(persons=allowed, subject=row.subject, kind=kind) if allowed else 0


def overdue(row: Row) -> int:
    """Tell the unit and the secretaries above it (超期通知); a late A also reaches the leaders.

    What is late by law (法定超期) reaches the leaders and the petition office. Of a danger that nobody confirmed all
    were woken when its time ran out; it may be confirmed by now.
    """
    if row.content.get("clock") == CONFIRM:
        return 0
    today, late_a = clock.today(), row.content.get("grade") == "A"
    unit = by_code(row.unit.rstrip("/").rpartition("/")[2])
    leaders = [Role.LEADER, Role.DUTY] if late_a else []
    if row.content.get("clock") in TERMS:
        leaders += [Role.LEADER, Role.TRIAGE]
    posts = [post.pk for post in posts_with(leaders, today)]
    if unit:  # only those over it are asked: a group has a thousand secretaries
        posts += [*at_work(unit.pk), *(post.pk for post in posts_over(unit.pk, [Role.SECRETARY], today))]
    return tell(row, "warning.a_escalated" if late_a else "matter.overdue", posts)


def at_work(unit: int) -> list[int]:
    """Return the posts of a unit that handle matters (办理岗位)."""
    return [post.pk for post in posts_of(unit, clock.today()) if Role(post.role) in AT_WORK]


def published(row: Row) -> int:
    """Tell the heads of units whose own loss is new that day (公布通知); nobody else is disturbed."""
    units = concerned(int(row.content["run"]))
    heads = [post.pk for unit in units for post in posts_of(unit, clock.today()) if post.head]
    return tell(row, "result.published", heads)


def passed(row: Row) -> int:
    """Tell the node to which something passed from another network (转送通知)."""
    return tell(row, "network.passed", post_keys([str(row.content["node"])]))


def appealed(row: Row) -> int:
    """Tell those who decide objections (异议待裁定); a leader is not disturbed for it.

    Where something is said to be missing, whoever records it is asked whether it was forgotten (请补记).
    """
    deciders = [post.pk for post in posts_with([Role.CADRE, Role.ASSESSOR], clock.today())]
    tell(row, "objection.to_record", recorders(row.subject.partition("/")[2]))
    return tell(row, "objection.filed", deciders)


def ruled(row: Row) -> int:
    """Tell the post that objected (异议裁定); nobody is asked any more."""
    fulfilled(subject=row.subject, kinds=["objection.to_record"])
    told = ledger.entries(subject=row.subject, kinds=["objection.filed"])
    return tell(row, "objection.decided", post_keys(one.actor.removeprefix("post:") for one in told))


TABLE: tuple[Reaction, ...] = (
    Reaction("settle_visit", frozenset({"matter.answered"}), contact_points.matter_answered,
             frozenset({"visit.settled"})),
    Reaction("settle_point", frozenset({"matter.answered"}), discussions.matter_answered,
             frozenset({"discussion.answered"})),
    Reaction("settle_look", frozenset({"visit.made", "inspection.made"}), operation_chain.looked,
             frozenset({"duty.done", "duty.late"})),
    Reaction("settle_reception", frozenset({"reception.published"}), receptions.published,
             frozenset({"duty.done", "duty.late"})),
    Reaction("take_over", frozenset({"unit.closed"}), succession.unit_closed,
             frozenset({"duty.handed_over", "duty.cancelled"})),
    Reaction("tell_overdue", frozenset({"matter.overdue"}), overdue),
    Reaction("tell_published", frozenset({"result.published"}), published),
    Reaction("tell_appealed", frozenset({"objection.filed"}), appealed),
    Reaction("tell_ruled", frozenset({"objection.decided"}), ruled),
    Reaction("tell_passed", frozenset({"network.passed"}), passed),
)


def run(table: tuple[Reaction, ...] = TABLE) -> int:
    """Offer every new fact to every reaction (执行反应) and return how many were done."""
    upto, done = ledger.cutoff(), 0
    stands = {reaction.name: ledger.cursor_of(reaction.name) for reaction in table}
    while rows := ledger.after(min(stands.values()), upto):
        for reaction in table:
            wanted = [r for r in rows if r.kind in reaction.kinds and r.id > stands[reaction.name] and fresh(r)]
            done += sum(offer(reaction, row) for row in wanted)
            if stands[reaction.name] < rows[-1].id:
                advance(reaction.name, rows[-1].id)
                stands[reaction.name] = rows[-1].id
    return done


def fresh(row: Row) -> bool:
    """Return whether a fact is still news (是否新近)."""
    return clock.now() - row.occurred_at <= FRESH


def offer(reaction: Reaction, row: Row) -> bool:
    """Offer one fact to one reaction (执行一次); on a fault set it aside and go on."""
    try:
        with transaction.atomic():
            if not advance(reaction.name, row.id):
                return False
            reaction.do(row)
            return True
    except Exception as fault:
        set_aside(reaction.name, row.id, fault)
        return False
