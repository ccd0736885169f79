"""My tasks (我的待办): a danger before all, and of a matter the promise that runs out first."""

from __future__ import annotations

import re

import pytest

from sangesan.desk import queries
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.progress import progress_of
from sangesan.foundation import clock
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def today(mine, post):
    return [(task.name, task.title) for task in queries.board(mine.scope(post)).today]


def test_a_danger_waits_among_what_is_to_be_done_today_until_it_is_confirmed_and_dispatched(mine):
    said = heard("溜子边上掉渣", unit="ZC1", danger=True)
    assert today(mine, "duty") == [("确认 A 级", "溜子边上掉渣")]
    assert today(mine, "triage") == [("派单", "溜子边上掉渣")]
    page = signed_in(mine.persons["duty"]).get("/w/todo/").content.decode()
    assert "今天有 1 件事要办" in page and "马上办" in page and "今天没有到期的事" not in page
    services.confirm(scope=mine.scope("duty"), number=said.number)
    assert not today(mine, "duty") and today(mine, "triage") == [("派单", "溜子边上掉渣")]
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    assert not today(mine, "triage")


def test_a_signed_matter_is_listed_by_its_first_word_then_by_its_plan_and_then_by_its_answer(mine):
    said, handler = handled(mine), mine.scope("handler")

    def waiting():
        [task] = matters.todo(handler)
        return task.name, task.until

    matter = Matter.objects.get(number=said.number)
    assert matter.first_answer_due < matter.due_at
    assert waiting() == ("首次答复", matter.first_answer_due)
    page = signed_in(mine.persons["handler"]).get(f"/w/matters/{said.number}/").content.decode()
    head = page[page.index("我来办理"):]
    assert re.match(r'我来办理</h2><span class="sub">首次答复 <span class="tag', head), head[:120]
    services.first_answer(scope=handler, number=said.number, text="已收到，正在核实")
    assert waiting() == ("报措施", matter.plan_due)
    services.plan(scope=handler, number=said.number, text="本周换新锅炉")
    assert waiting() == ("报进展", progress_of(matter)), "as the board says: by the day on which it is owed"
    with clock.at(matter.due_at):
        services.note(scope=handler, number=said.number, text="锅炉已到货")
        assert waiting() == ("办理", matter.due_at)


def test_of_more_matters_than_a_list_holds_those_stand_in_it_whose_promise_runs_out_first(mine, monkeypatch):
    sooner, later = (handled(mine, text=text) for text in ("没有热水", "没有雨靴"))
    handler = mine.scope("handler")
    services.first_answer(scope=handler, number=sooner.number, text="已收到，正在核实")
    services.plan(scope=handler, number=sooner.number, text="本周换新锅炉")
    assert Matter.objects.get(number=sooner.number).due_at <= Matter.objects.get(number=later.number).due_at
    monkeypatch.setattr("sangesan.feedback.matters.queries.tasks.MOST", 1)
    assert [(task.name, task.matter.number) for task in matters.todo(handler)] == [("首次答复", later.number)]
