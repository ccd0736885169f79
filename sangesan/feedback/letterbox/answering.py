"""What goes out (送出答复): for each letter that came from outside how it stands and what was answered, sealed to it.

Every letter's answer is sealed anew each time, answered or not, so that nobody who watches the box
learns from its files whose has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sangesan.feedback.matters import queries
from sangesan.feedback.matters.queries.apart import apart_from
from sangesan.feedback.sealed import queries as discipline
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers import services as receipts
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from sangesan.ledger.facts import proofs
from sangesan.ledger.facts.queries import Proof, Prover

from . import afterwords, answers

MOST_SAID = 100
"""Words to the speaker, and steps of theirs, that go out at most (外送条数), the newest."""


def total() -> int:
    """Return how many letters came from outside (外送件数)."""
    return receipts.outside_count()


def portions(tell: Callable[[int], Any] = lambda more: None) -> Iterator[bytes]:
    """Yield the answers of all letters from outside (答复包), a portion at a time; `tell` hears how many more."""
    yield from answers.write(_rows(tell))


def _rows(tell: Callable[[int], Any]) -> Iterator[tuple[str, bytes]]:
    prover = Prover()
    for some in receipts.outside():
        closed, opened = discipline.closed_of(some), receipts.openings_of(some)
        heard = queries.heard_by(some)
        proved = queries.proofs(heard.values(), prover)
        told = {pk: _open(found) | _kept(found, proved.get(found.submission.pk), opened.get(pk, []))
                for pk, found in heard.items()}
        for pk, words in apart_from(some).items():
            if pk in told:
                told[pk]["messages"] = (told[pk]["messages"] + _cared(words))[-MOST_SAID:]
        told |= {pk: _closed(matter) for pk, matter in closed.items()}
        for receipt in some:
            if receipt.pk in told:
                yield receipt.slot, answers.sealed(bytes(receipt.reply), told[receipt.pk] | _later(receipt))
        tell(len(some))


def _open(found: queries.Heard) -> dict[str, Any]:
    """Return what the speaker may read outside (外送内容): never the speaker's own words, nor a name."""
    matter, said = found.matter, _said(found)
    waiting = matter.due_at is not None and matter.answered_at is None and not matter.cared
    waiting = waiting and found.submission.withdrawn is None
    return {
        "number": found.number, "state": found.state_name, "messages": said[-MOST_SAID:],
        "turn": afterwords.turn(matter), "open": [
            step for step in afterwords.NAMES if (found.name_kept if step == "erase_name" else found.may(step))],
        "again": found.may("dissatisfied"), "in_hand": found.in_hand,
        "lead": matter.lead.name if matter.lead and not matter.cared else "",
        "due": f"{clock.local(matter.due_at):%Y-%m-%d}" if waiting else "",
        "late": (clock.today() - clock.local(matter.due_at).date()).days if waiting else 0,
    }


def _cared(words: list[queries.Heard]) -> list[dict[str, str]]:
    """Return what is said to later words of despair (关怀留言): under the first receipt, no other is known outside."""
    rings, said = "，".join(f"{name} {number}" for name, number in settings.HELP_PHONES), []
    for found in sorted(words, key=lambda one: one.submission.day):
        said.append({"day": f"{found.submission.day:%Y-%m-%d}", "by": str(_("关怀员")), "text": _(
            "您后来写的一段话没有放进这件事里，只有一位关怀员和职工医院的医生能看到。现在就可以打：%s") % rings})
        said += _said(found)
    return said


def _said(found: queries.Heard) -> list[dict[str, str]]:
    """Return the words to the speaker (给反映人的话), none of the speaker's own."""
    return [{"day": f"{one.day:%Y-%m-%d}", "by": one.voice, "text": one.text}
            for one in found.messages if one.kind != "reply"]


def _kept(found: queries.Heard, proof: Proof | None, opened: list[str]) -> dict[str, Any]:
    """Return how the word is kept (保管情况): which posts opened the identity, and the proof of the ledger.

    Of a name that is open nothing is counted, so nothing is said.
    """
    return {"signed": bool(opened) or found.submission.mode == "confidential", "opened": opened,
            "erased": f"{found.name_erased:%Y-%m-%d}" if found.name_erased else "",
            "proof": proofs.written(proof) if proof is not None else ""}


def _closed(matter: SealedMatter) -> dict[str, Any]:
    """Return how a letter stands that went to the discipline mailbox (转入纪检的): its answers stay sealed inside."""
    return {"number": matter.number, "state": str(matter.state_name), "messages": [], "closed": True,
            "turn": afterwords.CLOSED, "open": ["reply"] if matter.state != "declined" else []}


def _later(receipt: Receipt) -> dict[str, Any]:
    """Return what came of what was said since (后话的结果)."""
    rows = sorted(receipt.afterwords.all(), key=lambda one: one.day)[-MOST_SAID:]
    return {"as_of": f"{clock.today():%Y-%m-%d}", "steps": [
        {"day": f"{one.day:%Y-%m-%d}", "name": str(afterwords.NAMES.get(one.step, "")), "refused": one.refused}
        for one in rows]}
