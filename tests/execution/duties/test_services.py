"""Duties (应办事项): assigned, done, waived, moved, taken back; each with its fact, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from sangesan.execution.duties import queries, services
from sangesan.execution.duties.models import Duty, Happening
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.queries import entries, history
from sangesan.method.duty_status import Status
from sangesan.method.facts import Actor
from tests.builders import small_mine
from tests.duties import later, owed

pytestmark = pytest.mark.django_db
CHIEF, LEADER = Actor.post("chief"), Actor.post("leader")


@pytest.fixture
def mine(noon):
    return small_mine()


def kinds(duty):
    return [row.kind for row in history(duty.subject)]


def standing(duty):
    return queries.with_status(Duty.objects.filter(pk=duty.pk)).get().standing


def test_the_same_line_of_a_cause_is_assigned_once(mine):
    one = owed(mine, code="3")
    assert owed(mine, code="3").pk == one.pk and owed(mine).pk != one.pk and Duty.objects.count() == 2


def test_doing_it_records_one_fact_with_rule_reason_and_path(mine):
    duty = owed(mine, code="3", counterpart="HQ")
    services.complete(duty=duty, actor=CHIEF, words="已核对")
    (row,) = history(duty.subject)
    assert (row.kind, row.unit, row.actor) == ("duty.done", "QSL/CM/ZC1/", "post:chief")
    said = [row.content[name] for name in ("reason", "rule", "counterpart")]
    assert said == ["task", "3", "QSL/HQ/"] and row.content["words"]


def test_a_duty_is_settled_once(mine):
    duty = owed(mine)
    services.complete(duty=duty, actor=CHIEF)
    with pytest.raises(Conflict):
        services.complete(duty=duty, actor=CHIEF)
    with pytest.raises(Conflict):
        services.cancel(duty=duty, actor=LEADER, why="cause_ended")
    assert kinds(duty) == ["duty.done"] and Happening.objects.count() == 1


def test_done_after_its_moment_is_late(mine):
    duty = owed(mine, hours=1)
    with clock.at(later(hours=2)):
        services.complete(duty=duty, actor=CHIEF)
        assert kinds(duty) == ["duty.late"] and standing(duty) == Status.LATE


def test_what_was_done_in_time_may_be_entered_within_the_grace(mine):
    duty, held = owed(mine, hours=1, grace=timedelta(hours=20)), later(minutes=30)
    with clock.at(later(hours=10)):
        services.complete(duty=duty, actor=CHIEF, at=held)
    assert kinds(duty) == ["duty.done"]


def test_an_entry_after_the_grace_is_dated_as_late_whatever_it_says(mine):
    duty, held = owed(mine, hours=1, grace=timedelta(hours=2)), later(minutes=30)
    with clock.at(later(hours=10)):
        services.complete(duty=duty, actor=CHIEF, at=held)
    assert kinds(duty) == ["duty.late"]


def test_nothing_is_done_in_the_future_or_before_it_began(mine):
    duty = owed(mine)
    for at in (later(minutes=5), later(hours=-5)):
        with pytest.raises(UserError, match="没有保存"):
            services.complete(duty=duty, actor=CHIEF, at=at)
    assert not kinds(duty) and not Happening.objects.exists()


def test_nobody_waives_what_is_their_own(mine):
    duty = owed(mine)
    with pytest.raises(UserError, match="自己"):
        services.exempt(duty=duty, actor=CHIEF, why="shutdown", words="停产", person=mine.persons["chief"].pk)
    services.exempt(duty=duty, actor=LEADER, why="shutdown", words="停产", person=mine.persons["leader"].pk)
    assert kinds(duty) == ["duty.exempted"] and standing(duty) == Status.EXEMPT


def test_a_superior_puts_right_what_was_settled_wrongly_and_the_holder_never(mine):
    waived, done = owed(mine), owed(mine)
    services.exempt(duty=waived, actor=LEADER, why="shutdown", words="停产", person=mine.persons["leader"].pk)
    services.complete(duty=done, actor=CHIEF)
    with clock.at(later(hours=2)):
        for duty in (waived, done):
            with pytest.raises(UserError, match="自己"):
                services.correct(duty=duty, actor=CHIEF, words="错了", person=mine.persons["chief"].pk)
            with pytest.raises(UserError, match="错在哪里"):
                services.correct(duty=duty, actor=LEADER, words=" ", person=mine.persons["leader"].pk)
            services.correct(duty=duty, actor=LEADER, words="没有停产", person=mine.persons["leader"].pk)
            with pytest.raises(Conflict, match="还没有了结"):
                services.correct(duty=duty, actor=LEADER, words="又错", person=mine.persons["leader"].pk)
            assert standing(duty) == Status.OPEN and kinds(duty)[-1] == "fact.reversed"
            assert Happening.objects.get(duty=duty).withdrawn_why == "没有停产"
        services.complete(duty=waived, actor=CHIEF)


def test_what_fell_away_with_its_cause_is_not_put_right(mine):
    duty = owed(mine)
    services.cancel(duty=duty, actor=LEADER, why="cause_ended")
    with pytest.raises(Conflict, match="来由已经撤销"):
        services.correct(duty=duty, actor=LEADER, words="错了", person=mine.persons["leader"].pk)


def test_a_due_moment_moves_only_with_a_reason_and_a_second_person(mine):
    duty, before = owed(mine), later(hours=24)
    two = {"asked_by": CHIEF, "asked_person": 1, "actor": LEADER, "person": 2}
    for wrong in ({"asked_person": 2}, {"actor": CHIEF}, {"words": " "}, {"why": "whim"}, {"due": later(hours=-1)}):
        with pytest.raises(UserError, match="没有改期"):
            services.move(**{"duty": duty, "due": later(days=3), "why": "material", "words": "等配件"} | two | wrong)
    services.move(duty=duty, due=later(days=3), why="material", words="等配件", **two)
    fresh = Duty.objects.get()
    (row,) = history(duty.subject)
    assert fresh.due == later(days=3) and fresh.nominal == clock.local(before).date()
    assert row.kind == "duty.moved" and row.content["to"] == "2026-11-27"
    assert Happening.objects.get().before == before


def test_what_is_already_due_is_not_moved_for_it_has_been_counted(mine):
    duty, day = owed(mine), clock.local(later(hours=24)).date()
    with clock.at(later(hours=25)):
        services.record_due(day)
        with pytest.raises(UserError, match="原定的时间已经过了"):
            services.move(duty=duty, due=later(days=3), why="material", words="等配件", asked_by=CHIEF, asked_person=1,
                          actor=LEADER, person=2)
    assert [row.kind for row in history(duty.subject)] == ["duty.fell_due", "duty.missed"]


def test_a_slip_is_taken_back_within_ten_minutes_and_its_fact_reversed(mine):
    duty = owed(mine)
    services.complete(duty=duty, actor=CHIEF)
    with clock.at(later(minutes=11)), pytest.raises(Conflict):
        services.take_back(duty=duty, actor=CHIEF)
    services.take_back(duty=duty, actor=CHIEF)
    assert standing(duty) == Status.OPEN and not list(entries(subject=duty.subject, kinds=["duty.done"]))
    services.complete(duty=duty, actor=CHIEF)
    assert len(list(entries(subject=duty.subject, kinds=["duty.done"]))) == 1


def test_what_cannot_be_is_refused_and_nothing_is_stored(mine):
    wrong = [{"title": " "}, {"title": "长" * 121}, {"due": later(hours=-1)}, {"due": later(days=1200)},
             {"opens": later(days=9)},
             {"post": "handler"}]
    for parts in wrong:
        with pytest.raises(UserError, match="没有交办"):
            owed(mine, **parts)
    assert not Duty.objects.exists()


@pytest.mark.chapter("S3e")
def test_the_night_records_what_fell_due_and_what_was_missed_once(mine):
    done, missed, waived = owed(mine), owed(mine), owed(mine)
    graced = owed(mine, grace=timedelta(days=2))
    services.complete(duty=done, actor=CHIEF)
    services.exempt(duty=waived, actor=LEADER, why="holiday", words="放假")
    day = clock.today() + timedelta(days=1)
    with clock.at(later(days=2)):
        assert services.record_due(day) == (3, 1) and services.record_due(day) == (0, 0)
        services.complete(duty=missed, actor=CHIEF)
        assert services.record_due(day) == (0, 0)
        assert kinds(missed) == ["duty.fell_due", "duty.missed", "duty.late"]
        assert kinds(waived) == ["duty.exempted"] and kinds(done) == ["duty.done", "duty.fell_due"]
    with clock.at(later(days=4)):
        assert services.record_due(day + timedelta(days=2)) == (0, 1) and kinds(graced)[-1] == "duty.missed"


@pytest.mark.chapter("V5")
def test_a_day_without_a_report_is_missed_by_nobody_and_counted_nowhere(mine):
    duty, day = owed(mine, kind="daily_report", title="每日述职"), clock.local(later(hours=24)).date()
    with clock.at(later(hours=30)):
        assert services.record_due(day) == (0, 0) and history(duty.subject) == []
        assert not queries.missing(mine.scope("leader"), later(days=-30)).exists()


def test_nothing_a_duty_names_is_deleted_from_under_it(mine):
    duty = owed(mine, "ZC1", post="chief")
    for named in (duty.origin, duty.post, duty.unit):
        with pytest.raises(ProtectedError):
            type(named).objects.filter(pk=named.pk).delete()


def test_dates_of_one_rule_that_holidays_put_on_one_day_are_done_by_one_act(mine):
    first = owed(mine, lapses=True, subject="routines/ZGLH-B", opens=later(hours=-2))
    second, third = (Duty.objects.create(
        origin=first.origin, unit=first.unit, line=first.line, nominal=first.nominal + timedelta(days=days),
        path=first.path, opens=later(hours=opens), due=first.due, closes=first.closes)
        for days, opens in ((7, -1), (14, 1)))
    assert [task.subject for task in queries.todo(mine.scope("chief"))] == [first.subject], "listed once"
    services.complete(duty=first, actor=CHIEF, words="一次开了")
    assert [standing(duty) for duty in (first, second, third)] == [Status.ON_TIME, Status.ON_TIME, Status.NOT_DUE]
    assert [len(list(entries(subject=duty.subject, kinds=["duty.done"]))) for duty in (first, second)] == [1, 1]
    services.take_back(duty=second, actor=CHIEF)
    assert [standing(duty) for duty in (first, second)] == [Status.OPEN, Status.OPEN]
    assert not list(entries(kinds=["duty.done"]))
