"""Reports that waited on a phone: each comes in exactly once, and nothing that can be opened is refused."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import override_settings

from sangesan.feedback.intake import outbox, queries
from sangesan.feedback.matters.models import Attachment, Matter, Recording, Submission
from sangesan.feedback.speakers.models import Receipt
from sangesan.feedback.speakers.services import forget
from sangesan.foundation import clock, parcels
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from tests.at_once import together
from tests.builders import heard, small_mine
from tests.files import jpeg
from tests.phones import WORDS, seal, voice

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N5")]


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def scope(mine):
    return mine.scope("correspondent")


def deliver(scope, report, hours=0, **other):
    parts = {"key": report.key, "account": report.account, "number": report.number, "sealed": report.content} | other
    return outbox.deliver(scope=scope, hours=hours, **parts)


def test_a_report_comes_in_once_however_often_it_is_sent(scope):
    sealed = seal(scope, unit="ZC1", category="hours", hint=2, place="副井候罐室", danger=False, masked=True)
    assert {deliver(scope, sealed) for _ in range(3)} == {Matter.objects.get().number}
    matter = Matter.objects.get()
    assert (matter.unit.code, matter.category, matter.hint, matter.place, matter.mode) == (
        "ZC1", "hours", 2, "副井候罐室", "confidential")
    assert matter.channel == "correspondent" and Submission.objects.get().text == WORDS


def test_it_comes_in_once_even_when_the_request_key_was_forgotten(scope):
    sealed = seal(scope, files=(jpeg(),))
    number = deliver(scope, sealed)
    forget(day=clock.today() + timedelta(days=8))
    assert Receipt.objects.get().replay == "" and deliver(scope, sealed) == number
    assert Submission.objects.count() == 1


def test_the_same_report_written_on_two_devices_is_one_matter(scope):
    first, second = seal(scope, unit="ZC1"), seal(scope, unit="ZC1")
    assert deliver(scope, first) == deliver(scope, second) == deliver(scope, second)
    assert Matter.objects.count() == 1
    assert deliver(scope, seal(scope, unit="ZC2")) != Matter.objects.filter(unit__code="ZC1").get().number
    deliver(scope, seal(scope, unit="ZC1", files=(jpeg(),)))
    assert Matter.objects.count() == 3, "what brings a photo along is not dropped"


@pytest.mark.django_db(transaction=True)
def test_the_same_report_sent_from_two_devices_in_the_same_instant_is_one_matter(noon):
    scope = small_mine().scope("correspondent")
    for turn in range(6):
        words = f"{WORDS}，第 {turn} 次"
        one, other = (seal(scope, words, unit="ZC1") for _device in range(2))
        found = together(partial(deliver, scope, one), partial(deliver, scope, other))
        said = Submission.objects.filter(text=words)
        assert found == [said.get().matter.number] * 2, found
        assert Receipt.objects.count() == turn + 1


def test_the_server_decides_the_day_and_says_about_when_it_was_written(scope):
    for hours, said in ((0, None), (5, "约 5 小时前"), (8760, None), (-3, None), (-1, None)):
        number = deliver(scope, seal(scope, f"{WORDS}{hours}"), hours=hours)
        kept = Submission.objects.get(matter__number=number)
        assert kept.day == kept.entered == clock.today()
        assert kept.extra.get("written") == said


def test_a_danger_alerts_when_it_arrives(scope):
    deliver(scope, seal(scope, danger=True))
    assert (Matter.objects.get().grade, Matter.objects.get().provisional) == ("A", True)


def test_photos_and_a_voice_note_come_along_rebuilt(scope):
    deliver(scope, seal(scope, files=(jpeg(), jpeg(), voice(3)), voice=True))
    assert Attachment.objects.count() == 2 and Recording.objects.get().seconds == 3


def test_what_can_be_opened_is_taken_in_and_what_does_not_fit_is_said(scope):
    deliver(scope, seal(scope, "井口\x00结冰" + "x" * 12_000, files=(b"no photo", b"no voice"),
                        voice=True, unit="GONE", category=["safety"], hint="3", place="x" * 500, masked="yes",
                        danger=1))
    matter, said = Matter.objects.get(), Submission.objects.get()
    assert said.text.startswith("井口结冰x") and len(said.text) <= 10_000 and "2 个附件打不开" in said.text
    assert (matter.unit.code, matter.category, matter.hint, matter.danger, len(matter.place)) == (
        "QSL", "other", 0, False, 80)


def test_photos_without_a_word_are_taken_in(scope):
    deliver(scope, seal(scope, "", files=(jpeg(),)))
    assert Attachment.objects.exists() and "没有写字" in Submission.objects.get().text


def test_an_old_key_still_opens(scope):
    sealed = seal(scope)
    with override_settings(SPEAKER_KEYS={"outbox": 2}):
        assert seal(scope).number == 2
        deliver(scope, sealed)
        deliver(scope, seal(scope, "换了密钥以后写的"))
    assert Matter.objects.count() == 2


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty", "other key", "unknown key", "other id"])
def test_what_was_tampered_with_is_refused(scope, harm):
    sealed = seal(scope)
    other = {
        "flipped": {"sealed": sealed.content[:-1] + bytes([sealed.content[-1] ^ 1])},
        "cut": {"sealed": sealed.content[:90]}, "empty": {"sealed": b""}, "other key": {"key": "k" * 32},
        "unknown key": {"number": 99}, "other id": {"number": 0},
    }[harm]
    with pytest.raises(UserError) as fault:
        deliver(scope, sealed, **other)
    assert fault.value.status == 422 and not Receipt.objects.exists()


def test_another_account_cannot_send_it_even_under_its_own_mark(mine, scope):
    sealed, other = seal(scope), mine.scope("correspondent")
    other = type(other)(person=mine.persons["chief"].pk, posts=other.posts, grants=other.grants, name="张大力")
    with pytest.raises(Forbidden):
        deliver(other, sealed)
    with pytest.raises(UserError) as fault:
        deliver(other, sealed, account=outbox.account_of(other))
    assert fault.value.code == "sealed" and not Receipt.objects.exists()


def test_one_key_with_two_contents_is_a_conflict(scope):
    deliver(scope, seal(scope, key="k" * 32))
    with pytest.raises(Conflict):
        deliver(scope, seal(scope, "别的内容", key="k" * 32))
    assert Submission.objects.count() == 1


def test_who_may_not_report_is_told(mine):
    keeper = mine.scope("admin")
    with pytest.raises(Forbidden):
        deliver(keeper, seal(keeper))


def test_the_phone_learns_what_arrived_and_what_was_answered_of_its_own_only(mine, scope):
    first, second, third = seal(scope), seal(scope, "第二件"), seal(scope, "没有发出")
    deliver(scope, first)
    Matter.objects.filter(number=deliver(scope, second)).update(answered_at=clock.now())
    keys = [first.key, second.key, third.key]
    assert queries.arrived(scope, keys) == {first.key: "received", second.key: "answered"}
    assert queries.arrived(mine.scope("chief"), keys) == {}


def test_anonymous_words_bring_photos_only():
    small_mine()
    with pytest.raises(UserError) as fault:
        heard(mode="anonymous", voice=voice())
    assert fault.value.code == "voice" and not Submission.objects.exists()


@pytest.mark.parametrize("said", [
    b"", b"\0\0\0\x02{}", b"\0\0\0\x02[]", b"\xff" * 40, b'\0\0\0\x19{"words":{},"files":[-1]}',
    b'\0\0\0\x1b{"words":{},"files":[9999]}',
])
def test_bytes_that_are_no_parcel_are_told_from_one(said):
    with pytest.raises(parcels.Spoilt):
        parcels.unpack(said)
