"""Whoever is entered for days that are over is shut out of what told of the post in those days (补录回避)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter
from sangesan.feedback.matters.services import backdating
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.services import appoint, end_appointment
from sangesan.organization.roster import services as roster
from sangesan.organization.roster.models import Batch
from sangesan.procedures import rounds
from tests.builders import heard, person, post, small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4"), pytest.mark.usefixtures("read_at_once")]


@pytest.fixture
def mine(noon):
    mine = small_mine()
    mine.persons["late"] = person("7777", "赵铁柱", mine.units["QSL"])
    return mine


def reads(mine, said, code="late") -> bool:
    mine.persons[code].refresh_from_db()
    return queries.visible(mine.scope(code)).filter(number=said.number).exists()


def ago(days):
    return clock.today() - timedelta(days=days)


def on_day(days, words, **parts):
    with clock.at(clock.now() - timedelta(days=days)):
        said = heard(words, unit="ZC1", **parts)
        rounds.run()
    return said


def succeeds(mine, code, day):
    """The old holder's last day and the new one's first are entered on one day, long after."""
    end_appointment(appointment=Appointment.objects.get(post=mine.posts[code]), actor=SYSTEM, day=day)
    return appoint(person=mine.persons["late"], post=mine.posts[code], actor=SYSTEM, day=day)


def imported(mine, code, day):
    """The same by the workbook of the roster."""
    end_appointment(appointment=Appointment.objects.get(post=mine.posts[code]), actor=SYSTEM, day=day)
    heads = ["工号*", "岗位编码*", "任职方式", "开始日期", "结束日期"]
    roster.take_tables(tables={"任职": [heads, ["7777", mine.posts[code].code, "", day, ""]]}, actor=SYSTEM)
    return Appointment.objects.get(person=mine.persons["late"])


@pytest.mark.parametrize("enter", [succeeds, imported])
@pytest.mark.parametrize("handed", [False, True])
def test_who_is_entered_as_a_leader_since_last_month_reads_no_letter_that_hit_the_post(mine, handed, enter):
    """矿长 X by the roster when 矿长打了我一巴掌 came: Y, entered as 矿长 of that day, never reads it."""
    said, other = on_day(10, "矿长打了我一巴掌"), on_day(10, "夜班没有热水")
    before = on_day(40, "矿长打了我一巴掌")
    assert not reads(mine, said, "leader") and reads(mine, other, "leader")
    if handed:
        for one in (said, other, before):
            services.judge(scope=mine.scope("triage"), number=one.number, urgency=2, importance=2,
                           lead=mine.units["HQ"].pk)
    enter(mine, "leader", ago(30))
    assert reads(mine, other) and not reads(mine, said)
    assert reads(mine, before), "that was another"
    rounds.run()
    assert reads(mine, other) and not reads(mine, said)


@pytest.mark.parametrize("handed", [False, True])
@pytest.mark.parametrize("follows", [True, False])
def test_who_is_a_leader_again_because_an_import_is_undone_reads_no_letter_that_hit_the_post(mine, follows, handed):
    """The letter shut out whoever held the post by that import, or nobody; he whom it was about read it."""
    heads, today = ["工号*", "岗位编码*", "任职方式", "开始日期", "结束日期"], clock.today()
    held = Appointment.objects.get(post=mine.posts["leader"])
    rows = [[held.person.work_number, "leader", "", held.since, today]]
    rows += [["7777", "leader", "", today, ""]] if follows else []
    before = on_day(10, "夜班没有热水")
    roster.take_tables(tables={"任职": [heads, *rows]}, actor=SYSTEM)
    assert Appointment.objects.get(pk=held.pk).until == today
    said, other = heard("矿长收了老板的钱", unit="ZC1"), heard("夜班没有热水", unit="ZC1")
    rounds.run()
    assert Concern.objects.filter(person=mine.persons["late"].pk).exists() is follows
    if handed:
        for one in (said, other) if follows else (other,):
            services.judge(scope=mine.scope("triage"), number=one.number, urgency=2, importance=2,
                           lead=mine.units["HQ"].pk)
    roster.undo(batch=Batch.objects.get(), actor=SYSTEM)
    assert Appointment.objects.get(pk=held.pk).until is None
    assert not reads(mine, said, "leader") and reads(mine, other, "leader") and reads(mine, before, "leader")
    assert Concern.objects.get(matter__number=said.number, person=held.person_id).mentioned
    rounds.run()
    assert not reads(mine, said, "leader")


def test_what_triage_said_of_the_other_holds_for_him(mine):
    """Only mentioned: nobody is shut out. About him: he is, and not by the words alone."""
    only, about = on_day(10, "矿长打了我一巴掌"), on_day(10, "食堂太凉，有人不让说")
    services.concern(scope=mine.scope("triage"), number=about.number, posts=["leader"])
    services.judge(scope=mine.scope("triage"), number=only.number, urgency=2, importance=2,
                   lead=mine.units["HQ"].pk, only_mentioned=True)
    succeeds(mine, "leader", ago(30))
    rounds.run()
    assert reads(mine, only) and not reads(mine, about)
    assert not Concern.objects.get(matter__number=about.number, person=mine.persons["late"].pk).mentioned


def test_where_nobody_held_the_post_what_waits_is_looked_through_once_more(mine):
    end_appointment(appointment=Appointment.objects.get(post=mine.posts["triage"]), actor=SYSTEM, day=ago(30))
    said = on_day(10, "信访办分办员压着我的信")
    assert not Concern.objects.filter(person=mine.persons["late"].pk).exists()
    appoint(person=mine.persons["late"], post=mine.posts["triage"], actor=SYSTEM, day=ago(20))
    assert not reads(mine, said) and not mine.scope("late").unread


def test_where_very_many_wait_he_reads_none_until_they_were_looked_through(mine, monkeypatch):
    monkeypatch.setattr(backdating, "AT_ONCE", 1)
    end_appointment(appointment=Appointment.objects.get(post=mine.posts["triage"]), actor=SYSTEM, day=ago(30))
    said, other = on_day(10, "信访办分办员压着我的信"), on_day(10, "夜班没有热水")
    appoint(person=mine.persons["late"], post=mine.posts["triage"], actor=SYSTEM, day=ago(20))
    assert not reads(mine, said) and not reads(mine, other) and mine.scope("late").unread
    services.look_through()
    assert not reads(mine, said) and reads(mine, other)


def test_who_held_it_long_before_with_another_between_keeps_him_from_nothing(mine):
    """What tells of a former holder in his present work tells nothing of the post."""
    mine.persons["between"] = person("7778", "钱多多", mine.units["QSL"])
    first = Appointment.objects.get(post=mine.posts["logistics"])
    end_appointment(appointment=first, actor=SYSTEM, day=ago(60))
    second = Appointment.objects.create(person=mine.persons["between"], post=mine.posts["logistics"], since=ago(60))
    mine.posts["other"] = post("other", "机电科科长", mine.units["LZ"], Role.CHIEF, mine.persons["logistics"])
    said = on_day(10, "周有田克扣奖金")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, lead=mine.units["HQ"].pk)
    end_appointment(appointment=second, actor=SYSTEM, day=ago(20))
    appoint(person=mine.persons["late"], post=mine.posts["logistics"], actor=SYSTEM, day=ago(20))
    assert reads(mine, said) and not reads(mine, said, "logistics")


def test_who_is_appointed_from_today_on_is_looked_for_in_nothing(mine, django_assert_max_num_queries):
    on_day(10, "矿长打了我一巴掌")
    end_appointment(appointment=Appointment.objects.get(post=mine.posts["leader"]), actor=SYSTEM, day=clock.today())
    with django_assert_max_num_queries(25):
        appoint(person=mine.persons["late"], post=mine.posts["leader"], actor=SYSTEM)
    assert not Concern.objects.filter(person=mine.persons["late"].pk).exists()


def test_an_old_register_keeps_nobody_waiting(mine, monkeypatch):
    monkeypatch.setattr(backdating, "AT_ONCE", 1)
    said, *_more = (on_day(10, f"夜班没有热水，第{n}次") for n in range(3))
    Matter.objects.update(history=True)
    succeeds(mine, "triage", ago(30))
    assert reads(mine, said) and not mine.scope("late").unread
