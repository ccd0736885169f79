"""Channels (渠道): each is its own shelf; what an office receives comes in through the office alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.intake import channels, services
from sangesan.feedback.intake.channels import SHELVES, Hand
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.matters.queries import heard
from sangesan.feedback.matters.words import CHANNELS
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from tests.builders import small_mine
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
KEY = "k" * 32
TEXTS = {
    "ten thousand without a space": "字" * 10_000, "only emoji": "😀🙏😭", "traditional": "礦長信箱：澡堂沒有熱水",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% debug %}", "formula": "=HYPERLINK(\"http://x\")",
}


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def office(mine):
    return mine.scope("triage")


def entered(office, channel, **parts):
    own = {"upper": {"sender": "集团信访办", "document": "集信转〔2026〕12 号"},
           "proposal": {"session": "十一届三次", "seconders": 2}}.get(channel, {})
    said = {"text": "通勤车改点", "name": "马六", "key": KEY, "extra": own | parts.pop("extra", {})}
    return services.register(scope=office, channel=channel, **said | parts)


def test_every_channel_of_the_chapter_has_its_shelf_and_says_its_rule():
    assert list(SHELVES) == list(CHANNELS)
    assert all(shelf.rule and shelf.slug == slug for slug, shelf in SHELVES.items())


def test_machines_hand_in_only_what_has_a_public_page(mine, client):
    assert channels.machines() == {"leaders", "union"}
    for channel in CHANNELS:
        answer = client.post("/api/v1/submissions", {"channel": channel, "mode": "anonymous", "text": "灯坏了"},
                             content_type="application/json", headers={"Idempotency-Key": f"{channel:x<24}"})
        assert answer.status_code == (201 if channel in ("leaders", "union") else 422), channel
    assert set(Submission.objects.values_list("channel", flat=True)) == {"leaders", "union"}


@pytest.mark.parametrize("channel", [s.slug for s in SHELVES.values() if s.by(Hand.OFFICE)])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_words_pass_through_any_channel_unchanged(office, channel, text):
    done = entered(office, channel, text=text)
    assert heard(done.receipt).submission.text == text
    assert heard(done.receipt).submission.channel == channel


@pytest.mark.parametrize("channel", [s.slug for s in SHELVES.values() if s.by(Hand.OFFICE)])
@pytest.mark.parametrize("parts", [
    {"text": ""}, {"text": " \n"}, {"text": "字" * 10_001}, {"text": "空\x00"}, {"text": "半\ud800"}, {"mode": "x"},
    {"unit": "\x00"}, {"unit": "NOPE"}, {"category": "x"}, {"kind": "x"}, {"affected": -1}, {"place": "长" * 81},
    {"register": "号" * 41}, {"key": "short"}, {"extra": {"group": "leader"}}, {"extra": {"group": ["worker"]}},
    {"extra": {"secret": 1}}, {"photos": [b"%PDF-1.7"]}, {"photos": [b""]},
])
def test_what_is_wrong_is_refused_by_every_channel_and_leaves_nothing(office, channel, parts):
    with pytest.raises(UserError):
        entered(office, channel, **parts)
    assert not (Submission.objects.exists() or Matter.objects.exists() or Receipt.objects.exists())


@pytest.mark.parametrize("channel", ["leaders", "discipline", "correspondent", "x", ""])
def test_nobody_registers_what_others_must_put_in_themselves(office, channel):
    with pytest.raises(UserError):
        services.register(scope=office, channel=channel, text="灯坏了", key=KEY)
    assert not Submission.objects.exists()


def test_a_letter_is_never_dated_after_its_receipt(office):
    today = clock.today()
    with pytest.raises(UserError, match="落款日期"):
        entered(office, "letter", extra={"dated": today}, day=today - timedelta(days=1))
    assert entered(office, "letter", extra={"dated": today}, day=today).fresh
    assert Submission.objects.get().extra == {"dated": today.isoformat()}


def test_each_representative_of_a_collective_visit_gets_a_receipt(office):
    said = {"others": [("张三", "13800000001"), ("", "")], "extra": {"heads": 12, "representatives": 3}}
    done = entered(office, "visit", **said)
    codes = {done.receipt, *done.more}
    assert len(codes) == 3 and {heard(code).number for code in codes} == {done.number}
    assert Matter.objects.count() == 1
    assert sorted(Submission.objects.values_list("mode", flat=True)) == ["anonymous", "named", "named"]
    again = entered(office, "visit", **said)
    assert (again.more, again.fresh, Submission.objects.count()) == (done.more, False, 3)


@pytest.mark.parametrize(("extra", "others", "why"), [
    ({"heads": 12, "representatives": 6}, [], "最多 5 人"), ({"heads": 2, "representatives": 3}, [], "多于来访人数"),
    ({"heads": 12}, [("甲", "")] * 5, "最多 5 人"), ({"heads": 0}, [], "来访人数"), ({"heads": True}, [], "来访人数"),
])
def test_at_most_five_speak_for_a_visit(office, extra, others, why):
    with pytest.raises(UserError) as fault:
        entered(office, "visit", extra=extra, others=others)
    assert why in str(fault.value) and not Submission.objects.exists()


@pytest.mark.parametrize(("parts", "why"), [
    ({"name": ""}, "提案人"), ({"extra": {"seconders": 1}}, "2 人附议"), ({"extra": {"session": ""}}, "届次"),
    ({"mode": "anonymous"}, "署名"),
])
def test_a_proposal_needs_a_proposer_seconders_and_a_session(office, parts, why):
    with pytest.raises(UserError) as fault:
        entered(office, "proposal", **parts)
    assert why in str(fault.value)


@pytest.mark.parametrize("missing", ["sender", "document"])
def test_what_comes_from_above_keeps_its_number_sender_and_deadline(office, missing):
    today = clock.today()
    with pytest.raises(UserError):
        entered(office, "upper", extra={missing: ""})
    with pytest.raises(UserError, match="没有登记"):
        entered(office, "upper", extra={"deadline": today - timedelta(days=1)})
    entered(office, "upper", extra={"deadline": today + timedelta(days=9), "received_by": "信访办"})
    kept = Submission.objects.get().extra
    assert kept == {"sender": "集团信访办", "document": "集信转〔2026〕12 号", "received_by": "信访办",
                    "deadline": f"{today + timedelta(days=9)}"}


def test_whoever_is_asked_first_writes_it_down_and_never_finds_it_as_their_own(mine):
    scope = mine.scope("correspondent")
    done = services.behalf(scope=scope, text="想问岗位津贴", key=KEY, window="canteen", extra={"group": "contractor"})
    said = Submission.objects.get()
    assert (said.channel, said.mode, said.extra) == ("visit", "anonymous", {"window": "canteen", "group": "contractor"})
    client = signed_in(mine.persons["correspondent"])
    assert done.number not in client.get("/w/report/mine/").content.decode()
    assert client.get(f"/w/report/mine/{done.number}/").status_code == 404
    with pytest.raises(Forbidden):
        services.behalf(scope=mine.scope("admin"), text="话", key="m" * 32, window="crew")
    with pytest.raises(UserError):
        services.behalf(scope=scope, text="话", key="m" * 32, window="street")


def test_words_taken_down_at_the_unions_window_are_the_unions(mine):
    services.behalf(scope=mine.scope("correspondent"), text="分会没开会", key=KEY, window="union")
    services.behalf(scope=mine.scope("chief"), text="电话里说的", key="p" * 32, window="other", by_phone=True)
    assert set(Submission.objects.values_list("channel", flat=True)) == {"union", "phone"}


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("window", ["union", "crew"])
def test_an_accusation_that_somebody_takes_down_goes_into_the_mailbox_alone(mine, window):
    founded(mine, codes=("inspector",))
    answer = signed_in(mine.persons["correspondent"]).post("/w/behalf/", {
        "key": KEY, "text": "检举一件事", "window": window, "mode": "anonymous", "kind": "accusation"})
    assert answer.status_code == 200 and SealedMatter.objects.get().number in answer.content.decode()
    assert not (Submission.objects.exists() or Matter.objects.exists())


@pytest.mark.parametrize(("channel", "own", "field"), [
    ("visit", {"heads": "12", "representatives": "6"}, "representatives"),
    ("letter", {"dated": "2027-11-24"}, "dated"),
    ("proposal", {"session": "十一届二次", "seconders": "1"}, "seconders"),
    ("upper", {"sender": "集团信访办", "document": "1 号", "deadline": "2020-01-01"}, "deadline")])
def test_what_does_not_fit_is_told_at_its_own_field(mine, channel, own, field):
    said = {"key": KEY, "text": "奖金", "mode": "named", "name": "马六", "kind": "request", "day": f"{clock.today()}"}
    answer = signed_in(mine.persons["triage"]).post(f"/w/register/{channel}/", said | own)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not Matter.objects.exists()


def test_the_slip_is_shown_once_for_each_who_spoke(mine):
    client = signed_in(mine.persons["triage"])
    answer = client.post("/w/register/visit/", {
        "key": KEY, "text": "二十多人来问奖金", "mode": "named", "name": "马六", "kind": "request", "heads": "21",
        "representatives": "3", "people": "张三 13800000001\n李四", "day": f"{clock.today()}"})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count('class="receipt"') == 3 and answer["Cache-Control"] == "no-store"
    matter = Matter.objects.get()
    assert matter.affected == 21 and matter.submissions.count() == 3
    shown = client.get(f"/w/matters/{matter.number}/").content.decode()
    assert shown.count("二十多人来问奖金</p>") == 1 and "来访人数" in shown and 'class="receipt"' not in shown
    assert shown.count('class="said"') == 1 and "登记 3 份" in shown, "who came together is no three lines alike"
    for one in matter.submissions.all():  # whoever of them is read first
        matter.submissions.update(extra={})
        matter.submissions.filter(pk=one.pk).update(extra={"written": "昨天"})
        shown = client.get(f"/w/matters/{matter.number}/").content.decode()
        assert shown.count('class="said"') == 1 and "没有网络时写下，昨天" in shown


def test_the_group_of_a_speaker_is_kept_for_figures_and_not_shown(mine):
    client = signed_in(mine.persons["triage"])
    client.post("/mailbox/leaders/", {"key": KEY, "text": "取暖补贴啥时候发", "mode": "named", "name": "马六",
                                      "group": "retiree"})
    assert Submission.objects.get().extra == {"group": "retiree"}
    page = client.get(f"/w/matters/{Matter.objects.get().number}/").content.decode()
    assert "取暖补贴" in page and "反映人身份" not in page


def test_outside_roads_are_shown_to_everybody(client):
    page = client.get("/outside/").content.decode()
    assert all(number in page for number in ("12333", "12350", "12351", "12348", "12388"))


@pytest.mark.parametrize("address", ["/w/register/leaders/", "/w/register/discipline/", "/w/register/box/",
                                     "/w/register/x/"])
def test_only_channels_an_office_enters_have_a_form(mine, address):
    client = signed_in(mine.persons["triage"])
    assert client.get(address).status_code == client.post(address, {"text": "x"}).status_code == 404
