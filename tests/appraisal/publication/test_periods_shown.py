"""Months, quarters and years on pages: called what they are called, and corrected only where somebody read them."""

from datetime import date

import pytest

from sangesan.appraisal.publication import services
from sangesan.appraisal.publication.queries import own_statements
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from tests.builders import small_mine
from tests.facts import at, closed, overdue
from tests.periods import IN, in_force, month
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
TODAY = date(2026, 11, 23)
CORRECTED, PUBLISH = "本期结果已更正", "公布结果</button>"


@pytest.fixture
def mine(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    in_force()
    closed("ZC1", day=IN)
    return small_mine()


def page(mine, run, post="assessor", code=""):
    return signed_in(mine.persons[post]).get(f"/w/results/{run.pk}/{code}").content.decode()


def revised():
    [made] = scoring.revise_periods(TODAY)
    return made


def test_what_was_assessed_anew_before_it_was_published_is_no_correction(mine):
    first = month()
    overdue("ZC1", "2026-LATE01", day=IN)
    second = revised()
    assert CORRECTED in page(mine, second), "whoever assesses compares with what stood here before"
    services.publish_period(scope=mine.scope("assessor"), run=second.pk)
    public = signed_in(mine.persons["chief"]).get(f"/results/{second.pk}/").content.decode()
    assert CORRECTED not in public and "原 100.00" not in public
    assert "更正：原" not in page(mine, second, "chief", "ZC1/")
    overdue("ZC1", "2026-LATE02", day=IN)
    third = revised()
    assert services.publish_again(second) == third
    public = signed_in(mine.persons["chief"]).get(f"/results/{third.pk}/").content.decode()
    assert CORRECTED in public and "原 99.00" in public and first.pk < second.pk


def test_what_corrects_a_correction_that_was_never_published_is_published(mine):
    """As on nights whose calendar nobody had confirmed: the page kept the first result for good."""
    first = month()
    services.publish_period(scope=mine.scope("assessor"), run=first.pk)
    overdue("ZC1", "2026-LATE01", day=IN)
    second = revised()
    overdue("ZC1", "2026-LATE02", day=IN)
    third = scoring.revise_period(second)
    assert services.publish(TODAY) == [third] and services.publish(TODAY) == []


def test_a_run_that_was_revised_is_not_offered_for_publication_and_leads_to_the_new_one(mine):
    first = month()
    assert PUBLISH in page(mine, first)
    overdue("ZC1", "2026-LATE01", day=IN)
    second = revised()
    text = page(mine, first)
    assert PUBLISH not in text and f"/w/results/{second.pk}/" in text and "不再公布" in text
    assert PUBLISH in page(mine, second)


def test_a_month_a_quarter_and_a_year_are_called_by_their_names(mine):
    with clock.at(at(date(2027, 1, 1))):
        made = [scoring.assess_period(period, date(2026, 12, 31)) for period in ("year", "month", "quarter")]
    made = [*made[1:], made[0]]
    assert [str(run) for run in made] == ["2026 年 12 月", "2026 年第四季度", "2026 年"]
    for run in made[::-1]:
        services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    assert [one.run for one in own_statements(mine.scope("chief"))] == made, "the shortest first, whatever came first"
    text = page(mine, Run.objects.get(period="quarter"))
    assert "2026 年第四季度 考核结果" in text and "2026-10-01 至 2026-12-31" in text


def results(mine, post="chief"):
    return signed_in(mine.persons[post]).get("/w/results/").content.decode()


@pytest.fixture
def without_rules(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def test_rules_that_begin_within_a_quarter_leave_it_without_a_result_and_the_page_says_why(without_rules):
    in_force(since=date(2026, 11, 1))
    with clock.at(at(date(2027, 1, 1))):
        made = [scoring.assess_period(period, date(2026, 12, 31)) for period in ("month", "quarter", "year")]
        text = results(without_rules)
    assert [run and str(run) for run in made] == ["2026 年 12 月", None, None]
    assert "自 2026-11-01 起施行" in text and "不补算：2026 年第四季度、2026 年。" in text
    assert "最早有结果的是：2026 年 11 月、2027 年第一季度、2027 年。" in text
    with clock.at(at(date(2028, 1, 1))):
        assert "不补算" not in results(without_rules)


def test_without_rules_the_page_says_what_is_lacking(without_rules):
    assert "还没有施行的时段考核办法" in results(without_rules)
    in_force(since=date(2026, 1, 1))
    assert "还没有施行的时段考核办法" not in results(without_rules)


def test_a_version_says_which_periods_it_is_the_first_to_assess(without_rules):
    in_force(since=date(2026, 11, 1))
    text = signed_in(without_rules.persons["chief"]).get("/w/rules/period/1/").content.decode()
    assert "2026-11-01 起施行，最早考核 2026 年 11 月、2027 年第一季度、2027 年" in text


def test_a_quarter_says_that_it_is_no_mean_of_its_months_and_a_month_says_nothing_of_it(mine):
    runs = [scoring.assess_period(period, date(2026, 12, 31)) for period in ("month", "quarter")]
    runs[0] = month()
    for run in runs:
        services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    said = ["不是各月得分的平均" in text for run in runs for text in (
        page(mine, run), signed_in(mine.persons["chief"]).get(f"/results/{run.pk}/").content.decode())]
    assert said == [False, False, True, True]
