"""A mean of daily results (日结果平均): a choice of the rules, reckoned from the daily runs and shown day by day."""

from datetime import date, timedelta

import pytest

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import reverse
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from tests.appraisal.scoring.test_late_facts import agrees
from tests.builders import small_mine
from tests.facts import closed, reopened
from tests.periods import SOLVED, finals, in_force, month
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
DAYS = {"code": "days", "name": "每日结果", "weight": 10_000, "method": "days", "kinds": ["team"],
        "tallies": [{"kind": "day.assessed", "as": "day"}]}
FIRST = date(2026, 10, 1)


@pytest.fixture
def mine(noon):
    calendar.seed(year=2026)
    calendar.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def lived(good, fair=0, bad=0, code="ZC1"):
    """Let a team live so many days at 100, at 90 and at 0, with the daily results of all (造日结果)."""
    for n in range(good + fair + bad):
        day = FIRST + timedelta(days=n)
        if n < good:
            closed(code, f"2026-A{n:05d}", day=day)
        elif n < good + fair:
            for one in range(9):
                closed(code, f"2026-B{n}{one}", day=day)
        if n >= good:
            reopened(code, f"2026-C{n:05d}", day=day)
        scoring.assess_day(day)


def test_w27_a_month_is_the_mean_of_the_days_that_have_a_result(mine):
    in_force([DAYS])
    lived(18, 2, 1)
    scoring.assess_day(FIRST + timedelta(days=21))  # the day with nothing to count
    run = month()
    assert finals(run)["ZC1"] == 9_429 and "ZC2" not in finals(run)
    [line] = standing.scores(run, unit__code="ZC1").get().statement["lines"]
    assert (line[0], line[2], len(line[4]), len(line[5])) == ("days", 9_429, 18, 3)
    assert scoring.recompute(run.pk).agrees
    told = queries.statement_for(mine.scope("leader"), run.pk, "ZC1")
    [entry] = told.entries
    assert entry.said == "（100.00 × 18 天 + 90.00 × 2 天 + 0.00 × 1 天）÷ 21 天 = 94.29；没有结果的日子不计"
    assert (entry.worth, entry.lost, sum(f.points for f in entry.facts)) == (10_000, 571, 9_429 - 571)
    assert [(f.word, f.day) for f in entry.facts[:1]] == [("当日结果 90.00 分", FIRST + timedelta(days=18))]
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    chief = signed_in(mine.persons["chief"])
    page = chief.get(f"/w/results/{run.pk}/ZC1/").content.decode()
    assert "÷ 21 天 = 94.29" in page and "当日结果 0.00 分" in page
    assert "÷ 21 天 = 94.29" in chief.get(f"/results/{run.pk}/ZC1/").content.decode()
    with pytest.raises(Conflict, match="各日结果的平均"):
        queries.objectionable(mine.scope("chief"), run.pk, "ZC1", "days")


def test_w27_the_first_and_the_last_day_of_the_period_count_and_the_days_beside_it_do_not(mine):
    in_force([DAYS])
    last = date(2026, 10, 31)
    for day, good in ((date(2026, 9, 30), False), (FIRST, True), (last, True), (date(2026, 11, 1), False)):
        (closed if good else reopened)("ZC1", f"2026-E{day:%m%d}", day=day)
        scoring.assess_day(day)
    run = month()
    [line] = standing.scores(run, unit__code="ZC1").get().statement["lines"]
    assert (line[2], len(line[4]), len(line[5])) == (10_000, 2, 0)


def test_a_day_that_is_corrected_moves_the_month_of_its_unit_and_of_those_above_alone(mine):
    in_force([DAYS, SOLVED | {"weight": 2_000}])
    lived(3)
    lived(2, code="ZC2")
    wrong = reopened("ZC1", "2026-D00001", day=FIRST)
    scoring.assess_day(FIRST)
    run = month()
    before = finals(run)
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    assert scoring.revise_periods(date(2026, 11, 23)) != [], "the fact itself moved the month"
    first = scoring.assess_day(FIRST)
    assert first.revises_id
    [second] = scoring.revise_periods(date(2026, 11, 23))
    assert finals(second)["ZC1"] == 10_000 > before["ZC1"] and finals(second)["ZC2"] == before["ZC2"]
    assert not second.scores.filter(unit__code="ZC2").exists(), "what no day changed stands as it did"
    agrees(second)
    assert scoring.recompute(second.pk).agrees and scoring.recompute(run.pk).agrees
    assert scoring.revise_periods(date(2026, 11, 23)) == []


def test_a_month_knows_the_days_of_its_cutoff_and_too_few_are_not_counted(mine):
    in_force([DAYS | {"least": 3}])
    lived(2)
    assert "ZC1" not in finals(month())
    closed("ZC1", "2026-E00001", day=FIRST + timedelta(days=5))
    scoring.assess_day(FIRST + timedelta(days=5))
    [run] = scoring.revise_periods(date(2026, 11, 23))
    assert finals(run)["ZC1"] == 10_000
    agrees(run)
