"""Checklists and figures (检查表、隐患三违): two hundred items, counts without names, work nobody looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sangesan.execution.rectification import queries, services
from sangesan.execution.rectification.models import Checklist, Figure, Item
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.sheets.giving import workbook
from sangesan.ledger.facts.models import Body
from tests.execution.rectification.inspected import checked_mine, inspected

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1d")]


@pytest.fixture
def mine(noon):
    return checked_mine()


def kept(mine, **parts):
    said = {"title": "一通三防", "kind": "team", "every": 30, "lines": "风筒 | 不漏风\n瓦斯探头"} | parts
    return services.keep(scope=mine.scope("safety"), **said)


def sheet(rows, head=("检查内容", "标准"), name="检查表"):
    return workbook({name: [list(head), *map(list, rows)]})


def test_items_are_typed_one_a_line_or_taken_from_a_workbook(mine):
    assert [(i.text, i.standard) for i in kept(mine).items.all()] == [("风筒", "不漏风"), ("瓦斯探头", "")]
    made = kept(mine, title="顶板", lines="", workbook=sheet([("锚杆", "无失效"), ("托盘", "")]))
    assert [(i.number, i.text, i.standard) for i in made.items.all()] == [(1, "锚杆", "无失效"), (2, "托盘", "")]


@pytest.mark.parametrize("n, fits", [(200, True), (201, False), (500, False)])
def test_a_checklist_of_more_than_two_hundred_items_is_refused(mine, n, fits):
    said = {"lines": "", "workbook": sheet([(f"第{i}项", "") for i in range(n)])}
    if fits:
        kept(mine, **said)
    else:
        with pytest.raises(UserError, match=f"{n} 项，最多 200 项"):
            kept(mine, **said)
        with pytest.raises(UserError, match=f"{n} 项，最多 200 项"):
            kept(mine, lines="\n".join(f"第{i}项" for i in range(n)))
    assert Item.objects.count() == (200 if fits else 0)


@pytest.mark.parametrize("parts", [
    {"title": ""}, {"kind": "mine"}, {"every": 0}, {"every": 367}, {"lines": " \n "}, {"lines": "字" * 201},
    {"workbook": b"not a workbook"}, {"workbook": "tail"}, {"workbook": "holes"},
])
def test_a_checklist_that_cannot_be_is_refused_whole(mine, parts):
    made = {"tail": sheet([("锚杆", "")], name="别的表"), "holes": sheet([("锚杆", ""), ("", "没有内容")])}
    if isinstance(parts.get("workbook"), str):
        parts = {"workbook": made[parts["workbook"]]}
    with pytest.raises(UserError):
        kept(mine, **parts)
    assert not Checklist.objects.exists() and not Item.objects.exists()


def test_a_title_stands_once_and_only_those_who_inspect_keep_lists(mine):
    kept(mine)
    with pytest.raises(Conflict):
        kept(mine)
    for who in ("handler", "correspondent", "admin"):
        with pytest.raises(Forbidden):
            services.keep(scope=mine.scope(who), title="x", kind="team", every=7, lines="a")


def test_work_that_nobody_looked_at_within_its_interval_is_listed(mine):
    made = kept(mine)
    rows = queries.uninspected(mine.scope("safety"))
    assert {(row.unit.code, row.last) for row in rows} == {("ZC1", None), ("ZC2", None)}
    inspected(mine, checklist=made.pk)
    assert [row.unit.code for row in queries.uninspected(mine.scope("safety"))] == ["ZC2"]
    assert Body.objects.get(kind="inspection.made").quantity == 2
    with clock.at(clock.now() + timedelta(days=31)):
        later = {row.unit.code: row.days for row in queries.uninspected(mine.scope("leader"))}
        assert later == {"ZC1": 31, "ZC2": None}
    services.stop(scope=mine.scope("safety"), checklist=made.pk)
    assert queries.uninspected(mine.scope("safety")) == []


HEAD = ("日期", "单位编码", "查出隐患", "整改隐患", "三违")


def figures(mine, rows, head=HEAD):
    return services.take_figures(scope=mine.scope("safety"), workbook=sheet(rows, head, "隐患三违"))


def test_counts_come_by_file_and_a_corrected_file_reverses_the_old_number(mine):
    rows = [("2026-11-23", "ZC1", 5, 4, 1), ("2026-11-23", "ZC2", 2, "", 0)]
    assert figures(mine, rows) == {"new": 5, "changed": 0, "same": 0}
    assert figures(mine, rows) == {"new": 0, "changed": 0, "same": 5}
    rows[0] = ("2026-11-23", "ZC1", 6, 4, 1)
    assert figures(mine, rows) == {"new": 0, "changed": 1, "same": 4}
    facts = Body.objects.filter(kind="figure.recorded", unit__endswith="ZC1/", subject="figures/hazards_found")
    assert sorted(facts.values_list("quantity", flat=True)) == [5, 6]
    assert Body.objects.get(kind="fact.reversed").reverses == facts.get(quantity=5).pk
    assert {row.day for row in Figure.objects.all()} == {date(2026, 11, 23)}


@pytest.mark.parametrize("rows, why", [
    ([("2026-11-25", "ZC1", 1, 1, 0)], "今天之后"), ([("2026-11-23", "NONE", 1, 1, 0)], "没有单位编码"),
    ([("2026-11-23", "ZC1", -1, 0, 0)], "整数"), ([("昨天", "ZC1", 1, 0, 0)], "不是日期"),
    ([("2026-11-23", "ZC1", 1, 0, 0), ("2026-11-23", "ZC1", 2, 0, 0)], "第 2 行重复"),
])
def test_one_wrong_row_and_nothing_is_taken_in(mine, rows, why):
    with pytest.raises(UserError, match=why):
        figures(mine, [("2026-11-22", "ZC1", 1, 1, 1), *rows] if "重复" not in why else rows)
    assert not Figure.objects.exists() and not Body.objects.filter(kind="figure.recorded").exists()


@pytest.mark.chapter("V1")
@pytest.mark.parametrize("column", ["姓名", "工号", "违章人姓名", "责任人"])
def test_a_file_that_names_persons_is_refused_whole(mine, column):
    with pytest.raises(UserError, match="涉及个人"):
        figures(mine, [("2026-11-23", "ZC1", 1, 0, 1, "张三")], (*HEAD, column))
    assert not Figure.objects.exists()


def test_figures_are_taken_only_by_those_who_inspect(mine):
    with pytest.raises(Forbidden):
        services.take_figures(scope=mine.scope("handler"), workbook=b"")
