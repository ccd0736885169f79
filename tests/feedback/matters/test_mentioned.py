"""Whom words name is found without reading every post, whatever the words (提到的人)."""

from __future__ import annotations

from importlib import import_module

import pytest

from sangesan.feedback.matters import queries
from sangesan.feedback.matters.models import Matter
from tests.builders import heard, small_mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def named(words):
    heard(words, unit="ZC1")
    return {row.post.code for row in queries.mentioned(Matter.objects.get())}


def test_only_posts_of_units_whose_names_may_stand_in_the_words_are_looked_at(mine, monkeypatch):
    room, looked = import_module("sangesan.feedback.matters.queries.mentioned"), []
    judge = room.names_post
    monkeypatch.setattr(room, "names_post", lambda text, unit, *post: looked.append(unit) or judge(text, unit, *post))
    assert named("综采一队的队长扣奖金") == {"chief"}
    assert looked and all(unit.startswith("综采") for unit in looked)


def test_a_letter_full_of_surnames_is_read_as_any_other(mine):
    many = "".join(f"{chr(0x4E00 + n)}书记，" for n in range(2_000))
    assert "chief" in named(f"{many}综采一队队长扣奖金")


@pytest.mark.parametrize(("words", "codes"), [
    ("张队不发雨靴", {"chief"}), ("张队长不发雨靴", {"chief"}), ("張隊不發雨靴", {"chief"}),
    ("老张克扣奖金", {"chief"}), ("张头儿骂人", {"chief"}), ("老刘收烟", {"secretary"}),
    ("综采一队一把手吃空饷", {"chief"}), ("周科长不签字", {"logistics"}), ("周科不签字", set()),
    ("老周不签字", set()), ("车队不准点，白班没有热水", set()), ("查处高科技设备，任何区队都没有", set()),
    ("张某不发", set()), ("小张家漏水", set()), ("队长说没有", set()), ("老师傅和老板都说没有", set()),
])
def test_who_is_called_for_short_is_meant_where_somebody_near_is_called_so(mine, words, codes):
    assert named(words) == codes
