"""Taking letters in from the outside letterbox (收外部信件): the whole bundle or nothing, each letter once."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.intake.mending import line, mended
from sangesan.feedback.intake.services import submit
from sangesan.feedback.intake.services.submitting import HISTORY_DAYS
from sangesan.feedback.matters.words import ANONYMOUS, GROUPS, MODES
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import clock, hpke, parcels, secrets
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import places

from . import afterwords, answers
from .afterwords import Afterword
from .box import purpose
from .bundles import Letter, NoBundle

CHANNEL = "leaders"


@dataclass(frozen=True)
class Taken:
    """What came of a bundle (收信结果): new letters, what came later to letters before, what was known.

    `spoilt` are the digests of letters that can't be opened: they are not taken, and stay where they are.
    """

    new: int
    later: int
    known: int
    spoilt: frozenset[str] = frozenset()


def setup() -> bytes:
    """Return what an outside letterbox needs to know (设置文件): no secret of ours but its own token."""
    number = codes.current("letterbox")
    mine = Unit.objects.filter(kind__in=(Kind.MINE, Kind.GROUP), closed=None).order_by("position", "pk").first()
    return json.dumps({
        "name": mine.name if mine else "", "key": number,
        "public": b64encode(hpke.public_of(codes.private("letterbox", number))).decode(),
        "places": places(clock.today()), "token": token(),
    }, ensure_ascii=False, indent=1).encode()


def token() -> str:
    """Return the token by which we fetch (取信口令); the box knows it from its setup."""
    return secrets.text(settings.DATA, "letterbox-token")


def take(letters: Sequence[Letter]) -> Taken:
    """Take letters in (收信). Raises NoBundle when none of them was meant for us or can be opened.

    One that can't keeps no other one from coming in: among those may be somebody in danger.
    """
    opened, spoilt, why = [], set(), None
    for place, letter in enumerate(letters, start=1):
        try:
            opened.append(_opened(place, letter))
        except NoBundle as fault:
            why = why or fault
            spoilt.add(letter.name)
    if why is not None and not opened:
        raise why
    later = [one for one in opened if isinstance(one, Afterword)]
    written = {said["code"]: said for said in opened if not isinstance(said, Afterword)}
    before = receipts.taken(written)
    fresh = [said for code, said in written.items() if code not in before]
    with transaction.atomic():
        for said in fresh:
            back = said.pop("back")
            submit(channel=CHANNEL, **said)
            receipts.send_outside(code=said["code"], **back)
        added = sum(afterwords.take(one) for one in later)
    return Taken(len(fresh), added, len(opened) - len(fresh) - added, frozenset(spoilt))


def _opened(place: int, letter: Letter) -> dict[str, Any] | Afterword:
    """Open a letter (拆信): what `submit` takes, or what came later to a letter before."""
    plain = None
    if 1 <= letter.key <= codes.current("letterbox"):
        plain = hpke.unseal(codes.private("letterbox", letter.key), letter.sealed, info=purpose(letter.key))
    try:
        words, files = parcels.unpack(plain or b"")
    except parcels.Spoilt:
        raise NoBundle(_("第 %d 件打不开：它损坏了，或者不是交给本系统的") % place,
                       _("请核对外部信箱装的是不是本系统的设置文件")) from None
    code, key, day = line(words.get("receipt"), 40), line(words.get("key"), 200), _day(words.get("day"))
    if not codes.normal(code) or not 16 <= len(key) or not key.isascii() or " " in key:
        raise NoBundle(_("第 %d 件没有回执，不是外部信箱写的") % place)
    if "step" in words:
        return Afterword(code, key, day, words)
    said, group = mended(words, files), line(words.get("group"), 20)
    return said | _signed(words) | {
        "text": said["text"] or _("（没有写字）"), "code": code, "key": _own(code, key), "day": day,
        "back": _back(words), "extra": {"door": str(_("外部信箱")), "group": group if group in GROUPS else ""},
        "about_readers": words.get("about_readers") is True,  # a box from before does not ask
    }


def _own(code: str, key: str) -> str:
    """Return the request key of a letter from outside (本系统口令): no token sent to another door can be the same."""
    return hashlib.sha256(f"{code} {key}".encode()).hexdigest()


def _signed(words: dict[str, Any]) -> dict[str, str]:
    """Return how it is signed (署名); whoever left neither name nor contact is anonymous."""
    name, contact = line(words.get("name"), 40), line(words.get("contact"), 100)
    mode = words.get("mode") if words.get("mode") in list(MODES) else ANONYMOUS
    if mode == ANONYMOUS or not (name or contact):
        return {"mode": ANONYMOUS}
    return {"mode": mode, "name": name, "contact": contact}


def _back(words: dict[str, Any]) -> dict[str, Any]:
    """Return where its answer goes (答复去处); a letter without it is answered inside only."""
    slot, reply = line(words.get("slot"), 32), line(words.get("reply"), 130)
    fit = answers.SLOT.fullmatch(slot) and re.fullmatch(r"[0-9a-f]{130}", reply) and hpke.valid(bytes.fromhex(reply))
    return {"slot": slot, "reply": bytes.fromhex(reply)} if fit else {"slot": "", "reply": b""}


def _day(said: Any) -> date:
    """Return the day the box got it (投信日), within bounds: a clock that is wrong makes no history."""
    today = clock.today()
    try:
        day = date.fromisoformat(line(said, 10))
    except ValueError:
        return today
    return min(max(day, today - timedelta(days=HISTORY_DAYS - 1)), today)
