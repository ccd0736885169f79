"""A later word of despair (后来的绝望的话): it is no part of the matter, it goes to the carer and the doctor alone."""

from __future__ import annotations

from hashlib import sha256

from sangesan.feedback.speakers import services as receipts
from sangesan.feedback.speakers.models import Identity
from sangesan.foundation import clock
from sangesan.foundation.keys import lay
from sangesan.method import despair
from sangesan.method.texts import kept

from ..queries import Heard
from ..queries.apart import request_of
from ..words import ANONYMOUS
from .hearing import Word, prepare, write


def apart_before(found: Heard, text: str) -> str:
    """Return the receipt under which a later word of today was taken in by itself (另件回执), '' for any other."""
    ready = _prepared(found, kept(text))
    return ready.code if receipts.known(ready) is not None else ""


def _prepared(found: Heard, text: str, key: str = "") -> receipts.Ready:
    said_today = sha256(f"{clock.today()} {text}".encode()).hexdigest()
    return receipts.prepare(key=request_of(found.submission.receipt_id, key or said_today), body=text)


def apart(found: Heard, text: str, key: str = "") -> str:
    """Take in a word of despair by itself (单独收下), and return its receipt; '' when it belongs to the matter.

    Whoever handles the matter reads its dialogue, so such a word can't stand there. It is signed as the first word
    was; whoever has no carer keeps it where somebody reads it. Sent twice, after a lost answer, it is one word, and
    gets the receipt that nobody saw. `key` is the request key of a word that came from outside.
    """
    said = found.submission
    if found.matter.cared or not despair.leaves_grades(text):
        return ""
    ready = _prepared(found, text, key)
    if receipts.known(ready) is not None:
        return ready.code
    ready.receipt.owner = said.receipt.owner
    open_to_all = said.mode == ANONYMOUS
    made = prepare(Word(said.channel, said.mode, text, clock.today(), None if open_to_all else clock.now(),
                        said.unit_id), receipt=ready.receipt.pk)
    if not made.matter.cared:
        return ""
    lay(ready.receipt)
    identity = None if open_to_all else Identity.objects.filter(receipt=said.receipt_id).first()
    if identity is not None and bytes(identity.sealed):
        who = receipts.read_identity(identity)
        receipts.seal_identity(receipt=ready.receipt, mode=said.mode, name=who.name, contact=who.contact,
                               person=who.person).save(force_insert=True)
    write(made)
    return ready.code
