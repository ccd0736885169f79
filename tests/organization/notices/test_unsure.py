"""What may have arrived (不知是否送到): an ordinary message is not sent twice, an A warning is."""

from datetime import timedelta

import pytest

from sangesan.foundation import clock
from sangesan.organization.notices.models import Choice, Delivery
from sangesan.organization.notices.queries import pushing
from sangesan.organization.notices.services import announce, delivering
from tests.organization.notices.pushed import configure, reachable_mine, states, tell

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def mine():
    return reachable_mine()


UNSAID = [(500, {}, b"", 0), (502, {}, b"", 0), (504, {}, b"", 0), (200, {}, b"OK", 0), {"status": 0}]
"""What a gateway may answer after it has passed a message on (说不清的答复)."""


@pytest.mark.parametrize("answer", UNSAID)
def test_a_gateway_that_may_have_passed_it_on_is_not_asked_twice_for_an_ordinary_message(mine, gateway, noon, answer):
    configure(gateway, "sms")
    Choice.objects.create(person=mine.persons["chief"], channel="sms")
    gateway.says(answer)
    tell(mine)
    announce()
    for minutes in (0, 2, 10, 60):
        with clock.at(noon + timedelta(minutes=minutes)):
            delivering.run()
    assert (states(), len(gateway.asked)) == ([State.UNSURE], 1)
    mine_own = pushing.own(mine.scope("chief"))
    assert mine_own.unsure and mine_own.next == "可能已经送到，为免重复不再发；站内消息里有"
    assert "0 条没有送到，1 条不知是否送到" in pushing.health()[1]
    tell(mine, kind="warning.a")
    for minutes in (61, 63):
        with clock.at(noon + timedelta(minutes=minutes)):
            delivering.run()
    assert states()[1] == State.WAITING and len(gateway.asked) == 3, "an A warning rather twice than not at all"


def test_a_gateway_that_did_not_take_it_is_asked_again(mine, gateway, noon):
    configure(gateway, "sms")
    Choice.objects.create(person=mine.persons["chief"], channel="sms")
    gateway.says((503, {}, b"", 0))
    tell(mine)
    announce()
    delivering.run()
    gateway.says({"code": 0})
    with clock.at(noon + timedelta(minutes=2)):
        assert delivering.run() == 1 and states() == [State.DELIVERED]
