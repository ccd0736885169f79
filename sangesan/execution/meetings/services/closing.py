"""Closing a meeting (形成纪要): minutes, facts, a duty for each decision, and the routine's duty done, all at once."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.routines.models import Force
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.queries import fact as fact_of
from sangesan.ledger.facts.services import record
from sangesan.method import meetings as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import DecisionTaken, MeetingHeld
from sangesan.organization.units.models import Unit

from ..models import Item, Meeting
from ..queries.agenda import agenda_of
from ..queries.minutes import composed
from ..queries.roster import roll
from .preparing import opened

END_OF_DAY, SOON = time(18), timedelta(hours=1)


@transaction.atomic
def close(*, scope: Scope, meeting: int) -> Meeting:
    """Close a meeting (结束会议): what was written down becomes minutes that nobody changes any more.

    Refused before it began, without an end, without conclusions, when too few came, and too late.
    """
    found, now = opened(scope, meeting), clock.now()
    agenda = agenda_of(found)
    present, expected = roll(found)
    _check(found, present, expected, now)
    Unit.objects.select_for_update().get(pk=found.unit_id)  # numbers are given one after the other
    year = clock.local(found.begins).year
    last = Meeting.objects.filter(unit=found.unit, series=found.series, begins__year=year).aggregate(n=Max("number"))
    found.number, found.closed_at = (last["n"] or 0) + 1, now
    decided = [_assigned(scope, found, item) for item in
               found.items.filter(what="decision").select_related("post__unit").order_by("place")]
    words = json.dumps(composed(found, agenda), ensure_ascii=False, sort_keys=True)
    found.fact = record(MeetingHeld(
        subject=found.subject, unit=found.path, line=found.line, occurred_at=found.begins, quantity=present,
        series=found.series, expected=expected, decisions=len(decided)), actor=scope.actor, words=words)
    found.words = str(fact_of(found.fact).content["words"])
    found.save(update_fields=["number", "closed_at", "fact", "words"])
    for item in decided:
        record(DecisionTaken(
            subject=found.subject, unit=found.path, line=found.line, occurred_at=found.begins, duty=item.duty.subject,
            owner=item.post.code, due_day=item.due.isoformat()), actor=scope.actor)
    if found.duty is not None and settlement_of(found.duty) is None:  # waived meanwhile, it was held all the same
        duties.complete(duty=found.duty, actor=scope.actor, person=scope.person, at=max(found.ended, found.duty.opens))
    return found


def _check(meeting: Meeting, present: int, expected: int, now: datetime) -> None:
    begins = clock.local(meeting.begins)
    if meeting.begins > now:
        raise _no(_("会议 %s 才开始") % f"{begins:%Y-%m-%d %H:%M}", _("请开完会再形成纪要"))
    if meeting.ended is None:
        raise _no(_("没有填散会时间"), _("请填几点散会"))
    if meeting.ended > now:
        raise _no(_("散会时间还没有到"), _("请核对散会时间"))
    if rule.too_old(begins, clock.local(now)):
        raise _no(_("不能补记去年或一个月以前的会"), _("请核对日期；确实开过的，请向上一级说明"))
    if not meeting.items.filter(what__in=["conclusion", "decision"]).exists():
        raise _no(_("没有结论，也没有决定"), _("请至少写一条结论"))
    least = _least(meeting)
    if not rule.quorate(present, expected, meeting.kind, least):
        said = {"expected": expected, "present": present, "least": rule.needed(expected, meeting.kind, least)}
        raise _no(_("应到 %(expected)d 人，到会 %(present)d 人，最少要到 %(least)d 人") % said,
                  _("请核对到会名单；人数不够的，请另定时间再开"))


def _least(meeting: Meeting) -> int:
    """Return the attendance the routine asks for (最低到会率), in per cent; 0 when it asks for none."""
    force = Force.objects.filter(origin=meeting.duty.origin_id) if meeting.duty else Force.objects.none()
    return force.values_list("version__attendance", flat=True).first() or 0


def _assigned(scope: Scope, meeting: Meeting, item: Item) -> Item:
    """Give a decision to its owner (交办): from now on it is a duty, and the next agenda shows it.

    Where the minutes come later than the day that was set, the day stands in the minutes and it is due at once.
    """
    due = max(datetime.combine(item.due, END_OF_DAY, clock.LOCAL), clock.now() + SOON)
    item.duty = duties.assign(
        kind="decision", subject=meeting.subject, code=f"{meeting.pk}.{item.place}", title=item.text,
        unit=item.post.unit, line=item.post.line, post=item.post, due=due, actor=scope.actor,
        note=_("%(meeting)s决定") % {"meeting": meeting.title})
    item.save(update_fields=["duty"])
    return item


def _no(why: str, next: str) -> UserError:
    return UserError(_("没有形成纪要"), why=why, next=next)
