"""Making duties (生成应办): 400 days ahead, as often as one likes, over every change of units, rules and calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sangesan.execution.duties import queries as duties
from sangesan.execution.duties import services as working
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.routines import services
from sangesan.execution.routines.models import Version
from sangesan.execution.routines.queries import targets
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.duty_status import Status
from sangesan.method.facts import SYSTEM, Actor
from sangesan.method.turns import read
from sangesan.organization.calendar import services as calendar
from sangesan.organization.units.services import close_unit, merge_units, move_unit, open_unit, put_on_shift
from tests.builders import hire, small_mine
from tests.duties import later
from tests.routines import confirm, made, ruled

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def mine(noon):
    confirm(2026)
    return small_mine()


def of(code, **more):
    return Duty.objects.filter(unit__code=code, **more).order_by("nominal")


def test_a_team_has_its_fridays_for_four_hundred_days_and_once(mine):
    ruled()
    assert made() == Duty.objects.count() == 2 * 57
    first = of("ZC1")[0]
    assert (first.nominal, first.path) == (D("2026-11-27"), "QSL/CM/ZC1/")
    assert first.origin.code == "AQR-1" and first.origin.subject == "routines/AQR"
    assert made() == 0 and made(clock.today() + timedelta(days=7)) == 2


def test_it_waits_for_the_head_and_is_done_with_a_fact_that_names_the_rule(mine):
    ruled()
    made()
    with clock.at(later(days=2)):
        (task,) = duties.todo(mine.scope("chief"))
        duty = Duty.objects.get(pk=int(task.subject.rpartition("/")[2]))
        working.complete(duty=duty, actor=Actor.post("chief"))
    assert history(duty.subject)[0].content["rule"] == "AQR-1"


def test_a_year_nobody_confirmed_is_provisional_until_it_is(mine):
    ruled(rule="FREQ=DAILY", policy="skip", grace=0, lead=0)
    made()
    guessed = of("ZC1", nominal__gte=D("2027-01-01"))
    assert all(d.provisional for d in guessed) and not of("ZC1", nominal__lt=D("2027-01-01"), provisional=True)
    work = clock.today().replace(year=2027, month=3, day=1)
    calendar.confirm(year=2027, actor=SYSTEM, changes={work: False, D("2027-03-06"): True})
    assert made() == 2
    assert not of("ZC1", nominal=work) and of("ZC1", nominal=D("2027-03-06")).get().provisional is False
    assert not of("ZC1", nominal__lte=D("2027-12-01"), provisional=True)
    assert made() == 0


def test_a_confirmed_year_with_a_whole_week_off_puts_that_week_s_duty_into_the_week_before(mine):
    """The night failed altogether: it would have opened after it was due."""
    ruled(rule="FREQ=WEEKLY;BYDAY=MO", policy="previous", window="week", grace=0, lead=0)
    made()
    off = {D("2027-02-08") + timedelta(days=n): False for n in range(5)}
    calendar.confirm(year=2027, actor=SYSTEM, changes=off)
    made()
    duty = of("ZC1", nominal=D("2027-02-08")).get()
    assert [clock.local(at).date() for at in (duty.opens, duty.due)] == [D("2027-02-01"), D("2027-02-05")]


def test_a_unit_that_opens_gets_duties_from_its_day_on(mine):
    ruled()
    made()
    with clock.at(later(days=20)):
        open_unit(code="ZC3", name="综采三队", kind="team", parent=mine.units["CM"], actor=SYSTEM)
        made()
        assert of("ZC3")[0].nominal == D("2026-12-18") and of("ZC3").last().nominal == of("ZC1").last().nominal


def test_a_unit_that_closes_loses_what_is_to_come_and_keeps_its_past(mine):
    ruled()
    made()
    with clock.at(later(days=10)):
        past = set(of("ZC2", nominal__lt=clock.today()).values_list("pk", flat=True))
        close_unit(unit=mine.units["ZC2"], actor=SYSTEM)
        made()
        assert set(of("ZC2").values_list("pk", flat=True)) >= past and not of("ZC2", opens__gt=clock.now())
        open_then = of("ZC2", nominal__gte=clock.today())
        assert [d.standing for d in duties.with_status(open_then)] == [Status.CANCELLED] * open_then.count()
        assert made() == 0


def test_what_was_open_when_a_unit_closed_falls_away_with_its_fact(mine):
    ruled(lead=7)
    made()
    with clock.at(later(days=1)):
        (duty,) = of("ZC2", opens__lte=clock.now())
        close_unit(unit=mine.units["ZC2"], actor=SYSTEM)
        made()
    assert [row.kind for row in history(duty.subject)] == ["duty.cancelled"]
    assert history(duty.subject)[0].content["why"] == "unit_closed"


def test_what_a_month_leaves_time_for_is_not_missing_in_a_unit_that_closed_within_it(mine):
    with clock.at(D("2026-11-01")):
        ruled(rule="FREQ=MONTHLY;BYMONTHDAY=1", policy="previous", window="month", grace=2, lead=0)
        made()
    with clock.at(D("2026-11-15")):
        close_unit(unit=mine.units["ZC2"], actor=SYSTEM)
        made(D("2026-11-16"))
    november = of("ZC2").get()
    assert november.nominal == D("2026-11-01") and duties.with_status(of("ZC2")).get().standing == Status.CANCELLED
    assert of("ZC1").count() > 12


def test_merged_units_go_on_as_the_new_one_from_that_day(mine):
    ruled()
    made()
    with clock.at(later(days=8)):
        day = clock.today()
        new = open_unit(code="ZCX", name="综采队", kind="team", parent=mine.units["CM"], actor=SYSTEM)
        merge_units(olds=[mine.units["ZC1"], mine.units["ZC2"]], new=new, actor=SYSTEM)
        made()
    for code in ("ZC1", "ZC2"):
        assert of(code).count() == 1 and not of(code, nominal__gte=day)
    assert of("ZCX")[0].nominal == D("2026-12-04")


def test_a_unit_that_moves_takes_what_is_to_come_along_and_leaves_its_past(mine):
    ruled()
    made()
    with clock.at(later(days=10)):
        move_unit(unit=mine.units["ZC1"], parent=mine.units["QSL"], actor=SYSTEM)
        made()
        assert {d.path for d in of("ZC1", nominal__lt=clock.today())} == {"QSL/CM/ZC1/"}
        assert {d.path for d in of("ZC1", opens__gt=clock.now())} == {"QSL/ZC1/"}


def test_a_post_that_changes_goes_into_what_is_to_come(mine):
    ruled(role="chief", unit_kinds=["team", "crew"])
    made()
    assert {d.post.code for d in of("ZC1")} == {"chief"} and {d.post for d in of("ZC1J")} == {None}
    hire(mine, "crew_chief", "检修班长", "ZC1J", Role.CHIEF, "1071")
    made()
    assert {d.post.code for d in of("ZC1J")} == {"crew_chief"}


def test_a_changed_rule_ends_the_old_version_and_touches_no_past_duty(mine):
    old = ruled()
    made()
    with clock.at(later(days=7)):
        before = list(of("ZC1", nominal__lt=clock.today()).values())
        new = ruled(rule="FREQ=WEEKLY;BYDAY=WE", since=clock.today() + timedelta(days=3))
        made()
        assert list(of("ZC1", nominal__lt=clock.today()).values()) == before
        weekdays = {(d.origin.code, d.nominal.weekday()) for d in of("ZC1", nominal__gt=clock.today())}
    assert new.number == 2 and weekdays == {("AQR-2", 2)}
    assert [row.kind for row in history("routines/AQR")] == ["routine.in_force", "routine.ended", "routine.in_force"]
    assert Version.objects.get(pk=old.pk).end.until == D("2026-12-04")


def test_what_was_moved_or_done_ahead_is_not_taken_away(mine):
    version = ruled(lead=0)
    made()
    ahead = of("ZC1")[3]
    working.exempt(duty=ahead, actor=Actor.post("leader"), why="holiday", words="放假")
    services.end(version=version, until=clock.today(), actor=SYSTEM)
    assert list(of("ZC1")) == [ahead] and Happening.objects.count() == 1


def test_named_units_and_shifts_narrow_it_down(mine):
    ruled(units=["ZC2"], code="ONE")
    put_on_shift(unit=mine.units["ZC1"], turns=read("四点班"))
    ruled(shift="四点班", code="TWO")
    made()
    found = set(Duty.objects.values_list("origin__code", "unit__code"))
    assert found == {("ONE-1", "ZC2"), ("TWO-1", "ZC1")}


def test_what_is_asked_of_a_shift_is_not_asked_of_whoever_has_it_this_week(mine):
    put_on_shift(unit=mine.units["ZC1"], turns=read("四点班、零点班"), days=7)
    ruled(shift="四点班", code="TWO")
    made()
    assert not Duty.objects.exists()


def test_routines_for_the_same_units_share_one_look_at_them_and_others_do_not(mine, monkeypatch):
    read = []
    monkeypatch.setattr(targets, "digest", lambda rows: read.append(len(rows)) or str(sorted(t.key for t in rows)))
    ruled(code="ONE"), ruled(code="TWO", rule="FREQ=WEEKLY;BYDAY=MO"), ruled(code="NEXT", units=["ZC2"])
    made()
    assert read == [2, 1]
    assert {code: of("ZC1", origin__code=code).exists() for code in ("ONE-1", "TWO-1", "NEXT-1")} == {
        "ONE-1": True, "TWO-1": True, "NEXT-1": False}
