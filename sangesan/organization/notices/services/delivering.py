"""Delivering (推送): what the bell announced is also told outside, once, to whoever wants it.

The bell decides when: batches, quiet hours, two a day and A warnings stand in `services` and `method.quiet`; here a
row is made for each announcement still unread, claimed by update, sent outside any transaction and
settled. Cries for help are rung by the duty post and never pushed (adr/0029).
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction
from django.db.models import F, Min, Q

from sangesan.foundation import clock
from sangesan.organization.people.queries import present

from ..models import Choice, Delivery, Notice
from ..outlets import Outlets
from ..outlets import present as outlets
from ..queries.resting import begun
from ..transports import LATER, REFUSED, ROBOTS, SHELF, Outcome
from ..words import call, sentence

State = Delivery.State
RUNG = "care."
NEW_A = "warning.a"
DAY = timedelta(hours=24)
STALE = timedelta(minutes=10)
SECONDS, MOST, A_DAY = 45, 2000, 2
BY_CHOICE_ONLY = ("sms",)
TOO_MANY = {"fault": "rate", "number": 429}
"""While one message waits after this answer, no other goes to that channel, but an A warning (对方要求稍后)."""


def run() -> int:
    """Tell outside what waits to be told (推送一轮); return how many messages were taken. Safe to repeat."""
    now = outlets()
    if not now.channels:
        return 0
    recover()
    gather(now)
    return send(now, claim(now))


def recover() -> int:
    """Take up what a lost worker had in hand (接回): again where that can't double, else as not known."""
    lost = Delivery.objects.filter(state=State.SENDING, changed_at__lt=clock.now() - STALE)
    again = Q(urgent=True) | Q(channel__in=[name for name, each in SHELF.items() if each.ONCE])
    moved = {"changed_at": clock.now(), "fault": "lost", "number": 0, "claim": ""}
    found = lost.filter(again).update(state=State.WAITING, next_at=clock.now(), **moved)
    return found + lost.exclude(again).update(state=State.UNSURE, **moved)


@transaction.atomic
def gather(now: Outlets) -> None:
    """Make a row for each announcement nobody has read (登记待推送): the newest batch, and every A warning."""
    since = clock.now() - DAY
    rows = list(unread(since).values_list("person", "announced_at", "urgent").distinct())
    known = set(Delivery.objects.filter(moment__gte=since, person__isnull=False)
                .values_list("person", "moment", "urgent"))
    newest = {}
    for person, moment, urgent in rows:
        if not urgent:
            newest[person] = max(moment, newest.get(person, moment))
    fresh = sorted((row for row in rows if row not in known and (row[2] or newest[row[0]] == row[1])),
                   key=lambda row: (row[1], row[0]))  # what was announced first goes first; keys of notices are random
    ways = channels({person for person, _moment, _urgent in fresh}, now)
    made = [_row(ways[person], moment, person, urgent) for person, moment, urgent in fresh if person in ways]
    replaced = {row.person_id for row in made if not row.urgent}
    Delivery.objects.filter(person__in=replaced, urgent=False, state=State.WAITING).update(
        state=State.DROPPED, changed_at=clock.now())
    Delivery.objects.bulk_create(made + _for_groups(now, since), ignore_conflicts=True, batch_size=500)


def unread(since: datetime):
    """Return the announcements since a moment that are still unread (未读的提醒), cries for help left out."""
    return Notice.objects.filter(announced_at__gte=since, read_at=None).exclude(kind__startswith=RUNG)


def _for_groups(now: Outlets, since: datetime) -> list[Delivery]:
    """Return what the robots of the duty room say (群机器人): each A warning once, whoever was told of it."""
    robots = [name for name in ROBOTS if name in now.channels]
    recent = Notice.objects.filter(kind=NEW_A, announced_at__gte=since) if robots else Notice.objects.none()
    subjects = set(recent.values_list("subject", flat=True))
    first = Notice.objects.filter(kind=NEW_A, subject__in=subjects).values("subject").annotate(at=Min("announced_at"))
    moments = {row["at"] for row in first if row["at"] >= since} if subjects else set()
    return [_row(name, moment, None, True) for moment in sorted(moments) for name in robots]


def _row(channel: str, moment: datetime, person: int | None, urgent: bool) -> Delivery:
    return Delivery(person_id=person, channel=channel, moment=moment, urgent=urgent, next_at=clock.now(),
                    changed_at=clock.now())


def channels(persons: Iterable[int], now: Outlets) -> dict[int, str]:
    """Return by which channel each person is told (各人的渠道): as chosen, else the first that is on and fits."""
    chosen = dict(Choice.objects.filter(person__in=persons).values_list("person", "channel"))
    found = {}
    for person in present(clock.today()).filter(pk__in=persons):
        usual = (name for name in SHELF if name in now.channels and name not in BY_CHOICE_ONLY
                 and SHELF[name].ADDRESS and getattr(person, SHELF[name].ADDRESS))
        name = chosen[person.pk] if person.pk in chosen else next(usual, "")
        if name in now.channels and SHELF[name].ADDRESS:
            found[person.pk] = name
    return found


