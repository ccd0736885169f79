"""The page of the grading table (分级表页)."""

from __future__ import annotations

import pytest

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.matters import services
from sangesan.feedback.warning.forms.table import Drafting
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.grading import TABLE
from tests.builders import heard, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def typed(**changes):
    return {name: field.initial for name, field in Drafting(TABLE).fields.items()} | changes


@pytest.mark.chapter("N6")
def test_the_office_drafts_previews_and_enters_the_decision(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=1)
    office, today = signed_in(mine.persons["cadre"]), f"{clock.today():%F}"
    assert office.post("/w/warning/table/", typed(m1u2="B", C_due=10)).status_code == 302
    page = office.get("/w/warning/table/").content.decode()
    assert "试算" in page and tables.in_force() == TABLE
    decision = {"version": "2026.2", "decided_by": "党委会第 12 次会议", "decided_on": today, "since": today}
    assert office.post("/w/warning/table/decide/", decision).status_code == 302
    assert tables.in_force().matrix[0] == "CBB" and services.chosen(2, 1) == "B"


def test_the_table_says_which_head_is_told_and_names_nobody_twice(mine):
    page = signed_in(mine.persons["leader"]).get("/w/warning/table/").content.decode()
    for told in ("主办单位 · 单位负责人", "上级专业 · 单位负责人", "发生单位 · 党支部书记"):
        assert told in page


def test_whether_the_secretary_where_it_arose_is_told_is_drafted_like_all_the_rest(mine):
    office = signed_in(mine.persons["cadre"])
    told = [one for one in typed()["C_told"] if one != "secretary-arises"]
    assert len(told) == len(typed()["C_told"]) - 1
    assert office.post("/w/warning/table/", typed(C_told=[*told, "crew_leader-arises"])).status_code == 302
    page = office.get("/w/warning/table/").content.decode()
    assert "C 告知" in page and "发生单位 · 班组长" in page


def test_a_lighter_grade_for_a_graver_matter_is_refused_on_the_page(mine):
    answer = signed_in(mine.persons["cadre"]).post("/w/warning/table/", typed(m3u3="C"))
    assert answer.status_code == 422 and tables.draft() is None


def test_others_read_it_and_change_nothing(mine):
    chief = signed_in(mine.persons["chief"])
    assert "起草新版本" not in chief.get("/w/warning/table/").content.decode()
    assert chief.post("/w/warning/table/", typed()).status_code == 403 and tables.draft() is None


def test_who_is_told_who_closes_and_when_it_is_reported_are_drafted_seen_and_come_into_force(mine):
    office, today = signed_in(mine.persons["cadre"]), f"{clock.today():%F}"
    told = [*typed()["B_told"], "triage-mine"]
    assert office.post("/w/warning/table/", typed(B_told=told, C_closers2=["leader"], A_report=30)).status_code == 302
    page = office.get("/w/warning/table/").content.decode()
    assert "30 分钟" in page and "B 告知" in page and "并须" in page
    decision = {"version": "2026.2", "decided_by": "党委会第 12 次会议", "decided_on": today, "since": today}
    office.post("/w/warning/table/decide/", decision)
    now = tables.in_force()
    assert now.levels["A"].report.amount == 30 and Role.TRIAGE in {one.role for one in now.levels["B"].told}
    assert len(now.levels["C"].closers) == 2 and now.levels["A"].told == TABLE.levels["A"].told


@pytest.mark.parametrize("wrong", [
    {"A_told": []}, {"A_told": ["leader-mine"]}, {"B_closers1": []}, {"C_closers1": ["correspondent"]},
    {"A_told": ["nobody-mine"]}, {"A_report": 100_000}, {"A_report": 0}, {"A_told": ["duty"]}])
def test_a_draft_that_tells_nobody_or_lets_a_stranger_close_is_refused_whole(mine, wrong):
    answer = signed_in(mine.persons["cadre"]).post("/w/warning/table/", typed(**wrong))
    assert answer.status_code == 422 and tables.draft() is None
