"""Each channel is fed what nobody should send (security.md, Cases: input, files): words stay words."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from tests.doors import DOORS, World, receipts
from tests.files import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
ODD = {
    "markup": "<script>alert(1)</script><b onclick=x()>粗</b><a href='javascript:x'>链</a>",
    "template": "{{ request.user }}{% debug %}${777*777}#{777*777}",
    "sql": "'; DROP TABLE matters_matter; --", "formula": "=HYPERLINK(\"http://x\")", "emoji": "😀😀👩‍👩‍👧",
    "traditional": "零點班罐籠晃得厲害，打兩遍信號才停，請派人檢查",
    "wall": "字" * 10_000, "letters": "a" * 9_000, "lines": "一\n" * 900,
    "bidi": "工资\u202e发没\u202c正常", "zero": "零\u200b宽", "no_sign": "没\uffff热水",
    "leader": "矿长王安民拿了回扣", "number": "身份证 11010519491231002X，卡 6222021234567890128",
}
BAD = {"nothing": "", "blanks": " \n\t ", "unseen": "\u200b\ufeff \u202e", "no_sign": "\ufffe\uffff\ufdd0",
       "long": "字" * 10_001, "nul": "班\x00车", "bell": "班\x07车", "broken": "班\ufffd车"}
PHOTOS = sorted(set(DOORS) - {"api", "outbox", "kiosk", "reception_day"})
NO_PHOTOS = (
    ("../../etc/x.jpg", b"<html><script>x</script>"), ("a.svg", b"<svg onload=alert(1)>"),
    ("a.exe.jpg", b"MZ\x90" + bytes(99)), ("\u202egpj.exe", b"%PDF-1.4 %%EOF"),
    ("l" * 300 + ".jpg", b"\xff\xd8\xff\xe0" + bytes(50)), ("x\ny.jpg", b"PK\x03\x04" + bytes(99)))


@pytest.fixture
def world(noon, tmp_path, settings):
    settings.DEMO = True  # anonymous letters reach triage at once
    return World(tmp_path)


def kept() -> int:
    return Receipt.objects.count()


@pytest.mark.parametrize("door", DOORS)
def test_odd_words_are_kept_without_what_nobody_sees_and_shown_as_words(world, door):
    for name, text in ODD.items():
        if door == "discipline" and name == "leader":
            continue
        answer = DOORS[door](world, text=text)
        assert answer.status_code in (200, 201), (door, name, answer.content.decode()[:600])
    if door == "outside":
        world.fetch()
    if door == "discipline":
        assert SealedMatter.objects.count() == len(ODD) - 1 and not Submission.objects.exists()
        return
    said = set(Submission.objects.values_list("text", flat=True))
    unseen = str.maketrans(dict.fromkeys("\u200b\u202e\u202c\uffff"))
    assert said == {text.strip().translate(unseen) for text in ODD.values()}
    reader = world.client("union" if door == "union" else "triage")
    listing = reader.get("/w/triage/").content.decode() + reader.get("/w/matters/").content.decode()
    assert "<script>alert(1)" not in listing and "onclick=x()>" not in listing
    for text in (ODD["markup"], ODD["template"]):
        matter = Matter.objects.filter(submissions__text=text).first()
        page = reader.get(f"/w/matters/{matter.number}/").content.decode()
        assert "<script>alert(1)" not in page and html.escape(text[:25], quote=True)[:20] in page
        assert "603729" not in page


@pytest.mark.parametrize("door", DOORS)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_stored(world, door):
    before = kept()
    for name, text in BAD.items():
        if door == "outside" and name in ("nul", "bell", "broken"):
            continue  # sealed there and mended here, so that nothing is lost
        if door == "outbox" and name in ("long", "nul", "bell", "broken"):
            continue  # a report that waited is never refused for its form
        answer = DOORS[door](world, text=text)
        assert 400 <= answer.status_code < 500, (door, name, answer.status_code)
        why = answer.json()["why"] if "json" in answer["Content-Type"] else answer.content.decode()
        assert re.search(r"[\u4e00-\u9fff]{2}", why), "it says why"
    if door == "outside":
        world.fetch()
    assert kept() == before and not Matter.objects.exists() and not SealedMatter.objects.exists()


@pytest.mark.parametrize("door", sorted(set(DOORS) - {"api", "outbox", "discipline"}))
def test_fields_nobody_offered_change_nothing(world, door):
    given = {"grade": "A", "state": "closed", "lead": world.mine.units["HQ"].pk, "due_at": "2030-01-01", "sealed": "0",
             "person": world.mine.persons["leader"].pk, "code": "AAAA", "others": "x", "recipients": "leader",
             "channel": "discipline", "history": "1", "release_at": ""}
    answer = DOORS[door](world, text="食堂凉", **given)
    assert answer.status_code == 200
    if door == "outside":
        world.fetch()
    matter = Matter.objects.get()
    assert (matter.grade, matter.state, matter.lead_id, matter.due_at, matter.history) == ("", "received", None, None,
                                                                                          False)
    assert matter.channel != "discipline"


@pytest.mark.parametrize("door", sorted(set(DOORS) - {"api", "outbox"}))
def test_a_choice_nobody_offered_is_refused(world, door):
    absent = {"discipline": ("unit", "category"), "correspondent": ("mode",)}.get(door, ())
    for field, value in (("unit", "NOPE"), ("category", "'; --"), ("mode", "x"), ("key", "short")):
        if field not in absent:
            answer = DOORS[door](world, text="食堂凉", **{field: value})
            assert answer.status_code == 422, (field, answer.status_code)
    assert kept() == 0


@pytest.mark.parametrize("door", PHOTOS)
def test_what_is_no_photo_is_refused_whatever_it_is_called(world, door):
    for name, content in NO_PHOTOS:
        answer = DOORS[door](world, text="食堂凉", photos=SimpleUploadedFile(name, content, "image/jpeg"))
        assert answer.status_code == 422, (name, answer.status_code)
    if door == "outside":
        world.fetch()
    assert kept() == 0


@pytest.mark.parametrize("door", PHOTOS)
def test_a_photo_is_kept_by_every_door_that_asks_for_one(world, door):
    answer = DOORS[door](world, text="食堂凉", photos=SimpleUploadedFile("../../x\n.jpg", jpeg(), "image/jpeg"))
    assert answer.status_code == 200


@pytest.mark.parametrize("door", sorted(set(PHOTOS) - {"outside"}))
def test_a_file_no_field_asks_for_is_refused_and_never_dropped_without_a_word(world, door):
    for field in ("file", "attachment", *(("documents",) if door in ("correspondent", "box") else ())):
        answer = DOORS[door](world, text="食堂凉", **{field: SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF")})
        assert answer.status_code == 422 and "这里不收这样的附件" in answer.content.decode(), field
    assert kept() == 0


def test_a_letter_dated_after_its_receipt_and_days_that_cannot_be_are_refused(world):
    ahead = f"{clock.today() + timedelta(days=1):%F}"
    for given in ({"dated": ahead}, {"day": ahead}, {"dated": "2026-02-30"}, {"day": "0001-01-01"}, {"day": "9" * 30}):
        answer = DOORS["letter"](world, text="补贴没发", **given)
        assert answer.status_code == 422 and kept() == 0
    assert DOORS["upper"](world, text="转办", deadline="2026-01-01").status_code == 422
    assert DOORS["visit"](world, text="来访", heads=3, representatives=6).status_code == 422
    assert DOORS["proposal"](world, text="提案", seconders=1).status_code == 422
    assert kept() == 0


def test_a_phone_clock_wrong_by_a_year_changes_no_day(world):
    for hours in ("-8760", "8760", "99999999"):
        answer = DOORS["outbox"](world, text=f"罐笼晃 {hours}", hours=hours, day="2025-11-24", at="2027-11-24")
        assert answer.status_code == 200
    assert set(Submission.objects.values_list("day", "entered")) == {(clock.today(), clock.today())}
    assert not any(said.extra for said in Submission.objects.all())


def test_the_same_report_from_two_devices_is_one_matter(world):
    first, second = (DOORS["outbox"](world, text="候罐室没有饮水机") for _n in range(2))
    assert first.json() == second.json() and Matter.objects.count() == 1


def test_a_leader_named_in_an_accusation_is_asked_about_and_never_stored_by_mistake(world):
    answer = DOORS["discipline"](world, text="矿长王安民拿了回扣，请查。")
    assert answer.status_code == 422 and not SealedMatter.objects.exists() and not receipts(answer)
    page = html.unescape(answer.content.decode())
    assert "王安民拿了回扣，请查" in page, "the words are given back"
    assert DOORS["discipline"](world, text="材料员说矿长王安民批过，请查材料员。", not_upper="on").status_code == 200
    about = DOORS["discipline"](world, text="请查", about="矿长王安民")
    assert about.status_code == 422 and "集团公司纪委" in about.content.decode()
