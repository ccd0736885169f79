"""Taking a registry in (导入登记簿): everything is thought out first, then written in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from sangesan.feedback.matters.services import prepare, take_in
from sangesan.feedback.matters.services.hearing import Word
from sangesan.feedback.speakers import services as receipts

from .letters import Letter, Registry


@dataclass(frozen=True)
class Taken:
    """What came of it (导入结果): new letters, letters known before, letters of history."""

    new: int
    known: int
    history: int


def take(registry: Registry) -> Taken:
    """Take in the right rows (导入正确的行) in one transaction; what is known already adds nothing."""
    ready = [(letter, receipts.prepare(key=letter.key, body=letter.key)) for letter in registry.right]
    for last in (False, False, True):
        before = receipts.taken(receipt.code for _, receipt in ready)
        fresh = [(letter, receipt) for letter, receipt in ready if receipt.code not in before]
        try:
            _store(fresh)
            break
        except IntegrityError:  # a random number is taken, or somebody takes the same registry in
            if last:
                raise
    history = sum(letter.history for letter, _ in fresh)
    return Taken(len(fresh), len(ready) - len(fresh) + registry.doubled, history)


def _store(fresh: Sequence[tuple[Letter, receipts.Ready]]) -> None:
    matters = [prepare(_word(letter), receipt=receipt.receipt.pk) for letter, receipt in fresh]
    identities = [
        receipts.seal_identity(receipt=receipt.receipt, mode="confidential", name="", contact=letter.contact)
        for letter, receipt in fresh if letter.contact
    ]
    with transaction.atomic():
        receipts.store([receipt.receipt for _, receipt in fresh], identities)
        take_in(matters)


def _word(letter: Letter) -> Word:
    named = bool(letter.contact)
    return Word(
        channel=letter.channel, mode="confidential" if named else "anonymous", text=letter.text, day=letter.day,
        moment=letter.received if named else None, unit=letter.unit, category=letter.category, title=letter.title,
        history=letter.history, receipted=named, extra=letter.extra,
    )
