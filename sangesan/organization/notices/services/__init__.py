"""Changes of notices (消息服务).

A notice is written at once and can be read at once on its page. It may *draw attention* only
outside a person's quiet hours (`method.quiet`) and at most twice a day, in two batches; until then it
waits as state, so a lost job loses nothing. A warnings break through (chapter.md V.5, ux.md 12).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.foundation.keys import mix
from sangesan.method.authority import Scope
from sangesan.organization.people.queries import holders, scope_of

from ..models import Delivery, Notice, Work
from ..queries import address
from ..queries.resting import begun
from ..words import URGENT


def notify(*, persons: Iterable[int] = (), posts: Iterable[int] = (), subject: str, kind: str,
           at: datetime | None = None) -> int:
    """Tell persons, and the holders of posts, of a subject (通知); twice on a day says it once.

    `at` stands for now where the moment itself would tell too much.
    """
    now, today = at or clock.now(), clock.today()
    people = set(persons) | {person for post in posts for person in holders(post, today)}
    urgent = kind in URGENT
    rows = [Notice(person_id=p, subject=subject, kind=kind, day=today, urgent=urgent, created_at=now,
                   announced_at=now if urgent else None) for p in sorted(people)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def withdraw(*, subject: str) -> int:
    """Take back the notices of a subject from all to whom its door is now shut (撤下消息).

    A notice that leads nowhere any more would itself tell what happened.
    """
    rows, today = Notice.objects.filter(subject=subject), clock.today()
    people = set(rows.values_list("person", flat=True))
    shut = [p for p in people if door.open(scope_of(p, today), subject) is None]
    return rows.filter(person__in=shut).delete()[0]


def fulfilled(*, subject: str, kinds: Iterable[str] = ()) -> int:
    """Let notices rest that asked for what is done by now (已办的不再提醒); without kinds all of a subject."""
    rows = Notice.objects.filter(subject=subject, read_at=None)
    rows = rows.filter(kind__in=list(kinds)) if kinds else rows
    return rows.update(read_at=clock.now())


def account_touched(sender: object, *, persons: Iterable[int], kind: str, **_: object) -> None:
    """Tell the holders that somebody touched their accounts (账号变动提醒)."""
    notify(persons=persons, subject="accounts/me", kind=kind)


@transaction.atomic
def announce() -> int:
    """Announce what waits (集中提醒), once per person and batch; return how many notices. Safe to repeat.

    What comes after a person's batch waits for the next one, and so does a thing that was said today.
    """
    waiting = Notice.objects.filter(announced_at=None)
    batch = begun(waiting.values_list("person", flat=True).distinct())
    said = Notice.objects.filter(urgent=False, announced_at__gte=clock.midnight())
    last = dict(said.filter(person__in=batch).values_list("person").annotate(Max("announced_at")))
    due = [person for person, at in batch.items() if person not in last or last[person] < at]
    same = said.filter(person=OuterRef("person"), subject=OuterRef("subject"), kind=OuterRef("kind"))
    rows = waiting.filter(~Exists(same), person__in=due).values("pk")
    return Notice.objects.filter(pk__in=rows, announced_at=None).update(announced_at=clock.now())


def mark_read(*, scope: Scope, upto: int = 0, seen: int = 0, subject: str = "") -> int:
    """Mark one's own notices read (标为已读): those of one subject, or all up to one of which so many were unread.

    Where there are more by now, those dated by the day alone stay: one of them came since, on the day of the newest
    that was shown, for what comes on a later one is dated after it.
    """
    own = Notice.objects.filter(person=scope.person)
    rows = own.filter(read_at=None)
    if subject:
        rows = rows.filter(subject=subject)
    else:
        last = own.filter(pk=upto).values_list("created_at", flat=True).first()
        if last is None:
            return 0
        rows = rows.filter(created_at__lte=last)
        rows = rows.exclude(created_at=_undated(clock.local(last).date())) if rows.count() > seen else rows
    return rows.update(read_at=clock.now())


@transaction.atomic
def mix_undated(day: date) -> None:
    """Let no place in the table tell when what is dated by the day alone was told of (打乱消息存放).

    Nor does reading: it writes all that somebody has open in the order in which it first lay.
    """
    rows = Notice.objects.filter(Q(day=day) | Q(read_at__gte=_undated(day)))
    mix(rows.filter(created_at__in=[_undated(one) for one in rows.values_list("day", flat=True).distinct()]))


def _undated(day: date) -> datetime:
    """Return when something was said of which only the day is kept (只记到日的时刻)."""
    return datetime.combine(day, time(0), clock.LOCAL)


def open_notice(*, scope: Scope, pk: int) -> str:
    """Mark one of one's own notices read and return the page it leads to, '' when that door is shut (打开消息)."""
    notice = Notice.objects.filter(pk=pk, person=scope.person).first()
    if notice is None:
        raise NotFound()
    Notice.objects.filter(pk=pk, read_at=None).update(read_at=clock.now())
    return address(scope, notice.subject)


def tidy() -> None:
    """Remove notices of more than ninety days, and what left the house more than thirty days ago (清理消息)."""
    Delivery.objects.filter(changed_at__lt=clock.ago(days=30)).delete()
    Notice.objects.filter(created_at__lt=clock.ago(days=90)).delete()
    Work.objects.filter(person__until__lte=clock.today()).delete()
