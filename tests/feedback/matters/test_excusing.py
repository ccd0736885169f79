"""What ran out while a request waited to be decided (不计超期), ADR 0081."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Supervision
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, MatterOverdue
from sangesan.organization.calendar import services as calendar
from sangesan.organization.notices import services as notices
from sangesan.organization.notices.models import Notice
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2b")]


@pytest.fixture
def mine(noon):
    calendar.seed(year=2026)
    calendar.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def day(text, hour=10):
    return clock.at(datetime.fromisoformat(text).replace(hour=hour, tzinfo=clock.LOCAL))


def late(number):
    """The clocks whose lateness stands (未冲正的超期)."""
    return sorted(f.content["clock"] for f in entries(kinds=["matter.overdue"], subject=f"matters/{number}"))


@pytest.mark.parametrize(("decide", "left"), [(services.grant, []), (services.refuse, ["due", "handling"])])
def test_whoever_asked_in_time_for_more_is_not_late_by_waiting_for_the_answer(mine, decide, left):
    with day("2026-11-24"):
        said = heard(unit="ZC1")
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
        services.sign_in(scope=mine.scope("handler"), number=said.number)
        services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到了")
    Matter.objects.update(due_at=datetime(2027, 1, 25, 18, tzinfo=clock.LOCAL))
    with day("2027-01-25", 17):
        services.extend(scope=mine.scope("handler"), number=said.number, days=10, reason="等鉴定结果")
    with day("2027-01-27", 9):
        services.run_clocks()
        services.record_terms(date(2027, 1, 26))
        services.propose_supervision(date(2027, 1, 26))
        assert late(said.number) == ["due", "handling"], "what nobody has decided is late"
        decide(scope=mine.scope("logistics"), number=said.number)
        services.run_clocks()
        services.record_terms(date(2027, 1, 26))
        assert late(said.number) == left
        assert Supervision.objects.exists() == bool(left)
    with day("2027-03-31"):
        services.run_clocks()
        services.record_terms(date(2027, 3, 30))
    assert late(said.number) == ["due", "handling"], "once, and of the day that holds"


def test_a_suspension_asked_for_in_time_stops_what_ran_out_before_it_was_approved(mine):
    with day("2026-11-24"):
        said = handled(mine)
        services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到了")
    with day("2026-11-26", 16):
        services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等法院判决")
    with day("2026-11-27", 9):
        services.run_clocks()
        assert late(said.number) == ["plan"]
        services.pause(scope=mine.scope("logistics"), number=said.number)
        assert late(said.number) == []
    with day("2026-12-01", 9):
        services.resume(scope=mine.scope("handler"), number=said.number)
        assert clock.local(Matter.objects.get().plan_due) == datetime(2026, 12, 1, 11, tzinfo=clock.LOCAL), "two hours"


def test_the_simple_procedure_extends_nothing_that_was_asked_for_before(mine):
    said = handled(mine)
    services.extend(scope=mine.scope("handler"), number=said.number, days=3, reason="等鉴定结果")
    services.procedure(scope=mine.scope("triage"), number=said.number, procedure="simple", reason="能当场办")
    with pytest.raises(Conflict, match="没有办成"):
        services.grant(scope=mine.scope("logistics"), number=said.number)


def test_only_what_is_raised_for_the_first_time_is_handled_simply(mine):
    first, again = handled(mine), heard("夜班食堂还是凉馒头", unit="ZC1")
    triage = {"scope": mine.scope("triage"), "number": again.number}
    services.link(earlier=first.number, **triage)
    services.grade(urgency=1, importance=1, **triage)
    services.dispatch(lead=mine.units["HQ"].pk, **triage)
    with pytest.raises(Conflict, match="重复件不适用简易程序"):
        services.procedure(procedure="simple", reason="能当场办", **triage)


def urgent_and_late(mine, *, reason="等鉴定结果"):
    """An A whose unit asked in time for more, and which the system supervises as late meanwhile."""
    with day("2026-11-24"):
        said = heard(unit="ZC1")
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3)
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
        services.sign_in(scope=mine.scope("handler"), number=said.number)
        services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到了")
        services.plan(scope=mine.scope("handler"), number=said.number, text="今天修")
    with day("2026-11-27", 9):
        services.extend(scope=mine.scope("handler"), number=said.number, days=1, reason=reason)
    with day("2026-11-27", 12):
        services.run_clocks()
    return said


def supervised(number, **all_of_them):
    rows = entries(kinds=["matter.supervised"], subject=f"matters/{number}", **all_of_them)
    return [fact.content["reason"] for fact in rows]


def test_what_the_system_supervised_for_a_lateness_that_was_none_is_withdrawn_and_counted_for_nobody(mine):
    said = urgent_and_late(mine)
    row = Supervision.objects.get()
    assert (row.state, row.opened_by, supervised(said.number)) == ("open", 0, ["late"])
    asked = Notice.objects.filter(kind="matter.supervised", read_at=None)
    assert asked.exists()
    with day("2026-11-27", 14):
        services.grant(scope=mine.scope("logistics"), number=said.number)
        row.refresh_from_db()
        assert (row.state, row.state_name, row.ended_by) == ("withdrawn", "督办已撤销", mine.persons["logistics"].pk)
        assert Matter.objects.get().supervised_at is None and not asked.exists()
        assert (late(said.number), supervised(said.number)) == ([], [])
        assert supervised(said.number, include_reversed=True) == ["late"], "what was recorded stays, and is answered"
        shown = signed_in(mine.persons["leader"]).get(f"/w/matters/{said.number}/").content.decode()
        assert "撤销督办（引起督办的超期已不计）" in shown and "没有回告不能结束" not in shown
    with day("2026-12-02"):
        services.run_clocks()
    assert [one.state for one in Supervision.objects.order_by("pk")] == ["withdrawn", "open"], "late by the new day"


def test_nobody_is_told_any_more_of_a_proposal_that_fell_away(mine):
    said = urgent_and_late(mine)
    Supervision.objects.update(state="proposed", proposed_at=clock.now(), opened_at=None)
    Matter.objects.update(supervised_at=None)
    notices.notify(persons=[mine.persons["leader"].pk], subject=f"matters/{said.number}",
                   kind="matter.supervision_proposed")
    asked = Notice.objects.filter(kind="matter.supervision_proposed", read_at=None)
    assert asked.exists()
    with day("2026-11-27", 14):
        services.grant(scope=mine.scope("logistics"), number=said.number)
    assert not Supervision.objects.exists() and not asked.exists()


def test_a_supervision_that_a_person_gave_stays_though_the_lateness_was_none(mine):
    said = urgent_and_late(mine)
    Supervision.objects.update(opened_by=mine.persons["leader"].pk)
    with day("2026-11-27", 14):
        services.grant(scope=mine.scope("logistics"), number=said.number)
    assert Supervision.objects.get().state == "open" and Matter.objects.get().supervised_at is not None


def test_a_supervision_stays_while_another_lateness_that_calls_for_it_stands(mine):
    said = urgent_and_late(mine)
    matter = Matter.objects.get()
    record(MatterOverdue(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), clock="handling",
                         grade="A"), actor=SYSTEM)
    with day("2026-11-27", 14):
        services.grant(scope=mine.scope("logistics"), number=said.number)
    assert late(said.number) == ["handling"] and Supervision.objects.get().state == "open"
