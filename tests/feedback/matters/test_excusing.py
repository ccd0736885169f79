"""What ran out while a request waited to be decided (不计超期), ADR 0081."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Supervision
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import entries
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled

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
