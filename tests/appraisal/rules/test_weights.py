"""Weights with two decimals: an item of 2.5 or of half a point, on the page, in a sheet, in what a run keeps."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from sangesan.appraisal.publication import queries as published
from sangesan.appraisal.rules import queries
from sangesan.appraisal.rules.models import Indicator, RuleSet
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation import append_only
from tests.appraisal.rules.test_own_sheet import book
from tests.appraisal.rules.test_own_sheet import uploaded as own_sheet
from tests.appraisal.rules.test_pages import DRAFT, RIGHT, sheet, text, uploaded
from tests.facts import closed, overdue, reopened
from tests.periods import ANSWERS, IN, SOLVED, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3b")]
SHIPPED = "fe097b089b267cd86ca0575cb361db02fb7c619162c1752d34dea5c7ae4e0447"
"""What the shipped daily rules were put in force with, when all weights were whole."""
BAD = ["1e1", "1E1", "-2.5", "2.555", "NaN", "Infinity", "100000", "1,5", "两分半", "0x10", "２．５．５"]


def draft():
    return RuleSet.objects.get(code="period")


def form(client, url):
    return {k: v for k, v in client.get(DRAFT + url).context["form"].initial.items() if v is not None}


@pytest.mark.parametrize(("said", "weight", "shown"), [
    ("2.5", 250, "2.5"), ("0.5", 50, "0.5"), (".5", 50, "0.5"),
    ("２．５", 250, "2.5"), ("40", 4_000, "40"), ("40.00", 4_000, "40"),
    ("2.05", 205, "2.05")])
def test_an_item_of_half_a_point_is_written_and_shown_as_it_was_decided(assessor, said, weight, shown):
    url = DRAFT + "indicators/organisation_life/"
    assert assessor.post(url, form(assessor, "indicators/organisation_life/") | {"weight": said}).status_code == 302
    row = draft().indicators.get(code="organisation_life")
    assert (row.weight, row.full, str(row.worth)) == (weight, weight, shown)
    assert str(form(assessor, "indicators/organisation_life/")["weight"]) == shown
    assert f'data-label="分值">{shown}</td>' in assessor.get(DRAFT).content.decode()
    assert assessor.post(DRAFT + "weights/", {"party": said, "union": "1"}).status_code == 302
    assert draft().line_weights == {"party": weight, "union": 100} and f"党组织 {shown}、" in text(assessor.get(DRAFT))


@pytest.mark.parametrize("said", BAD)
def test_what_is_no_weight_is_said_on_the_page_and_with_its_row_and_column_in_a_sheet(assessor, said):
    before = queries.frozen(draft()).digest
    said_of = form(assessor, "indicators/contact/") | {"weight": said}
    text(assessor.post(DRAFT + "indicators/contact/", said_of), 422)
    text(assessor.post(DRAFT + "weights/", {"party": said}), 422)
    assert queries.frozen(draft()).digest == before
    row = list(RIGHT)
    row[8] = said
    page = text(uploaded(assessor, sheet(row)))
    assert "指标 第 2 行" in page and "“分值”应是 0 到 1000 的数，最多 2 位小数" in page


@pytest.mark.parametrize(("url", "name"), [
    ("indicators/organisation_life/", "each"), ("indicators/organisation_life/", "cap"), ("links/any/any/", "cap"),
    ("pay/", "floor")])
@pytest.mark.parametrize("said", ["1e1", "NaN", "-1"])
def test_no_field_of_points_takes_a_power_of_ten(assessor, url, name, said):
    before = queries.frozen(draft()).digest
    text(assessor.post(DRAFT + url, form(assessor, url) | {name: said}), 422)
    assert queries.frozen(draft()).digest == before


def test_an_enterprise_s_own_sheet_with_half_points_is_taken_as_it_is(assessor):
    rows = [[1, "", "党课按时上", 2.5, "缺一次扣0.5分", "", ""],
            [2, "", "隐患按期整改", "９７．５分", "按比例", "", ""],
            [3, "", "职工诉求按期答复", "1.125", "超期一件扣1分", "", ""]]
    answer = own_sheet(assessor, book(rows, percent=True))
    assert [row["分值"] for row in answer.context["tables"]["指标"].rows] == [250, 9_750, None]
    assert "党支部细则 第 5 行" in (page := text(answer)) and "现在是：1.125" in page
    told = {"name": "支部考核细则", "data": answer.context["data"], "right_only": "1"}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302
    assert "合计 100 分" in text(assessor.get(DRAFT))
    back = uploaded(assessor, assessor.get(DRAFT + "workbook/").content)
    assert [row["分值"] for row in back.context["tables"]["指标"].rows] == [250, 9_750]


def test_a_run_keeps_a_weight_as_it_was_decided_and_gives_the_same_bytes_again(mine):
    party = SOLVED | {"code": "party", "line": "party", "kinds": ["branch"]}
    in_force([ANSWERS | {"weight": 250, "full": 250, "cap": 250, "line": "administration"},
              SOLVED | {"weight": 750, "line": "administration"}, party],
             line_weights={"administration": 6_050, "party": 3_950})
    closed("ZC1", day=IN)
    overdue("ZC1", "2026-AAAAA6", day=IN)
    reopened("ZC1", "2026-AAAAA7", day=IN)
    run = month()
    cell = standing.scores(run, unit__code="ZC1", line="administration").get()
    assert [(one[0], one[1]) for one in cell.statement["lines"]] == [("answers", "2.5"), ("solved", "7.5")]
    # (2.5 × 60.00 + 7.5 × 50.00) ÷ 10
    assert cell.own == 5_250 and scoring.recompute(run.pk).agrees
    closed("ZC1", "2026-AAAAA8", day=IN)
    [second] = scoring.revise_periods(date(2026, 11, 23))
    assert scoring.recompute(second.pk).agrees
    told = published.statement_for(mine.scope("leader"), run.pk, "ZC1", "administration")
    assert [(e.code, e.worth, e.lost) for e in told.entries] == [("answers", 2_500, 1_000), ("solved", 7_500, 3_750)]


def test_what_was_put_in_force_with_whole_weights_still_has_its_digest(mine):
    assert queries.in_force("daily", date(2026, 11, 23)).digest == SHIPPED


def test_what_was_kept_before_becomes_hundredths_under_the_guards_that_come_back(mine):
    made = in_force(line_weights={"party": 40})
    weights = {i.code: i.weight for i in Indicator.objects.filter(rule_set=made)}
    connection.check_constraints()
    step = import_module("sangesan.appraisal.rules.migrations.0005_weights_in_hundredths")
    step.to_hundredths(apps, connection.schema_editor())
    connection.check_constraints()
    append_only.install()
    assert {i.code: i.weight for i in Indicator.objects.filter(rule_set=made)} == {
        code: weight * 100 for code, weight in weights.items()}
    assert RuleSet.objects.get(pk=made.pk).line_weights == {"party": 4_000}
    assert append_only.missing() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Indicator.objects.update(weight=1)
