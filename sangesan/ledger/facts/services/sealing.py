"""Sealing (封存): facts about work every ten minutes and at the closing, of speakers once a day."""

from __future__ import annotations

from datetime import date
from random import SystemRandom

from django.db import IntegrityError, transaction

from sangesan.foundation import clock
from sangesan.method.company import company
from sangesan.method.facts import SYSTEM, CompanyKept
from sangesan.method.merkle import batch_root

from .. import signing, stubs
from ..models import Fact, Seal
from ..queries import cutoff
from .recording import record_batch

CHANCE = SystemRandom()


@transaction.atomic
def keep_company(day: date) -> int:
    """Lay facts that tell nothing beside those of speakers (掩护) before they are sealed; safe to run twice."""
    if Seal.objects.filter(stream="speaker", day=day).exists():
        return 0
    rows = Fact.objects.filter(stream="speaker", pk__gt=_sealed_upto("speaker"))
    if rows.filter(kind=CompanyKept.kind).exists():
        return 0
    many = company(rows.count(), CHANCE)
    record_batch((CompanyKept(subject="ledger/company", occurred_at=day), SYSTEM) for _n in range(many))
    return many


def seal(day: date | None = None) -> list[int]:
    """Seal everything at the closing of a day (日终封存); return the numbers of the new seals.

    Run twice, it seals nothing twice; of two at once, one wins and the other seals nothing.
    """
    day = day or clock.today()
    numbers = seal_work(day)
    if not Seal.objects.filter(stream="speaker", day=day).exists():
        numbers += _seal("speaker", day)
    return numbers


def seal_work(day: date | None = None) -> list[int]:
    """Seal the facts about work (封存工作条目) up to the cutoff; returns the number, if there was anything."""
    return _seal("work", day or clock.today())


def _seal(stream: str, day: date) -> list[int]:
    """Seal one stream (封存一流): read first, then one short write that fails if another was faster."""
    upto = cutoff()
    last = Seal.objects.order_by("-number").first()
    rows = Fact.objects.filter(stream=stream, pk__gt=_sealed_upto(stream), pk__lte=upto)
    rows = list(rows.values_list("pk", "commitment"))
    if not rows:
        return []
    parts = {
        "number": last.number + 1 if last else 1, "day": day, "stream": stream, "size": len(rows),
        "upto": max(pk for pk, _ in rows), "root": batch_root([bytes(c) for _, c in rows]),
        "previous": bytes(last.digest) if last else signing.GENESIS,
    }
    signed = signing.message(**parts)
    signature = signing.sign(signed)
    try:
        with transaction.atomic():
            Seal.objects.create(**parts, signature=signature, digest=signing.digest(signed, signature))
            transaction.on_commit(stubs.keep, robust=True)  # what is not written now is with the next seal
    except IntegrityError:
        return []
    return [parts["number"]]


def _sealed_upto(stream: str) -> int:
    return Seal.objects.filter(stream=stream).order_by("-number").values_list("upto", flat=True).first() or 0
