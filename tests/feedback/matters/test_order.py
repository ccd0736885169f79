"""The order of a day (先后): of what speakers did no moment is kept; it stands behind what it answers all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Message
from sangesan.foundation import clock
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.feedback.matters.roads import answered, handled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
STEPS = ("matter.answered", "matter.called_back", "matter.rated", "matter.reopened", "matter.progressed",
         "matter.review_asked", "matter.second_review", "reply")


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def at(noon):
    return lambda hours: clock.at(noon + timedelta(hours=hours))


def answer(mine, said, text):
    services.draft(scope=mine.scope("handler"), number=said.number, text=text)
    services.approve(scope=mine.scope("logistics"), number=said.number)


def course():
    """Return the steps in question, and the speaker's words, as the page has them."""
    return [entry.text if entry.kind == "reply" else entry.kind.removeprefix("matter.")
            for entry in queries.timeline(Matter.objects.get()) if entry.kind in STEPS]


def a_day(mine, said, at):
    """Let a speaker answer an answer, have it opened again, and answer the next: all on one day."""
    with at(1):
        services.reply(code=said.receipt, text="看了答复，还是凉的")
    with at(2):
        services.rate(code=said.receipt, rating="dissatisfied", solved="no")
        services.reply(code=said.receipt, text="是夜班那一餐")
    with at(3):
        services.note(scope=mine.scope("handler"), number=said.number, text="已去食堂看过")
    with at(4):
        answer(mine, said, "夜班添了保温台")
    with at(5):
        services.reply(code=said.receipt, text="今晚去看")
        services.rate(code=said.receipt, rating="basic")
    with at(6):
        services.review(code=said.receipt, text="白班也要添")


@pytest.mark.parametrize("mode", ["named", "confidential"])
@pytest.mark.parametrize("night", [False, True])
def test_a_day_with_two_answers_is_told_in_its_order(mine, at, mode, night):
    said = answered(mine, mode=mode)
    a_day(mine, said, at)
    if night:
        services.record_speakers(clock.today())
    assert course() == [
        "answered", "看了答复，还是凉的", "rated", "reopened", "progressed", "是夜班那一餐",
        "answered", "今晚去看", "rated", "review_asked", "白班也要添"]
    spoken = ["办好了", "看了答复，还是凉的", "是夜班那一餐", "夜班添了保温台", "今晚去看", "白班也要添"]
    assert [one.text for one in queries.heard(said.receipt).messages] == spoken
    assert [one.text for one in queries.dialogue(Matter.objects.get())] == spoken


@pytest.mark.parametrize("night", [False, True])
def test_of_the_anonymous_no_turn_is_kept_and_their_ratings_stand_by_what_they_rate(mine, at, night, settings):
    settings.DEMO = True  # anonymous letters reach triage at once
    said = answered(mine, mode="anonymous")
    a_day(mine, said, at)
    if night:
        services.record_speakers(clock.today())
    assert set(Message.objects.filter(at=None).values_list("turn", flat=True)) == {None}
    told = course()
    assert told[:6] == ["answered", "rated", "reopened", "progressed", "answered", "rated"]
    assert set(told[-3:]) == {"看了答复，还是凉的", "是夜班那一餐", "今晚去看"}, "of these the day is all there is"


def test_a_turn_says_no_more_than_whether_the_answer_of_the_round_was_there(mine, at):
    said = answered(mine, mode="confidential")
    a_day(mine, said, at)
    turns = dict(Message.objects.filter(kind="reply").values_list("text", "turn"))
    assert turns == {"看了答复，还是凉的": 1, "是夜班那一餐": 2, "今晚去看": 3, "白班也要添": None}
    assert not Message.objects.exclude(kind="reply").exclude(turn=None).exists()


@pytest.mark.parametrize("night", [False, True])
def test_what_opens_a_matter_again_stands_behind_the_call_that_asked_how_it_was(mine, at, night):
    said = answered(mine)
    with at(1):
        services.call_back(scope=mine.scope("triage"), number=said.number, reached=True, text="他说还要看看")
    with at(2):
        services.rate(code=said.receipt, rating="dissatisfied")
    with at(3):
        answer(mine, said, "夜班添了保温台")
    with at(4):
        services.call_back(scope=mine.scope("triage"), number=said.number, reached=True, text="他说好了")
    if night:
        services.record_speakers(clock.today())
    assert course() == ["answered", "called_back", "rated", "reopened", "answered", "called_back"]


@pytest.mark.parametrize("night", [False, True])
def test_what_begins_a_day_on_which_it_is_answered_again_stands_before_that(mine, at, night):
    said = answered(mine)
    with at(20):
        services.reply(code=said.receipt, text="还是凉的")
        services.rate(code=said.receipt, rating="dissatisfied")
        services.reply(code=said.receipt, text="是夜班那一餐")
    with at(22):
        services.note(scope=mine.scope("handler"), number=said.number, text="已去食堂看过")
        if night:
            services.record_speakers(clock.today())
        assert course() == ["answered", "progressed", "还是凉的", "rated", "reopened", "是夜班那一餐"]
    with at(24):
        answer(mine, said, "夜班添了保温台")
        assert course() == ["answered", "还是凉的", "rated", "reopened", "progressed", "是夜班那一餐", "answered"]


@pytest.mark.parametrize("night", [False, True])
def test_what_a_review_disputes_is_the_answer_before_it_and_not_that_of_the_redoing(mine, at, night):
    hire(mine, "party", "党委书记", "QSL", Role.LEADER, "3090")
    said = answered(mine)
    with at(1):
        services.review(code=said.receipt, text="没有听我说")
    with at(2):
        services.redo(scope=mine.scope("leader"), number=said.number, text="未听取本人意见，责令重新办理")
        services.reply(code=said.receipt, text="夜班那一餐是凉的")
    with at(3):
        answer(mine, said, "夜班添了保温台")
    if night:
        services.record_speakers(clock.today())
    assert course() == ["answered", "review_asked", "没有听我说", "second_review", "夜班那一餐是凉的", "answered"]
    assert [one.text for one in queries.heard(said.receipt).messages] == [
        "办好了", "没有听我说", "未听取本人意见，责令重新办理", "夜班那一餐是凉的", "夜班添了保温台"]


def test_a_word_before_the_first_answer_stands_ahead_of_it_and_what_it_set_off_behind_it(mine, at):
    said = handled(mine)
    with at(1):
        services.reply(code=said.receipt, text="后勤科科长周有田早就知道")
    assert [one.kind for one in queries.heard(said.receipt).messages] == ["reply", "told"]
    assert set(Message.objects.filter(at=None).values_list("kind", "turn")) == {("reply", 0), ("told", 0)}


def test_the_page_of_such_a_day_takes_no_more_queries_and_reads_from_early_to_late(
        mine, at, django_assert_max_num_queries):
    said = answered(mine)
    a_day(mine, said, at)
    client = signed_in(mine.persons["triage"])
    with django_assert_max_num_queries(80):
        page = client.get(f"/w/matters/{said.number}/").content.decode()
    page = page[page.index("由早到晚"):]
    words = ("看了答复，还是凉的", "是夜班那一餐", "夜班添了保温台", "今晚去看", "白班也要添")
    places = [page.index(word) for word in words]
    assert places == sorted(places)
