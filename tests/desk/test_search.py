"""The search page (查找): matters, work, units and posts, marked, paged, with a clear word when there is nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.desk import queries
from sangesan.execution.plans import services as plans
from sangesan.feedback.matters import services
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.duties import owed
from tests.feedback.matters.roads import dispatched
from tests.meetings import committee, held
from tests.signing import signed_in
from tests.works import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def page(mine, code, **asked):
    answer = signed_in(mine.persons[code]).get("/w/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_asked_for_is_marked_in_what_was_found(mine):
    said = dispatched(mine, text="综采一队浴室没热水，<b>零点班</b>升井以后洗不上澡")
    services.index_due()
    seen = page(mine, "leader", q="热水")
    assert "<mark>热水</mark>" in seen and said.number in seen and "事项 1 件" in seen
    assert "<b>零点班" not in seen and "&lt;b&gt;" in seen


def test_units_and_holders_of_posts_stand_beside_it(mine):
    seen = page(mine, "leader", q="综采一队")
    assert "/w/organization/units/ZC1/" in seen and "张大力" in seen
    assert "陈小河" in page(mine, "leader", q="陈小河")


@pytest.mark.parametrize(("words", "told"), [
    ("水", "请至少写两个字"), ("？！", "请至少写两个字"), ("热水 停", "只有一个字"), ("", "想找什么"),
    ("没有这样的词语", "没有找到"), ("x" * 500, "没有找到"), ("<script>alert(1)</script>", "没有找到"),
])
def test_what_cannot_be_asked_is_said_in_plain_words(mine, words, told):
    seen = page(mine, "leader", q=words)
    assert told in seen and "<script>alert" not in seen


def test_a_sign_that_turns_writing_round_turns_the_words_asked_for_alone(mine):
    page = signed_in(mine.persons["triage"]).get("/w/search/", {"q": "\u202e食堂"}).content.decode()
    assert re.search("<h1>查找“<bdi>[^<]*食堂</bdi>”</h1>", page)


def test_an_administrator_finds_no_matter(mine):
    dispatched(mine, text="浴室没热水")
    services.index_due()
    assert "没有找到" in page(mine, "admin", q="热水")
    for cursor in ("x", "9" * 30, "-5"):
        page(mine, "leader", q="热水", after=cursor)


def worked(mine, n=1):
    """Leave work named 防冻 of the first team and its branch (一批工作)."""
    for turn in range(n):
        owed(mine, "ZC1", title=f"管路防冻第{turn}段")
        owed(mine, "ZB1", "party", title=f"讲一次防冻{turn}", hours=30)
        begun(mine, title=f"冬季防冻{turn}", units=("ZC1",))
        held(mine, by="cadre", unit="DW", series="other", name=f"防冻专题会{turn}",
             begins=clock.now() - timedelta(hours=5, minutes=20 * n + turn))
    plans.draft(scope=mine.scope("secretary"), unit=mine.units["ZB1"].pk, line="party", week=date(2026, 11, 23))


def groups(mine, post, words="防冻"):
    return {group.word: ["".join(part for part, _ in hit.title) for hit in group.hits]
            for group in queries.search(mine.scope(post), words).work}


def test_work_is_found_by_its_title_by_whoever_may_see_it(mine):
    committee(mine), worked(mine)
    found = groups(mine, "leader")
    assert "管路防冻第0段" in found["应办事项"] and found["工作项"] == ["冬季防冻0"]
    assert groups(mine, "cadre")["会议"] == ["防冻专题会0"]
    assert groups(mine, "secretary")["周计划"] == ["讲一次防冻0"]
    seen = page(mine, "leader", q="防冻")
    assert "管路<mark>防冻</mark>第0段" in seen and "/w/work/" in seen


def test_another_s_work_is_never_found(mine):
    committee(mine), worked(mine)
    owed(mine, "ZC2", title="别队防冻")
    assert "别队防冻" not in groups(mine, "chief").get("应办事项", [])
    assert "会议" not in groups(mine, "chief") and "周计划" not in groups(mine, "chief")
    assert groups(mine, "admin") == {} and groups(mine, "correspondent").get("工作项") is None
    assert "防冻</mark>" not in page(mine, "admin", q="防冻")


@pytest.mark.parametrize("words", ["%%", "__", "冻", "防\x00冻", "没有这样的词语"])
def test_words_that_cannot_be_asked_find_no_work(mine, words):
    committee(mine), worked(mine)
    assert groups(mine, "leader", words) == {}


def test_a_search_costs_the_same_for_little_and_for_much_work(mine):
    committee(mine), worked(mine)
    scope, costs = mine.scope("leader"), []
    for more in (0, 12):
        if more:
            worked(mine, more + 1)
        with CaptureQueriesContext(connection) as asked:
            found = queries.search(scope, "防冻")
        costs.append(len(asked))
    assert costs[0] == costs[1] and max(len(group.hits) for group in found.work) == 8
