"""Each channel from word to answer (各渠道走到答复): whoever spoke, by whatever road, reads what became of it.

Through the pages over HTTP: handed in at its own door, judged, handled, approved, read by receipt,
rated, closed. What is handed in to the inspectors goes its own sealed way.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.matters.services import record_speakers
from sangesan.feedback.sealed import services as sealed
from sangesan.feedback.sealed.envelopes import to_room, to_speaker
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.services import appoint, end_appointment
from sangesan.upkeep.demo.holders import open_box, read
from tests.builders import hire
from tests.doors import DOORS, World, receipts

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a", "P2b")]
ANSWER = "从今晚起夜班窗口有热菜热汤"
SIGNED = {"box": {"mode": "named", "name": "马六"}}
"""Who must be known to get a receipt (留名才有回执): of a slip without a name nobody stands by."""
OWN = {"correspondent": "correspondent", "outbox": "correspondent"}
CHANNEL = {"kiosk": "leaders", "outside": "leaders", "api": "leaders", "outbox": "correspondent", "behalf": "visit"}


@pytest.fixture
def world(noon, tmp_path, settings):
    settings.DEMO = True  # anonymous letters reach triage at once
    return World(tmp_path)


def goes_on(answer) -> None:
    assert answer.status_code == 302, answer.content.decode()[:3000]


@pytest.mark.parametrize("door", sorted(set(DOORS) - {"discipline"}))
def test_a_word_by_any_road_gets_its_answer(world, door):
    sent = DOORS[door](world, text="夜班食堂只有凉馒头", category="logistics", **SIGNED.get(door, {}))
    assert sent.status_code in (200, 201)
    codes = receipts(sent)
    if door == "outside":
        assert not Matter.objects.exists()
        world.fetch()
    matter, number = Matter.objects.get(), Matter.objects.get().number
    assert matter.channel == CHANNEL.get(door, door)

    office = world.client("union" if door == "union" else "triage")
    goes_on(office.post(f"/w/matters/{number}/judge/", {"urgency": 2, "importance": 2, "category": "logistics",
                                                        "lead": "后勤科 HQ"}))
    for who, action, data in (("handler", "sign_in", {}), ("handler", "first_answer", {"text": "已收到，今晚去看"}),
                              ("handler", "draft", {"text": ANSWER}), ("logistics", "approve", {})):
        goes_on(world.client(who).post(f"/w/matters/{number}/{action}/", data))

    if door in OWN:
        speaker, page = world.client(OWN[door]), f"/w/report/mine/{number}/"
        assert ANSWER in speaker.get(page).content.decode()
        goes_on(speaker.post(f"{page}rate/", {"rating": "satisfied", "solved": "yes"}))
    else:
        assert len(codes) == (2 if door == "visit" else 1), "each representative who wants one holds a receipt"
        for code in codes:
            assert ANSWER in Client().post("/receipt/", {"code": code}).content.decode()
            assert ANSWER in Client().post("/kiosk/receipt/", {"code": code}).content.decode()
            rated = Client().post("/receipt/rate/", {"code": code, "rating": "satisfied", "solved": "yes"})
            assert rated.status_code == 200
    goes_on(world.client("triage").post(f"/w/matters/{number}/close/"))
    goes_on(world.client("secretary" if matter.unit.code == "ZC1" else "cadre").post(f"/w/matters/{number}/close/")
            if Matter.objects.get().state != "closed" else world.client("triage").get("/w/"))
    record_speakers(clock.today())
    facts = history(f"matters/{number}")
    told = {fact.kind for fact in facts}
    assert {"matter.received", "matter.dispatched", "matter.answered", "matter.rated"} <= told
    assert next(f for f in facts if f.kind == "matter.received").content["channel"] == matter.channel


def test_a_booked_visitor_keeps_the_receipt_of_the_booking(world):
    day = world.day
    with clock.at(clock.now() - timedelta(days=3)):
        page = Client().post(f"/reception/{day.pk}/", {"key": "k" * 32, "at": "09:20", "mode": "anonymous",
                                                       "topic": "工伤待遇"})
    code = receipts(page)[0]
    booking = day.bookings.get()
    DOORS["reception_day"](world, text="工伤材料四十天没回音", booking=booking.pk, mode="anonymous", name="")
    number = Matter.objects.get().number
    assert number in Client().post("/receipt/", {"code": code}).content.decode()


def test_a_sealed_letter_gets_its_answer_and_nobody_else_reads_either(world):
    sent = DOORS["discipline"](world, text="材料采购收回扣", mode="named", name="马六")
    code, box = receipts(sent)[0], world.discipline
    letter = SealedMatter.objects.get()
    key = open_box(world.scope("inspector"), box.holders["inspector"], box.paper, letter.number)
    assert json.loads(read(letter, key))["text"] == "材料采购收回扣"
    reply = "已受理，由专人核查"
    sealed.step(scope=world.scope("inspector"), number=letter.number, action="take_up",
                for_room=to_room(letter.number, bytes(letter.room), reply),
                for_speaker=to_speaker(letter.number, bytes(letter.reply), reply))
    assert reply in Client().post("/receipt/", {"code": code}).content.decode()
    assert not Submission.objects.exists() and not Matter.objects.exists()
    for who in ("triage", "leader", "admin", "chief"):
        assert world.client(who).get(f"/w/discipline/{letter.number}/").status_code == 404


@pytest.mark.chapter("V4")
def test_an_accusation_its_subject_never_sees_even_as_head_of_the_unit(world):
    """The accused: a handler today, head of the team tomorrow, leader of the mine in the end."""
    said = receipts(DOORS["leaders"](world, text="综采一队办事员收了工友的烟酒才排班", unit="ZC1", mode="confidential",
                                     name="马六"))[0]
    number = Matter.objects.get().number
    accused = hire(world.mine, "clerk", "综采一队办事员", "ZC1", Role.HANDLER, "3003")
    services.concern(scope=world.scope("triage"), number=number, posts=["clerk"])
    goes_on(world.client("triage").post(f"/w/matters/{number}/judge/", {"urgency": 2, "importance": 2,
                                                                        "lead": "后勤科 HQ"}))
    assert accused.person == world.mine.persons["clerk"].pk

    def blind() -> None:
        client = world.client("clerk")
        for path in (f"/w/matters/{number}/", f"/w/matters/{number}/papers/accepted/", f"/api/v1/matters/{number}"):
            assert client.get(path).status_code in (401, 404), path
        for path in ("/w/matters/", "/w/search/?q=烟酒", "/w/", "/w/notices/", "/w/warnings/"):
            assert number not in client.get(path, follow=True).content.decode(), path

    blind()
    for post in ("chief", "leader"):  # promoted: head of the team, then head of the mine
        before = Appointment.objects.get(person=accused.person, until=None)
        end_appointment(appointment=before, actor=SYSTEM)
        old = Appointment.objects.get(post=world.mine.posts[post], until=None)
        end_appointment(appointment=old, actor=SYSTEM)
        appoint(person=world.mine.persons["clerk"], post=world.mine.posts[post], actor=SYSTEM)
        blind()
    page = Client().post("/receipt/", {"code": said}).content.decode()
    assert "没有人查看过" in page, "and nobody has opened who spoke"
