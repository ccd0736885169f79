"""Many who come together on a reception day (接待日集体来访): at most five speak for them, and each is answered."""

from __future__ import annotations

import pytest

from sangesan.feedback.intake.models import Booking, Visitor
from sangesan.feedback.intake.services import booking
from sangesan.feedback.intake.services import reception as services
from sangesan.feedback.matters import queries
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from tests.builders import small_mine
from tests.feedback.intake.visits import AT, DAY, EVENING, announced, on_the_day
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]

OTHERS = [("王七", "13900001111"), ("", "")]
MANY = {"heads": 30, "representatives": 3}


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def reception(mine):
    return announced(mine)


def test_each_who_speaks_for_them_has_a_receipt_and_reads_the_answer(mine, reception):
    said = on_the_day(mine, reception, others=OTHERS, extra=MANY, affected=30)
    assert len({said.receipt, *said.more}) == 3
    assert {queries.heard(code).matter.number for code in (said.receipt, *said.more)} == {said.number}
    assert sorted(Submission.objects.values_list("mode", flat=True)) == ["anonymous", "named", "named"]
    kept = Submission.objects.filter(mode="named").first().extra
    assert (kept["heads"], kept["representatives"], Matter.objects.get().affected) == (30, 3, 30)
    assert Visitor.objects.count() == 1, "they came once"


def test_who_had_booked_keeps_the_receipt_and_the_others_get_theirs(mine, reception):
    held = booking.book(key="b" * 32, reception=reception.pk, at=AT)
    parts = {"booking": Booking.objects.get().pk, "others": OTHERS, "extra": MANY}
    said = on_the_day(mine, reception, **parts)
    assert said.receipt == "" and len(said.more) == 2
    assert {queries.heard(code).matter.number for code in (held, *said.more)} == {said.number}
    again = on_the_day(mine, reception, **parts)
    assert (again.fresh, again.number, again.more) == (False, said.number, said.more), "an answer may have been lost"
    for other in ({"key": "z" * 32}, {"text": "另一件事"}, {"others": ()}):
        with pytest.raises(UserError, match="已经"):
            on_the_day(mine, reception, **parts | other)
    assert (Receipt.objects.count(), Matter.objects.count(), Visitor.objects.count()) == (3, 1, 1)


def test_an_accusation_of_who_had_booked_gives_the_same_receipt_when_it_is_pressed_twice(mine, reception):
    founded(mine, codes=("inspector",))
    booking.book(key="b" * 32, reception=reception.pk, at=AT)
    parts = {"booking": Booking.objects.get().pk, "kind": "accusation", "text": "检举一件事"}
    said, again = (on_the_day(mine, reception, **parts) for _n in range(2))
    assert said.receipt and (again.receipt, again.fresh) == (said.receipt, False)
    with pytest.raises(UserError, match="已经登记过"):
        on_the_day(mine, reception, **parts | {"key": "z" * 32})
    assert not Matter.objects.exists() and not Visitor.objects.exists()


@pytest.mark.parametrize(("wrong", "why"), [
    ({"others": [("", "")] * 5}, "最多 5"), ({"extra": {"heads": 30, "representatives": 6}}, "最多 5"),
    ({"extra": {"heads": 2, "representatives": 3}, "others": OTHERS}, "人")])
@pytest.mark.parametrize("booked", [False, True])
def test_more_than_five_or_more_than_came_are_refused_and_nothing_is_kept(mine, reception, wrong, why, booked):
    if booked:
        booking.book(key="b" * 32, reception=reception.pk, at=AT)
        wrong = wrong | {"booking": Booking.objects.get().pk}
    with pytest.raises(UserError, match=why):
        on_the_day(mine, reception, **wrong)
    assert not Submission.objects.exists() and not Booking.objects.filter(came=True).exists()


def test_none_of_them_is_named_in_what_came_of_it(mine, reception, client):
    on_the_day(mine, reception, others=OTHERS, extra=MANY, result="已向马六、王七说明")
    assert Visitor.objects.get().result == "已向［姓名］、［姓名］说明"
    with clock.at(EVENING):
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
    assert "王七" not in client.get("/reception/").content.decode()


def test_the_page_asks_how_many_came_and_hands_out_a_slip_for_each(mine, reception):
    with clock.at(DAY):
        client, way = signed_in(mine.persons["triage"]), f"/w/reception/{reception.pk}/"
        form = {"key": "k" * 32, "text": "工伤材料四十天没回音", "outcome": "explained", "mode": "named",
                "name": "马六", "kind": "request"}
        wrong = client.post(way, form | {"heads": "2", "representatives": "3"})
        assert wrong.status_code == 422 and "工伤材料四十天没回音" in wrong.content.decode()
        many = client.post(way, form | {"heads": "1", "people": "\n".join(["李八"] * 5)})
        assert many.status_code == 422 and "最多 5 位代表" in many.content.decode()
        done = client.post(way, form | {"heads": "30", "representatives": "3", "people": "王七 13900001111"})
    page = done.content.decode()
    assert done.status_code == 200 and len(done.context["slips"]) == 3 and "打印回执单" in page
    assert Matter.objects.get().affected == 30
