"""Trial calculation on a page: the last period under another version, side by side, and nothing stored."""

from datetime import date

import pytest
from django.test import Client

from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.rules.models import RuleSet
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import Run, Trial
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.ledger.facts.queries import total
from sangesan.organization.accounts.models import Account
from sangesan.organization.units.models import Unit
from tests.builders import small_mine
from tests.facts import closed, overdue
from tests.periods import ANSWERS, IN, SOLVED, in_force, month

pytestmark = pytest.mark.django_db
PAGE = "/w/assessments/trial/2/"


@pytest.fixture
def mine(noon):
    mine = small_mine()
    in_force(links=[{"share": 3_000}])
    overdue("ZC1", day=IN)
    closed("ZC1", "2026-AAAAA3", day=IN)
    rules.draft(code="period", version=2, name="季度考核", links=[{"share": 5_000}],
                indicators=[ANSWERS | {"tallies": [ANSWERS["tallies"][0] | {"points": 1_000}]}, SOLVED])
    return mine


def signed_in(mine, who):
    client = Client()
    client.force_login(Account.objects.get_or_create(person=mine.persons[who])[0])
    return client


def test_the_same_facts_are_reckoned_under_both_versions_and_nothing_is_stored(mine):
    month()
    before, runs = total(), Run.objects.count()
    found = services.tried(scope=mine.scope("assessor"), version=2)
    rows = {row.unit.code: (row.before, row.after, row.difference) for row in found["rows"]}
    assert rows["ZC1"] == (9900, 9000, "-9.00") and rows["ZC2"] == (10000, 10000, "")
    assert list(rows) == ["QSL", "CM", "ZC1", "ZC2", "DW", "ZB1"] and found["changed"] == 3
    assert (total(), Run.objects.count()) == (before, runs)


def test_a_unit_that_closed_within_the_period_stands_last(mine):
    Unit.objects.filter(code="ZC1").update(closed=date(2026, 10, 20))
    month()
    rows = services.tried(scope=mine.scope("assessor"), version=2)["rows"]
    assert (rows[-1].unit.code, rows[-1].difference) == ("ZC1", "-9.00")


def test_a_fact_of_after_the_run_enters_neither_side(mine):
    month()
    overdue("ZC2", "2026-AAAAA9", day=IN)
    found = services.tried(scope=mine.scope("assessor"), version=2)
    assert {row.unit.code: row.after for row in found["rows"]}["ZC2"] == 10000


def test_the_page_shows_both_and_says_so_when_there_is_no_period_yet(mine):
    client = signed_in(mine, "assessor")
    assert "还没有可以对照的时段" in client.get(PAGE).content.decode()
    run = month()
    page = client.get(f"{PAGE}?run={run.pk}").content.decode()
    assert "第 1 版" in page and "第 2 版" in page and "-9.00" in page and "3 个单位的结果会变" in page


@pytest.mark.parametrize(("who", "url", "status"), [
    ("chief", PAGE, 403), ("correspondent", PAGE, 403), ("assessor", "/w/assessments/trial/9/", 404),
    ("assessor", PAGE + "?run=999", 404), ("assessor", PAGE + "?run=x", 200),
    ("assessor", "/w/assessments/trial/", 200),
])
def test_it_is_for_those_who_draft(mine, who, url, status):
    month()
    assert signed_in(mine, who).get(url).status_code == status
    assert Client().get(url).status_code == 302


def test_a_daily_run_is_no_period_to_compare(mine):
    run = services.assess_day(date(2026, 10, 12))
    with pytest.raises(NotFound):
        services.tried(scope=mine.scope("assessor"), version=2, run=run.pk)


def test_a_large_period_is_reckoned_in_the_background_once_for_all_who_ask(mine, monkeypatch):
    monkeypatch.setattr(services.trying, "AT_ONCE", 0)
    month()
    client = signed_in(mine, "assessor")
    page = client.get(PAGE).content.decode()
    assert "正在后台试算" in page and "-9.00" not in page and 'hx-get="' + PAGE in page
    client.get(PAGE)
    row = Trial.objects.get()
    assert row.done_at is None and services.try_out() == 1 and services.try_out() == 0
    row.refresh_from_db()
    assert row.step == row.steps == 3 and row.tries == 1
    assert "-9.00" in client.get(PAGE).content.decode() and Trial.objects.count() == 1


def test_a_claim_that_nobody_kept_is_free_again_and_a_failure_is_said_and_tried_anew(mine, monkeypatch):
    monkeypatch.setattr(services.trying, "AT_ONCE", 0)
    month()
    scope = mine.scope("assessor")
    assert services.tried(scope=scope, version=2)["going"].step == 0
    Trial.objects.update(claimed_at=clock.now(), tries=1)
    assert services.try_out() == 0, "somebody is at it"
    Trial.objects.update(claimed_at=clock.now() - services.trying.STALE * 2)
    monkeypatch.setattr(services.trying, "reckoned", lambda *_a, **_k: 1 / 0)
    assert services.try_out() == 1
    assert "没有算完" in services.tried(scope=scope, version=2)["going"].why
    monkeypatch.undo()
    assert services.tried(scope=scope, version=2)["changed"] == 3


def test_a_draft_written_anew_is_another_trial(mine):
    month()
    services.tried(scope=mine.scope("assessor"), version=2)
    row = rules.redraft(scope=mine.scope("assessor"), rule_set=RuleSet.objects.get(version=2, code="period").pk,
                        name="季度考核", links=[{"share": 3_000}], indicators=[ANSWERS, SOLVED])
    found = services.tried(scope=mine.scope("assessor"), version=2)
    assert found["changed"] == 0 and set(Trial.objects.values_list("rules", flat=True)) >= {row.pk}