def claim(now: Outlets) -> list[Delivery]:
    """Claim what may go out now (认领): nobody else sends it. Batches wait in a person's quiet and after two a day."""
    mark, at = token_hex(16), clock.now()
    due = Delivery.objects.filter(state=State.WAITING, next_at__lte=at)
    due.filter(moment__lt=at - DAY).update(state=State.GIVEN_UP, changed_at=at)
    due.exclude(channel__in=now.channels).update(state=State.DROPPED, changed_at=at)
    told = begun(due.filter(urgent=False, person__isnull=False).values_list("person", flat=True).distinct())
    rows = due.filter(Q(urgent=True) | Q(person__in=told))
    resting = Delivery.objects.filter(state=State.WAITING, next_at__gt=at, **TOO_MANY)
    rows = rows.exclude(Q(urgent=False) & Q(channel__in=resting.filter(urgent=False).values("channel")))
    pks = list(rows.exclude(Q(urgent=False) & Q(person__in=_served())).order_by("-urgent", "pk")
               .values_list("pk", flat=True)[:MOST])
    Delivery.objects.filter(pk__in=pks, state=State.WAITING).update(
        state=State.SENDING, claim=mark, changed_at=at, tries=F("tries") + 1)
    return list(Delivery.objects.filter(claim=mark, state=State.SENDING).select_related("person").order_by("pk"))


def _served() -> list[int]:
    """Return who was told twice today (今天已推两次)."""
    told: dict[int, int] = defaultdict(int)
    rows = Delivery.objects.filter(changed_at__gte=clock.midnight(), urgent=False, person__isnull=False,
                                   state__in=(State.DELIVERED, State.SENDING, State.UNSURE))
    for person in rows.values_list("person", flat=True):
        told[person] += 1
    return [person for person, times in told.items() if times >= A_DAY]


def send(now: Outlets, claimed: list[Delivery]) -> int:
    """Send what was claimed (发送), as many at once as a channel takes; a channel that fails rests until later."""
    until, down = time.monotonic() + SECONDS, {}
    still = set(unread(clock.now() - 2 * DAY).values_list("person", "announced_at", "urgent").distinct())
    groups: dict[tuple, list[Delivery]] = defaultdict(list)
    for row in claimed:
        if row.person and ((row.person_id, row.moment, row.urgent) not in still or row.person.until):
            settle([row], State.DROPPED)
        elif row.person and not getattr(row.person, SHELF[row.channel].ADDRESS):
            settle([row], State.REFUSED, "no_address")
        else:
            groups[row.channel, row.moment, row.urgent, row.person is None].append(row)
    taken = 0
    for (channel, moment, urgent, group), rows in groups.items():
        many = SHELF[channel].MANY
        for part in (rows[at : at + many] for at in range(0, len(rows), many)):
            late = time.monotonic() > until
            outcome = down.get(channel) or (
                Outcome(LATER) if late else _sent(now, channel, moment, urgent, group, part))
            if outcome.state == LATER and outcome.fault:
                down[channel] = Outcome(LATER, outcome.fault, outcome.number, wait=outcome.wait)
            taken += conclude(part, outcome)
    return taken


def _sent(now: Outlets, channel: str, moment: datetime, urgent: bool, group: bool, rows: list[Delivery]) -> Outcome:
    shelf, hour = SHELF[channel], f"{clock.local(moment):%m-%d %H:%M}"
    text = call(hour=hour, address=now.address) if group else sentence(hour=hour, address=now.address, urgent=urgent)
    to = [] if group else [getattr(row.person, shelf.ADDRESS) for row in rows]
    try:
        return shelf.send(now.channels[channel], to, text)
    except Exception as fault:  # its words could hold an address with a key, so only its kind is told
        logging.getLogger(__name__).error("push by %s failed: %s", channel, type(fault).__name__)
        return Outcome(LATER, "setting", unsure=True)


def conclude(rows: list[Delivery], outcome: Outcome) -> int:
    """Settle what one request has carried (结果); return how many were delivered."""
    if outcome.state == REFUSED:
        settle(rows, State.REFUSED, outcome.fault, outcome.number)
    elif outcome.state == LATER:
        lost = [row for row in rows if outcome.unsure and not row.urgent and not SHELF[row.channel].ONCE]
        settle(lost, State.UNSURE, outcome.fault, outcome.number)
        again = [row for row in rows if row not in lost]
        settle(again, State.WAITING, outcome.fault, outcome.number, outcome.wait)
    else:
        wrong = [row for row in rows if row.person
                 and getattr(row.person, SHELF[row.channel].ADDRESS) in outcome.refused]
        settle(wrong, State.REFUSED, "address")
        settle([row for row in rows if row not in wrong], State.DELIVERED)
        return len(rows) - len(wrong)
    return 0


def settle(rows: list[Delivery], state: str, fault: str = "", number: int = 0, wait: int = 0) -> None:
    """Write what became of claimed rows (记结果), each only by whoever claimed it; later means later each time.

    Where the other side asks for a longer rest it is given, but for A warnings.
    """
    for tries, urgent in {(row.tries, row.urgent) for row in rows}:
        same = [row.pk for row in rows if (row.tries, row.urgent) == (tries, urgent)]
        rest = timedelta(minutes=min(30, 2 ** (tries - 1)) if fault else 0)
        rest = rest if urgent else max(rest, timedelta(seconds=wait))
        Delivery.objects.filter(pk__in=same, state=State.SENDING, claim=rows[0].claim).update(
            state=state, fault=fault, number=number, changed_at=clock.now(), next_at=clock.now() + rest)
