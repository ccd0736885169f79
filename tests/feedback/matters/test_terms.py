"""Statutory clocks (法定时限): from the table, over the calendar, with all that happened to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import ClockChange, Matter, Supervision, Term
from sangesan.feedback.matters.queries.clocking import history_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import history
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered, dispatched, handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    calendar.seed(year=2026)
    calendar.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def due(code, **more):
    return Term.objects.get(code=code, **more).due


def day(text, hour=10):
    return clock.at(datetime.fromisoformat(text).replace(hour=hour, tzinfo=clock.LOCAL))


def appeal(mine, number):
    triage = mine.scope("triage")
    services.describe(scope=triage, number=number, kind="appeal")
    services.grade(scope=triage, number=number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=number, lead=mine.units["HQ"].pk)


def events(code):
    return [c.event for c in history_of(Matter.objects.get()) if c.clock == code]


@pytest.mark.chapter("P2b")
def test_the_worked_example_of_the_statutory_clocks(mine):
    with day("2026-03-02"):
        said = heard(unit="ZC1")
    assert due("notice") == date(2026, 3, 17)
    with day("2026-03-10"):
        appeal(mine, said.number)
        services.sign_in(scope=mine.scope("handler"), number=said.number)
    assert due("handling") == Matter.objects.get().statutory_due == date(2026, 5, 9)
    Matter.objects.update(due_at=datetime(2026, 5, 9, 18, tzinfo=clock.LOCAL))
    with day("2026-05-08", 9):
        services.extend(scope=mine.scope("handler"), number=said.number, days=22, reason="等鉴定结果")
        services.grant(scope=mine.scope("logistics"), number=said.number)
        assert due("handling") == date(2026, 6, 8) and events("handling") == ["set", "moved"]
    with day("2026-05-08"):
        services.draft(scope=mine.scope("handler"), number=said.number, text="查清了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
    assert due("ask_review") == date(2026, 6, 8), "2026-06-07 is a Sunday"
    assert events("handling")[-1] == "met"


def test_the_speaker_who_was_told_nothing_in_fifteen_days_is_owed_it_by_the_office(mine):
    said = heard(unit="ZC1")
    with clock.at(clock.now() + timedelta(days=15)):
        assert services.record_terms(clock.today() - timedelta(days=1)) == 0
    with clock.at(clock.now() + timedelta(days=16)):
        services.record_terms(clock.today() - timedelta(days=1))
        assert services.record_terms(clock.today() - timedelta(days=1)) == 0
        services.propose_supervision(clock.today())
    facts = [f for f in history(f"matters/{said.number}") if f.kind == "matter.overdue"]
    assert {f.content["clock"] for f in facts} == {"notice", "sorting"}
    assert {f.content["unit"] for f in facts} == {"QSL/"}, "never charged to the unit it arose in"
    assert not Supervision.objects.exists(), "nobody can confirm one of what nobody has in hand: it stands as late"
    with clock.at(clock.now() + timedelta(days=17)):
        appeal(mine, said.number)
        services.propose_supervision(clock.today())
        assert Supervision.objects.get().trigger == "procedure"
        services.supervise(scope=mine.scope("leader"), number=said.number, text="请马上告知")
        assert Supervision.objects.get().state == "open"


def test_whatever_the_speaker_is_told_meets_the_notice_also_of_those_joined(mine):
    first, second = heard(unit="ZC1"), heard(unit="ZC1", text="食堂夜里没热饭")
    services.merge(scope=mine.scope("triage"), number=second.number, into=first.number)
    appeal(mine, first.number)
    services.sign_in(scope=mine.scope("handler"), number=first.number)
    services.first_answer(scope=mine.scope("handler"), number=first.number, text="收到了")
    assert not Term.objects.filter(code="notice", met=None).exists()
    assert not Term.objects.filter(code="sorting", met=None).exists()


def test_what_another_body_forwarded_may_be_objected_to_for_five_working_days(mine):
    from sangesan.feedback.intake.services import register

    triage = mine.scope("triage")
    paper = {"sender": "市信访局", "document": "转字 7 号"}
    one, two = (register(scope=triage, channel="upper", text="供暖费归谁管", key=n * 20, name="信访局", extra=paper)
                for n in "ab")
    assert due("objection", matter__number=one.number) == date(2026, 12, 1)
    services.object(scope=triage, number=one.number, reason="属市供热办职权")
    services.hand_back(scope=triage, number=one.number, told="已退回市信访局，由供热办答复您")
    assert Matter.objects.get(number=one.number).state == "declined"
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Conflict, match="没有办成"):
        services.object(scope=triage, number=two.number, reason="不归我们")


def test_a_plain_question_is_handled_simply_and_may_become_ordinary(mine):
    said = heard(unit="ZC1", kind="inquiry")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    matter = Matter.objects.get()
    assert (matter.procedure, matter.statutory_due) == ("simple", date(2026, 12, 8))
    assert clock.local(matter.due_at).date() == date(2026, 12, 8), "promised never past the law"
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    with pytest.raises(Conflict):
        services.extend(scope=mine.scope("handler"), number=said.number, days=3, reason="忙")
    services.procedure(scope=mine.scope("triage"), number=said.number, procedure="ordinary", reason="要查旧账")
    matter.refresh_from_db()
    assert matter.statutory_due == date(2027, 1, 25) and clock.local(matter.due_at).date() == date(2026, 12, 9)
    assert Term.objects.get(code="simple").lifted and Term.objects.get(code="handling").running


def test_each_round_has_its_own_extension_and_no_procedure_takes_it_away(mine):
    said = handled(mine)
    handler, chief = mine.scope("handler"), mine.scope("logistics")
    Matter.objects.update(due_at=datetime(2027, 1, 22, 18, tzinfo=clock.LOCAL))
    services.extend(scope=handler, number=said.number, days=10, reason="等鉴定结果")
    services.grant(scope=chief, number=said.number)
    longest = due("handling")
    assert longest > date(2027, 1, 25) and "extend" not in can(handler)
    for procedure in ("simple", "ordinary"):
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure=procedure, reason="改程序")
    assert due("handling", lifted=False) == Matter.objects.get().statutory_due == longest
    services.draft(scope=handler, number=said.number, text="办好了")
    services.approve(scope=chief, number=said.number)
    services.rate(code=said.receipt, rating="dissatisfied")
    services.extend(scope=handler, number=said.number, days=3, reason="再查一次")
    services.grant(scope=chief, number=said.number)
    assert "extend" not in can(handler)


def can(scope):
    return {step.action for step in queries.standing(scope, Matter.objects.get()).steps}


def test_nobody_is_late_by_a_procedure_whose_term_is_over_already(mine):
    said = dispatched(mine)
    with clock.at(clock.now() + timedelta(days=20)):
        with pytest.raises(Conflict, match="没有改"):
            services.procedure(scope=mine.scope("triage"), number=said.number, procedure="simple", reason="能当场办")
        services.record_terms(clock.today() + timedelta(days=1))
    assert Matter.objects.get().statutory_due > clock.today() + timedelta(days=50)
    assert not Term.objects.filter(code="simple").exists()


def test_a_suspension_needs_another_and_moves_the_promise_by_what_was_paused(mine):
    said = handled(mine)
    handler, chief = mine.scope("handler"), mine.scope("logistics")
    before = Matter.objects.get()
    services.ask_pause(scope=chief, number=said.number, reason="等上级批复")
    with pytest.raises(Conflict):
        services.pause(scope=chief, number=said.number)
    services.pause(scope=mine.scope("leader"), number=said.number)
    matter = Matter.objects.get()
    assert (matter.state, matter.due_at, matter.statutory_due) == ("suspended", None, before.statutory_due)
    with clock.at(clock.now() + timedelta(days=20)):
        assert services.record_overdue(clock.today()) == 0
    with clock.at(clock.now() + timedelta(days=2)):
        services.resume(scope=handler, number=said.number)
    matter.refresh_from_db()
    assert clock.local(matter.due_at).strftime("%F %H:%M") == "2026-12-03 18:00"
    assert events("due") == ["set", "paused", "resumed"]
    told = ["事项暂时挂起，原因：等上级批复", "事项恢复办理，办理期限到 2026-12-03"]
    assert [m.text for m in queries.heard(said.receipt).messages] == told, "whoever heard that it waits"


def test_a_suspension_never_outlives_the_statutory_day(mine):
    said = handled(mine)
    services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等法院判决")
    services.pause(scope=mine.scope("logistics"), number=said.number)
    with clock.at(clock.now() + timedelta(days=58)):
        services.resume(scope=mine.scope("handler"), number=said.number)
    matter = Matter.objects.get()
    assert clock.local(matter.due_at).date() == matter.statutory_due
    assert queries.heard(said.receipt).messages[-1].text.endswith(f"{matter.statutory_due:%F}")


def test_a_refused_suspension_leaves_the_clocks_running(mine):
    said = handled(mine)
    due_at = Matter.objects.get().due_at
    services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等一等")
    services.no_pause(scope=mine.scope("logistics"), number=said.number)
    assert (Matter.objects.get().state, Matter.objects.get().due_at) == ("handling", due_at)


def test_a_transfer_starts_the_promise_anew_but_not_the_law(mine):
    said = dispatched(mine)
    law = Matter.objects.get().statutory_due
    with clock.at(clock.now() + timedelta(days=1)):
        services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我科")
        services.rule(scope=mine.scope("triage"), number=said.number, reason="归劳资科", lead=mine.units["LZ"].pk)
    assert Matter.objects.get().statutory_due == law
    assert events("due") == ["set", "moved"]


def test_whoever_takes_over_reports_measures_of_their_own(mine):
    """A plan names who does what by when (domain.md 2.2): that of the unit before binds nobody in the next."""
    said, chief = handled(mine), mine.scope("chief")
    services.plan(scope=mine.scope("handler"), number=said.number, text="换一口锅", who="炊事班长")
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["logistics"])
    services.rule(scope=mine.scope("triage"), number=said.number, reason="回避", lead=mine.units["ZC1"].pk)
    matter = Matter.objects.get()
    assert matter.plan_due > clock.now() and matter.planned_at is None
    with clock.at(matter.plan_due + timedelta(minutes=1)):
        services.record_overdue(clock.today())
    assert matter.overdue.filter(clock="plan").exists(), "owed by the unit that has it now"
    services.sign_in(scope=chief, number=said.number)
    services.plan(scope=chief, number=said.number, text="另请食堂送饭")
    kept = [fact.kind for fact in history(matter.subject)].count("matter.planned")
    assert (Matter.objects.get().planned_at, kept) == (clock.now(), 2)
    with pytest.raises(Conflict, match="措施已经报过"):
        services.plan(scope=chief, number=said.number, text="再报一次")


def test_a_matter_of_the_first_version_is_suspended_in_one_step_and_its_clocks_run_on(mine):
    said = handled(mine)
    Matter.objects.update(version="2026.1")
    due_at = Matter.objects.get().due_at
    services.suspend(scope=mine.scope("logistics"), number=said.number, reason="等批复")
    with pytest.raises(Conflict):
        services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等批复")
    services.resume(scope=mine.scope("handler"), number=said.number)
    assert (Matter.objects.get().state, Matter.objects.get().due_at) == ("handling", due_at)


@pytest.mark.chapter("V3")
def test_what_a_speaker_does_to_a_clock_is_kept_by_day_only(mine):
    one, two = answered(mine, mode="confidential"), dispatched(mine)
    with clock.at(clock.now() + timedelta(hours=3)):
        services.review(code=one.receipt, text="不服")
        services.withdraw(code=two.receipt)
        moments = {clock.local(c.at).strftime("%H:%M") for c in ClockChange.objects.filter(
            reason__in=["review_asked", "withdrawn"])}
    assert moments == {"00:00"}


def test_history_has_no_clocks_and_counts_in_no_score(mine):
    said = answered(mine, day=clock.today() - timedelta(days=100))
    services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
    for who in ("triage", "secretary"):
        services.close(scope=mine.scope(who), number=said.number)
    assert not Term.objects.exists()
    facts = {f.kind: f.content for f in history(f"matters/{said.number}")}
    for kind in ("matter.signed_in", "matter.first_answered", "matter.answered", "matter.closed"):
        assert (facts[kind]["in_time"], facts[kind]["quantity"]) == (-1, 0), kind


SPRING = {date(2027, 2, 5) + timedelta(days=n): False for n in range(8)} | {date(2027, 2, 20): True}


def test_a_clock_that_ran_into_a_year_not_confirmed_yet_follows_its_holidays(mine):
    """Accepted on 8 December it is owed on 8 February, which turns out to be within the Spring Festival."""
    with day("2026-12-08"):
        said = dispatched(mine)
        services.sign_in(scope=mine.scope("handler"), number=said.number)
    with day("2026-12-09"):
        Matter.objects.update(due_at=datetime(2027, 2, 5, 18, tzinfo=clock.LOCAL))
    assert due("handling") == date(2027, 2, 8)
    with day("2026-12-20"):
        assert services.follow_calendar(clock.today()) == 0
        calendar.confirm(year=2027, actor=SYSTEM, changes=SPRING)
        assert services.follow_calendar(clock.today()) == 2
        assert services.follow_calendar(clock.today()) == 0
    matter = Matter.objects.get()
    assert due("handling") == matter.statutory_due == clock.local(matter.due_at).date() == date(2027, 2, 15)
    assert events("handling") == ["set", "moved"] and events("due")[-1] == "moved"
    assert {c.reason for c in matter.clock_changes.filter(event="moved")} == {"calendar"}


def test_an_a_knows_no_holiday_and_what_was_missed_before_stays_missed(mine):
    with day("2027-02-04", 20):
        said = dispatched(mine)
        services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    with day("2027-02-05", 23):
        services.record_overdue(clock.today())
        before = Matter.objects.get()
        calendar.confirm(year=2027, actor=SYSTEM, changes=SPRING)
        services.follow_calendar(clock.today())
    after = Matter.objects.get()
    assert (after.due_at, after.sign_in_due, after.plan_due) == (before.due_at, before.sign_in_due, before.plan_due)
    assert after.overdue.filter(clock="sign_in").exists()
