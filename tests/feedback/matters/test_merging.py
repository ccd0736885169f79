"""Joining duplicates (并案): the graver grade and the nearer dates go over, and nothing is joined in a circle."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Rating, Term
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.facts.queries import history
from sangesan.method.deadlines import end_of_work
from tests.at_once import together
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered


@pytest.fixture
def mine(db, noon):
    return small_mine()


def graded(mine, text, urgency, importance, *, lead=""):
    said, triage = heard(text, unit="ZC1"), mine.scope("triage")
    services.grade(scope=triage, number=said.number, urgency=urgency, importance=importance)
    if lead:
        services.dispatch(scope=triage, number=said.number, lead=mine.units[lead].pk)
    return said


def test_the_graver_grade_goes_over_to_the_matter_that_goes_on(mine):
    light = graded(mine, "浴室水凉", 1, 1, lead="HQ")
    grave = graded(mine, "浴室漏电", 2, 2)
    promised = Matter.objects.get(number=light.number).due_at
    services.merge(scope=mine.scope("triage"), number=grave.number, into=light.number)
    other = Matter.objects.get(number=light.number)
    assert (other.grade, other.urgency, other.importance) == ("B", 2, 2)
    assert other.due_at < promised and other.plan_due is not None
    fact = [f for f in history(other.subject) if f.kind == "matter.graded"][-1]
    assert (fact.content["before"], fact.content["grade"], fact.content["reason"]) == ("C", "B", "merged")
    assert fact.actor == "post:triage"


def test_a_lighter_one_changes_nothing_in_a_graver(mine):
    grave, light = graded(mine, "浴室漏电", 2, 2, lead="HQ"), graded(mine, "浴室水凉", 1, 1)
    before = Matter.objects.values().get(number=grave.number)
    services.merge(scope=mine.scope("triage"), number=light.number, into=grave.number)
    assert Matter.objects.values().get(number=grave.number) == before


def test_the_nearer_promise_and_the_nearer_day_of_the_law_hold(mine):
    earlier = graded(mine, "班中餐没有热饭", 1, 2, lead="HQ")
    first = Matter.objects.get(number=earlier.number)
    with clock.at(clock.now() + timedelta(days=3)):
        later = graded(mine, "食堂夜里没热饭", 1, 2, lead="HQ")
        services.merge(scope=mine.scope("triage"), number=earlier.number, into=later.number)
        other = Matter.objects.get(number=later.number)
        assert (other.due_at, other.statutory_due) == (first.due_at, first.statutory_due)
        assert Term.objects.get(matter=other, code="handling", met=None).due == first.statutory_due
        assert other.clock_changes.filter(reason="merged").exists()


def test_no_promise_is_later_than_a_day_of_the_law_that_came_over_from_what_nobody_had_dispatched(mine):
    old = heard("浴室水凉", unit="ZC1", day=clock.today() - timedelta(days=55))
    light = graded(mine, "浴室没热水", 1, 1, lead="HQ")
    services.merge(scope=mine.scope("triage"), number=old.number, into=light.number)
    other = Matter.objects.get(number=light.number)
    assert other.statutory_due == Matter.objects.get(number=old.number).statutory_due
    assert other.due_at == end_of_work(other.statutory_due), "promised ≤ statutory"
    assert Term.objects.get(matter=other, code="handling", met=None).due == other.statutory_due
    assert other.clock_changes.filter(clock="due", reason="merged").exists()


@pytest.mark.parametrize("days", [13, 20])
def test_the_nearer_day_by_which_speakers_are_to_be_told_goes_over_and_is_owed_once(mine, days):
    old, new = heard("浴室水凉", unit="ZC1", day=clock.today() - timedelta(days=days)), heard("浴室没热水", unit="ZC1")
    its = Term.objects.get(matter__number=old.number, code="notice")
    services.merge(scope=mine.scope("triage"), number=old.number, into=new.number)
    running = Term.objects.get(code="notice", met=None, lifted=False)
    assert (running.matter.number, running.due) == (new.number, max(its.due, clock.today()))
    assert Term.objects.get(code="sorting", met=None, lifted=False).due == running.due
    assert running.matter.clock_changes.filter(clock="notice", reason="merged").exists()


def test_nobody_is_late_from_a_day_before_an_old_duplicate_came(mine):
    old = heard("浴室水凉", unit="ZC1", day=clock.today() - timedelta(days=65))
    light = graded(mine, "浴室没热水", 1, 1, lead="HQ")
    services.merge(scope=mine.scope("triage"), number=old.number, into=light.number)
    other = Matter.objects.get(number=light.number)
    assert other.statutory_due < clock.today() and other.due_at >= other.dispatched_at


def test_nobody_is_late_from_before_a_promise_that_had_run_out_came(mine):
    late, triage = graded(mine, "澡堂夜里没热水", 2, 2, lead="LZ"), mine.scope("triage")
    with clock.at(clock.now() + timedelta(days=3)):
        other = graded(mine, "浴室夜班没有热水", 1, 1, lead="HQ")
        services.merge(scope=triage, number=late.number, into=other.number)
        found = Matter.objects.get(number=other.number)
        assert found.sign_in_due == found.first_answer_due == clock.now(), "owed at once, and not since two days ago"
        services.sign_in(scope=mine.scope("handler"), number=other.number)
    signed = [fact for fact in history(found.subject) if fact.kind == "matter.signed_in"]
    assert signed[0].content["in_time"] == 1


def test_the_nearer_promise_goes_over_to_what_is_suspended_and_stands_still_with_it(mine):
    text = {"scope": mine.scope("handler"), "reason": "等上级批复"}
    with clock.at(datetime(2026, 11, 24, 10, tzinfo=clock.LOCAL)):
        first = graded(mine, "食堂晚饭凉", 2, 2, lead="HQ").number
    with clock.at(datetime(2026, 11, 26, 10, tzinfo=clock.LOCAL)):
        other = graded(mine, "食堂饭菜凉", 2, 2, lead="HQ").number
        services.sign_in(scope=mine.scope("handler"), number=other)
        services.ask_pause(number=other, **text)
        services.pause(scope=mine.scope("logistics"), number=other)
    with clock.at(datetime(2026, 11, 27, 10, tzinfo=clock.LOCAL)):
        services.merge(scope=mine.scope("triage"), number=first, into=other)
    with clock.at(datetime(2026, 12, 7, 9, tzinfo=clock.LOCAL)):
        services.resume(scope=mine.scope("handler"), number=other)
    found = Matter.objects.get(number=other)
    due = {name: clock.local(getattr(found, f"{name}_due")) for name in ("first_answer", "plan")}
    assert set(due.values()) == {datetime(2026, 12, 7, 9, tzinfo=clock.LOCAL)}, "had run out: owed as it goes on"
    assert clock.local(found.due_at) == datetime(2026, 12, 9, 17, tzinfo=clock.LOCAL), "22 working hours were left"
    moved = found.clock_changes.filter(reason="merged", event="moved").values_list("clock", flat=True)
    assert sorted(moved) == ["due", "first_answer", "plan"]


def test_what_was_answered_keeps_its_day_when_an_old_duplicate_is_joined_to_it(mine):
    old, said = heard("浴室水凉", unit="ZC1", day=clock.today() - timedelta(days=59)), answered(mine)
    due = Matter.objects.get(number=said.number).due_at
    services.merge(scope=mine.scope("triage"), number=old.number, into=said.number)
    assert Matter.objects.get(number=said.number).due_at == due


def test_nothing_judged_is_joined_to_what_is_not_yet_judged(mine):
    known, new = graded(mine, "浴室漏电", 2, 2), heard("浴室水凉", unit="ZC1")
    with pytest.raises(Conflict, match="没有并案"):
        services.merge(scope=mine.scope("triage"), number=known.number, into=new.number)


def test_nothing_under_way_is_joined_to_what_has_not_begun(mine):
    begun, waiting = graded(mine, "浴室水凉", 1, 1, lead="HQ"), graded(mine, "浴室没热水", 1, 1)
    with pytest.raises(Conflict, match="没有并案"):
        services.merge(scope=mine.scope("triage"), number=begun.number, into=waiting.number)


def test_a_proposal_to_lower_does_not_hold_against_a_grade_that_came_later(mine):
    first, grave = graded(mine, "浴室水凉", 2, 2, lead="HQ"), graded(mine, "浴室漏电", 3, 3)
    services.regrade(scope=mine.scope("triage"), number=first.number, urgency=1, importance=1, reason="已缓解")
    services.merge(scope=mine.scope("triage"), number=grave.number, into=first.number)
    with pytest.raises(Conflict, match="没有办成"):
        services.agree(scope=mine.scope("leader"), number=first.number)
    assert Matter.objects.get(number=first.number).grade == "A"
    services.agree(scope=mine.scope("leader"), number=first.number, agreed=False)


def merging(mine, one, other):
    return lambda: services.merge(scope=mine.scope("triage"), number=one.number, into=other.number)


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_crossed_merges_leave_one_of_the_two(noon):
    mine = small_mine()
    for _turn in range(8):
        one, two = graded(mine, "浴室水凉", 1, 1), graded(mine, "浴室没热水", 1, 1)
        found = together(merging(mine, one, two), merging(mine, two, one))
        states = sorted(Matter.objects.filter(number__in=[one.number, two.number]).values_list("state", flat=True))
        assert states == ["graded", "merged"], found
        assert sum(isinstance(f, Conflict | NotFound) for f in found) == 1, found


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_three_that_are_joined_in_a_ring_wait_for_one_another_in_turn(noon):
    mine = small_mine()
    for _turn in range(8):
        one, two, three = (graded(mine, text, 1, 1) for text in ("浴室水凉", "浴室没热水", "浴室停水"))
        found = together(merging(mine, one, two), merging(mine, two, three), merging(mine, three, one))
        assert not [fault for fault in found if not isinstance(fault, Conflict | NotFound | Matter)], found
        rows = Matter.objects.filter(number__in=[one.number, two.number, three.number])
        assert rows.filter(state="merged", parent__parent=None).count() == 2, found


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_ratings_at_once_keep_the_worse(noon):
    mine = small_mine()
    for _turn in range(8):
        first, second = graded(mine, "浴室水凉", 1, 1), heard("浴室没热水", unit="ZC1")
        services.merge(scope=mine.scope("triage"), number=second.number, into=first.number)
        services.dispatch(scope=mine.scope("triage"), number=first.number, lead=mine.units["HQ"].pk)
        services.sign_in(scope=mine.scope("handler"), number=first.number)
        services.draft(scope=mine.scope("handler"), number=first.number, text="修好了")
        services.approve(scope=mine.scope("logistics"), number=first.number)
        found = together(lambda: services.rate(code=first.receipt, rating="basic"),  # noqa: B023  (run at once)
                         lambda: services.rate(code=second.receipt, rating="satisfied"))  # noqa: B023
        matter = Matter.objects.get(number=first.number)
        assert Rating.objects.filter(matter=matter).count() == 2, found
        assert matter.rated == "basic"


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_warning_whom_it_is_about_reaches_what_is_joined_at_the_same_moment(noon):
    mine = small_mine()
    for _turn in range(8):
        one, two = graded(mine, "队长扣奖金", 1, 1), graded(mine, "奖金少发", 1, 1)
        found = together(
            merging(mine, one, two),
            lambda: services.concern(scope=mine.scope("triage"), number=two.number, posts=["chief"]))  # noqa: B023
        joined = Matter.objects.get(number=one.number)
        assert joined.state != "merged" or joined.concerns.filter(post="chief").exists(), found


def test_who_took_their_words_back_of_a_group_matter_waits_for_nothing_more(mine):
    goes_on, other = graded(mine, "浴室水凉", 1, 1, lead="HQ"), graded(mine, "浴室水温低", 1, 1)
    services.merge(scope=mine.scope("triage"), number=other.number, into=goes_on.number)
    services.withdraw(code=goes_on.receipt)
    left = queries.heard(goes_on.receipt)
    assert (left.state_name, left.open) == ("撤回", set()), "neither rated nor reviewed, nor withdrawn again"
    assert Matter.objects.get(number=goes_on.number).state == "dispatched", "for the other still waits"
    assert "reply" in queries.heard(other.receipt).open


def test_a_group_matter_ends_once_all_who_spoke_of_it_have_taken_it_back(mine):
    goes_on, other = graded(mine, "浴室水凉", 1, 1, lead="HQ"), graded(mine, "浴室水温低", 1, 1)
    services.merge(scope=mine.scope("triage"), number=other.number, into=goes_on.number)
    services.withdraw(code=goes_on.receipt)
    services.withdraw(code=other.receipt)
    assert Matter.objects.get(number=goes_on.number).state == "withdrawn", "nobody is left to be answered"
