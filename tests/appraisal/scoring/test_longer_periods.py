"""Quarters and years by hand: what was entered for the months counts, and an indicator of the quarter has its page."""

from datetime import date

import pytest

from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import HandEntry, PersonScore
from sangesan.appraisal.scoring.queries import hand, standing
from sangesan.appraisal.scoring.services.period import again
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.facts import closed, reopened
from tests.periods import ANSWERS, SOLVED, in_force

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3e")]
WORDS = "与签到表不符，见督察单 12 号"
MONTHS = [(date(2026, m, 1), date(2026, m, d)) for m, d in ((7, 31), (8, 31), (9, 30))]
QUARTER = (MONTHS[0][0], MONTHS[2][1])
VETO = {"code": "leak", "name": "泄密", "weight": 0, "method": "veto", "kinds": ["team"],
        "tallies": [{"kind": "assessment.checked", "as": "veto", "where": {"how": "manual"}}]}


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "second", "考核员二", "DW", Role.ASSESSOR, "2001", line="party")
    in_force([ANSWERS | {"kinds": ["team"]}, SOLVED, VETO, ANSWERS | {"code": "quarterly", "period": "quarter",
              "kinds": ["team"]}])
    return mine


@pytest.fixture
def entered(mine, monkeypatch):
    monkeypatch.setattr(services.entering, "SETTLING", services.entering.SETTLING * 3)
    monkeypatch.setattr("sangesan.appraisal.scoring.queries.reading.SETTLING", services.entering.SETTLING)

    def enter(span, **said):
        row = services.enter(scope=mine.scope("assessor"), since=span[0], until=span[1], words=WORDS,
                             **{"unit": "ZC1", "how": "points"} | said)
        services.check(scope=mine.scope("second"), entry=row.pk, agreed=True)
    return enter


def lines(run, code="ZC1"):
    said = standing.scores(run, unit__code=code).get().statement["lines"]
    return {line[0]: (line[2], line[3]) for line in said}


def quarter():
    return services.assess_period("quarter", QUARTER[1])


def test_what_months_took_adds_up_in_the_quarter_and_moves_a_share_by_a_third(entered):
    for unit, day in (("ZC1", date(2026, 7, 5)), ("ZC2", date(2026, 7, 5))):
        closed(unit, f"2026-AAAB{unit}", day=day)
        reopened(unit, f"2026-AAAC{unit}", day=day)
    entered(MONTHS[0], indicator="answers", points=-200)
    entered(MONTHS[2], indicator="answers", points=-300)
    entered(MONTHS[1], indicator="solved", points=-3_000)
    run = quarter()
    assert lines(run) == {"answers": (7_500, "ok"), "solved": (4_000, "ok"), "leak": (None, "exempt"),
                          "quarterly": (10_000, "ok")}
    assert services.recompute(run.pk).agrees and lines(run, "ZC2")["solved"] == (5_000, "ok")
    entered(MONTHS[1], indicator="answers", points=-100)
    [later] = services.revise_periods(date(2026, 11, 23))
    assert lines(later)["answers"] == (7_000, "ok") and services.recompute(later.pk).agrees
    third = again(run, run.cutoff, 3)
    assert {c.unit: c.own for c in third.cells}["ZC1"] == standing.scores(run, unit__code="ZC1").get().own
    before = again(run, run.cutoff, 2)
    assert {c.unit: c.own for c in before.cells}["ZC1"] != standing.scores(run, unit__code="ZC1").get().own


def test_a_veto_of_one_month_is_one_of_the_quarter_and_falls_on_its_post(mine, entered):
    closed("ZC1", day=date(2026, 8, 5))
    entered(MONTHS[1], indicator="leak", how="veto", post="chief")
    run = quarter()
    assert standing.scores(run, unit__code="ZC1").get().final == 0
    assert list(PersonScore.objects.filter(run=run, vetoed=True).values_list("person", flat=True)) == [
        mine.persons["chief"].pk]


def test_an_indicator_is_exempt_in_the_quarter_where_it_was_in_all_its_months(entered):
    for span in MONTHS[:2]:
        entered(span, indicator="answers", how="exempt")
    assert lines(quarter())["answers"] == (10_000, "ok")
    entered(MONTHS[2], indicator="answers", how="exempt")
    [run] = services.revise_periods(date(2026, 11, 23))
    assert lines(run)["answers"] == (None, "exempt")


def test_an_indicator_of_the_quarter_is_assessed_for_the_quarter_and_nowhere_else(mine, entered):
    scope = mine.scope("assessor")
    assert [c.code for c in hand.page_of(scope, "2026-Q3", "")["choices"]] == ["quarterly"]
    assert "quarterly" not in {c.code for c in hand.page_of(scope, "2026-09", "")["choices"]}
    assert {"2026-Q3", "2026-Q4"} <= {one.slug for one in hand.page_of(scope, "2026-10", "")["spans"]}
    for span, code in ((MONTHS[0], "quarterly"), (QUARTER, "answers")):
        with pytest.raises(NotFound):
            services.enter(scope=scope, since=span[0], until=span[1], indicator=code, unit="ZC1", how="points",
                           points=-100, words=WORDS)
    entered(QUARTER, indicator="quarterly", points=-200)
    assert HandEntry.objects.get().since == QUARTER[0] and lines(quarter())["quarterly"] == (9_000, "ok")
    assert by_id(quarter().rule_set_id).indicators[3].period == "quarter"
