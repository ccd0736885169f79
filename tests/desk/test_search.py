"""The search page (查找): matters, units and posts, marked, paged, with a clear word when nothing can be asked."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from tests.builders import small_mine
from tests.feedback.matters.roads import dispatched
from tests.signing import signed_in

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


def test_an_administrator_finds_no_matter(mine):
    dispatched(mine, text="浴室没热水")
    services.index_due()
    assert "没有找到" in page(mine, "admin", q="热水")
    for cursor in ("x", "9" * 30, "-5"):
        page(mine, "leader", q="热水", after=cursor)
