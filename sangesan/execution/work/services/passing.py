"""Leaving a stage (环节通过): only when nothing is lacking, by whoever leads."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import chain as rule
from sangesan.method.authority import Scope
from sangesan.method.duty_status import Status
from sangesan.method.facts import ChainPassed

from ..models import WorkItem
from ..queries.access import item_for, leads
from ..queries.detail import Detail, detail_of, seen_of
from .entering import enter


def held(scope: Scope, item: int) -> WorkItem:
    """Fetch a running work item one leads (取牵头的工作项), held for this change."""
    found = item_for(scope, item)
    if not leads(scope, found):
        raise Forbidden(_("没有保存"), why=_("这个工作项由%s牵头") % found.post.title)
    row = WorkItem.objects.select_for_update(of=("self",)).select_related("unit", "post", "duty").get(pk=found.pk)
    if not row.running:
        raise Conflict(_("没有保存"), why=_("工作项已经结束"), next=_("请刷新后查看"))
    return row


@transaction.atomic
def leave(*, scope: Scope, item: int, stage: str) -> WorkItem:
    """Leave the present stage (通过环节) and enter the next. Raises UserError that says all that is lacking."""
    found = held(scope, item)
    if found.stage != stage:
        raise Conflict(_("没有通过"), why=_("已经到了别的环节"), next=_("请刷新后查看"))
    if stage == "review":
        raise UserError(_("没有通过"), why=_("最后一个环节写完收获即办结"), next=_("请写收获"))
    passed(found, detail_of(found), scope)
    found.stage = rule.following(stage, found.table)
    found.save(update_fields=["stage"])
    enter(found, found.stage, scope.actor)
    return found


def passed(item: WorkItem, detail: Detail, scope: Scope, learned: bool = False) -> None:
    """Note that a stage was left (登记通过). Raises UserError when something is lacking."""
    lacks = rule.lacking(item.stage, seen_of(detail, scope.person, learned), item.table)
    if lacks:
        raise UserError(_("没有通过"), why="；".join(lacks), next=_("请补齐以后再通过"), code="lacking")
    now, view = clock.now(), detail.now
    item.stages.filter(slug=item.stage).update(
        left_at=now, post=scope.posts[0].code[:60] if scope.posts else "")
    late = sum(step.status == Status.LATE for step in view.steps)
    record(ChainPassed(subject=item.subject, unit=item.path, line=item.line, occurred_at=now, stage=item.stage,
                       quantity=len(view.steps), in_time=int(clock.local(now).date() <= view.row.due), late=late),
           actor=scope.actor)
