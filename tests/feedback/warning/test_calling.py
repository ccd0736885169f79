"""The call list and the rota (值班电话单、值班表)."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.warning.models import Call, CallSheet, Watch
from sangesan.feedback.warning.queries import calling
from sangesan.feedback.warning.services import calling as duty
from sangesan.feedback.warning.services import rota
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import entries, history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.notices.queries import address
from sangesan.organization.people.models import Appointment
from tests.builders import heard, hire, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "dispatcher", "调度员", "QSL", Role.DISPATCHER, "1093")
    hire(made, "duty2", "值班领导（零点班）", "QSL", Role.DUTY, "1095")
    return made


def dangerous(mine):
    return heard("3208面顶板掉渣", unit="ZC1", danger=True).number


@pytest.mark.chapter("N6")
def test_a_declared_danger_opens_the_list_in_the_order_of_the_table(mine):
    dangerous(mine)
    titles = list(Call.objects.values_list("post", flat=True))
    assert titles[0] == "dispatcher" and titles[1:3] == ["duty", "duty2"]
    assert titles.index("secretary") < titles.index("chief") < titles.index("leader") < titles.index("cadre")


@pytest.mark.chapter("N6")
def test_a_leader_who_is_on_duty_is_called_in_the_place_of_the_duty_leader(mine):
    Appointment.objects.create(person=mine.persons["leader"], post=mine.posts["duty"], kind="acting",
                               since=clock.today())
    dangerous(mine)
    rung = list(Call.objects.values_list("person", flat=True))
    assert rung.index(mine.persons["leader"].pk) < rung.index(mine.persons["secretary"].pk)


@pytest.mark.chapter("N6")
def test_a_declared_danger_alerts_the_dispatching_room_at_once(mine):
    """Its message leads to the list, for it reads no matter; once somebody has rung it asks for nothing more."""
    dangerous(mine)
    told = Notice.objects.get(person=mine.persons["dispatcher"])
    assert (told.kind, told.urgent, told.announced_at) == ("warning.a", True, clock.now())
    assert address(mine.scope("dispatcher"), told.subject) == f"/w/calls/{CallSheet.objects.get().pk}/"
    duty.enter(scope=mine.scope("duty"), line=Call.objects.first().pk, called_at=clock.now(), reached=False)
    told.refresh_from_db()
    assert told.read_at is not None


def test_a_list_says_that_its_warning_was_lowered_and_asks_for_no_more_calls(mine):
    number = dangerous(mine)
    office, sheet = signed_in(mine.persons["dispatcher"]), f"/w/calls/{CallSheet.objects.get().pk}/"
    assert not any("降" in office.get(page).content.decode() for page in ("/w/calls/", sheet))
    services.lower(scope=mine.scope("duty"), number=number, urgency=2, importance=1, reason="探头误报，现场已核对")
    assert "已降级，不用再打" in office.get("/w/calls/").content.decode()
    assert "已降为 C 级" in office.get(sheet).content.decode()


def test_a_dispatcher_whom_a_danger_is_about_is_alerted_to_nothing(mine):
    number = dangerous(mine)
    services.concern(scope=mine.scope("triage"), number=number, posts=["dispatcher"])
    sheet = CallSheet.objects.get(matter__number=number)
    assert not Notice.objects.filter(person=mine.persons["dispatcher"], subject=f"calls/{sheet.pk}").exists()


def test_the_rota_says_which_duty_leader_is_called(mine):
    today = f"{clock.today():%F}"
    assert rota.paste(scope=mine.scope("duty"), text=f"{today} 检修班 1095\n{today} 四点班 1003") == 2
    dangerous(mine)
    posts = list(Call.objects.values_list("post", flat=True))
    assert posts[:2] == ["dispatcher", "duty2"] and "duty" not in posts


def test_a_later_step_adds_whom_it_makes_necessary_and_opens_no_second_list(mine):
    number = dangerous(mine)
    before = Call.objects.count()
    services.confirm(scope=mine.scope("duty"), number=number)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    assert CallSheet.objects.count() == 1 and Call.objects.count() > before
    assert Call.objects.filter(post="handler").exists()


@pytest.mark.parametrize("about", [False, True])
def test_whom_it_is_about_stands_on_no_list(mine, about):
    said = heard("有人打人", unit="ZC1")
    if about:
        services.concern(scope=mine.scope("triage"), number=said.number, posts=["leader"])
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["LZ"].pk)
    posts = set(Call.objects.values_list("post", flat=True))
    assert "dispatcher" in posts and ("leader" in posts) is not about


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["张大力逼着在掉渣的顶板下干活", "综采一队队长不让撤人", "张队长不让撤人"])
def test_whom_a_declared_danger_names_stands_on_no_list_and_sees_nothing(mine, words):
    number = heard(words, unit="ZC1", danger=True).number
    posts = set(Call.objects.values_list("post", flat=True))
    assert "chief" not in posts and {"dispatcher", "duty", "secretary"} <= posts
    services.confirm(scope=mine.scope("duty"), number=number)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    assert not Call.objects.filter(post="chief").exists()
    assert not queries.visible(mine.scope("chief")).exists()


def test_who_is_only_mentioned_in_a_danger_is_called_once_triage_says_so(mine):
    number = heard("跟张大力说了没人管，顶板还在掉渣", unit="ZC1", danger=True).number
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["ZC1"].pk, only_mentioned=True)
    assert Call.objects.filter(post="chief").exists() and queries.visible(mine.scope("chief")).exists()


@pytest.mark.chapter("V4")
def test_whom_a_later_word_names_is_struck_off_the_list_unless_called_already(mine):
    said = heard("3208面顶板掉渣", unit="ZC1", danger=True)
    called = Call.objects.get(post="secretary")
    duty.enter(scope=mine.scope("duty"), line=called.pk, called_at=clock.now(), reached=True)
    services.reply(code=said.receipt, text="是张大力和刘志远不让撤人")
    posts = set(Call.objects.values_list("post", flat=True))
    assert "chief" not in posts and "secretary" in posts


@pytest.mark.chapter("N6")
def test_who_is_reached_at_night_signs_by_telephone(mine):
    number = dangerous(mine)
    services.confirm(scope=mine.scope("duty"), number=number)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    at = clock.now() + timedelta(minutes=12)
    with clock.at(clock.now() + timedelta(hours=2)):
        services.run_clocks()
        duty.enter(scope=mine.scope("duty"), line=Call.objects.get(post="handler").pk, called_at=at, reached=True,
                   signs=True)
        services.run_clocks()
    assert not list(entries(kinds=["matter.overdue"], subject=f"matters/{number}")), "entered late, but signed in time"
    matter = Matter.objects.get()
    assert (matter.state, matter.signed_in_at) == ("handling", at)
    fact = [f for f in history(f"matters/{number}") if f.kind == "matter.signed_in"][0]
    assert fact.actor == "post:duty" and fact.content["in_time"] == 1 and fact.content["reason"] == "by_phone"
    assert matter.assignments.get(leads=True).handler == mine.persons["handler"].pk


def test_an_entry_is_neither_in_the_future_nor_before_the_list_nor_twice(mine):
    dangerous(mine)
    line, scope, now = Call.objects.first().pk, mine.scope("duty"), clock.now()
    for wrong in (now + timedelta(minutes=1), now - timedelta(hours=1)):
        with pytest.raises(UserError):
            duty.enter(scope=scope, line=line, called_at=wrong, reached=True)
    duty.enter(scope=scope, line=line, called_at=now, reached=False)
    duty.enter(scope=scope, line=line, called_at=now, reached=True)
    with pytest.raises(Conflict):
        duty.enter(scope=scope, line=line, called_at=now, reached=False)


def test_only_the_duty_post_and_the_dispatching_room_see_the_list(mine):
    dangerous(mine)
    sheet = CallSheet.objects.get().pk
    for who in ("leader", "triage", "chief", "secretary", "admin"):
        assert not calling.sheets(mine.scope(who))
        with pytest.raises(NotFound):
            calling.sheet_for(mine.scope(who), sheet)
        with pytest.raises(NotFound):
            duty.enter(scope=mine.scope(who), line=Call.objects.first().pk, called_at=clock.now(), reached=True)
    assert calling.sheet_for(mine.scope("dispatcher"), sheet)


@pytest.mark.chapter("V4")
def test_the_address_of_a_list_tells_nobody_that_another_was_kept_from_him(mine):
    for _again in range(3):
        heard("瓦斯超限", unit="ZC1", danger=True)
    keys = sorted(CallSheet.objects.values_list("pk", flat=True))
    lines = sorted(Call.objects.values_list("pk", flat=True))
    assert len(keys) == 3 and all(right - left > 1 for row in (keys, lines) for left, right in pairwise(row))


@pytest.mark.parametrize("text", ["", "2026-11-24", "昨天 零点班 1003", "2026-11-24 夜里 1003",
                                  "2026-11-24 零点班 9999",
                                  "1926-11-24 零点班 1003", "2026-11-24 零点班 1003\n2026-11-25 零点班 x\x00"])
def test_a_rota_with_one_wrong_row_takes_none(mine, text):
    with pytest.raises(UserError):
        rota.paste(scope=mine.scope("duty"), text=text)
    assert not Watch.objects.exists()


def test_nobody_else_writes_the_rota(mine):
    with pytest.raises(Forbidden):
        rota.paste(scope=mine.scope("triage"), text="2026-11-24 零点班 1003")


def unconfirmed(number):
    return [row for row in entries(kinds=["matter.overdue"], subject=f"matters/{number}")
            if row.content["clock"] == "confirm"]


@pytest.mark.chapter("N6")
def test_a_danger_that_nobody_confirms_is_late_once_under_the_mine_and_not_under_the_unit_in_danger(mine):
    number, begun = dangerous(mine), clock.now()
    with clock.at(begun + timedelta(minutes=29)):
        assert duty.record_unconfirmed() == 0
    with clock.at(begun + timedelta(minutes=31)):
        assert (duty.record_unconfirmed(), duty.record_unconfirmed()) == (1, 0)
    with clock.at(begun + timedelta(days=3)):
        assert duty.record_unconfirmed(clock.today()) == 0
        services.confirm(scope=mine.scope("duty"), number=number)
        shown = signed_in(mine.persons["leader"]).get(f"/w/matters/{number}/").content.decode()
    [late] = unconfirmed(number)
    assert (late.unit, late.actor, late.content["grade"]) == ("QSL/", "system", "A")
    assert late.occurred_at == begun + timedelta(minutes=30) and "险情超时没有确认" in shown


@pytest.mark.parametrize("minutes", [10, 45])
def test_whoever_confirms_or_lowers_in_time_is_not_late_and_whoever_does_not_is_though_no_round_came_by(mine, minutes):
    first, second = dangerous(mine), dangerous(mine)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        services.confirm(scope=mine.scope("duty"), number=first)
        services.lower(scope=mine.scope("duty"), number=second, urgency=2, importance=2, reason="现场已处理")
    assert [len(unconfirmed(number)) for number in (first, second)] == [int(minutes > 30)] * 2


@pytest.mark.chapter("V3")
def test_of_a_danger_that_somebody_declared_without_a_name_only_the_day_is_kept(mine):
    number = heard("3208面顶板掉渣", unit="ZC1", danger=True, mode="anonymous").number
    today = clock.today()
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert duty.record_unconfirmed() == 0, "the minute would tell when it was declared"
    with clock.at(clock.midnight() + timedelta(days=1, minutes=10)):
        assert duty.record_unconfirmed(today) == 1
        assert duty.record_unconfirmed(today) == 0
    [late] = unconfirmed(number)
    assert late.content["occurred_at"] == f"{today:%F}" and late.day == today
    change = Matter.objects.get().clock_changes.get(clock="confirm")
    assert change.before is None and clock.local(change.at).time() == time(0)


@pytest.mark.chapter("V3")
def test_what_was_declared_without_a_name_before_midnight_is_late_under_the_day_it_came(mine):
    with clock.at(clock.midnight() + timedelta(hours=23, minutes=45)):
        number, came = heard("3208面顶板掉渣", unit="ZC1", danger=True, mode="anonymous").number, clock.today()
    with clock.at(clock.midnight() + timedelta(days=1, minutes=10)):
        assert duty.record_unconfirmed(came) == 0
    with clock.at(clock.midnight() + timedelta(days=1, hours=9)):
        services.confirm(scope=mine.scope("duty"), number=number)
    assert [(late.day, late.content["occurred_at"]) for late in unconfirmed(number)] == [(came, f"{came:%F}")]
    assert Matter.objects.get().overdue.get(clock="confirm").day == came
