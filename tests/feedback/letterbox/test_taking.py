"""Letters from the outside letterbox: sealed before they are written, taken in whole or not at all, each once."""

from __future__ import annotations

import json
import socket
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from sangesan.feedback.intake.services import submit
from sangesan.feedback.letterbox import box, bundles, taking
from sangesan.feedback.letterbox.bundles import NoBundle
from sangesan.feedback.letterbox.forms import LetterForm
from sangesan.feedback.matters import queries
from sangesan.feedback.matters.models import Attachment, Matter, Submission
from sangesan.feedback.speakers.models import Identity
from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.upkeep import letterbox_taking
from tests.builders import small_mine
from tests.files import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
WORDS = {"mode": "anonymous", "text": "外委队三个月没发工资", "group": "contractor", "category": "pay", "unit": "ZC1"}
KEY = "k" * 32


class Outside:
    """The box in a folder of its own (信箱), with secrets of its own."""

    def __init__(self, data: Path, setup: bytes) -> None:
        self.data = data
        data.mkdir()
        with self.there():
            box.install(setup)

    def there(self):
        return override_settings(DATA=self.data)

    def drop(self, key: str = KEY, photos=(), **words) -> str:
        with self.there():
            return box.drop(key=key, words=WORDS | words, photos=photos)

    def bundle(self) -> bytes:
        with self.there():
            return bundles.write(box.bundle())

    def confirm(self, data: bytes) -> int:
        with self.there():
            return box.handed_over({letter.name for letter in bundles.read(data)})

    def files(self) -> list[Path]:
        return [path for path in self.data.rglob("*") if path.is_file()]


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def outside(mine, tmp_path) -> Outside:
    return Outside(tmp_path / "box", taking.setup())


def take(data: bytes) -> tuple[int, int]:
    done = taking.take(bundles.read(data))
    return done.new, done.known


def test_a_letter_comes_in_and_its_receipt_of_outside_opens_it_inside(outside):
    receipt = outside.drop(photos=(jpeg(),))
    assert queries.heard(receipt) is None
    assert take(outside.bundle()) == (1, 0)
    matter, found = Matter.objects.get(), queries.heard(receipt)
    assert found.number == matter.number
    assert (matter.channel, matter.mode, matter.category, matter.unit.code) == ("leaders", "anonymous", "pay", "ZC1")
    assert Submission.objects.get().extra == {"door": "外部信箱", "group": "contractor"}
    assert Attachment.objects.count() == 1 and matter.received_at is None


def test_a_bundle_taken_twice_adds_nothing_and_a_later_one_only_what_is_new(outside):
    outside.drop()
    first = outside.bundle()
    outside.drop(key="j" * 32, text="家属院没有热水")
    both = outside.bundle()
    assert [take(first), take(first), take(both), take(both)] == [(1, 0), (0, 1), (1, 1), (0, 2)]
    with override_settings(SPEAKER_KEYS={"receipt-store": 1}):
        assert Matter.objects.count() == 2


def test_it_is_known_though_its_request_key_was_forgotten(outside):
    outside.drop()
    data = outside.bundle()
    take(data)
    from sangesan.feedback.speakers.services import forget

    forget(day=clock.today() + timedelta(days=30))
    assert take(data) == (0, 1) and Matter.objects.count() == 1


def test_the_same_form_twice_is_one_letter_also_after_it_was_handed_over(outside):
    receipts = {outside.drop(), outside.drop()}
    data = outside.bundle()
    assert len(bundles.read(data)) == 1 and outside.confirm(data) == 1
    receipts.add(outside.drop())
    assert len(receipts) == 1 and not bundles.read(outside.bundle())
    with pytest.raises(Conflict):
        outside.drop(text="另一件事")


def test_the_box_cannot_read_what_was_dropped_in(outside):
    outside.drop(photos=(jpeg(),), name="马六", mode="named")
    plain = [path for path in outside.files() for mark in ("外委队", "马六", "contractor", KEY)
             if mark.encode() in path.read_bytes() or mark in str(path)]
    assert not plain
    with outside.there(), pytest.raises(NoBundle):
        taking.take(box.bundle())  # with every secret the box holds
    sealed = next(path for path in outside.files() if path.suffix == ".sealed")
    assert sealed.stat().st_mtime % 3600 == 0 and sealed.stat().st_mode & 0o077 == 0


def test_names_are_kept_apart_and_the_anonymous_leave_none(outside):
    outside.drop(mode="confidential", name="马六", contact="138****0000")
    outside.drop(key="j" * 32, mode="anonymous", name="不该有的名字")
    outside.drop(key="i" * 32, mode="named", name="", contact="")
    take(outside.bundle())
    assert read_identity(Identity.objects.get()).name == "马六"
    assert sorted(Matter.objects.values_list("mode", flat=True)) == ["anonymous", "anonymous", "confidential"]


@pytest.mark.parametrize(("said", "apart"), [
    ({"about_readers": True}, True), ({"about_readers": "true"}, False), ({}, False)])
def test_a_letter_about_whoever_takes_letters_in_is_kept_from_them(outside, mine, said, apart):
    outside.drop(category="other", mode="confidential", name="马六", **said)
    take(outside.bundle())
    assert queries.visible(mine.scope("triage")).exists() is not apart


