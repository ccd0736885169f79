"""Doors (各渠道入口): each channel as people use it, by its own form over HTTP.

`World` is a small mine with a post for every hand; `DOORS` says for each channel how a text is
handed in. What a channel needs besides (a box that was opened, a reception day) is made when it is
first asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.http import HttpResponse, QueryDict
from django.test import Client, override_settings
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from sangesan.feedback.intake import outbox
from sangesan.feedback.intake.models import Reception
from sangesan.feedback.intake.services import boxes, reception
from sangesan.feedback.letterbox import box as letterbox
from sangesan.feedback.letterbox import bundles, taking
from sangesan.feedback.letterbox.forms import LetterForm
from sangesan.foundation import clock, hpke, parcels
from sangesan.foundation.errors import UserError
from sangesan.method.authority import Role
from tests.builders import Mine, hire, small_mine
from tests.sealing import Box, founded
from tests.signing import signed_in

RECEIPT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-Z*~$=]\b")
TEXT = "夜班食堂只有凉馒头"


class World:
    """A mine with somebody for every door (各渠道齐全的小矿)."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mine = folder, small_mine()
        hire(self.mine, "partner", "信访办主任", "XF", Role.TRIAGE, "3001")
        self.clients: dict[str, Client] = {}

    def scope(self, code: str):
        return self.mine.scope(code)

    def client(self, code: str) -> Client:
        """Return a client signed in as the holder of a post (已登录)."""
        if code not in self.clients:
            self.clients[code] = signed_in(self.mine.persons[code])
        return self.clients[code]

    @cached_property
    def union(self) -> Mine:
        """Appoint somebody who reads the union's letters (工会干事)."""
        hire(self.mine, "union", "工会干事", "QSL", Role.UNION, "3002")
        return self.mine

    @cached_property
    def discipline(self) -> Box:
        return founded(self.mine, codes=("inspector",))

    @cached_property
    def opening(self) -> int:
        """Hang a box and open it by two (开箱) with fifty slips in it."""
        boxes.hang(scope=self.scope("triage"), code="BOX1", place="澡堂门口", unit=self.mine.units["QSL"].pk)
        opened = boxes.open_box(scope=self.scope("triage"), box="BOX1", slips=50)
        boxes.confirm(scope=self.scope("partner"), opening=opened.pk, slips=50)
        return opened.pk

    @cached_property
    def slip(self) -> Any:
        return iter(range(1, 51))

    @cached_property
    def day(self) -> Reception:
        """Plan and announce a reception day that is today (接待日)."""
        today = clock.today()
        with clock.at(clock.now() - timedelta(days=10)):
            found = reception.plan(scope=self.scope("triage"), first=today, months=1, on=today.day, leaders=["leader"],
                                   place="办公楼 101")[0]
            reception.announce(scope=self.scope("triage"), reception=found.pk)
        return found

    @cached_property
    def outside(self) -> Path:
        """Set up the outside letterbox (外部信箱) in a folder of its own."""
        data = self.folder / "outside"
        data.mkdir()
        setup = taking.setup()
        with override_settings(DATA=data):
            letterbox.install(setup)
        return data

    def fetch(self) -> None:
        """Take the outside letters in (收外部信件)."""
        with override_settings(DATA=self.outside):
            data = bundles.write(letterbox.bundle())
        taking.take(bundles.read(data))


def _public(path: str, **own: Any) -> Callable[..., HttpResponse]:
    def send(world: World, **said: Any) -> HttpResponse:
        return Client().post(path, {"key": token_hex(16), "mode": "anonymous"} | own | said)
    return send


def _staff(path: str, who: str = "triage", **own: Any) -> Callable[..., HttpResponse]:
    def send(world: World, **said: Any) -> HttpResponse:
        given = {"key": token_hex(16), "mode": "named", "name": "马六", "day": f"{clock.today():%F}", "kind": "request"}
        return world.client(who).post(path, given | own | said)
    return send


def _union(world: World, **said: Any) -> HttpResponse:
    assert world.union
    return _public("/mailbox/union/")(world, **said)


def _discipline(world: World, **said: Any) -> HttpResponse:
    assert world.discipline
    return _public("/discipline/")(world, **said)


def _slip(world: World, **said: Any) -> HttpResponse:
    path = f"/w/boxes/BOX1/{world.opening}/"
    return _staff(path, mode="anonymous", name="", number=next(world.slip))(world, **said)


def _visitor(world: World, **said: Any) -> HttpResponse:
    return _staff(f"/w/reception/{world.day.pk}/", outcome="explained")(world, **said)


def _machine(world: World, **said: Any) -> HttpResponse:
    body = json.dumps({"channel": "leaders", "mode": "anonymous"} | said)
    return Client().post("/api/v1/submissions", body, content_type="application/json",
                         HTTP_IDEMPOTENCY_KEY=token_hex(16))


def _outbox(world: World, **said: Any) -> HttpResponse:
    """Seal as the phone does (手机封装)."""
    from base64 import b64decode
    from io import BytesIO

    scope, key, hours = world.scope("correspondent"), token_hex(16), said.pop("hours", "0")
    given = outbox.offer(scope)
    about = outbox.purpose(key=key, account=given.account, number=given.key)
    sealed = BytesIO(hpke.seal(b64decode(given.public), parcels.pack(said), info=about))
    sealed.name = "sealed"
    return world.client("correspondent").post("/w/report/outbox/", {
        "account": given.account, "key": str(given.key), "hours": hours, "sealed": sealed}, HTTP_X_OUTBOX="1",
        HTTP_IDEMPOTENCY_KEY=key, HTTP_ORIGIN="http://testserver")


def _outside(world: World, **said: Any) -> HttpResponse:
    """Do as the outside page does (外部信箱); the site itself runs in `tests/feedback/letterbox/test_site.py`."""
    files = {"photos": said.pop("photos")} if "photos" in said else {}
    with override_settings(DATA=world.outside):
        form = LetterForm(QueryDict(urlencode({"key": token_hex(16), "mode": "anonymous"} | said)),
                          MultiValueDict({name: [file] for name, file in files.items()}),
                          places=letterbox.setup().places)
        if not form.is_valid():
            return HttpResponse(str(form.errors), status=422)
        key, words, photos = form.said()
        try:
            return HttpResponse(letterbox.drop(key=key, words=words, photos=photos))
        except UserError as fault:
            return HttpResponse(str(fault), status=fault.status)


DOORS: dict[str, Callable[..., HttpResponse]] = {
    "leaders": _public("/mailbox/leaders/"), "union": _union, "kiosk": _public("/kiosk/leaders/"),
    "outside": _outside, "discipline": _discipline, "api": _machine, "outbox": _outbox,
    "correspondent": _staff("/w/report/", "correspondent", mode="", name=""),
    "behalf": _staff("/w/behalf/", window="crew"),
    "letter": _staff("/w/register/letter/"), "phone": _staff("/w/register/phone/"),
    "visit": _staff("/w/register/visit/", heads=12, representatives=2, people="李七 1390000"),
    "proposal": _staff("/w/register/proposal/", session="十一届三次", seconders=2),
    "upper": _staff("/w/register/upper/", sender="集团公司信访办", document="集信转〔2026〕12 号"),
    "box": _slip, "reception_day": _visitor,
}
"""Every road of words (各渠道), by the name of its channel or of who puts the words in."""


def receipts(answer: HttpResponse) -> list[str]:
    """Return the receipts an answer shows (回执号)."""
    return list(dict.fromkeys(RECEIPT.findall(answer.content.decode())))
