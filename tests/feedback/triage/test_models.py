"""A model of one's own (本单位模型): learned from what people confirmed, silent about what it may not know."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from shutil import copyfile

import pytest

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.triage import queries, shelf
from sangesan.feedback.triage import services as triage
from sangesan.feedback.triage.models import Likeness, Suggestion
from sangesan.foundation import clock
from sangesan.method.triage import keeping
from tests import databases
from tests.builders import heard, person, small_mine

from .speaking import dispatched, of, speak

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def taught(django_db_setup, django_db_blocker, tmp_path_factory):
    """Sixty matters that people dispatched, and a model trained from them: once, for all tests that begin there."""
    place = tmp_path_factory.mktemp("triage") / "model"
    with databases.standing(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "place", lambda: place)
        with django_db_blocker.unblock(), clock.at(NOON):
            mine = small_mine()
            dispatched(mine, speak(60))
            triage.train_own()
        yield mine, place


@pytest.fixture
def learned(at, taught):
    mine, place = taught
    at.parent.mkdir()
    copyfile(place, at)
    return deepcopy(mine)


def test_a_suggestion_is_a_suggestion_and_changes_nothing(learned):
    number = heard("食堂馒头凉，澡堂没有热水，宿舍的洗衣机坏了", unit="ZC1").number
    triage.suggest_due()
    said, matter = of(number), Matter.objects.get(number=number)
    assert (said.category, said.second, said.abstained) == ("logistics", "pay", False) and said.probability > 500
    assert (matter.category, matter.state, matter.lead_id) == ("other", "received", None)


def test_what_it_does_not_know_it_does_not_say(learned):
    number = heard("😀😀😀", unit="ZC1").number
    triage.suggest_due()
    assert of(number).abstained


def test_nothing_of_a_suggestion_tells_when_it_was_made(learned):
    for model in (Suggestion, Likeness):
        kinds = {f.get_internal_type() for f in model._meta.get_fields()}
        assert not kinds & {"DateTimeField", "DateField"} and model._meta.pk.get_internal_type() == "BigAutoField"
    numbers = speak(12)
    triage.suggest_due()
    keys = [of(number).pk for number in numbers]
    assert keys != sorted(keys)


@pytest.mark.chapter("V4")
def test_a_word_of_an_accusation_is_in_no_model_and_no_index(learned):
    mine = learned
    for _ in range(8):
        number = heard("区长龘靐克扣奖金拖欠工资", unit="ZC1", category="pay").number
        dispatched(mine, [number])
        Matter.objects.filter(number=number).update(kind="accusation")
        Matter.objects.get(number=number).reaches.update(sealed=1)
    triage.train_own()
    data = queries.place().read_bytes()
    model = keeping.load(queries.place())
    assert "龘".encode() not in data and not any("龘" in t for t in model.features.words + model.features.pairs)
    assert model.said["quality"]["letters"] == 60
    assert shelf.opened().index.like("龘靐") == []


def test_a_unique_word_of_a_confidential_matter_is_in_no_model_and_finds_nothing(learned):
    said = heard("食堂馒头凉，龘靐师傅不管", unit="ZC1", category="logistics", mode="confidential")
    dispatched(learned, [said.number])
    triage.train_own()
    model = keeping.load(queries.place())
    assert not any("龘" in term for term in model.features.words + model.features.pairs)
    assert "龘".encode() not in queries.place().read_bytes()
    assert shelf.opened().index.like("龘靐师傅") == []


def test_a_name_of_the_roster_is_in_no_model_however_often_it_is_said(learned):
    person("9001", "龘靐骉", learned.units["ZC1"])
    said = [heard(f"第{n}次说食堂馒头凉，龘靐骉不管", unit="ZC1", category="logistics").number for n in range(6)]
    dispatched(learned, said)
    triage.train_own()
    model = keeping.load(queries.place())
    assert "馒头" in model.features.words
    assert not any("龘" in term for term in model.features.words + model.features.pairs)


def test_confirmations_retrain_once_there_are_enough_more(learned, monkeypatch):
    from sangesan.feedback.triage.services import learning

    queries.place().unlink()
    monkeypatch.setattr(learning, "FEWEST", 60)
    assert triage.retrain() == 60
    first = queries.model().version
    dispatched(learned, speak(5))
    assert triage.retrain() == 0
    dispatched(learned, speak(2))
    assert triage.retrain() == 67 and queries.model().version != first


def test_a_model_that_suggests_nothing_never_takes_the_place_of_one_that_does(learned, monkeypatch):
    from sangesan.feedback.triage.services import learning

    first = queries.model()
    assert first.said["quality"]["coverage"] > 0
    for place, row in enumerate(Matter.objects.order_by("pk")):
        Matter.objects.filter(pk=row.pk).update(category=["pay", "safety", "logistics"][place % 3])
    dispatched(learned, speak(7))
    quality, version = triage.train_own()
    assert (quality.coverage, version) == (0, "") and queries.model().version == first.version
    monkeypatch.setattr(learning, "FEWEST", 60)
    assert triage.retrain() == 0, "it was tried, and waits for a tenth more"
    queries.place().unlink()
    assert triage.train_own()[1] == queries.model().version, "where there is none it abstains and says so"


def test_a_damaged_model_is_as_none(learned):
    queries.place().write_bytes(b"torn")
    number = heard("食堂馒头凉", unit="ZC1").number
    triage.suggest_due()
    assert of(number).category == ""