@pytest.mark.parametrize("harm", ["cut", "flipped", "foreign", "empty", "text", "no receipt", "huge", "all spoilt"])
def test_a_damaged_or_foreign_bundle_is_refused_and_nothing_is_taken(outside, tmp_path, harm):
    outside.drop()
    outside.drop(key="j" * 32)
    data = outside.bundle()
    letters = bundles.read(data)
    spoilt = bundles.Letter(1, letters[1].sealed[:-1] + bytes([letters[1].sealed[-1] ^ 1]))
    with override_settings(SPEAKER_KEYS={"letterbox": 2}):
        foreign = Outside(tmp_path / "other", taking.setup())
        foreign.drop()
    data = {
        "cut": data[:-10], "flipped": data[:-1] + bytes([data[-1] ^ 1]), "foreign": foreign.bundle(), "empty": b"",
        "text": "标题,内容\n".encode(), "huge": b"SANGESAN-LETTERS-1 " + b'{"letters": [[1, 1e30]]}\n',
        "no receipt": bundles.write([bundles.Letter(1, _sealed_without_receipt())]),
        "all spoilt": bundles.write([spoilt]),
    }[harm]
    with pytest.raises(UserError) as fault:
        take(data)
    assert fault.value.what == "一件也没有收下" and fault.value.why and not Submission.objects.exists()


def test_a_letter_that_is_spoilt_keeps_no_other_one_from_coming_in(outside):
    outside.drop()
    good = bundles.read(outside.bundle())[0]
    spoilt = bundles.Letter(1, good.sealed[:-1] + bytes([good.sealed[-1] ^ 1]))
    for said in ([spoilt, good], [good, spoilt, bundles.Letter(1, _sealed_without_receipt())]):
        done = taking.take(bundles.read(bundles.write(said)))
        assert spoilt.name in done.spoilt and good.name not in done.spoilt
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("door", ["inside", "twice"])
def test_no_token_that_somebody_chose_shuts_the_way_in(outside, door):
    """The token stands in the form, so whoever writes may choose it: also one that was used at another door."""
    outside.drop()
    if door == "inside":
        submit(channel="leaders", mode="anonymous", text="矿内写的", key=KEY)
    else:
        outside.drop(key=KEY + "\n", text="另一封")
    taking.take(bundles.read(outside.bundle()))
    assert Submission.objects.count() == 2
    assert not LetterForm({"key": KEY + "\n", "mode": "anonymous", "text": "话"}).is_valid()


def _sealed_without_receipt() -> bytes:
    from base64 import b64decode
    from json import loads

    from sangesan.foundation import hpke, parcels

    public = b64decode(loads(taking.setup())["public"])
    return hpke.seal(public, parcels.pack(WORDS), info=box.purpose(1))


def test_a_wrong_clock_outside_neither_dates_ahead_nor_makes_history(outside):
    for days, seen in ((400, 0), (-400, -89), (-3, -3)):
        with clock.at(clock.now() + timedelta(days=days)):
            outside.drop(key=f"{days:+}".rjust(20, "k"), text=f"没有热水{days}")
        take(outside.bundle())
        matter = Matter.objects.get(title=f"没有热水{days}")
        assert matter.received_day == clock.today() + timedelta(days=seen) and not matter.history
        assert Submission.objects.get(matter=matter).entered == clock.today() > date(2026, 1, 1)


def test_what_the_inside_no_longer_knows_is_left_out(outside):
    outside.drop(unit="GONE", category="nonsense", place="x" * 300, text="没有热水\x07" + "啊" * 12_000)
    take(outside.bundle())
    assert (Matter.objects.get().unit.code, Matter.objects.get().category) == ("QSL", "other")


def test_a_full_box_says_so_instead_of_losing_letters(outside, monkeypatch):
    monkeypatch.setattr(box, "SPARE", 2**62)
    with pytest.raises(UserError) as fault:
        outside.drop()
    assert fault.value.status == 503 and not list((outside.data / "letters").glob("*.sealed"))


@pytest.mark.parametrize("said", [
    b"", b"{}", b"\xff", b'{"name": 1, "key": 1, "public": "AAAA", "places": [], "token": ""}',
])
def test_a_file_that_is_no_setup_is_refused(tmp_path, said):
    with override_settings(DATA=tmp_path), pytest.raises(UserError):
        box.install(said)
    assert not (tmp_path / "setup.json").exists() and settings.DATA != tmp_path


@pytest.mark.parametrize(("answers", "why", "taken"), [
    ([b"hello, no http\r\n"], "没有答完", 0),
    ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nSANG"], "没有答完", 0),
    ([b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nSANGESAN-LETTERS-1 {"], "损坏", 0),
    ([b"bundle", b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>login</html>"], "不是外部信箱的话", 1),
    ([b"bundle", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"], "没有答完", 1),
])
def test_a_box_that_answers_half_or_something_else_is_said_to_and_what_came_is_kept(outside, answers, why, taken):
    outside.drop()
    data = outside.bundle()
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data) + data
    with socket.create_server(("127.0.0.1", 0)) as door:
        def serve():
            for answer in answers:
                line, _who = door.accept()
                with line:
                    line.recv(65_536)
                    line.sendall(whole if answer == b"bundle" else answer)

        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(UserError, match=why):
            letterbox_taking._fetched(f"http://127.0.0.1:{door.getsockname()[1]}/")
    assert Submission.objects.count() == taken
    assert take(data) == (1 - taken, taken), "and comes in once when it is fetched again"


def test_fetching_ends_with_what_was_taken_where_a_spoilt_letter_stays_behind(outside, monkeypatch):
    outside.drop()
    good = bundles.read(outside.bundle())[0]
    lying = [bundles.Letter(1, good.sealed[:-1] + bytes([good.sealed[-1] ^ 1])), good]

    def ask(_address, said=None):
        if said is None:
            return bundles.write(lying)
        lying[:] = [one for one in lying if one.name not in said.decode().split()]
        return json.dumps({"done": 1, "waiting": len(lying)}).encode()

    monkeypatch.setattr(letterbox_taking, "_ask", ask)
    done = letterbox_taking._fetched("http://outside/")
    assert [(one.new, len(one.spoilt)) for one in done] == [(1, 1)] and len(lying) == 1
