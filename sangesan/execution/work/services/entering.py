"""Entering a stage (进入环节): its steps are given to their owners as duties, once for each unit."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.foundation import clock
from sangesan.method import chain as rule
from sangesan.method.facts import Actor
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import parent_of

from ..models import Part, Step, WorkItem

END_OF_DAY = time(18)
LEAST = timedelta(hours=20)
"""A stage that begins late still leaves everybody so much time (最少时间)."""


def enter(item: WorkItem, slug: str, actor: Actor) -> None:
    """Enter a stage (进入环节): note when, and give each unit its step."""
    item.stages.filter(slug=slug).update(entered_at=clock.now())
    if slug == "review":
        if item.duty_id is None:
            give(item, slug, item.parts.order_by("pk")[0], actor)
        return
    for part in item.parts.select_related("unit"):
        give(item, slug, part, actor)


def give(item: WorkItem, slug: str, part: Part, actor: Actor) -> Step:
    """Give a unit its step of a stage (交办步骤): to the unit itself, or to who leads and does it for the unit."""
    stage = rule.stage_of(slug, item.table)
    day = item.stages.get(slug=slug).due
    due = max(datetime.combine(day, END_OF_DAY, clock.LOCAL), clock.now() + LEAST)
    unit, line, post = _owner(item, stage, part)
    other = part.unit if unit.pk != part.unit_id and slug != "review" else None
    duty = duties.assign(
        kind=f"work_{slug}", subject=item.subject, code=f"{item.pk}.{slug}.{part.pk}", title=stage.step % item.title,
        unit=unit, line=line, post=post, counterpart=other, due=due, actor=actor,
        note=_("要达到：%s") % item.aim)
    return Step.objects.create(item=item, stage=slug, part=part, duty=duty)


def _owner(item: WorkItem, stage: rule.Stage, part: Part) -> tuple[Unit, str, Post | None]:
    """Return who does a step (由谁办): nobody looks at his own unit, so a higher one looks there."""
    if not stage.above:
        return part.unit, part.unit.line, None
    if stage.slug == "supervise" and part.unit_id == item.unit_id:
        above = parent_of(item.unit_id, clock.today())
        return (above, above.line, None) if above else (item.unit, item.line, item.post)
    return item.unit, item.line, item.post
