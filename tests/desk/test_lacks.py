"""The four lists (四张清单): no measure, no procedure, no result, no second check; never a person."""

from __future__ import annotations

import pytest

from sangesan.desk.queries import lacks
from sangesan.execution.duties import services as duties
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from tests.builders import small_mine
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


def test_each_sees_what_lies_under_their_units_only(mine):
    owed(mine, "ZC2"), owed(mine, "ZC1")
    with clock.at(later(hours=25)):
        assert [listed(mine, post).total for post in ("leader", "chief", "logistics")] == [2, 1, 0]


def test_the_page_is_for_those_who_look_after_work(mine):
    with clock.at(later(hours=1)):
        page = signed_in(mine.persons["leader"]).get("/w/lacks/")
        assert page.status_code == 200 and RESULT in page.text
        assert signed_in(mine.persons["correspondent"]).get("/w/lacks/").status_code == 404


def test_the_page_asks_a_bounded_number_of_questions(mine, django_assert_max_num_queries):
    def asked(count):
        for number in range(count):
            owed(mine, title=f"第 {number} 件", code=f"{count}-{number}")
        with clock.at(later(hours=25)), django_assert_max_num_queries(12):
            assert lacks(mine.scope("leader"))

    asked(2)
    asked(15)
