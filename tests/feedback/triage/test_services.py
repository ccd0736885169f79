"""Triage help (分办辅助): suggested after the commit, confirmed by people, silent about what it may not know."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.triage import queries, shelf
from sangesan.feedback.triage import services as triage
from sangesan.feedback.triage.models import Habit, Likeness, Suggestion
from sangesan.method.triage.likeness import Likeness as Index
from sangesan.procedures import rounds
from tests.builders import heard, small_mine

from .speaking import dispatched, of, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(at):
    return small_mine()


def test_without_a_model_all_works_and_nothing_is_guessed(mine):
    number = heard("皮带巷冒烟，赶紧来人", unit="ZC1").number
    assert rounds.run()["提出分办建议"] == 1
    said = of(number)
    assert (said.category, said.abstained, said.words) == ("", True, ["冒烟", "赶紧"])
    assert triage.suggest_due() == 0, "what was looked at is not looked at again"


def test_an_anonymous_letter_waits_for_its_batch(mine):
    number = heard("食堂馒头凉了，没有人管", unit="ZC1", mode="anonymous").number
    assert triage.suggest_due() == 0 and not Suggestion.objects.exists()
    Matter.objects.filter(number=number).update(release_at=None)
    assert triage.suggest_due() == 1


@pytest.mark.chapter("V4")
def test_an_accusation_is_never_looked_at_and_one_that_becomes_one_leaves_no_trace(mine):
    numbers = [heard("澡堂没有热水，已经第三次反映，希望尽快解决", unit="ZC1").number for _ in range(6)]
    triage.suggest_due()
    assert Likeness.objects.exists()
    services.accuse(scope=mine.scope("triage"), number=numbers[0])
    pk = Matter.objects.get(number=numbers[0]).pk
    assert not Suggestion.objects.filter(matter=pk).exists()
    assert not Likeness.objects.filter(matter=pk).exists() and not Likeness.objects.filter(other=pk).exists()
    triage.suggest_due()
    assert not Suggestion.objects.filter(matter=pk).exists()
    assert pk not in shelf.opened().held


def test_words_of_despair_are_never_looked_at(mine):
    number = heard("真的不想活了，食堂也不想去了", unit="ZC1").number
    Matter.objects.filter(number=number).update(kind="care")
    Matter.objects.get(number=number).reaches.update(sealed=1)
    assert triage.suggest_due() == 0 and not Suggestion.objects.exists()
    assert queries.pool() == set() and queries.texts([Matter.objects.get(number=number).pk]) == {}


def test_a_new_matter_finds_the_open_ones_that_say_the_same(mine):
    speak(12)
    first = heard("四点班升井没热水，更衣室也冷，第三次反映", unit="ZC1").number
    for _ in range(4):
        heard("升井没热水，更衣室冷", unit="ZC2")
    again = heard("四点班升井没热水，更衣室也冷，第三次反映了", unit="ZC1").number
    triage.suggest_due()
    found = queries.similar(mine.scope("triage"), Matter.objects.get(number=again))
    assert found[0].matter.number == first and found[0].near and len(found) <= 5
    assert again in [a.matter.number for a in queries.similar(mine.scope("triage"), Matter.objects.get(number=first))]
    assert not any(a.near for a in found[1:])
    services.merge(scope=mine.scope("triage"), number=again, into=first)
    assert again not in [a.matter.number for a in queries.similar(mine.scope("triage"), found[0].matter)]


def test_what_one_may_not_see_is_not_among_the_similar(mine):
    numbers = [heard("奖金少发了，工分不公示，大家有意见", unit="ZC1").number for _ in range(7)]
    triage.suggest_due()
    for number in numbers:
        services.grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)
        services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    picked, shut = (Matter.objects.get(number=n) for n in (numbers[0], numbers[1]))
    chief = mine.scope("chief")
    assert queries.similar(chief, picked)
    services.concern(scope=mine.scope("triage"), number=shut.number, units=[mine.units["ZC1"].pk])
    assert shut.number not in [a.matter.number for a in queries.similar(chief, picked)]
    assert shut.pk not in set(matters.visible(chief).values_list("pk", flat=True))


def test_the_usual_unit_is_learned_from_dispatches_and_never_one_the_matter_is_about(mine, noon):
    dispatched(mine, speak(8))
    assert triage.learn_habits(noon.date()) == triage.learn_habits(noon.date()) == 2
    number = heard("宿舍漏雨", unit="ZC1", category="logistics").number
    matter = Matter.objects.get(number=number)
    unit, found = queries.usual_unit(matter, "logistics")
    assert (unit.code, found.count, found.of) == ("HQ", 4, 4)
    assert queries.usual_unit(matter, "training") is None
    services.concern(scope=mine.scope("triage"), number=number, units=[mine.units["HQ"].pk])
    assert queries.usual_unit(matter, "logistics") is None
    assert Habit.objects.count() == 2


def test_too_few_confirmed_matters_train_nothing(mine):
    dispatched(mine, speak(6))
    with pytest.raises(triage.NotEnough):
        triage.train_own()
    assert triage.retrain() == 0 and not queries.place().exists()


def test_the_shelf_follows_what_comes_and_goes(mine, monkeypatch):
    monkeypatch.setattr(shelf, "_PORTION", 3)
    numbers = speak(7)
    held = shelf.opened()
    assert len(held.held) == len(held.index) == 7
    services.withdraw(code=heard("撤回的事", unit="ZC1").receipt)
    speak(2)
    assert shelf.opened() is held and len(held.held) == len(held.index) == 9
    services.accuse(scope=mine.scope("triage"), number=numbers[0])
    assert len(shelf.opened().index) == 8 and isinstance(held.index, Index)
