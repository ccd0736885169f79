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
TURNS = 3
"""How often sealing is tried where another is faster (重试次数)."""


@transaction.atomic
def keep_company(day: date) -> int:
    """Lay facts that tell nothing beside those of speakers (掩护) before they are sealed; safe to run twice.

    What a night before left unsealed has its own; those who spoke since have theirs.
    """
    if Seal.objects.filter(stream="speaker", day=day).exists():
        return 0
    rows = Fact.objects.filter(stream="speaker", pk__gt=_sealed_upto("speaker"))
    last = rows.filter(kind=CompanyKept.kind).order_by("-pk").values_list("pk", flat=True).first()
    spoken = rows.filter(pk__gt=last or 0).count()
    if last and not spoken:
        return 0
    many = company(spoken, CHANCE)
    record_batch((CompanyKept(subject="ledger/company", occurred_at=day), SYSTEM) for _n in range(many))
    return many


def seal(day: date | None = None) -> list[int]:
    """Seal everything at the closing of a day (日终封存); return the numbers of the new seals.

    Run twice, it seals nothing twice; of two at once, one wins and the other seals nothing.
    """
    day = day or clock.today()
    return seal_work(day) + seal_speakers(day)


def seal_work(day: date | None = None) -> list[int]:
    """Seal the facts about work (封存工作条目) up to the cutoff; returns the number, if there was anything."""
    return _seal("work", day or clock.today())


def seal_speakers(day: date) -> list[int]:
    """Seal what speakers did (封存反映条目), once a day; returns the number, if there was anything."""
    return _seal("speaker", day)


def _seal(stream: str, day: date) -> list[int]:
    """Seal one stream (封存一流), again if another seal was faster: it may have been that of the other stream."""
    for _turn in range(TURNS):
        try:
            return _sealed(stream, day)
        except IntegrityError:
            continue
    return []


def _sealed(stream: str, day: date) -> list[int]:
    """Read first, then one short write that fails if another was faster.

    Whether speakers had their seal today is asked once the number is known: one that comes after takes that number.
    """
    upto = cutoff()
    last = Seal.objects.order_by("-number").first()
    if stream == "speaker" and Seal.objects.filter(stream=stream, day=day).exists():
        return []
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
    with transaction.atomic():
        Seal.objects.create(**parts, signature=signature, digest=signing.digest(signed, signature))
        transaction.on_commit(stubs.keep, robust=True)  # what is not written now is with the next seal
    return [parts["number"]]


def _sealed_upto(stream: str) -> int:
    return Seal.objects.filter(stream=stream).order_by("-number").values_list("upto", flat=True).first() or 0
