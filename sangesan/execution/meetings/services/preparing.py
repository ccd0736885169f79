"""Preparing and writing down (准备与记录): roster, topics, conclusions, decisions, as a draft until it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.method import meetings as rule
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Person, Post
from sangesan.organization.people.queries import present

from ..models import Attendee, Item, Meeting
from ..queries.access import LARGEST, hosts, meeting_for
from ..queries.roster import belongs, owners
from .words import checked

MOST_EXPECTED = 5_000


@dataclass(frozen=True)
class Decision:
    """A decision as it is written down (决定): what, which post, until which day."""

    text: str
    post: int
    due: date


@transaction.atomic
def prepare(
    *, scope: Scope, meeting: int, begins: datetime, place: str = "", chair: str = "", ended: datetime | None = None,
    expected: int = 0, roster: Mapping[int, tuple[str, str]] | None = None, topics: Sequence[str] = (),
    conclusions: Sequence[str] = (), decisions: Sequence[Decision] = (),
) -> Meeting:
    """Write down what is known of an open meeting (保存草稿); what was there before is replaced.

    `roster` gives for an attendee's id how they stand and why.
    """
    found = opened(scope, meeting)
    if ended is not None and ended <= begins:
        raise _no(_("散会时间不在开会时间之后"), _("请核对两个时间"))
    if ended is not None and ended - begins > rule.LONGEST:
        raise _no(_("会议超过 12 小时"), _("请核对两个时间"))
    if not 0 <= expected <= MOST_EXPECTED:
        raise _no(_("应到人数不对"), _("请填 0 到 5000"))
    if len(conclusions) > rule.MOST_CONCLUSIONS or len(topics) > rule.MOST_CONCLUSIONS:
        raise _no(_("超过 40 条"), _("请合并成几条"))
    if len(decisions) > rule.MOST_DECISIONS:
        raise _no(_("决定超过 20 项"), _("请分两次会，或者合并"))
    found.begins, found.ended, found.expected = begins, ended, expected
    found.place, found.chair = checked(place, _("地点"), 80), _chair(found, chair)
    try:
        with transaction.atomic():
            found.save(update_fields=["begins", "ended", "expected", "place", "chair"])
    except IntegrityError:
        raise Conflict(_("没有保存"), why=_("同一时间已有一次同类的会"), next=_("请核对时间")) from None
    _roster(found, roster or {})
    _items(found, topics, conclusions, decisions)
    return found


def opened(scope: Scope, meeting: int) -> Meeting:
    """Fetch an open meeting one keeps the record of (取待记录的会), held for this change."""
    found = meeting_for(scope, meeting)
    if not hosts(scope, found.unit):
        raise Forbidden(_("没有保存"), why=_("这个会由%s主持和记录") % found.unit.name)
    held = Meeting.objects.select_for_update(of=("self",)).select_related("unit", "duty").get(pk=found.pk)
    if not held.open:
        raise Conflict(_("没有保存"), why=_("会议已经形成纪要，不再改动"), next=_("有错请写更正"))
    return held


def _chair(meeting: Meeting, code: str) -> str:
    if not code or code == meeting.chair:
        return meeting.chair
    if not Post.objects.filter(code=code).exists():
        raise _no(_("没有这个主持岗位"), _("请从列表里选"))
    return code


def _roster(meeting: Meeting, roster: Mapping[int, tuple[str, str]]) -> None:
    rows = {row.pk: row for row in meeting.attendees.all()}
    changed = []
    for pk, (standing, reason) in roster.items():
        row = rows.get(pk)
        if row is None or standing not in rule.STANDINGS:
            raise _no(_("名单里没有这个人，或没有这种情况"), _("请刷新后再选"))
        reason = checked(reason, _("原因"), 60)
        if standing in ("absent", "excused", "substitute") and not reason:
            raise _no(_("%s没有写原因或代会人") % row.person.name, _("请在姓名后面写几个字"))
        row.standing, row.reason = standing, reason if standing != "present" else ""
        changed.append(row)
    Attendee.objects.bulk_update(changed, ["standing", "reason"])


def _items(meeting: Meeting, topics: Sequence[str], conclusions: Sequence[str], decisions: Sequence[Decision]) -> None:
    may = {pk for _unit, posts in owners(meeting) for pk, _title in posts} if decisions else set()
    made = [Item(meeting=meeting, what=what, place=n, text=checked(text, word, 400, needed=True))
            for what, word, texts in (("topic", _("议题"), topics), ("conclusion", _("结论"), conclusions))
            for n, text in enumerate(texts, 1)]
    for n, one in enumerate(decisions, 1):
        if one.post not in may:
            raise _no(_("第 %d 项决定的承办岗位不在可选范围") % n, _("请从列表里选"))
        if one.due < clock.local(meeting.begins).date():
            raise _no(_("第 %d 项决定的完成日期在开会以前") % n, _("请填开会以后的日期"))
        made.append(Item(meeting=meeting, what="decision", place=n, post_id=one.post, due=one.due,
                         text=checked(one.text, _("决定"), 120, needed=True)))
    meeting.items.all().delete()
    Item.objects.bulk_create(made)


@transaction.atomic
def enrol(*, scope: Scope, meeting: int, work_number: str, standing: str = "guest", reason: str = "") -> Attendee:
    """Put somebody on the roster (添名单) by work number; who is of another unit comes as a guest only."""
    found = opened(scope, meeting)
    person = present(clock.today()).filter(work_number=work_number.strip()[:32]).first()
    if person is None:
        raise NotFound(_("没有添上"), why=_("没有这个工号的人"), next=_("请核对工号"))
    if standing not in rule.STANDINGS:
        raise _no(_("没有这种到会情况"), _("请从列表里选"))
    if standing != "guest" and not belongs(found, person):
        raise _no(_("%(name)s是%(unit)s的人，不在本会应到范围") % {"name": person.name, "unit": person.unit.name},
                  _("请按列席登记"))
    reason = checked(reason, _("原因"), 60, needed=standing in ("absent", "excused", "substitute"))
    try:
        with transaction.atomic():
            return Attendee.objects.create(meeting=found, person=person, standing=standing, reason=reason)
    except IntegrityError:
        raise Conflict(_("没有添上"), why=_("%s已在名单上") % person.name) from None


@transaction.atomic
def remove(*, scope: Scope, meeting: int, attendee: int) -> None:
    """Take somebody off the roster (移出名单): was not expected."""
    found = opened(scope, meeting)
    if not found.attendees.filter(pk=min(attendee, LARGEST)).delete()[0]:
        raise NotFound()


def _no(why: str, next: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next)


__all__ = ["Decision", "Person", "enrol", "opened", "prepare", "remove"]
