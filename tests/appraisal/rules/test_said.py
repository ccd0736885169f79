"""How an indicator counts stands on the page in words, with its own full points, floor and highest."""

import pytest

from sangesan.appraisal.rules import queries
from sangesan.appraisal.rules.models import RuleSet
from sangesan.appraisal.scoring import services as scoring
from tests.appraisal.rules.test_pages import DRAFT, text, uploaded
from tests.facts import overdue
from tests.periods import ANSWERS, IN, finals, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3b")]
BASE = {"source": "manual", "method": "deduct", "weight": "10", "each": "0.5", "late": "", "target": "unit"}


@pytest.mark.parametrize(("given", "kept", "said"), [
    ({}, (1_000, 0, 1_000), "从 10 分起，每次扣 0.5 分，扣到 0 分为止"),
    ({"floor": "2.5", "cap": "12"}, (1_000, 250, 1_200), "从 10 分起，每次扣 0.5 分，扣到 2.5 分为止，最高 12 分"),
    ({"full": "100", "each": "2"}, (10_000, 0, 10_000), "从 100 分起，每次扣 2 分，扣到 0 分为止，100 分折成 10 分"),
    ({"method": "add"}, (1_000, 0, 1_000), "从 0 分起，每次加 0.5 分，最高 10 分"),
    ({"method": "add", "cap": "12.5"}, (1_000, 0, 1_250), "从 10 分起，每次加 0.5 分，最高 12.5 分，没有加分不失分"),
    ({"source": "study", "method": "ratio", "planned": "4", "cap": "110", "each": ""}, (10_000, 0, 11_000),
     "办成数 ÷ 计划数，计划 每月 4，最高 110%"),
    ({"source": "study", "method": "lower", "planned": "2", "period": "quarter", "each": ""}, (10_000, 0, 10_000),
     "不超过限值得满分，超一成扣一成，超一倍得零分，限值 2"),
    ({"source": "study", "method": "completeness", "late": "50", "least": "3", "each": ""}, (10_000, 0, 10_000),
     "办好的 ÷ 应办的，迟办得 50%，不足 3 份不计"),
    ({"source": "days", "method": "days", "each": ""}, (10_000, 0, 10_000), "各日结果的平均，没有结果的日子不计"),
    ({"source": "visit", "method": "steps", "prefix_only": "on", "each": ""}, (10_000, 0, 10_000),
     "每件按办完的步骤得分，各件平均，只计连续办完的步骤"),
    ({"method": "veto", "weight": "0", "each": ""}, (10_000, 0, 10_000), "发生即否决，结果记零分"),
])
def test_what_an_indicator_takes_and_gives_stands_in_words_and_comes_back_by_the_workbook(assessor, given, kept, said):
    url = DRAFT + "indicators/organisation_life/"
    shown = {k: v for k, v in assessor.get(url).context["form"].initial.items() if v is not None}
    assert assessor.post(url, shown | BASE | given).status_code == 302
    row = RuleSet.objects.get(code="period").indicators.get(code="organisation_life")
    assert (row.full, row.floor, row.cap) == kept and said in text(assessor.get(DRAFT))
    digest, name = queries.by_id(row.rule_set_id).digest, row.rule_set.name
    again = {k: v for k, v in assessor.get(url).context["form"].initial.items() if v is not None}
    assert assessor.post(url, again).status_code == 302
    assert queries.by_id(RuleSet.objects.get(code="period").pk).digest == digest
    back = uploaded(assessor, assessor.get(DRAFT + "workbook/").content, name=name)
    assessor.post("/w/rules/import/take/", {"name": name, "data": back.context["data"]})
    assert queries.by_id(RuleSet.objects.get(code="period").pk).digest == digest


def test_an_item_of_a_hundred_points_of_its_own_weighs_what_its_weight_says(mine):
    """W2: full and what is taken and given, in the indicator's own points; brought to its weight."""
    in_force([ANSWERS | {"weight": 2_000, "full": 10_000, "floor": 5_000, "cap": 10_000}])
    for n in range(3):
        overdue("ZC1", f"2026-AAAAA{n}", day=IN)
    run = month()
    assert finals(run)["ZC1"] == 9_700 and scoring.recompute(run.pk).agrees
