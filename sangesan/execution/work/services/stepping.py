"""Steps (步骤): taken with a word on how, seen by a visit or an inspection, handed down level by level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.facts.services import attach
from sangesan.method import chain as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import Actor
from sangesan.organization.units.queries import paths_of, standing, subtree

from ..models import Part, Step, WorkItem
from ..queries.access import LARGEST, item_for, own_step, takes_part
from .entering import give
from .words import checked, refused


@transaction.atomic
def take(*, scope: Scope, item: int, duty: int, words: str) -> Step:
    """Take a step (办一步), with a word on how it was done: that word is its evidence."""
    step = own_step(scope, item, duty)
    words = checked(words, _("怎么办的"), rule.LONGEST_NOTE)
    if not step.item.running:
        raise Conflict(_("没有保存"), why=_("工作项已经结束"))
    duties.complete(duty=step.duty, actor=scope.actor, person=scope.person, words=words)
    return step


@transaction.atomic
def add_proof(*, scope: Scope, item: int, duty: int, words: str) -> Step:
    """Say afterwards how a step was done (补写佐证), where it was settled elsewhere without a word; once."""
    step = own_step(scope, item, duty)
    words, last = checked(words, _("怎么办的"), rule.LONGEST_NOTE), settlement_of(step.duty)
    if last is None or last.what != "done" or not step.item.running:
        raise Conflict(_("没有保存"), why=_("这一步还没有办结，或者工作项已经结束"))
    if last.words or not Step.objects.filter(pk=step.pk, note="").update(note=words):
        raise Conflict(_("没有保存"), why=_("已经写过"))
    attach(last.fact, words, actor=scope.actor)
    step.note = words
    return step


@transaction.atomic
def hand_down(*, scope: Scope, item: int, unit: int, below: Sequence[int]) -> list[Part]:
    """Hand a work item down a level (逐级下达): units beneath one that takes part do so too, with own steps.

    Possible until the stage 有效执行 is left.
    """
    found = WorkItem.objects.select_for_update(of=("self",)).select_related("unit", "post").get(
        pk=item_for(scope, item).pk)
    part = found.parts.filter(unit=min(unit, LARGEST)).select_related("unit").first()
    if part is None:
        raise NotFound()
    if not takes_part(scope, part):
        raise Forbidden(_("没有下达"), why=_("由%s负责人下达") % part.unit.name)
    if found.stage not in ("guide", "supervise", "execute"):
        raise Conflict(_("没有下达"), why=_("已经过了执行环节"))
    wanted, today = set(below), clock.today()
    under = set(subtree(part.unit_id, today)) - {part.unit_id} - set(found.parts.values_list("unit", flat=True))
    if not wanted or not wanted <= under:
        raise refused(_("没有选，或选了不在本单位之下、已经在内的单位"), _("请从列表里选"))
    if found.parts.count() + len(wanted) > rule.MOST_STEPS // len(rule.STAGES):
        raise refused(_("参加的单位太多"), _("请分成几个工作项"))
    paths, made = paths_of(wanted, today), []
    for one in standing(today).filter(pk__in=wanted):
        made.append(Part.objects.create(item=found, unit=one, path=paths[one.pk], above=part))
        give(found, found.stage, made[-1], scope.actor)
    return made


def seen(*, path: str, at: datetime, by: str, by_path: str, link: str) -> int:
    """Settle the open looks at a unit (已到现场): a visit or an inspection that was recorded is not entered again.

    `by` is the post that was there and `by_path` where it belongs: a unit does not look at itself.
    Returns how many were settled.
    """
    rows = Step.objects.filter(stage="supervise", item__stage="supervise", duty__opens__lte=at).exclude(
        duty__in=Duty.objects.filter(settled()).values("pk"))
    rows = rows.filter(part__path__in=_paths_above(path)).select_related("part", "duty__origin")
    made = 0
    for step in rows:
        if by_path.startswith(step.part.path):
            continue
        with transaction.atomic():
            duties.complete(duty=step.duty, actor=Actor.post(by), at=at, words=_("到现场的记录在案"))
            Step.objects.filter(pk=step.pk).update(link=link)
            made += 1
    return made


def _paths_above(path: str) -> list[str]:
    """Return a path and all above it (本级及上级路径)."""
    codes = path.strip("/").split("/")
    return ["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)]


def gone_over(sender: object, *, duty: Duty, **_said: object) -> None:
    """Let the part of a unit that ended go along with its steps (随步骤移交), unless the other takes part already."""
    part = Part.objects.filter(steps__duty=duty).exclude(unit=duty.unit_id).first()
    if part is not None and not part.item.parts.filter(unit=duty.unit_id).exists():
        Part.objects.filter(pk=part.pk).update(unit=duty.unit_id)


def kept(sender: object, *, duty: Duty, **_said: object) -> None:
    """Keep what a stage was left with (环节通过后不撤回): else it would stand without its evidence."""
    if not duty.origin.kind.startswith("work_") or settlement_of(duty) is not None:
        return
    step = Step.objects.filter(duty=duty).select_related("item").first()
    if step is not None and step.item.stage != step.stage:
        raise Conflict(_("没有撤回"), why=_("这个环节已经通过"), next=_("有错请写在下一环节里"))
