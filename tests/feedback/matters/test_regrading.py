"""What a change of grade does to the clocks (调级与时限): nobody is late by it, nothing granted is lost (ADR 0059)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Overdue
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from tests.builders import hire, small_mine
from tests.feedback.matters.roads import answered, dispatched, handled

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N6", "P2b")]


@pytest.fixture
def mine(noon):
    calendar.seed(year=2026)
    calendar.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def later(**parts):
    return clock.at(clock.now() + timedelta(**parts))


def dues():
    """The clocks of the one matter there is: sign-in, first answer, plan, answer."""
    found = Matter.objects.get()
    moments = (found.sign_in_due, found.first_answer_due, found.plan_due, found.due_at)
    return [moment and clock.local(moment).strftime("%m-%d %H:%M") for moment in moments]


def to(mine, said, urgency, importance):
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=urgency, importance=importance,
                     reason="情况有变")
    if Matter.objects.get().regradings.filter(outcome="waiting").exists():
        services.agree(scope=mine.scope("leader"), number=said.number)


def nobody_late():
    services.record_overdue(clock.today())
    return not Overdue.objects.exists()


def test_a_graver_grade_counts_from_when_it_is_given_and_makes_nobody_late_by_itself(mine):
    said = dispatched(mine)
    to(mine, said, 1, 1)
    assert dues() == ["11-25 18:00", "11-27 18:00", None, "12-09 18:00"]
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    with later(days=2):
        to(mine, said, 3, 3)
        assert dues() == ["11-25 18:00", "11-26 23:59", "11-27 10:00", "11-29 10:00"]
        assert Matter.objects.get().grade == "A" and nobody_late()


def test_a_graver_grade_gives_no_more_time_and_a_lighter_one_no_less(mine):
    said = handled(mine)
    with later(days=6):
        to(mine, said, 3, 3)
        assert dues()[3] == "12-01 18:00", "what was promised already is nearer than three days from now"
        to(mine, said, 1, 1)
        assert dues()[2:] == [None, "12-09 18:00"], "fifteen days from the dispatch"
    with later(days=14):
        to(mine, said, 3, 3)
        to(mine, said, 2, 2)
        assert dues()[3] == "12-09 18:00", "seven days from the dispatch are over long since"


def test_an_extension_outlives_the_same_grade_and_a_lighter_one(mine):
    said = handled(mine)
    services.extend(scope=mine.scope("handler"), number=said.number, days=10, reason="等鉴定")
    services.grant(scope=mine.scope("logistics"), number=said.number)
    assert dues()[3] == "12-15 18:00"
    with later(days=1):
        to(mine, said, 2, 2)
        assert dues()[3] == "12-15 18:00"
        to(mine, said, 1, 1)
        assert dues()[3] == "12-23 18:00"


def test_what_was_paused_does_not_count_after_a_change_of_grade_or_procedure_either(mine):
    said = handled(mine)
    with later(days=1):
        services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等上级批复")
        services.pause(scope=mine.scope("logistics"), number=said.number)
    with later(days=9):
        services.resume(scope=mine.scope("handler"), number=said.number)
        assert dues()[3] == "12-09 18:00"
        to(mine, said, 1, 1)
        assert dues()[3] == "12-17 18:00" and nobody_late()
        Matter.objects.filter(number=said.number).update(due_at=clock.now() + timedelta(days=90))
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure="simple", reason="能当场办")
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure="ordinary", reason="要查旧账")
        assert dues()[3] == "12-17 18:00", "cut by the law, and given back what the law did not need"


@pytest.mark.parametrize("by", ["speaker", "staff"])
def test_what_was_paused_on_the_day_of_opening_again_does_not_count_either(mine, by):
    """A round that a speaker opens counts from the end of its day; a suspension begins in the middle of it."""
    said = answered(mine)
    if by == "speaker":
        services.rate(code=said.receipt, rating="dissatisfied")
    else:
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没修")
    with later(hours=1):
        services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等上级批复")
        services.pause(scope=mine.scope("logistics"), number=said.number)
    with later(days=8):
        services.resume(scope=mine.scope("handler"), number=said.number)
        to(mine, said, 1, 1)
        assert dues()[3] == "12-17 17:00" and nobody_late()
        Matter.objects.filter(number=said.number).update(due_at=clock.now() + timedelta(days=90))
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure="simple", reason="能当场办")
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure="ordinary", reason="要查旧账")
        assert dues()[3] == "12-17 17:00", "cut by the law, and given back what the law did not need"
    kept = Matter.objects.get().clock_changes.filter(clock="due", reason="regraded").last()
    assert f"{clock.local(kept.after):%m-%d}" == "12-17"


def test_a_suspension_of_the_round_before_gives_no_days_though_it_was_on_the_day_of_opening_again(mine):
    said = handled(mine)
    with later(hours=1):
        services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等上级批复")
        services.pause(scope=mine.scope("logistics"), number=said.number)
    with later(hours=5):
        services.resume(scope=mine.scope("handler"), number=said.number)
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        services.rate(code=said.receipt, rating="dissatisfied")
        to(mine, said, 1, 1)
        assert dues()[3] == "12-09 18:00", "fifteen days from the day of opening again, and no hour more"


def test_a_graver_grade_in_a_suspension_is_owed_after_it(mine):
    said = handled(mine)
    services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等上级批复")
    services.pause(scope=mine.scope("logistics"), number=said.number)
    with later(days=3):
        to(mine, said, 3, 3)
        assert dues()[1:] == [None, None, None] and nobody_late()
    with later(days=4):
        services.resume(scope=mine.scope("handler"), number=said.number)
        assert dues()[1:] == ["11-28 23:59", "11-29 10:00", "12-01 10:00"]


@pytest.mark.parametrize("extended", [False, True])
def test_after_it_was_opened_again_a_grade_counts_from_there_and_measures_are_owed_anew(mine, extended):
    """An extension of the round before belongs to that round."""
    said = handled(mine)
    if extended:
        services.extend(scope=mine.scope("handler"), number=said.number, days=5, reason="等备件")
        services.grant(scope=mine.scope("logistics"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    with later(days=10):
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没修")
        assert dues()[2:] == ["12-08 18:00", "12-11 18:00"] and nobody_late()
    with later(days=11):
        to(mine, said, 1, 1)
        assert dues()[2:] == [None, "12-21 18:00"] and nobody_late()


def test_what_was_kept_stays_kept_in_time(mine):
    said = handled(mine)
    services.plan(scope=mine.scope("handler"), number=said.number, text="换一台灶")
    with later(hours=3):
        to(mine, said, 3, 3)
    assert dues()[0] == "11-24 16:00" and dues()[2] == "11-26 18:00"
    assert not Matter.objects.get().clock_changes.filter(reason="regraded", clock__in=["sign_in", "plan"]).exists()


def test_a_lighter_grade_that_waits_keeps_nobody_from_a_graver_one(mine):
    said = dispatched(mine)
    ask = {"scope": mine.scope("triage"), "number": said.number, "reason": "情况有变"}
    services.regrade(urgency=1, importance=1, **ask)
    with pytest.raises(Conflict, match="没有提出"):
        services.regrade(urgency=2, importance=1, **ask)
    services.regrade(urgency=3, importance=3, **ask)
    assert Matter.objects.get().grade == "A"
    with pytest.raises(Conflict):
        services.agree(scope=mine.scope("leader"), number=said.number)
    services.regrade(urgency=1, importance=1, **ask)
    services.agree(scope=mine.scope("leader"), number=said.number)
    assert Matter.objects.get().grade == "C"
    assert sorted(Matter.objects.get().regradings.values_list("outcome", flat=True)) == ["done", "done", "refused"]


def test_a_promise_that_is_owed_no_more_runs_no_more_on_the_page(mine):
    def shown():
        return {line.name: line.done for line in queries.clocks(Matter.objects.get())["promised"]}

    said = handled(mine)
    assert shown()["措施"] is None and shown()["办理"] is None
    with clock.at(Matter.objects.get().plan_due + timedelta(hours=1)):
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        assert shown()["措施"] == clock.now(), "late until the answer came"
    Matter.objects.update(answered_at=Matter.objects.get().plan_due - timedelta(hours=1))
    assert "措施" not in shown() and "办理" in shown()
    Matter.objects.update(state="withdrawn", answered_at=None)
    assert set(shown()) == {"签收", "首次答复"}, "it was taken back: only what was done stays"


def test_nobody_is_asked_to_decide_what_they_asked_for_themselves(mine):
    said = handled(mine)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1, reason="情况有变")
    services.extend(scope=mine.scope("logistics"), number=said.number, days=3, reason="等备件")
    waits = {post: {task.name for task in queries.todo(mine.scope(post))} for post in ("triage", "leader", "logistics")}
    assert "同意降级" in waits["leader"] and "同意降级" not in waits["triage"]
    assert "批准延期" not in waits["logistics"]
    services.agree(scope=mine.scope("leader"), number=said.number, agreed=False)
    assert "同意降级" not in {task.name for task in queries.todo(mine.scope("leader"))}
    hire(mine, "second", "后勤副主任", "HQ", Role.CHIEF, "2090")
    services.ask_pause(scope=mine.scope("logistics"), number=said.number, reason="等上级批复")
    waits = {post: {task.name for task in queries.todo(mine.scope(post))} for post in ("second", "logistics")}
    assert {"批准挂起", "批准延期"} <= waits["second"] and not {"批准挂起", "批准延期"} & waits["logistics"]


def test_a_procedure_with_more_time_makes_nobody_late_who_was_given_a_graver_grade(mine):
    """From the dispatch an A of today would have been due ten days ago."""
    said = dispatched(mine)
    to(mine, said, 1, 1)
    services.procedure(scope=mine.scope("triage"), number=said.number, procedure="simple", reason="能当场办")
    assert dues()[3] == "12-08 18:00"
    with later(days=13):
        to(mine, said, 3, 3)
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure="ordinary", reason="要查旧账")
        assert dues()[3] == "12-08 18:00"


def test_what_was_asked_for_in_one_round_is_not_decided_in_the_next(mine):
    said = handled(mine)
    ask = {"scope": mine.scope("handler"), "number": said.number, "reason": "等鉴定"}
    services.extend(days=10, **ask)
    services.ask_pause(**ask)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1, reason="人少")
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    with later(days=3):
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没修")
        for step, who in ((services.grant, "logistics"), (services.pause, "logistics"), (services.agree, "leader")):
            with pytest.raises(Conflict):
                step(scope=mine.scope(who), number=said.number)
        services.extend(days=5, **ask)


def test_a_round_counts_from_its_opening_though_its_day_happens_to_be_the_old_one(mine):
    said = dispatched(mine)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    with later(days=3):
        to(mine, said, 1, 1)
        to(mine, said, 2, 2)
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没修")
        assert dues()[3] == "12-04 18:00", "as it was before"
        to(mine, said, 1, 1)
        assert dues()[3] == "12-14 18:00", "fifteen days from the opening, not from the dispatch"
