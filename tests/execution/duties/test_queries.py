"""Whose duty it is, who sees it, what waits for whom (责任人、可见、待办)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangesan.execution.duties import queries, services
from sangesan.execution.duties.models import Duty, Happening, Origin
from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Role
from sangesan.method.duty_status import status
from sangesan.method.facts import SYSTEM, Actor
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.people.services import appoint, end_appointment
from sangesan.organization.units.services import move_unit
from tests.builders import hire, post, small_mine
from tests.duties import later, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def waits(mine, post):
    return [task.subject for task in queries.todo(mine.scope(post))]


def held(mine, post):
    return Appointment.objects.get(person=mine.persons[post], post=mine.posts[post])


def test_it_waits_for_the_head_of_unit_and_line(mine):
    party, work = owed(mine, "ZB1", "party"), owed(mine, "ZC1")
    assert waits(mine, "secretary") == [party.subject] and waits(mine, "chief") == [work.subject]
    assert waits(mine, "leader") == []
    assert queries.responsible(work) == mine.persons["chief"]


def test_what_a_post_that_nobody_holds_had_to_do_waits_for_the_head(mine):
    hire(mine, "deputy", "综采一队副队长", "ZC1", Role.MEMBER, "1060")
    duty = owed(mine, post="deputy")
    end_appointment(appointment=held(mine, "deputy"), actor=SYSTEM)
    with clock.at(later(days=1)):
        assert waits(mine, "chief") == [duty.subject] and waits(mine, "deputy") == []
        assert queries.responsible(duty) == mine.persons["chief"]
        assert queries.waiting(mine.scope("chief")) == 1


def test_a_named_post_has_it_and_the_head_has_not(mine):
    hire(mine, "deputy", "综采一队副队长", "ZC1", Role.MEMBER, "1060")
    duty = owed(mine, post="deputy")
    assert waits(mine, "deputy") == [duty.subject] and waits(mine, "chief") == []


def test_the_acting_holder_has_it_for_that_time_and_gives_it_back(mine):
    duty, stand_in = owed(mine, hours=200), mine.persons["handler"]
    today = clock.today()
    appoint(person=stand_in, post=held(mine, "chief").post, kind="acting", day=today, until=today + timedelta(days=2),
            actor=SYSTEM)
    assert waits(mine, "handler") == [duty.subject] and waits(mine, "chief") == []
    with clock.at(later(days=3)):
        assert waits(mine, "handler") == [] and waits(mine, "chief") == [duty.subject]


def test_without_a_holder_the_superiors_head_has_it(mine):
    duty, crew = owed(mine, hours=200), owed(mine, "ZC1J", hours=300)
    with clock.at(later(days=1)):
        end_appointment(appointment=held(mine, "chief"), actor=SYSTEM)
        assert waits(mine, "leader") == [duty.subject, crew.subject]
        assert queries.responsible(duty) == mine.persons["leader"]
        appoint(person=Person.objects.get(work_number="1005"), post=mine.posts["chief"], kind="concurrent",
                actor=SYSTEM)
        assert waits(mine, "leader") == [] and waits(mine, "handler") == [duty.subject, crew.subject]


def test_whose_it_was_is_told_by_the_due_date(mine):
    duty = owed(mine)
    with clock.at(later(days=5)):
        end_appointment(appointment=held(mine, "chief"), actor=SYSTEM)
        assert queries.responsible(duty) == mine.persons["chief"]


def test_what_lapses_leaves_the_list_and_an_order_stays(mine):
    order, meeting = owed(mine), owed(mine, code="lapsing")
    Origin.objects.filter(code="lapsing").update(lapses=True)
    assert len(waits(mine, "chief")) == 2
    with clock.at(later(days=9)):
        assert waits(mine, "chief") == [order.subject] and meeting.subject
        services.complete(duty=order, actor=Actor.post("chief"))
        assert waits(mine, "chief") == [] and queries.waiting(mine.scope("chief")) == 0


def test_what_has_not_opened_does_not_wait_yet_but_stands_in_the_calendar(mine):
    duty = owed(mine, hours=48, opens=later(hours=30))
    assert waits(mine, "chief") == []
    (entry,) = queries.dates(mine.scope("chief"), clock.today(), clock.today() + timedelta(days=7))
    assert entry.day == clock.local(duty.due).date() and entry.status == "not_due"


def test_leaders_see_all_chiefs_their_own_assessors_and_administrators_nothing(mine):
    here, there = owed(mine, "ZC1"), owed(mine, "HQ")
    seen = {post: set(queries.visible(mine.scope(post)).values_list("pk", flat=True)) for post in mine.posts}
    assert seen["leader"] == seen["cadre"] == {here.pk, there.pk}
    assert seen["chief"] == {here.pk} and seen["secretary"] == {here.pk}
    assert seen["assessor"] == seen["admin"] == seen["correspondent"] == set()
    assert mine.scope("assessor").can(Action.COUNT_WORK) and not mine.scope("assessor").can(Action.SEE_WORK)


def test_fetching_is_permission(mine):
    duty = owed(mine, "HQ")
    for code in ("chief", "assessor", "admin"):
        assert door.open(mine.scope(code), duty.subject) is None
    assert queries.duty_for(mine.scope("handler"), duty.pk, Action.DO_WORK) == duty
    with pytest.raises(NotFound):
        queries.duty_for(mine.scope("leader"), duty.pk, Action.DO_WORK)
    assert queries.duty_for(mine.scope("leader"), duty.pk, Action.ASSIGN_WORK) == duty
    assert door.open(mine.scope("leader"), "duties/99999999999999999999") is None
    assert door.open(mine.scope("leader"), "duties/²") is None


def test_a_unit_that_moves_leaves_its_past_where_it_was(mine):
    duty = owed(mine, "ZC1")
    hire(mine, "mining", "采煤专业主任", "CM", Role.CHIEF, "1061", head=True)
    move_unit(unit=mine.units["ZC1"], parent=mine.units["QSL"], actor=SYSTEM)
    assert list(queries.visible(mine.scope("mining"))) == [duty]


def test_my_list_costs_the_same_for_one_and_for_many(mine):
    def cost():
        with CaptureQueriesContext(connection, ) as seen:
            queries.todo(scope)
        return len(seen)

    owed(mine)
    scope = mine.scope("chief")
    one = cost()
    for n in range(12):
        owed(mine, hours=30 + n)
    assert cost() == one <= 8


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.lists(st.integers(0, 60), min_size=3, max_size=3).map(sorted), now=st.integers(-1, 70),
       settled=st.sampled_from(["", "done", "exempted", "cancelled"]), at=st.integers(0, 70))
def test_the_database_and_the_rule_agree_how_a_duty_stands(mine, hours, now, settled, at):
    start = datetime(2026, 11, 25, tzinfo=UTC)
    opens, due, closes = (start + timedelta(hours=n) for n in hours)
    moment, done = start + timedelta(hours=now), start + timedelta(hours=at)
    origin, _ = Origin.objects.get_or_create(kind="task", subject="meetings/1", code="p", title="试")
    Happening.objects.all().delete()
    Duty.objects.all().delete()
    duty = Duty.objects.create(origin=origin, unit=mine.units["ZC1"], line="administration", nominal=start.date(),
                               opens=opens, due=due, closes=closes, path="QSL/CM/ZC1/")
    if settled:
        Happening.objects.create(duty=duty, what=settled, at=done, entered_at=done, post="chief", fact=0)
    asked = queries.with_status(Duty.objects.all(), moment).get().standing
    assert asked == status(opens, due, closes, settled, done if settled else None, moment)


WAITS = st.tuples(st.sampled_from(["", "chief", "vacant"]), st.sampled_from(["ZC1", "ZC1J", "ZC2"]), st.booleans(),
                  st.sampled_from([-40, -2, 1, 1, 120]), st.integers(0, 3), st.sampled_from(["", "done", "moved"]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(WAITS, max_size=6))
def test_the_number_beside_the_menu_is_that_of_the_list(mine, rows):
    if "vacant" not in mine.posts:
        mine.posts["vacant"] = post("vacant", "空岗", mine.units["ZC1"], Role.MEMBER)
    Happening.objects.all().delete()
    Duty.objects.all().delete()
    for number, (held_by, unit, lapses, days, grace, what) in enumerate(rows):
        origin, _ = Origin.objects.get_or_create(kind="task", subject="meetings/1", code=f"{lapses}", title="试",
                                                 lapses=lapses)
        due = later(days=days)
        duty = Duty.objects.create(
            origin=origin, unit=mine.units[unit], line="administration", post=mine.posts.get(held_by),
            nominal=clock.today() - timedelta(days=number), opens=min(due, clock.now()), due=due,
            closes=due + timedelta(days=grace), path=f"QSL/CM/{unit}/")
        if what:
            Happening.objects.create(duty=duty, what=what, at=due, entered_at=due, post="chief", fact=0)
    for code in ("chief", "leader", "secretary", "handler"):
        scope = mine.scope(code)
        assert queries.waiting(scope) == len(queries.todo(scope)), code
