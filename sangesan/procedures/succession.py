"""What a unit leaves open when it ends (承接): its duties and pairs go over to whoever takes over."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from sangesan.execution.contacts import services as contacts
from sangesan.execution.contacts.models import Pair
from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import heir_of


def unit_closed(_row: Row) -> None:
    """Take over when a unit was closed (单位撤销后承接), unless its end lies ahead: the night does it then."""
    take_over(clock.today())


def take_over(day: date) -> int:
    """Let what ended units left open go over (承接) and return how many units that was; run again it finds nothing."""
    open_still = Duty.objects.filter(unit=OuterRef("pk"), origin__lapses=False).exclude(settled())
    coming = Duty.objects.filter(unit=OuterRef("pk"), closes__gte=clock.now()).exclude(settled())
    paired = Pair.objects.filter(Q(unit=OuterRef("pk")) | Q(office=OuterRef("pk")), until=None)
    ended = Unit.objects.filter(closed__lte=day).filter(Exists(open_still) | Exists(coming) | Exists(paired))
    found = list(ended.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            old = Unit.objects.select_for_update(no_key=True).get(pk=pk)  # the night and a round may come at once
            heir = heir_of(old, day)
            duties.hand_over(old=old, heir=heir)
            contacts.hand_over(old=old, heir=heir)
    return len(found)
