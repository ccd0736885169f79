"""My calendar in the browser (我的日程): as wide as its screen, whatever stands in the last column."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.foundation import clock
from tests.browser.looking import faults
from tests.duties import owed

pytestmark = [pytest.mark.chapter("P1b"), pytest.mark.engine("sqlite")]


def test_a_long_thing_past_due_on_a_sunday_does_not_widen_the_page(walked_mine, enter, page):
    sunday = clock.now() - timedelta(days=2)
    with clock.at(sunday - timedelta(days=1)):
        owed(walked_mine, title="把上个月三个班提出的候罐室热水和暖气问题逐条回给班组", due=sunday, code="late-sunday")
    enter(page, walked_mine.persons["chief"])
    page.goto("/w/calendar/")
    last = page.locator(".cal td:nth-child(7) .late")
    assert last.count() == 1 and "过期未办" in last.inner_text()
    assert not (found := faults(page, "calendar")), "\n".join(found)
