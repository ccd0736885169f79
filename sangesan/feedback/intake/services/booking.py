"""Bookings of a reception day (预约接待): made and given back by whoever comes, without a login, without a name if they
like; what they want to talk about is read by whoever keeps the day."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.queries.caring import carers
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import ANONYMOUS, MODES
from sangesan.feedback.speakers import services as receipts
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import batch
from sangesan.foundation.errors import Conflict
from sangesan.foundation.ids import random_id
from sangesan.foundation.keys import lay, mix
from sangesan.method.despair import leaves_grades

from ..models import Booking, Reception
from ..queries import reception as queries
from . import checks
from .reception import refusal
from .submitting import key_checked, submit


def book(*, key: str, reception: int, at: time, mode: str = ANONYMOUS, name: str = "", contact: str = "",
         topic: str = "") -> str:
    """Book a slot (预约接待) and return the receipt; the same request again gives the same one.

    Without a name if one likes. Raises Conflict when somebody else was faster.
    """
    key_checked(key)
    day = queries.open_day(reception)
    mode = checks.one_of(mode, MODES, _("署名方式"))
    name, contact = checks.who(name, contact)
    topic = words(topic, what=_("想谈什么"), longest=60, needed=False)
    topic = "" if _despairs(topic, day.reception) else topic
    ready = receipts.prepare(key=key, body=repr((reception, at, mode, name, contact, topic)))
    if receipts.known(ready) is not None:
        return ready.code
    if not day.bookable:
        raise refusal(_("这一天的预约已经截止"), _("当天可以直接来，不用预约"), "at")
    if at not in day.reception.slots:
        raise refusal(_("没有这个时段"), _("请从列表里选"), "at")
    identity = receipts.seal_identity(receipt=ready.receipt, mode=mode, name=name, contact=contact) if (
        mode != ANONYMOUS and (name or contact)) else None
    booking = Booking(pk=random_id(), reception=day.reception, at=at, receipt=ready.receipt, mode=mode, topic=topic)
    rows = [row for row in (ready.receipt, identity, booking) if row is not None]
    try:
        batch.run(lambda: lay(*rows))
    except IntegrityError:
        if receipts.known(ready) is None:
            raise Conflict(_("没有约上"), why=_("这个时段刚刚被别人约了"), next=_("请另选一个时段"),
                           code="at") from None
    return ready.code


def cared(*, key: str, reception: int, mode: str = ANONYMOUS, name: str = "", contact: str = "", topic: str = "",
          **_slot: Any) -> str:
    """Give a topic that speaks of despair to the carers (话题转关怀), once; return its receipt, '' for every other."""
    if not _despairs(topic, queries.open_day(reception).reception):
        return ""
    who = {"mode": mode if name or contact else ANONYMOUS, "name": name, "contact": contact}
    return submit(channel="leaders", text=topic, key=f"{key[:190]}.cared", **who).receipt


def _despairs(topic: str, reception: Reception) -> bool:
    return leaves_grades(topic) and bool(carers(reception.unit_id))


def cancel(*, code: str) -> Booking:
    """Give a slot back (取消预约), by receipt; the name that was left for it is of no use any more."""
    booking = queries.booked(code)
    if booking is None or not Booking.objects.filter(pk=booking.pk, came=False, cancelled=False).update(cancelled=True):
        raise Conflict(_("没有取消"), why=_("没有这个预约，或者已经取消"))
    receipts.erase_name(booking.receipt)
    return booking


@transaction.atomic
def mix_bookings(day: date) -> None:
    """Let no place in a table tell who booked when (打乱预约存放): of that nothing is kept."""
    rows = Booking.objects.filter(reception__day__gte=day)
    mix(Receipt.objects.filter(pk__in=rows.values("receipt")), rows)
