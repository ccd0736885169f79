"""The four lists (四张清单): no measure, no procedure, no result, no second check; never a person."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.appraisal.rules import library
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services as scoring
from sangesan.desk.queries import lacks
from sangesan.execution.duties import services as duties
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import Kind, Unit
from tests.builders import hire, small_mine, unit
from tests.duties import later, owed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3e")]
RESULT = "到期没有结果的事"


@pytest.fixture
def mine(noon):
    return small_mine()


def listed(mine, post, word=RESULT):
    return next((one for one in lacks(mine.scope(post)) if one.word == word), None)


def test_what_is_past_due_without_a_result_is_listed_until_it_has_one(mine):
    duty = owed(mine, title="核对考勤")
    done = owed(mine, title="公布奖金")
    duties.complete(duty=done, actor=SYSTEM)
    assert listed(mine, "leader").total == 0
    with clock.at(later(hours=25)):
        (row,) = listed(mine, "leader").rows
        assert (row.what, row.url) == ("核对考勤", f"/w/{duty.subject}/") and "综采一队" in row.of
        duties.exempt(duty=duty, actor=SYSTEM, why="shutdown", words="停产检修")
        assert listed(mine, "leader").total == 0


def test_a_crew_whose_name_many_teams_have_is_told_with_its_team(mine):
    for team in ("ZC1", "ZC2"):
        unit(f"{team}L", "零点班", Kind.CREW, mine.units[team])
        mine.units[f"{team}L"] = Unit.objects.get(code=f"{team}L")
        owed(mine, f"{team}L", title=f"传达{team}", code=f"told-{team}")
    with clock.at(later(hours=25)):
        assert {row.of[:8] for row in listed(mine, "leader").rows} == {"综采一队 零点班", "综采二队 零点班"}


def test_a_score_entered_by_hand_is_listed_until_another_person_checked_it(mine):
    rules.put_in_force(rule_set=rules.draft(code="period", version=1, **library.START).pk, since=date(2026, 1, 1))
    one, two = mine.scope("assessor"), hire(mine, "second", "考核员二", "DW", Role.ASSESSOR, "2001", line="party")
    entry = scoring.enter(scope=one, since=date(2026, 10, 1), until=date(2026, 10, 31), unit="ZB1", how="points",
                          indicator="organisation_life", points=-200, words="十月支委会记录与签到不符")
    (row,) = listed(mine, "assessor", "没有复核的评分").rows
    assert (row.what, row.of) == ("综采一队党支部", "2026 年 10 月 · 三会一课")
    assert listed(mine, "leader", "没有复核的评分").rows[0].url == ""
    assert listed(mine, "chief", "没有复核的评分").total == 0  # of another unit
    scoring.check(scope=two, entry=entry.pk, agreed=True)
    assert listed(mine, "assessor", "没有复核的评分").total == 0


def test_each_sees_what_lies_under_their_units_only(mine):
    owed(mine, "ZC2"), owed(mine, "ZC1")
    with clock.at(later(hours=25)):
        assert [listed(mine, post).total for post in ("leader", "chief", "logistics")] == [2, 1, 0]


def test_the_page_is_for_those_who_look_after_work(mine):
    with clock.at(later(hours=1)):
        page = signed_in(mine.persons["leader"]).get("/w/lacks/")
        assert page.status_code == 200 and RESULT in page.text
        assert signed_in(mine.persons["correspondent"]).get("/w/lacks/").status_code == 403


def test_the_page_asks_a_bounded_number_of_questions(mine, django_assert_max_num_queries):
    def asked(count):
        for number in range(count):
            owed(mine, title=f"第 {number} 件", code=f"{count}-{number}")
        with clock.at(later(hours=25)), django_assert_max_num_queries(16):
            assert lacks(mine.scope("leader"))

    asked(2)
    asked(15)
