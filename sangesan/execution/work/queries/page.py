"""What the pages of a work item show (工作项页面内容)."""

from __future__ import annotations

from typing import Any

from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.foundation import clock, door
from sangesan.method import chain as rule
from sangesan.method.authority import Scope
from sangesan.organization.units.queries import standing, subtree

from ..models import Part, Step, WorkItem
from .access import leads, takes_part
from .detail import detail_of


def page_of(scope: Scope, item: WorkItem) -> dict[str, Any]:
    """Return what the page of an item shows (详情页)."""
    found = detail_of(item)
    mine = leads(scope, item)
    lacks = found.lacking(scope.person) if mine else []
    downs = _downs(scope, item, found.parts) if item.stage in ("guide", "supervise", "execute") else []
    return {"item": item, "it": found, "leads": mine and item.running, "lacking": lacks, "downs": downs,
            "cause": f"/w/{item.cause}/" if item.cause and door.open(scope, item.cause) else "",
            "shown": door.opened(scope, (step.step.link for one in found.stages for step in one.steps)),
            "left": sum(bool(one.row.left_at) for one in found.stages), "today": clock.today(),
            "own": {step.step.duty_id for one in found.stages for step in one.steps if _mine(scope, step.step)}}


def _mine(scope: Scope, step: Step) -> bool:
    """Return whether a step is this person's (是否本人步骤), from posts alone: the step's page asks again."""
    post = step.duty.post
    if post is not None:
        return post.code in scope.post_codes
    return any(held.unit == step.duty.unit_id for held in scope.posts)


def below(scope: Scope, item: WorkItem) -> list[tuple[int, str]]:
    """Return the units to which a scope may hand an item down (可下达的单位)."""
    return [pair for _part, pairs in _downs(scope, item, list(item.parts.select_related("unit"))) for pair in pairs]


def _downs(scope: Scope, item: WorkItem, parts: list[Part]) -> list[tuple[Part, list[tuple[int, str]]]]:
    mine = [part for part in parts if takes_part(scope, part)][:rule.MOST_UNITS]
    there, today = {part.unit_id for part in parts}, clock.today()
    under = {part.pk: set(subtree(part.unit_id, today)) - there for part in mine}
    wanted = {pk for units in under.values() for pk in units}
    names = list(standing(today).filter(pk__in=wanted).values_list("pk", "name")) if wanted else []
    return [(part, pairs) for part in mine if (pairs := [one for one in names if one[0] in under[part.pk]])]


def step_page(step: Step) -> dict[str, Any]:
    """Return what the page of a step shows (步骤页)."""
    last = settlement_of(step.duty)
    return {"step": step, "item": step.item, "stage": rule.stage_of(step.stage, step.item.table),
            "settled": last is not None, "said": (last.words if last else "") or step.note}
