"""Since when progress counts (进展起算): none is owed while a matter lies answered or suspended."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import ClockChange, Matter, Pause, Rating, Supervision
from sangesan.feedback.matters.queries.owing import missed, owing
from sangesan.feedback.matters.queries.progress import progress_of
from sangesan.feedback.warning.models import Gap
from sangesan.feedback.warning.services import progress
from sangesan.foundation import clock
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def planned(mine, **parts):
    said = handled(mine, **parts)
    services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到了")
    services.plan(scope=mine.scope("handler"), number=said.number, text="本周修好，陈小河负责")
    return said


def answer(mine, said):
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)


def night():
    """Close the day before (过夜) and return how many words were missed, and what is proposed."""
    day = clock.today() - timedelta(days=1)
    progress.record_gaps(day)
    progress.propose_unreported(day)
    return Gap.objects.count(), list(Supervision.objects.values_list("trigger", flat=True))


def owed(matter=None):
    """Return when progress is owed (应报时刻), as rule, pages and database agree."""
    due = progress_of(matter or Matter.objects.get())
    late = set(Matter.objects.filter(missed(clock.now())).values_list("pk", flat=True))
    assert late == {pk for pk, (_name, until) in owing(Matter.objects.all()).items() if until < clock.now()}
    return due and f"{clock.local(due):%F}"


def test_opened_again_by_staff_the_step_begins_anew(mine, noon):
    said = planned(mine)
    with clock.at(noon + timedelta(days=1)):
        answer(mine, said)
    with clock.at(noon + timedelta(days=13)):  # 2026-12-07, a Monday
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还漏")
        assert owed() == "2026-12-10"
    with clock.at(noon + timedelta(days=14)):
        assert night() == (0, [])
    with clock.at(noon + timedelta(days=17)):
        assert night() == (1, []), "what is not said since is missed as before"


@pytest.mark.parametrize("hours", [-9, 0, 8])
def test_opened_again_by_a_rating_it_counts_from_the_day_after_and_no_moment_is_told(mine, noon, hours):
    said = planned(mine)
    with clock.at(noon + timedelta(days=1)):
        answer(mine, said)
    with clock.at(noon + timedelta(days=13, hours=hours)):
        services.rate(code=said.receipt, rating="dissatisfied")
        assert Rating.objects.get().reopens
        assert owed() == "2026-12-11"
    with clock.at(noon + timedelta(days=14)):
        assert night() == (0, [])


def test_a_graver_grade_counts_from_when_it_was_given(mine, noon):
    number = heard(unit="ZC1").number
    services.grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    services.first_answer(scope=mine.scope("handler"), number=number, text="收到了")
    with clock.at(noon + timedelta(days=20)):  # late since five days: it rises by itself
        services.run_clocks()
        assert Matter.objects.get().grade == "B" and owed() == "2026-12-17"
    with clock.at(noon + timedelta(days=21)):
        assert night() == (0, [])
    with clock.at(noon + timedelta(days=22)):
        services.regrade(scope=mine.scope("triage"), number=number, urgency=3, importance=3, reason="人多")
        assert owed() == "2026-12-17"


def test_joined_to_by_a_graver_one_it_counts_from_then_too(mine, noon):
    said, graver = (heard(unit="ZC1") for _ in range(2))
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.grade(scope=mine.scope("triage"), number=graver.number, urgency=2, importance=2)
    with clock.at(noon + timedelta(days=6)):
        services.merge(scope=mine.scope("triage"), number=graver.number, into=said.number)
        matter = Matter.objects.get(number=said.number)
        assert matter.grade == "B" and owed(matter) == "2026-12-03"


def test_taken_up_again_after_a_suspension_the_step_begins_anew(mine, noon):
    said = planned(mine)
    services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等上级批复")
    services.pause(scope=mine.scope("logistics"), number=said.number)
    with clock.at(noon + timedelta(days=13)):
        services.resume(scope=mine.scope("handler"), number=said.number)
        assert owed() == "2026-12-10"
    with clock.at(noon + timedelta(days=14)):
        assert night() == (0, [])


def test_an_answer_sent_back_and_a_lighter_grade_begin_nothing(mine, noon):
    said = planned(mine)
    with clock.at(noon + timedelta(days=2)):
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.reject(scope=mine.scope("logistics"), number=said.number, remark="写清楚何时修好")
        services.regrade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1, reason="已临时解决")
        assert owed() == "2026-11-27"


def test_what_speakers_open_again_is_kept_apart_from_what_staff_do(mine, noon):
    said = planned(mine)
    answer(mine, said)
    services.rate(code=said.receipt, rating="dissatisfied")
    assert set(ClockChange.objects.filter(reason="reopened", clock="due").values_list("by", flat=True)) == {0}


@pytest.mark.parametrize("before", [False, True])
def test_taken_up_again_after_a_suspension_in_one_step_it_begins_anew_too(mine, noon, before):
    """Also one that began `before` the upgrade: words of progress count from when it goes on."""
    said = handled(mine)
    services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到了")
    Matter.objects.update(version="2026.1")
    services.suspend(scope=mine.scope("logistics"), number=said.number, reason="等批复")
    if before:
        Pause.objects.all().delete()
        import_module("sangesan.feedback.matters.migrations.0024_one_step_suspensions").mend(apps, None)
    due = Matter.objects.get().due_at
    with clock.at(noon + timedelta(days=2)):
        services.resume(scope=mine.scope("handler"), number=said.number)
        assert Matter.objects.get().due_at == due, "its clocks ran on"
        assert f"{clock.local(progress_of(Matter.objects.get())):%F}" == "2026-11-30"
        services.regrade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1, reason="查明是小事")
        services.agree(scope=mine.scope("leader"), number=said.number)
    assert f"{clock.local(Matter.objects.get().due_at):%F}" == "2026-12-09", "nothing stood still meanwhile"
