"""Thirty days on the page: what is corrected stands in the day and in each thirty days that hold it."""

from datetime import date, timedelta

import pytest

from sangesan.appraisal.publication import queries
from sangesan.foundation import clock
from sangesan.ledger.facts.services import reverse
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.facts import DAY, answered
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.chapter("P1c")
def test_the_page_of_an_earlier_day_shows_its_thirty_days_as_corrected(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    mine = small_mine()
    answered("ZC1", "2026-AAAAA1")
    wrong = answered("ZC1", "2026-AAAAA2", in_time=0)

    def shown(day: date) -> tuple[int, int]:
        row = next(r for r in queries.board(mine.scope("cadre"), day).rows if r.unit.code == "ZC1")
        return row.day.final, row.rolling.final

    for n in (0, 1):
        with clock.at(noon + timedelta(days=n + 1)):
            nightly.run(DAY + timedelta(days=n))
    assert shown(DAY) == (5_000, 5_000)
    with clock.at(noon + timedelta(days=3)):
        reverse(wrong, reason="objection", actor=SYSTEM)
        nightly.run(DAY + timedelta(days=2))
    assert shown(DAY) == (10_000, 10_000)
    page = signed_in(mine.persons["chief"]).get(f"/results/?day={DAY}").content.decode()
    assert "本日结果已更正" in page and "三十日结果已更正" in page
