"""What goes out (送出答复): for each letter that came from outside how it stands and what was answered, sealed to it.

Every letter's answer is sealed anew each time, answered or not, so that nobody who watches the box
learns from its files whose has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sangesan.feedback.matters import queries
from sangesan.feedback.speakers import services as receipts
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock

from . import afterwords, answers

MOST_SAID = 100
"""Words to the speaker, and steps of theirs, that go out at most (外送条数), the newest."""


def portions() -> Iterator[bytes]:
    """Yield the answers of all letters from outside (答复包), a portion at a time."""
    yield from answers.write(_rows())


def _rows() -> Iterator[tuple[str, bytes]]:
    for receipt in receipts.outside():
        found = queries.heard_by(receipt)
        if found is not None:
            yield receipt.slot, answers.sealed(bytes(receipt.reply), _words(found, receipt))


def _words(found: queries.Heard, receipt: Receipt) -> dict[str, Any]:
    """Return what the speaker may read outside (外送内容): never the speaker's own words, nor a name."""
    matter, today = found.matter, clock.today()
    said = [{"day": f"{one.day:%Y-%m-%d}", "text": one.text} for one in found.messages if one.kind != "reply"]
    later = [{"day": f"{one.day:%Y-%m-%d}", "name": str(afterwords.NAMES.get(one.step, "")), "refused": one.refused}
             for one in sorted(receipt.afterwords.all(), key=lambda one: one.day)]
    waiting = matter.due_at is not None and matter.answered_at is None and not matter.cared
    return {
        "number": found.number, "state": str(matter.state_name), "as_of": f"{today:%Y-%m-%d}",
        "messages": said[-MOST_SAID:], "steps": later[-MOST_SAID:], "turn": afterwords.turn(matter),
        "open": [step for step in afterwords.NAMES if found.may(step)],
        "lead": matter.lead.name if matter.lead and not matter.cared else "",
        "due": f"{clock.local(matter.due_at):%Y-%m-%d}" if waiting else "",
    }
