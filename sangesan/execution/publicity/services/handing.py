"""Handing down (层层传达): each unit receives and passes on; it is a duty of the unit, settled by passing on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.duties.queries.holders import holder_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method import publicity as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import SYSTEM, Actor, NoticePassedOn, NoticeReceived
from sangesan.organization.notices.services import notify
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import paths_of

from ..models import Campaign, Handing
from ..queries.access import below, handing_for, publicists

END_OF_DAY = time(18)


def hand(campaign: Campaign, units: Sequence[Unit], actor: Actor, above: Handing | None = None) -> list[Handing]:
    """Hand a notice to units (下达): each gets one duty, and its head and publicists one notice."""
    today, made = clock.today(), []
    there = set(campaign.handings.values_list("unit", flat=True))
    paths = paths_of([unit.pk for unit in units], today)
    day = max(today, campaign.starts) + rule.PASS_WITHIN
    for unit in units:
        if unit.pk in there:
            continue
        duty = duties.assign(
            kind="notice_pass", subject=campaign.subject, code=f"{campaign.pk}.{unit.pk}",
            title=_("接收并传达：%s") % campaign.title, unit=unit, line=unit.line, actor=actor,
            due=datetime.combine(day, END_OF_DAY, clock.LOCAL))
        made.append(Handing.objects.create(
            campaign=campaign, unit=unit, path=paths[unit.pk], above=above, duty=duty, handed_at=clock.now(),
            level=rule.level_of(unit.kind)))
        _tell(made[-1], "notice.handed")
    return made


@transaction.atomic
def receive(*, scope: Scope, campaign: int, unit: int) -> Handing:
    """Say that a unit has received it (收到), once."""
    row = _open(scope, campaign, unit)
    if not Handing.objects.filter(pk=row.pk, received_at=None).update(
            received_at=clock.now(), received_by=_post(scope)):
        raise Conflict(_("没有登记"), why=_("%s已经收到了") % row.unit.name)
    record(NoticeReceived(subject=row.campaign.subject, unit=row.path, line=row.unit.line, occurred_at=clock.now(),
                          level=row.level), actor=scope.actor)
    row.refresh_from_db()
    return row


@transaction.atomic
def pass_on(*, scope: Scope, campaign: int, unit: int) -> Handing:
    """Pass it on (传达): to the level below where there is one, else by word of mouth; receiving is included."""
    row = _open(scope, campaign, unit)
    if row.received_at is None:
        receive(scope=scope, campaign=campaign, unit=unit)
    if not Handing.objects.filter(pk=row.pk, passed_at=None).update(passed_at=clock.now(), passed_by=_post(scope)):
        raise Conflict(_("没有登记"), why=_("%s已经传达了") % row.unit.name)
    down = hand(row.campaign, below(row), scope.actor, above=row) if row.level < 2 else []
    record(NoticePassedOn(subject=row.campaign.subject, unit=row.path, line=row.unit.line, occurred_at=clock.now(),
                          quantity=max(1, len(down)), level=row.level, in_time=int(clock.now() <= row.duty.due)),
           actor=scope.actor)
    if settlement_of(row.duty) is None:
        duties.complete(duty=row.duty, actor=scope.actor, person=scope.person)
    row.refresh_from_db()
    return row


def gone_over(sender: object, *, duty: Duty, **_said: object) -> None:
    """Let a handing go along with its duty (随传达移交); to whom it was handed already it is not handed twice."""
    row = Handing.objects.filter(duty=duty).first()
    if row is None:
        return
    if row.campaign.handings.filter(unit=duty.unit_id).exists():
        duties.cancel(duty=duty, actor=SYSTEM, why="unit_closed")
        return
    Handing.objects.filter(pk=row.pk).update(unit=duty.unit_id)


def remind(day: date) -> int:
    """Remind units that have not passed on (提醒未传达): twice at most, in the batches of notices. Safe to repeat."""
    today, told = clock.today(), 0
    since = today - timedelta(days=max(rule.REMIND_AFTER) + 1)
    rows = Handing.objects.filter(Q(handed_at__gte=clock.ago(days=max(rule.REMIND_AFTER) + 1))
                                  | Q(campaign__starts__gte=since), passed_at=None, campaign__ended_at=None,
                                  campaign__ends__gte=today).select_related("campaign", "unit")
    for row in rows:
        if rule.reminds(max(clock.local(row.handed_at).date(), row.campaign.starts), today):
            told += _tell(row, "notice.waiting")
    return told


def _tell(row: Handing, kind: str) -> int:
    """Tell a unit's head and its publicists (告知): by post, so that nobody is named."""
    head = holder_of(row.unit_id, row.unit.line, None, clock.today())
    return notify(persons=[head.pk] if head else [], posts=publicists(row.unit_id), subject=row.campaign.subject,
                  kind=kind)


def _open(scope: Scope, campaign: int, unit: int) -> Handing:
    row = handing_for(scope, campaign, unit)
    if row.campaign.ended_at is not None:
        raise Conflict(_("没有登记"), why=_("这项宣传计划已经停止"))
    return row


def _post(scope: Scope) -> str:
    return scope.posts[0].title[:60] if scope.posts else ""
