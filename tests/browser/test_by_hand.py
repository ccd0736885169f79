"""A month of thirty branches assessed by hand (人工考核): how many presses it takes, every indicator looked at."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.appraisal.rules import library
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring.models import HandEntry
from sangesan.appraisal.scoring.queries import hand
from tests.browser.looking import faults
from tests.builders import unit

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.chapter("S3e")]  # presses are counted, no rows
EXCEPTIONS = 3


@pytest.fixture
def branches(walked_mine):
    for n in range(2, 31):
        unit(f"ZB{n}", f"第{n}党支部", "branch", walked_mine.units["DW"], "party")
    made = rules.draft(code="period", version=1, **library.START)
    rules.put_in_force(rule_set=made.pk, since=date(2026, 1, 1))
    return walked_mine


def test_thirty_branches_take_one_press_an_indicator_and_four_steps_an_exception(page, live_server, branches, enter):
    enter(page, branches.persons["assessor"])
    page.goto("/w/assessments/?month=2026-10")
    choices = hand.page_of(branches.scope("assessor"), "2026-10", "")["choices"]
    presses = 0
    for n in range(EXCEPTIONS):
        page.locator("tbody tr").nth(n).locator("a.btn").click()
        page.fill("[name=points]", "-1")
        page.fill("[name=words]", "督察单 12 号")
        page.locator("main form button.main").click()
        presses += 4
    assert not faults(page, "by hand")
    while page.locator("form[action$='/confirm/'] button").count():
        page.locator("form[action$='/confirm/'] button").click()
        page.wait_for_load_state()
        presses += 1
    assert presses == len(choices) + 4 * EXCEPTIONS
    assert HandEntry.objects.exclude(how="confirm").count() == EXCEPTIONS
    after = hand.page_of(branches.scope("assessor"), "2026-10", "")
    assert after["done"] == len(choices) and not any(one.left for one in after["choices"])
