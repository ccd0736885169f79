"""What comes later from outside by receipt: rated, added to, reviewed as inside, each once and never silently lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.letterbox import box, bundles, taking
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Message, Rating, Review
from sangesan.feedback.matters.services.lawful import record_terms
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers import services as receipts
from sangesan.feedback.speakers.models import Afterword, Receipt
from sangesan.feedback.warning.services import caring
from sangesan.foundation import clock
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.feedback.letterbox.test_answering import answer, bring, fetch, read
from tests.feedback.letterbox.test_taking import Outside
from tests.sealing import founded

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
WORD = "水还是凉的，标记后话"


@pytest.fixture
def mine(noon, settings):
    settings.DEMO = True
    return small_mine()


@pytest.fixture
def outside(mine, tmp_path) -> Outside:
    return Outside(tmp_path / "box", taking.setup())


@pytest.fixture
def receipt(mine, outside) -> str:
    """A receipt whose answer lies outside."""
    code = fetch(outside, mode="named", name="马六")
    answer(mine, Matter.objects.get().number)
    bring(outside)
    return code


def say(outside, code: str, step: str, key: str = "a" * 32, **words) -> bytes:
    """Say something by receipt as the page does (后话) and return the bundle that goes in."""
    words = {"step": step, "turn": read(outside, code)["turn"]} | words
    with outside.there():
        box.follow(code=code, key=key, words=words)
        return bundles.write(box.bundle())


def take(data: bytes) -> tuple[int, int, int]:
    done = taking.take(bundles.read(data))
    return done.new, done.later, done.known


def test_a_rating_from_outside_counts_as_one_from_inside_and_once(outside, receipt):
    assert "rate" in read(outside, receipt)["open"]
    data = say(outside, receipt, "rate", rating="basic", solved="yes")
    assert [take(data), take(data)] == [(0, 1, 0), (0, 0, 1)]
    assert (Rating.objects.get().rating, Rating.objects.get().solved) == ("basic", "yes")
    bring(outside)
    told = read(outside, receipt)
    assert "rate" not in told["open"] and [(one["name"], one["refused"]) for one in told["steps"]] == [("评价", "")]


def test_whoever_is_dissatisfied_outside_opens_the_matter_again(outside, receipt):
    take(say(outside, receipt, "rate", rating="dissatisfied"))
    assert (Matter.objects.get().state, Matter.objects.get().reopened) == ("handling", 1)


def test_a_review_is_asked_from_outside_and_its_words_are_read_by_the_box_no_more(outside, receipt):
    data = say(outside, receipt, "review", text=WORD)
    assert WORD.encode() not in b"".join(path.read_bytes() for path in outside.files())
    assert take(data) == (0, 1, 0) and Matter.objects.get().state == "second_review"
    assert Review.objects.get().text == WORD


def test_an_addition_reaches_whoever_handles_it(mine, outside):
    code = fetch(outside)
    bring(outside)
    assert take(say(outside, code, "reply", text=WORD)) == (0, 1, 0)
    assert Message.objects.get(kind="reply").text == WORD


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("step", ["reply", "review"])
@pytest.mark.parametrize(("told", "shut"), [({"about_handlers": True}, True), ({"about_handlers": False}, False),
                                            ({}, False), ({"about_handlers": "yes"}, False)])
def test_words_about_whoever_has_it_in_hand_are_kept_from_them_where_the_speaker_says_so_outside(
        mine, outside, receipt, step, told, shut):
    """A bundle from before has no such field, and one that is spoilt says nothing."""
    assert read(outside, receipt)["in_hand"] is True
    assert take(say(outside, receipt, step, text=WORD, **told)) == (0, 1, 0)
    assert Message.objects.get(kind="reply").text == WORD and not Afterword.objects.get().refused
    assert queries.visible(mine.scope("logistics")).exists() is not shut
    assert queries.visible(mine.scope("triage")).exists()


def test_a_letter_that_nobody_has_in_hand_says_so_outside(mine, outside):
    code = fetch(outside)
    bring(outside)
    assert read(outside, code)["in_hand"] is False


def test_a_name_is_erased_from_outside_whatever_was_answered_since(outside, receipt):
    assert "erase_name" in read(outside, receipt)["open"]
    assert take(say(outside, receipt, "erase_name", turn="7-0")) == (0, 1, 0)
    assert not receipts.name_kept(Receipt.objects.get())
    bring(outside)
    told = read(outside, receipt)
    assert "erase_name" not in told["open"] and told["erased"] == f"{clock.today():%Y-%m-%d}"
    assert [(one["name"], one["refused"]) for one in told["steps"]] == [("删除姓名", "")]


@pytest.mark.parametrize("wrong", [{"rating": "best"}, {"rating": ""}, {"turn": "7-0"}, {"turn": ""},
                                   {"step": "review"}, {"step": "third_review", "text": WORD}])
def test_what_cannot_be_done_changes_nothing_and_its_speaker_reads_why(outside, receipt, wrong):
    before = Matter.objects.values().get()
    words = {"step": "rate", "rating": "basic"} | wrong
    assert take(say(outside, receipt, **words)) == (0, 1, 0)
    assert Matter.objects.values().get() == before and not Rating.objects.exists() and not Review.objects.exists()
    bring(outside)
    (told,) = read(outside, receipt)["steps"]
    assert told["refused"]


def test_a_second_rating_of_one_answer_is_told_to_be_too_many(outside, receipt):
    take(say(outside, receipt, "rate", rating="basic"))
    take(say(outside, receipt, "rate", key="b" * 32, rating="satisfied"))
    assert Rating.objects.get().rating == "basic"
    assert sorted(bool(one.refused) for one in Afterword.objects.all()) == [False, True]


def test_a_step_that_is_none_or_of_no_receipt_is_passed_over_and_spoils_no_bundle(outside, receipt):
    stranger = "".join("0" for _ in range(17))
    with outside.there():
        box.follow(code=receipt, key="a" * 32, words={"step": "close", "turn": "0-0"})
        box.follow(code=receipt, key="b" * 32, words={"step": ["rate"], "turn": {}})
        box.follow(code=stranger, key="c" * 32, words={"step": "rate", "rating": "basic", "turn": "0-0"})
        box.drop(key="d" * 32, words={"mode": "anonymous", "text": "另一件事"})
        data = bundles.write(box.bundle())
    assert take(data) == (1, 0, 3) and not Rating.objects.exists()


@pytest.mark.parametrize(("written", "asked"), [(29, True), (31, False)])
def test_a_review_asked_in_time_stays_in_time_though_it_arrives_late(outside, receipt, written, asked):
    with clock.at(clock.now() + timedelta(days=written)):
        data = say(outside, receipt, "review", text=WORD)
    later = clock.now() + timedelta(days=34)
    with clock.at(later):
        record_terms(clock.today() - timedelta(days=1))
        take(data)
    assert Review.objects.exists() == asked
    assert bool(Afterword.objects.get().refused) != asked


@pytest.mark.chapter("V4")
def test_of_an_accusation_the_state_goes_out_and_an_addition_goes_into_the_mailbox(mine, outside):
    code = fetch(outside, mode="anonymous", text="队长吃空饷")
    bring(outside)
    before = say(outside, code, "reply", text=WORD)
    founded(mine, codes=("inspector",))
    services.accuse(scope=mine.scope("triage"), number=Matter.objects.get().number)
    bring(outside)
    told = read(outside, code)
    assert (told["number"], told["closed"], told["open"]) == (SealedMatter.objects.get().number, True, ["reply"])
    assert not told["messages"] and "lead" not in told
    assert take(before) == (0, 1, 0) and SealedMatter.objects.get().messages.filter(spoken=True).count() == 1
    assert not Message.objects.exists(), "its words stand in no ordinary table"
    take(say(outside, code, "review", key="b" * 32, text=WORD))
    assert Afterword.objects.get(step="review").refused and not Review.objects.exists()


def test_nothing_later_is_kept_of_who_is_cleared(outside, receipt):
    take(say(outside, receipt, "rate", rating="basic"))
    receipts.erase([Receipt.objects.get().pk])
    assert not Afterword.objects.exists()


def test_a_later_word_looks_like_any_letter_to_whoever_carries_it(outside, receipt):
    data = say(outside, receipt, "rate", rating="basic")
    with outside.there():
        box.drop(key="d" * 32, words={"mode": "anonymous", "text": "另一件事"})
        sizes = {len(letter.sealed) for letter in bundles.read(bundles.write(box.bundle()))}
    assert len(sizes) == 1 and len(bundles.read(data)) == 1


def test_a_word_is_withdrawn_from_outside_before_it_is_handled(mine, outside):
    receipt = fetch(outside)
    bring(outside)
    assert "withdraw" in read(outside, receipt)["open"]
    data = say(outside, receipt, "withdraw")
    assert [take(data), take(data)] == [(0, 1, 0), (0, 0, 1)]
    assert Matter.objects.get().state == "withdrawn"
    bring(outside)
    told = read(outside, receipt)
    assert (told["state"], told["open"]) == ("撤回", []) and told["steps"][0]["name"] == "撤回"


def test_a_withdrawal_that_comes_too_late_is_not_done_and_says_why(mine, outside):
    receipt = fetch(outside)
    bring(outside)
    data = say(outside, receipt, "withdraw")
    answer(mine, Matter.objects.get().number)
    take(data)
    bring(outside)
    assert Matter.objects.get().state == "answered" and read(outside, receipt)["steps"][0]["refused"]


@pytest.mark.parametrize("step", ["reply", "review"])
def test_a_later_word_of_despair_from_outside_is_answered_by_the_carers_under_the_receipt_that_is_known(
    mine, outside, receipt, step
):
    for code, role, number in (("carer", Role.CARER, "1091"), ("doctor", Role.DOCTOR, "1092")):
        hire(mine, code, code, "QSL", role, number)
    data = say(outside, receipt, step, text="没人管我，撑不下去了，不想活了")
    assert [take(data), take(data)] == [(0, 1, 0), (0, 0, 1)]
    cared = Matter.objects.get(kind="care")
    caring.write(scope=mine.scope("carer"), number=cared.number, text="我是关怀员，今晚陪您")
    bring(outside)
    told = str(read(outside, receipt))
    assert "12356" in told and "今晚陪您" in told and cared.number not in told and "撑不下去" not in told
