"""What the desk shows of results, and that every loss adds up."""

from datetime import UTC, date, datetime

import pytest

from sangesan.appraisal.publication import queries
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.facts import DAY, answered, closed, first_answered, overdue, reopened

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def test_what_the_statement_takes_away_adds_up_to_the_last_hundredth(mine):
    for n in range(3):
        answered("ZC1", f"2026-AAAA1{n}", in_time=n % 2)
        closed("ZC1", f"2026-AAAA2{n}")
        first_answered("ZC2", f"2026-AAAA3{n}", in_time=n % 2)
    reopened("ZC1", "2026-AAAA44")
    overdue("CM", "2026-AAAA55")
    nightly.run(DAY)
    for code in ("ZC1", "CM", "QSL"):
        s = queries.statement_for(mine.scope("leader"), Run.objects.get(period="rolling").pk, code)
        assert s.lost.own + sum(b.lost for b in s.lost.below) == 10_000 - s.score.final
        if s.score.own is not None:
            assert sum(e.lost for e in s.entries) == 10_000 - s.score.own
            assert sum(f.points for e in s.entries for f in e.facts if not f.good) == s.score.own - 10_000


def test_the_summary_names_where_points_were_lost_in_organisation_order(mine):
    overdue("ZC1")
    answered("HQ", "2026-AAAAA2")
    nightly.run(DAY)
    found = queries.summary(mine.scope("leader"), DAY)
    assert (found.top.unit.code, [row.unit.code for row in found.lost], found.units) == ("QSL", ["ZC1"], 4)
    assert queries.summary(mine.scope("leader"), date(2026, 11, 1)) is None


def test_the_assessor_is_told_when_an_unconfirmed_calendar_holds_results_back(mine):
    with clock.at(datetime(2027, 1, 5, 2, tzinfo=UTC)):
        answered("ZC1", day=date(2027, 1, 4))
        nightly.run(date(2027, 1, 4))
        assert [task.url for task in queries.todo(mine.scope("assessor"))] == ["/w/results/?day=2027-01-04"]
        assert queries.todo(mine.scope("leader")) == []
