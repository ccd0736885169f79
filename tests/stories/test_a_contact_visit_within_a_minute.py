"""A contact visit written down on a phone within a minute (联系点登记一分钟): keys counted as they are typed."""

from __future__ import annotations

import pytest

from sangesan.execution.contacts import services as contacts
from sangesan.execution.contacts.models import Visit
from sangesan.feedback.matters.models import Matter
from sangesan.method.authority import Role
from tests.builders import hire
from tests.hands import Hands

pytestmark = pytest.mark.chapter("S2d")


HEARD = "升井以后没有热水，第三次听到"


@pytest.mark.parametrize("outcome, said, seconds", [("none", "", 15), ("matter", HEARD, 60)])
def test_a_visit_takes_less_than_a_minute(walked_mine, enter, phone, outcome, said, seconds):
    hire(walked_mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2101", head=True)
    pair = contacts.pair(scope=walked_mine.scope("cadre"), unit="ZC1", office="LZ", on=24)
    enter(phone, walked_mine.persons["labour"])
    hands = Hands(phone)
    hands.go(f"/w/contacts/{pair.pk}/visit/")
    hands.pick("outcome", outcome)
    if said:
        hands.fill("text", said)
    hands.press("登记")
    visit = Visit.objects.get()
    assert visit.pair_id == pair.pk and Matter.objects.count() == (1 if said else 0)
    assert hands.minutes * 60 <= seconds, (hands.typed, hands.taps, hands.minutes)
