"""A reception day is moved (接待日改期): those who booked keep their slot and read it by receipt."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from sangesan.feedback.intake.models import Booking, Move, Reception
from sangesan.feedback.intake.services import booking, moving
from sangesan.feedback.intake.services import reception as services
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.feedback.intake.visits import AT, DAY, KEY, announced, on_the_day, planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
LATER = DAY + timedelta(days=2)


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "other", "纪委书记", "QSL", Role.LEADER, "1031")
    return mine


def moved(mine, reception, *, who="triage", **parts):
    return moving.move(scope=mine.scope(who), reception=reception.pk, **{
        "day": LATER, "leader": "other", "place": "工会 203"} | parts)


def test_who_booked_keeps_the_slot_and_reads_by_receipt_what_it_was_and_is(mine, client):
    reception = announced(mine)
    code = booking.book(key=KEY, reception=reception.pk, at=AT)
    page = {"day": f"{LATER}", "leader": "other", "place": "工会 203"}
    done = signed_in(mine.persons["triage"]).post(f"/w/reception/{reception.pk}/move/", page)
    assert done.status_code == 302
    told = client.post("/receipt/", {"code": code}).content.decode()
    assert "接待安排有变动" in told and "办公楼 101" in told and "工会 203" in told and "纪委书记" in told
    assert "09:20" in told and Booking.objects.get().reception_id == reception.pk
    assert "接待安排有变动" in client.post("/kiosk/receipt/", {"code": code}).content.decode()
    for public in ("/reception/", f"/reception/{reception.pk}/"):
        assert "原定" in client.get(public).content.decode(), public
    fact = json.loads(Fact.objects.get(kind="reception.moved").body.content)
    assert (fact["held_on"], fact["before"]) == (f"{LATER}", f"{DAY}")
    with clock.at(LATER):
        assert services.receive(scope=mine.scope("triage"), reception=reception.pk, key="v" * 32, text="工伤",
                                outcome="spot", booking=Booking.objects.get().pk).number


def test_a_day_that_nobody_was_told_of_leaves_no_trace_of_what_it_was(mine):
    moved(mine, planned(mine)[0], place="办公楼 101")
    assert not Move.objects.exists() and not Fact.objects.filter(kind="reception.moved").exists()
    assert Reception.objects.filter(day=LATER, post__code="other").exists()


@pytest.mark.parametrize("parts", [
    {"day": date(2026, 11, 1)}, {"day": date(2029, 1, 2)}, {"leader": "triage"}, {"leader": ""}, {"place": ""},
    {"place": "\x00"}, {"day": DAY, "leader": "leader", "place": "办公楼 101"}, {"day": date(2027, 1, 18),
                                                                             "leader": "leader"}])
def test_what_cannot_be_moved_so_stays_as_it_was(mine, parts):
    reception = announced(mine)
    with pytest.raises(UserError):
        moved(mine, reception, **parts)
    kept = Reception.objects.get(pk=reception.pk)
    assert (kept.day, kept.post.code, Move.objects.count()) == (DAY, "leader", 0)


def test_on_the_day_another_leader_may_still_receive_until_somebody_was_heard(mine):
    reception = announced(mine)
    with clock.at(DAY):
        moved(mine, reception, day=DAY)
    on_the_day(mine, reception)
    with clock.at(DAY), pytest.raises(Conflict, match="已经接待"):
        moved(mine, reception, day=DAY, leader="leader")
    with clock.at(DAY + timedelta(days=1)), pytest.raises(UserError):
        moved(mine, Reception.objects.get(pk=reception.pk), day=LATER)


def test_only_who_keeps_the_register_moves_a_day(mine):
    reception = announced(mine)
    page = {"day": f"{LATER}", "leader": "other", "place": "工会 203"}
    address = f"/w/reception/{reception.pk}/move/"
    assert signed_in(mine.persons["chief"]).post(address, page).status_code == 404
    leader = signed_in(mine.persons["leader"])
    assert leader.post(address, page).status_code == 403
    assert "改日期、领导或地点" not in leader.get(f"/w/reception/{reception.pk}/").content.decode()
    wrong = signed_in(mine.persons["triage"]).post(address, page | {"day": "2026-13-45"})
    assert wrong.status_code == 422 and Reception.objects.get(pk=reception.pk).day == DAY


def test_what_is_moved_there_and_back_by_one_page_is_moved_there_again(mine):
    """Pressed twice it is one act; once it stands elsewhere the same words are another."""
    reception = announced(mine)
    client, address = signed_in(mine.persons["triage"]), f"/w/reception/{reception.pk}/move/"
    there = {"day": f"{LATER}", "leader": "other", "place": "工会 203", "csrfmiddlewaretoken": "x" * 64}
    back = there | {"day": f"{DAY}", "leader": "leader", "place": "办公楼 101"}
    for sent, day, moves in ((there, LATER, 1), (there, LATER, 1), (back, DAY, 2), (there, LATER, 3),
                             (there, LATER, 3)):
        assert client.post(address, sent).status_code == 302
        assert (Reception.objects.get(pk=reception.pk).day, Move.objects.count()) == (day, moves)
    assert Fact.objects.filter(kind="reception.moved").count() == 3


def test_a_result_that_was_put_right_and_put_back_is_put_back(mine):
    reception = announced(mine)
    on_the_day(mine, reception)
    visitor = reception.visitors.get()
    with clock.at(DAY):
        client, address = signed_in(mine.persons["triage"]), f"/w/reception/{reception.pk}/visitors/{visitor.pk}/"
        for result in ("当场说清了", "已转劳资科", "当场说清了"):
            client.post(address, {"result": result, "csrfmiddlewaretoken": "x" * 64})
            visitor.refresh_from_db()
            assert visitor.result == result
