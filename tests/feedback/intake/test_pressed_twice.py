"""A button pressed twice, or a page sent again after a lost answer, is one act and shows the same page."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client

from sangesan.feedback.intake.models import Move
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Answer, Matter, Message, Pause, Rating, Review, Submission
from sangesan.feedback.matters.queries import footing
from sangesan.foundation import clock
from sangesan.foundation.once.models import Sent
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from tests.at_once import together
from tests.builders import heard, hire, small_mine
from tests.feedback.intake.visits import DAY, announced
from tests.feedback.matters.roads import answered, handled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture
def mine(noon):
    return small_mine()


def key_in(page: str, action: str) -> str:
    """Return the token of the form with this address (表单口令)."""
    form = next(form for form in page.split("<form")[1:] if f'action="{action}"' in form.split(">")[0])
    return re.search(r'name="(?:key|csrfmiddlewaretoken)" value="([^"]{20,})"', form).group(1)


def held(client: Client, said, action: str) -> dict[str, str]:
    """Return what the form of a receipt carries along (随表单提交的)."""
    page = client.post("/receipt/", {"code": said.receipt}).content.decode()
    return {"code": said.receipt, "key": key_in(page, action)}


def test_an_addition_pressed_twice_is_one_and_both_pages_say_that_it_came(mine, client):
    said = heard(unit="ZC1")
    sent = held(client, said, "/receipt/reply/") | {"text": "今天还是没有热饭"}
    pages = [client.post("/receipt/reply/", sent).content.decode() for _ in range(3)]
    assert Message.objects.filter(kind="reply").count() == 1
    assert all("补充的话已经收下" in page and page.count("今天还是没有热饭") == 1 for page in pages)
    client.post("/receipt/reply/", sent | {"text": "明天再看"})
    assert Message.objects.filter(kind="reply").count() == 2, "other words from the same page are another addition"
    client.post("/receipt/reply/", held(client, said, "/receipt/reply/") | {"text": "今天还是没有热饭"})
    assert Message.objects.filter(kind="reply").count() == 3, "and so are the same words from a new page"


def test_what_was_refused_may_be_mended_and_sent_again(mine, client):
    sent = held(client, heard(unit="ZC1"), "/receipt/reply/") | {"text": "字" * 10_001}
    assert client.post("/receipt/reply/", sent).status_code == 422 and not Sent.objects.exists()
    assert client.post("/receipt/reply/", sent | {"text": "短了"}).status_code == 200
    assert Message.objects.get().text == "短了"


def test_a_review_pressed_twice_is_asked_for_once(mine, client):
    said = answered(mine)
    sent = held(client, said, "/receipt/review/") | {"text": "只修了一个柜子"}
    pages = [client.post("/receipt/review/", sent) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert all("申请已经收到" in page.content.decode() for page in pages)
    assert Review.objects.count() == 1 and Matter.objects.get().reviews == 1
    assert Message.objects.filter(kind="reply").count() == 1


def test_a_word_of_despair_pressed_twice_gets_the_same_receipt(mine, client):
    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1097")
    said = heard(unit="ZC1")
    sent = held(client, said, "/receipt/reply/") | {"text": " 不想活了 "}
    slips = [re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]", client.post("/receipt/reply/", sent)
                        .content.decode()) for _ in range(2)]
    assert slips[0] == slips[1] and len(set(slips[0])) == 2 and Submission.objects.count() == 2
    assert not Message.objects.exists()


def test_a_reporter_who_presses_twice_on_ones_own_page_adds_one_word(mine):
    client = signed_in(mine.persons["correspondent"])
    client.post("/w/report/", {"key": "k" * 32, "text": "支架漏液", "unit": "ZC1", "mode": "confidential"})
    address = f"/w/report/mine/{Matter.objects.get().number}/"
    page = client.get(address).content.decode()
    sent = {"text": "今天还在漏", "csrfmiddlewaretoken": key_in(page, f"{address}reply/")}
    assert [client.post(f"{address}reply/", sent).status_code for _ in range(2)] == [302, 302]
    assert Message.objects.filter(kind="reply").count() == 1


def test_a_note_of_staff_pressed_twice_stands_once_and_nobody_elses_page_is_taken_for_it(mine):
    said, address = handled(mine), "/w/matters/{}/note/"
    client, address = signed_in(mine.persons["handler"]), address.format(said.number)
    token = key_in(client.get(f"/w/matters/{said.number}/").content.decode(), address)
    sent = {"text": "已联系厂家", "csrfmiddlewaretoken": token}
    facts = Fact.objects.count()
    answers = [client.post(address, sent) for _ in range(2)]
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, f"/w/matters/{said.number}/")}
    assert "已完成：" in client.get(f"/w/matters/{said.number}/").content.decode()
    assert Message.objects.filter(kind="note").count() == 1 and Fact.objects.count() - facts <= 1
    signed_in(mine.persons["logistics"]).post(address, sent)
    assert Message.objects.filter(kind="note").count() <= 2
    assert client.post(address, sent | {"csrfmiddlewaretoken": "x" * 64}).status_code == 302
    assert Message.objects.filter(kind="note", person=mine.persons["handler"].pk).count() == 2


def test_a_step_pressed_twice_is_one_step_with_one_fact(mine):
    said = handled(mine)
    client, address = signed_in(mine.persons["handler"]), f"/w/matters/{said.number}/first_answer/"
    token = key_in(client.get(f"/w/matters/{said.number}/").content.decode(), address)
    sent = {"text": "收到，正在核实", "csrfmiddlewaretoken": token}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Fact.objects.filter(kind="matter.first_answered").count() == 1
    assert Message.objects.filter(kind="first_answer").count() == 1


def test_a_suspension_that_was_refused_is_asked_for_again_from_the_same_page(mine):
    said = handled(mine)
    client, address = signed_in(mine.persons["handler"]), f"/w/matters/{said.number}/ask_pause/"
    token = key_in(client.get(f"/w/matters/{said.number}/").content.decode(), address)
    sent = {"reason": "等配件到货", "csrfmiddlewaretoken": token}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302] and Pause.objects.count() == 1
    services.no_pause(scope=mine.scope("logistics"), number=said.number)
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302], "moved on: asked for again, once"
    assert sorted(Pause.objects.values_list("outcome", flat=True)) == ["refused", "waiting"]


def test_an_old_page_is_told_why_its_step_cannot_be_taken_any_more(mine):
    said = handled(mine)
    client, address = signed_in(mine.persons["handler"]), f"/w/matters/{said.number}/draft/"
    token = key_in(client.get(f"/w/matters/{said.number}/").content.decode(), address)
    sent = {"text": "柜子换了", "csrfmiddlewaretoken": token}
    assert client.post(address, sent).status_code == 302
    services.reject(scope=mine.scope("logistics"), number=said.number, remark="写明哪天换的")
    assert client.post(address, sent).status_code == 302 and Answer.objects.count() == 2
    services.approve(scope=mine.scope("logistics"), number=said.number)
    late = client.post(address, sent)
    assert late.status_code == 409
    assert re.search('role="alert".*事项现在是“已答复”，不能做这一步.*readonly>柜子换了<', late.content.decode(), re.S)
    assert Answer.objects.count() == 2


def test_a_second_answer_is_rated_from_the_page_that_rated_the_first(mine, client):
    said = answered(mine)
    sent = held(client, said, "/receipt/rate/") | {"rating": "satisfied", "solved": "yes"}
    assert [client.post("/receipt/rate/", sent).status_code for _ in range(2)] == [200, 200]
    services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="又坏了")
    early = client.post("/receipt/rate/", sent)
    assert early.status_code == 409 and "谢谢，您的评价已经收到" not in early.content.decode()
    services.draft(scope=mine.scope("handler"), number=said.number, text="又修好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    pages = [client.post("/receipt/rate/", sent) for _ in range(2)]
    assert all("谢谢，您的评价已经收到" in page.content.decode() for page in pages)
    assert sorted(Rating.objects.values_list("round", flat=True)) == [0, 1]


def test_a_reporter_rates_the_second_answer_from_the_page_that_rated_the_first(mine):
    client = signed_in(mine.persons["correspondent"])
    client.post("/w/report/", {"key": "k" * 32, "text": "柜子坏了", "unit": "ZC1", "mode": "confidential"})
    number = Matter.objects.get().number
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    sent, address = {"rating": "satisfied", "solved": "yes"}, f"/w/report/mine/{number}/"
    for text in ("修好了", "又修好了"):
        services.draft(scope=mine.scope("handler"), number=number, text=text)
        services.approve(scope=mine.scope("logistics"), number=number)
        if text == "修好了":
            sent["csrfmiddlewaretoken"] = key_in(client.get(address).content.decode(), f"{address}rate/")
        assert [client.post(f"{address}rate/", sent).status_code for _ in range(2)] == [302, 302]
        services.reopen(scope=mine.scope("triage"), number=number, reason="not_solved", text="又坏了")
    assert sorted(Rating.objects.values_list("round", flat=True)) == [0, 1]


def test_mere_words_sent_again_stand_once_wherever_the_matter_has_got_to(mine, client):
    said = handled(mine)
    hand, address = signed_in(mine.persons["handler"]), f"/w/matters/{said.number}/note/"
    token = key_in(hand.get(f"/w/matters/{said.number}/").content.decode(), address)
    noted, spoken = ({"text": "已联系厂家", "csrfmiddlewaretoken": token},
                     held(client, said, "/receipt/reply/") | {"text": "今天还是没有热饭"})
    hand.post(address, noted)
    client.post("/receipt/reply/", spoken)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    assert hand.post(address, noted).status_code == 302
    assert "补充的话已经收下" in client.post("/receipt/reply/", spoken).content.decode()
    assert Message.objects.filter(kind="note").count() == 1 == Message.objects.filter(kind="reply").count()


def test_whatever_a_speaker_says_and_the_time_leave_a_step_of_staff_what_it_was(mine, noon):
    said = answered(mine)
    before = footing(said.number)
    services.reply(code=said.receipt, text="谢谢")
    services.rate(code=said.receipt, rating="satisfied")
    with clock.at(clock.now() + timedelta(days=20)):
        assert footing(said.number) == before != ""
    services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="又坏了")
    assert footing(said.number) != before


def test_moving_a_reception_day_twice_by_one_page_shows_it_moved(mine):
    reception = announced(mine)
    client, address = signed_in(mine.persons["triage"]), f"/w/reception/{reception.pk}/move/"
    page = client.get(f"/w/reception/{reception.pk}/").content.decode()
    sent = {"day": f"{DAY + timedelta(days=2)}", "leader": "leader", "place": "工会 203",
            "csrfmiddlewaretoken": key_in(page, address)}
    answers = [client.post(address, sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert "已改，预约过的人凭回执看得到" in client.get(answers[1]["Location"]).content.decode()
    assert Move.objects.count() == 1 == Fact.objects.filter(kind="reception.moved").count()


def test_the_marks_tell_nothing_and_go_after_a_week(mine, client):
    said = heard(unit="ZC1", mode="anonymous")
    sent = held(client, said, "/receipt/reply/") | {"text": "还是冷的"}
    client.post("/receipt/reply/", sent)
    [mark] = Sent.objects.all()
    assert re.fullmatch("[0-9a-f]{64}", mark.key) and mark.day == clock.today() and mark.stood == ""
    services.forget_old(day=clock.today() + timedelta(days=7))
    assert Sent.objects.exists()
    services.forget_old(day=clock.today() + timedelta(days=8))
    assert not Sent.objects.exists()


def test_how_a_form_left_its_matter_is_known_to_nobody_without_the_forms_token(mine, client):
    said = answered(mine)
    client.post("/receipt/rate/", held(client, said, "/receipt/rate/") | {"rating": "satisfied"})
    [mark] = Sent.objects.all()
    stands = footing(said.number)
    guesses = stands, mark.key + stands, json.dumps([mark.key, stands]), json.dumps(["", stands])
    assert re.fullmatch("[0-9a-f]{64}", mark.stood)
    assert mark.stood not in {sha256(one.encode()).hexdigest() for one in guesses}


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_after_the_matter_moved_on_are_one():
    with clock.at(DAY - timedelta(days=10)):
        mine = small_mine()
        said = handled(mine)
        client, address = signed_in(mine.persons["handler"]), f"/w/matters/{said.number}/ask_pause/"
        token = key_in(client.get(f"/w/matters/{said.number}/").content.decode(), address)
        sent = {"reason": "等配件到货", "csrfmiddlewaretoken": token}
        for waits in (1, 2):
            hands = [signed_in(mine.persons["handler"]) for _ in range(3)]
            assert together(*(lambda hand=hand: hand.post(address, sent).status_code for hand in hands)) == [302] * 3
            assert Pause.objects.count() == waits
            services.no_pause(scope=mine.scope("logistics"), number=said.number)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_are_one():
    with clock.at(DAY - timedelta(days=10)):
        mine = small_mine()
        said = handled(mine)
        speaker = held(Client(), said, "/receipt/reply/") | {"text": "同时按了两下"}
        client = signed_in(mine.persons["handler"])
        address = f"/w/matters/{said.number}/note/"
        token = key_in(client.get(f"/w/matters/{said.number}/").content.decode(), address)
        hands = [signed_in(mine.persons["handler"]) for _ in range(2)]
        found = together(
            *(lambda: Client().post("/receipt/reply/", speaker).status_code for _ in range(2)),
            *(lambda hand=hand: hand.post(address, {"text": "同时", "csrfmiddlewaretoken": token}).status_code
              for hand in hands))
    assert sorted(found, key=str) == [200, 200, 302, 302]
    assert Message.objects.filter(kind="reply").count() == 1 == Message.objects.filter(kind="note").count()
