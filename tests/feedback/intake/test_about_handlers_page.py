"""The tick by which later words are about whoever has the matter in hand: on each form inside, without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Message
from sangesan.foundation.errors import Conflict
from tests.builders import heard, small_mine
from tests.feedback.intake.test_pressed_twice import held, key_in
from tests.feedback.matters.roads import answered, dispatched, handled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
WORDS = "就是看这封信的人，把我调去看皮带"
TICK = re.compile(r'<input type="checkbox" name="about_handlers"[^>]*>')
READ = "办这件事的单位和经办人看得到"


@pytest.fixture
def mine(noon):
    return small_mine()


def page(said, path="/receipt/", **more):
    return Client().post(path, {"code": said.receipt, **more})


def ticks(answer) -> list[bool]:
    return ["checked" in tick for tick in TICK.findall(answer.content.decode())]


def shut(mine) -> bool:
    return not any(queries.visible(mine.scope(post)).exists() for post in ("handler", "logistics"))


def test_the_tick_stands_at_each_form_of_later_words_off_and_says_first_who_reads_them(mine):
    assert ticks(page(heard(unit="ZC1"))) == [], "nobody has it in hand yet"
    assert ticks(page(handled(mine))) == [False]
    said = answered(mine)
    shown = page(said).content.decode()
    assert ticks(page(said)) == [False, False], "beside an addition, and beside the grounds of a review"
    assert all(form.index(READ) < form.index("<textarea") < form.index("about_handlers")
               for form in shown.split("<form")[1:] if "about_handlers" in form)


def test_on_the_receipt_page_it_takes_the_matter_from_them_and_is_offered_no_more(mine, client):
    said = handled(mine)
    sent = held(client, said, "/receipt/reply/") | {"text": WORDS, "about_handlers": "on"}
    done = [client.post("/receipt/reply/", sent) for _ in range(2)]
    assert all("办这件事的人看不到，由信访办另行安排" in one.content.decode() for one in done)
    assert Message.objects.filter(kind="reply").count() == 1 and Matter.objects.get().state == "returned"
    assert shut(mine) and ticks(done[0]) == []


def test_a_unit_that_gave_it_back_reads_it_until_triage_has_ruled(mine):
    said = dispatched(mine)
    services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我们管")
    assert Matter.objects.get().state == "returned" and ticks(page(said)) == [False] and not shut(mine)
    services.reply(code=said.receipt, text=WORDS, about_handlers=True)
    assert shut(mine) and ticks(page(said)) == []


def test_each_form_of_the_page_has_names_of_its_own(mine):
    shown = page(answered(mine)).content.decode()
    names = re.findall(r' id="(id_\w+)"', shown)
    assert len(names) == len(set(names)), "a label pressed in one form must not answer in another"


def test_on_the_receipt_page_the_grounds_of_a_review_are_kept_from_them(mine):
    assert page(answered(mine), "/receipt/review/", text=WORDS, about_handlers="on").status_code == 200
    assert Matter.objects.get().state == "second_review" and shut(mine)


@pytest.mark.parametrize("step", ["reply", "review"])
def test_the_tick_survives_a_form_that_is_refused(mine, step):
    said = answered(mine)
    refused = page(said, f"/receipt/{step}/", text="", about_handlers="on")
    assert refused.status_code == 422 and ticks(refused) == [step == "reply", step == "review"]
    long = page(said, f"/receipt/{step}/", text="长" * 10_001, about_handlers="on")
    assert long.status_code == 422 and ticks(long) == [step == "reply", step == "review"] and not shut(mine)


def test_the_tick_survives_a_step_that_came_too_late(mine, monkeypatch):
    said = answered(mine)

    def changed(**_kwargs):
        raise Conflict("没有办成", why="事项刚刚有了变化")

    monkeypatch.setattr(services, "reply", changed)
    refused = page(said, "/receipt/reply/", text=WORDS, about_handlers="on")
    assert refused.status_code == 409 and ticks(refused) == [True, False] and WORDS in refused.content.decode()


@pytest.mark.parametrize("step", ["reply", "review"])
def test_whoever_reports_ticks_it_on_the_own_page(mine, step):
    client = signed_in(mine.persons["correspondent"])
    client.post("/w/report/", {"key": "k" * 32, "text": "柜子坏了", "unit": "ZC1", "mode": "confidential"})
    number = Matter.objects.get().number
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    if step == "review":
        services.draft(scope=mine.scope("handler"), number=number, text="修好了")
        services.approve(scope=mine.scope("logistics"), number=number)
    address = f"/w/report/mine/{number}/"
    first = client.get(address)
    assert ticks(first) == [False] * (2 if step == "review" else 1)
    sent = {"csrfmiddlewaretoken": key_in(first.content.decode(), f"{address}{step}/"), "about_handlers": "on"}
    assert any(ticks(client.post(f"{address}{step}/", sent | {"text": ""})))
    done = client.post(f"{address}{step}/", sent | {"text": WORDS}, follow=True).content.decode()
    assert shut(mine) and ("补充的话已经收下。办这件事的人看不到" in done) is (step == "reply")
