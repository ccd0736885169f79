"""The end of a work item (结项): reviewed with what was learned, or given up with a reason."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method import chain as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import ChainDropped, ChainEnded

from ..models import WorkItem
from ..queries.detail import detail_of
from ..queries.review import review_of
from .passing import held, passed
from .words import checked


@transaction.atomic
def end(*, scope: Scope, item: int, learned: str) -> WorkItem:
    """Review and end a work item (评估办结): figures come from the ledger, only what was learned is typed."""
    found = held(scope, item)
    learned = checked(learned, _("收获"), rule.LONGEST_LEARNED)
    if found.stage != "review":
        raise Conflict(_("没有办结"), why=_("还没有到分析评估"), next=_("请先通过前面的环节"))
    passed(found, detail_of(found), scope, learned=True)
    now, told = clock.now(), review_of(found)
    found.stage, found.ended_at, found.learned = rule.ENDED, now, learned
    words = json.dumps({"title": found.title, "aim": found.aim, "learned": learned, **asdict(told)},
                       ensure_ascii=False, sort_keys=True)
    found.fact = record(ChainEnded(
        subject=found.subject, unit=found.path, line=found.line, occurred_at=now, quantity=told.planned,
        in_time=int(clock.today() <= found.due), done=told.done, late=told.late, missed=told.missed),
        actor=scope.actor, words=words)
    found.save(update_fields=["stage", "ended_at", "learned", "fact"])
    for duty in _open(found):
        duties.complete(duty=duty, actor=scope.actor, person=scope.person, words=learned[:300])
    return found


def _open(item: WorkItem) -> list[Duty]:
    """Return what the end fulfils (随之办结的应办事项): the review's own duty, or the one the item came from."""
    keys = [*item.steps.filter(stage="review").values_list("duty", flat=True), item.duty_id]
    return list(Duty.objects.filter(pk__in=[key for key in keys if key]).exclude(settled()).select_related("origin"))


@transaction.atomic
def drop(*, scope: Scope, item: int, why: str) -> WorkItem:
    """Give a work item up (撤销工作项) with a reason: open steps fall away, what it came from stays to be done."""
    found = held(scope, item)
    why, stage = checked(why, _("撤销的原因"), rule.LONGEST_NOTE), found.stage
    found.stage, found.ended_at = rule.DROPPED, clock.now()
    found.fact = record(ChainDropped(subject=found.subject, unit=found.path, line=found.line, occurred_at=clock.now(),
                                     stage=stage), actor=scope.actor, words=why)
    found.learned = why
    found.save(update_fields=["stage", "ended_at", "fact", "learned"])
    keys = found.steps.values_list("duty", flat=True)
    for duty in Duty.objects.filter(pk__in=list(keys)).exclude(settled()).select_related("origin"):
        duties.cancel(duty=duty, actor=scope.actor, why="cause_ended", words=why, person=scope.person)
    return found
