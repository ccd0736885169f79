"""What the speaker of a sealed letter sees (反映人所见): the state, and the answers meant for them.

The receipt is typed into our own page, so the answer is opened here, in memory, as the letter was
closed here: it adds nobody who could read it, and it works without JavaScript.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext as _

from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.models import Receipt
from sangesan.feedback.speakers.services import find
from sangesan.ledger.facts.queries import Proof, entries, proof_of

from ..envelopes import read_reply, receipt_key, unlock
from ..models import Key, Mailbox, SealedMatter

PEPPER = "discipline-pepper"


@dataclass(frozen=True)
class Said:
    """A word of the dialogue (往来一句); one's own words can't be opened any more."""

    day: date
    mine: bool
    text: str


@dataclass(frozen=True)
class Heard:
    """A sealed letter as its speaker sees it (回执内容)."""

    matter: SealedMatter
    messages: list[Said]
    stranded: bool = False

    @property
    def open(self) -> bool:
        """Whether words can be added (可否补充)."""
        return self.matter.state != "declined"


def heard(code: str) -> Heard | None:
    """Return what a receipt opens (凭回执查询), None when it is no receipt of this mailbox."""
    receipt = find(code)
    matter = closed_of([receipt]).get(receipt.pk) if receipt is not None else None
    if matter is None:
        return None
    private = private_half(matter, code)
    rows = matter.messages.order_by("place")
    stranded = matter.state == "received" and (
        Mailbox.objects.exclude(lost_day=None).exists()
        or matter.wraps.filter(key__kind=Key.PAPER, key__state=Key.REMOVED).exists())
    return Heard(matter, [Said(m.day, m.spoken, "" if m.spoken or private is None
                               else read_reply(matter.number, private, m.for_speaker or b"")) for m in rows], stranded)


def proof(found: Heard) -> Proof | None:
    """Return the proof that a sealed letter is in a published seal (存证证明), None until the night has sealed it."""
    if not found.matter.recorded:
        return None
    kept = entries(kinds=["sealed.received"], subjects={found.matter.subject}, include_reversed=True)
    return next((proof_of(fact.id) for fact in kept), None)


def closed_of(receipts: Collection[Receipt]) -> dict[int, SealedMatter]:
    """Return the sealed letters of some receipts (各回执的密封件), by receipt, without opening anything."""
    return {matter.receipt_id: matter for matter in SealedMatter.objects.filter(receipt__in=receipts)}


def private_half(matter: SealedMatter, code: str) -> bytes | None:
    """Return the speaker's private key (反映人私钥), unlocked with the receipt."""
    key = receipt_key(codes.normal(code) if matter.bound else "", codes.key(PEPPER))
    try:
        return unlock(key, matter.reply_locked, about=f"{matter.number}/reply")
    except InvalidTag:
        return None


def road(matter: SealedMatter) -> list[dict]:
    """Return the steps of a sealed letter as its speaker sees them (办理进度)."""
    ended = matter.state in ("closed", "declined")
    rows = [(_("已密封入箱"), matter.day, True), (_("开箱"), matter.opened_day, matter.opened_day is not None),
            (_("受理"), matter.accepted_day, matter.accepted_day is not None),
            (_("办结") if matter.state != "declined" else _("不予受理"), matter.closed_day, ended)]
    now = next((n for n, (_word, _day, done) in enumerate(rows) if not done), len(rows))
    return [{"word": word, "state": "done" if done else "now" if n == now else "",
             "note": f"{day:%m-%d}" if done and day else ""} for n, (word, day, done) in enumerate(rows)]
