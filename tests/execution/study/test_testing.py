"""Self-tests (自测): voluntary, the result told once to one person and kept nowhere, coverage from five on."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangesan.execution.study import queries, services
from sangesan.execution.study.models import Bank, Coverage, Question, Session
from sangesan.execution.study.services.testing import SHEET
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.foundation.sheets.giving import workbook
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.execution.study.test_planning import TODAY, planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2e")]
HEAD = ("题目", "A", "B", "C", "D", "答案", "解析")
ROWS = [("瓦斯超限怎么办", "停止作业撤人", "继续", "", "", "A", "先撤人"),
        ("自救器", "随身", "放机头", "会用", "", "C、A", "")]


@pytest.fixture
def mine(noon):
    return small_mine()


def sheet(rows=ROWS, head=HEAD):
    return workbook({"题库": [list(head), *map(list, rows)]})


def kept(mine, **parts):
    return services.keep(scope=mine.scope("leader"), **{"title": "一通三防", "workbook": sheet()} | parts)


@pytest.mark.chapter("V1")
def test_the_result_is_told_to_the_one_who_took_it_and_kept_nowhere(mine):
    bank = kept(mine)
    facts = Fact.objects.count()
    told = services.take(scope=mine.scope("correspondent"), bank=bank.pk,
                         chosen={1: "A", 2: "A"})
    assert [one.right for one in told] == [True, False]
    assert Fact.objects.count() == facts, "no fact tells that somebody took it"
    row = Coverage.objects.get()
    person = mine.persons["correspondent"]
    assert row.unit == person.unit and len(row.mark) == 64
    assert {field.name for field in Coverage._meta.get_fields()} == {"id", "bank", "unit", "mark"}
    names = {field.name for model in apps.get_app_config("study").get_models() for field in model._meta.get_fields()}
    assert not {name for name in names if "score" in name or "result" in name or name == "correct"}


@pytest.mark.chapter("V7")
def test_coverage_is_a_count_of_five_or_more_with_crews_added_up(mine):
    bank = kept(mine)
    for n in range(4):
        scope = hire(mine, f"p{n}", "采煤工", "ZC1J", Role.MEMBER, f"600{n}")
        services.take(scope=scope, bank=bank.pk, chosen={1: "B"})
        services.take(scope=scope, bank=bank.pk, chosen={1: "A"})
    ((_, rows),) = queries.coverage(mine.scope("leader"))
    assert [(unit.code, n) for unit, n in rows] == [("ZC1", None)]
    services.take(scope=mine.scope("chief"), bank=bank.pk, chosen={1: "A"})
    ((_, rows),) = queries.coverage(mine.scope("leader"))
    assert [(unit.code, n) for unit, n in rows] == [("ZC1", 5)]


@pytest.mark.parametrize("rows, why", [
    ([("题", "甲", "乙", "", "", "E", "")], "只能是"), ([("题", "甲", "乙", "", "", "D", "")], "没有选项"),
    ([("题", "甲", "乙", "", "", "AA", "")], "只能是"), ([("", "甲", "乙", "", "", "A", "")], "题目"),
    ([("题", "甲", "", "", "", "A", "")], "“B”"), ([], "须是 1 到 200 题"),
    ([(f"题{n}", "甲", "乙", "", "", "A", "") for n in range(201)], "须是 1 到 200 题"),
])
def test_a_bank_that_cannot_be_is_refused_whole(mine, rows, why):
    with pytest.raises(UserError, match=why):
        kept(mine, workbook=sheet(rows))
    assert not Bank.objects.exists() and not Question.objects.exists()


def test_banks_are_kept_by_those_who_lead_and_taken_below_them(mine):
    with pytest.raises(Forbidden):
        services.keep(scope=mine.scope("handler"), title="x", workbook=sheet())
    bank = services.keep(scope=mine.scope("chief"), title="队里的题", workbook=sheet())
    services.take(scope=mine.scope("correspondent"), bank=bank.pk, chosen={1: "A"})
    with pytest.raises(NotFound):
        services.take(scope=mine.scope("handler"), bank=bank.pk, chosen={1: "A"})
    with pytest.raises(UserError, match="还没有答题"):
        services.take(scope=mine.scope("correspondent"), bank=bank.pk, chosen={1: "Z", 9: "A"})
    with pytest.raises(Conflict):
        services.keep(scope=mine.scope("chief"), title="队里的题", workbook=sheet())


def test_pages_plan_hold_test_and_count(mine):
    chief = signed_in(mine.persons["chief"])
    answer = chief.post("/w/study/", {"unit": "ZC1", "of": "skill", "day": TODAY, "at": "09:00", "theme": "液压支架"})
    made = Session.objects.get()
    assert answer.url == f"/w/study/{made.pk}/" and "液压支架" in chief.get("/w/study/").content.decode()
    assert "不占休息时间" in chief.post("/w/study/", {"unit": "ZC1", "of": "skill", "day": TODAY, "at": "20:00",
                                               "theme": "夜里"}).content.decode()
    assert chief.post(answer.url, {"heads": "0"}).status_code == 422
    chief.post(answer.url, {"heads": "31", "names": ""})
    assert "到了 31 人" in chief.get(answer.url).content.decode()
    chief.post("/w/study/tests/", {"title": "队里的题", "workbook": SimpleUploadedFile("题.xlsx", sheet())})
    page = chief.get(f"/w/study/tests/{Bank.objects.get().pk}/").content.decode()
    assert "瓦斯超限怎么办" in page and "先撤人" not in page
    told = chief.post(f"/w/study/tests/{Bank.objects.get().pk}/", {"q1": "A", "q2": ["A", "C"]})
    assert "2 题，答对 2 题" in told.content.decode() and told["Cache-Control"] == "no-store"
    chief.post("/w/study/counts/", {"unit": "ZC1", "what": "senior", "count": 2, "day": TODAY})
    counts = chief.get("/w/study/counts/").content.decode()
    assert "高级工" in counts and "31" in counts
    assert [(row["unit"].code, row["done"], row["heads"]) for row in queries.held(mine.scope("leader"), TODAY)] == [
        ("ZC1", 1, 31)]


def test_the_study_of_others_is_not_there(mine):
    made, bank = planned(mine, shift="", pdf=b"%PDF-1.7"), services.keep(
        scope=mine.scope("chief"), title="队里的题", workbook=sheet())
    assert signed_in(mine.persons["chief"]).get(f"/w/study/{made.pk}/material.pdf").content == b"%PDF-1.7"
    for code in ("handler", "admin"):
        client = signed_in(mine.persons[code])
        for path in (f"/w/study/{made.pk}/", f"/w/study/{made.pk}/material.pdf", f"/w/study/tests/{bank.pk}/",
                     f"/w/study/{10**25}/", f"/w/study/tests/{10**25}/"):
            assert client.get(path).status_code == 404, (code, path)
        assert client.post(f"/w/study/{made.pk}/", {"heads": 5}).status_code == 404
        assert "顶板事故案例" not in client.get("/w/study/").content.decode()
    assert Session.objects.get().heads is None


def test_a_bank_is_taken_out_of_use_and_its_title_is_free(mine):
    bank = kept(mine)
    for who in ("secretary", "correspondent"):
        with pytest.raises((Forbidden, NotFound)):
            services.retire(scope=mine.scope(who), bank=bank.pk)
    services.retire(scope=mine.scope("leader"), bank=bank.pk)
    assert [one.pk for one, _units in queries.coverage(mine.scope("leader"))] == []
    with pytest.raises(NotFound):
        services.take(scope=mine.scope("correspondent"), bank=bank.pk, chosen={1: "A"})
    assert kept(mine).pk != bank.pk


def test_the_template_has_the_columns_a_bank_is_read_by(mine):
    web = signed_in(mine.persons["leader"])
    given = web.get("/w/study/tests/template/")
    assert given.status_code == 200 and "questions.xlsx" in given["Content-Disposition"]
    assert tuple(read_workbook(given.content, [SHEET])["题库"].header[:7]) == HEAD


@pytest.mark.chapter("V1")
def test_an_open_bank_is_taken_by_anybody_and_leaves_no_trace(mine):
    bank, closed = kept(mine, open=True), kept(mine, title="只给本矿")
    web, facts = Client(), Fact.objects.count()
    page = web.get("/study/").content.decode()
    assert "一通三防" in page and "只给本矿" not in page and "/study/" in web.get("/").content.decode()
    told = web.post(f"/study/{bank.pk}/", {"q1": "A", "q2": ["A"]})
    assert "2 题，答对 1 题" in told.content.decode() and told["Cache-Control"] == "no-store" and not told.cookies
    assert web.post(f"/study/{bank.pk}/", {}).status_code == 422
    for pk in (closed.pk, 10**20, 0):
        assert web.get(f"/study/{pk}/").status_code == 404
    assert not Coverage.objects.exists() and Fact.objects.count() == facts
