"""A channel over its limit rests (推送限流): as long as the other side asks, and for everybody."""

from datetime import timedelta

import pytest

from sangesan.foundation import clock
from sangesan.organization.notices.models import Delivery
from sangesan.organization.notices.services import announce, delivering
from tests.organization.notices.pushed import OK, TOKEN, configure, reachable_mine, states, tell

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def mine():
    return reachable_mine()


def test_a_channel_over_its_limit_is_left_alone_as_long_as_it_asks_but_for_an_a_warning(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, (429, {"Retry-After": "1200"}, b"", 0))
    tell(mine)
    announce()
    delivering.run()
    with clock.at(noon + timedelta(minutes=19)):
        gateway.says(TOKEN, OK)
        tell(mine, "handler")
        announce()
        assert delivering.run() == 0 and not gateway.asked, "nor does anybody else's message go there"
        tell(mine, "leader", kind="warning.a")
        assert delivering.run() == 1
    with clock.at(noon + timedelta(minutes=21)):
        assert delivering.run() == 2 and states() == [State.DELIVERED] * 3
