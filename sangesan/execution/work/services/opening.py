"""Beginning a work item (立项): who leads, who takes part, until when, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import duty_for
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.foundation import clock, door
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.facts.services import record
from sangesan.method import chain as rule
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import ChainStarted
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of, paths_of

from .. import roads
from ..models import Part, StageRow, WorkItem
from ..queries.access import addressees, places
from .entering import enter
from .words import checked, refused

ONE_THING = ("decision", "task", "plan_line", "contact_problem")
"""Kinds of duties a work item may fulfil (可由工作项办结的应办事项); others are done on pages of their own."""


@transaction.atomic
def begin(*, scope: Scope, title: str, aim: str, units: Sequence[int], due: date, lead: str = "", cause: str = ""
          ) -> WorkItem:
    """Begin a work item (立项) and enter its first stage; `units` are ids, `lead` a post's code, '' for one's own.

    From a duty of one's own (`cause` duties/…) its end fulfils that duty: nothing is owed twice.
    """
    title = checked(title, _("工作名称"), rule.LONGEST_TITLE)
    aim = checked(aim, _("要达到什么"), rule.LONGEST_AIM)
    if why := rule.refusal(clock.today(), due):
        raise refused({"short": _("办完的日期太近，四个环节走不完"), "long": _("办完的日期在一年以后")}[why],
                      _("请填 %d 天以后、一年以内的日期") % rule.SHORTEST)
    post, chosen = _lead(scope, lead), _units(scope, units)
    duty = _caused(scope, cause, post, chosen)
    today = clock.today()
    item = WorkItem(title=title, aim=aim, unit=post.unit, line=post.line, path=path_of(post.unit_id, today), post=post,
                    table=rule.LATEST, stage=rule.STAGES[0], cause=cause, duty=duty, opened_at=clock.now(),
                    opened_by=scope.person, due=due)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("没有立项"), why=_("这件应办事项已经立过工作项"), next=_("请在工作项里打开它")) from None
    paths = paths_of([unit.pk for unit in chosen], today)
    for unit in chosen:
        Part.objects.create(item=item, unit=unit, path=paths[unit.pk])
    StageRow.objects.bulk_create([StageRow(item=item, slug=slug, due=day)
                                  for slug, day in rule.spread(today, due).items()])
    item.fact = record(ChainStarted(subject=item.subject, unit=item.path, line=item.line, occurred_at=clock.now(),
                                    quantity=len(chosen), table=item.table, due_day=f"{due:%F}", cause=cause),
                       actor=scope.actor, words=f"{title}\n{aim}")
    item.save(update_fields=["fact"])
    enter(item, item.stage, scope.actor)
    return item


def _lead(scope: Scope, code: str) -> Post:
    if not scope.can(Action.ASSIGN_WORK):
        raise Forbidden(_("没有立项"), why=_("您的岗位不向下交办工作"), next=_("请本单位负责人立项"))
    may = addressees(scope)
    found = next((post for post in may if post.code == code), None) if code else next(iter(may), None)
    if found is None:
        raise refused(_("不能由这个岗位牵头"), _("请从列表里选"))
    return found


def _units(scope: Scope, units: Sequence[int]) -> list[Unit]:
    wanted = set(units)
    if not wanted:
        raise refused(_("没有选参加的单位"), _("请至少选一个"))
    if len(wanted) > rule.MOST_UNITS:
        raise refused(_("一次最多 %d 个单位") % rule.MOST_UNITS, _("请选上级单位，由它逐级下达"))
    found = [unit for unit in places(scope) if unit.pk in wanted]
    if len(found) != len(wanted):
        raise refused(_("选了不归您管的单位，或单位已撤销"), _("请从列表里选"))
    return found


def _caused(scope: Scope, cause: str, post: Post, units: Sequence[Unit]) -> Duty | None:
    """Open where it came from (来由) and return the duty that the item's end fulfils, if it is one."""
    noun, _slash, key = cause.partition("/")
    if not cause:
        return None
    if noun not in roads.causes() or door.open(scope, cause) is None:
        raise NotFound(_("没有立项"), why=_("来由不存在，或者您没有查看的权限"))
    roads.guard(noun, cause, post, units)
    if noun != "duties":
        return None
    duty = duty_for(scope, int(key), Action.DO_WORK)
    if duty.origin.kind not in ONE_THING:
        raise refused(_("这类应办事项在它自己的页面办"), _("请直接办理"))
    if settlement_of(duty) is not None:
        raise Conflict(_("没有立项"), why=_("这件应办事项已经了结"))
    return duty
