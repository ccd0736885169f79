"""The life of a matter through its services (事项办理)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.intake.services import submit
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.people.queries import scope_of
from tests.builders import heard, person, post, small_mine
from tests.feedback.matters.roads import answered, dispatched, handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def kinds(number):
    return [fact.kind for fact in history(f"matters/{number}")]


@pytest.mark.chapter("P2b")
def test_a_matter_goes_all_the_way(mine):
    said = heard(unit="ZC1")
    triage, handler, chief = mine.scope("triage"), mine.scope("handler"), mine.scope("logistics")
    services.grade(scope=triage, number=said.number, urgency=2, importance=2)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=handler, number=said.number)
    services.first_answer(scope=handler, number=said.number, text="已经去看了")
    services.draft(scope=handler, number=said.number, text="今天起夜班有热饭")
    services.approve(scope=chief, number=said.number)
    services.rate(code=said.receipt, rating="satisfied", solved="yes")
    services.close(scope=triage, number=said.number)
    assert Matter.objects.get(number=said.number).state == "answered", "B takes two persons"
    services.close(scope=mine.scope("secretary"), number=said.number)
    services.record_speakers(clock.today())
    assert Matter.objects.get(number=said.number).state == "closed"
    assert sorted(kinds(said.number)) == sorted([
        "matter.received", "matter.graded", "matter.dispatched", "matter.signed_in", "matter.first_answered",
        "matter.answered", "matter.rated", "matter.closed"])


def test_an_answer_is_approved_by_someone_else(mine):
    said = handled(mine)
    services.draft(scope=mine.scope("logistics"), number=said.number, text="办好了")
    with pytest.raises(Conflict, match="没有办成"):
        services.approve(scope=mine.scope("logistics"), number=said.number)


def test_a_handler_cannot_close(mine):
    said = handled(mine)
    secretary = mine.scope("secretary")
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.rate(code=said.receipt, rating="basic")
    with pytest.raises(Forbidden):
        services.close(scope=mine.scope("handler"), number=said.number)
    services.close(scope=secretary, number=said.number)


def test_a_matter_cannot_close_before_it_is_rated_or_called_back(mine):
    said = answered(mine)
    with pytest.raises(Conflict):
        services.close(scope=mine.scope("triage"), number=said.number)
    services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
    services.close(scope=mine.scope("triage"), number=said.number)


def test_dissatisfied_reopens_once_by_right_then_by_decision(mine):
    said = answered(mine)
    services.rate(code=said.receipt, rating="dissatisfied", solved="no")
    assert Matter.objects.get().state == "handling"
    services.draft(scope=mine.scope("handler"), number=said.number, text="再办")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.rate(code=said.receipt, rating="dissatisfied")
    assert Matter.objects.get().state == "answered"
    services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="确实没有解决")
    assert Matter.objects.get().state == "handling"


def test_an_answer_is_rated_once(mine):
    said = answered(mine)
    services.rate(code=said.receipt, rating="satisfied")
    with pytest.raises(Conflict):
        services.rate(code=said.receipt, rating="dissatisfied")


def test_two_returns_then_the_ruling_binds(mine):
    said = dispatched(mine)
    triage, handler = mine.scope("triage"), mine.scope("handler")
    services.return_(scope=handler, number=said.number, reason="不归我科")
    services.rule(scope=triage, number=said.number, reason="归劳资科", lead=mine.units["LZ"].pk)
    with pytest.raises(NotFound):
        services.sign_in(scope=handler, number=said.number)
    assert Matter.objects.get().returns == 1


def test_a_ruling_to_keep_it_allows_no_further_return_and_keeps_the_clocks(mine):
    said = dispatched(mine)
    due = Matter.objects.get().due_at
    services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我科")
    with clock.at(clock.now() + timedelta(hours=3)):
        services.rule(scope=mine.scope("triage"), number=said.number, reason="食堂归后勤科")
    assert Matter.objects.get().due_at == due
    with pytest.raises(Conflict):
        services.return_(scope=mine.scope("handler"), number=said.number, reason="还是不归")


@pytest.mark.chapter("N6", "P2b")
def test_the_clocks_of_b_run_in_working_hours_from_dispatch(mine):
    dispatched(mine)
    matter = Matter.objects.get()
    assert clock.local(matter.sign_in_due).strftime("%F %H:%M") == "2026-11-24 16:00"
    assert clock.local(matter.first_answer_due).strftime("%F %H:%M") == "2026-11-26 18:00"
    assert clock.local(matter.due_at).strftime("%F %H:%M") == "2026-12-01 18:00"
    assert matter.clock_changes.filter(reason="dispatched").count() == 4


def test_a_lighter_grade_needs_a_second_person_a_graver_one_does_not(mine):
    said = dispatched(mine)
    triage = mine.scope("triage")
    services.regrade(scope=triage, number=said.number, urgency=3, importance=3, reason="人多")
    assert Matter.objects.get().grade == "A"
    services.regrade(scope=triage, number=said.number, urgency=1, importance=1, reason="已缓")
    assert Matter.objects.get().grade == "A"
    with pytest.raises(Conflict):
        services.agree(scope=triage, number=said.number)
    services.agree(scope=mine.scope("leader"), number=said.number)
    assert Matter.objects.get().grade == "C"


@pytest.mark.chapter("N6")
def test_a_declared_danger_is_provisionally_a_until_the_duty_leader_says(mine):
    said = heard(unit="ZC1", danger=True)
    matter = Matter.objects.get()
    assert (matter.state, matter.grade, matter.provisional) == ("graded", "A", True)
    with pytest.raises(Forbidden):
        services.lower(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1, reason="不是险情")
    services.lower(scope=mine.scope("duty"), number=said.number, urgency=2, importance=2, reason="已经支护好")
    matter.refresh_from_db()
    assert (matter.grade, matter.provisional) == ("B", False)



@pytest.mark.chapter("P2")
def test_nothing_new_disappears_into_a_matter_that_is_closed(mine):
    old = answered(mine)
    with clock.at(clock.now() + timedelta(days=20)):
        services.close_unrated(clock.today())
        new = dispatched(mine)
        with pytest.raises(Conflict, match="没有并案"):
            services.merge(scope=mine.scope("triage"), number=new.number, into=old.number)
    assert Matter.objects.get(number=new.number).state == "dispatched"


def test_a_duplicate_gets_the_answer_of_the_other(mine):
    first, second = heard(unit="ZC1"), heard(unit="ZC1", text="食堂夜里没热饭")
    triage = mine.scope("triage")
    services.merge(scope=triage, number=second.number, into=first.number)
    services.grade(scope=triage, number=first.number, urgency=1, importance=2)
    services.dispatch(scope=triage, number=first.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=first.number)
    services.draft(scope=mine.scope("handler"), number=first.number, text="有热饭了")
    services.approve(scope=mine.scope("logistics"), number=first.number)
    found = queries.heard(second.receipt)
    assert found.number == second.number
    assert [m.text for m in found.messages] == ["有热饭了"]
    services.rate(code=second.receipt, rating="satisfied")
    services.rate(code=first.receipt, rating="basic")
    assert Matter.objects.get(number=first.number).rated == "basic"


def test_an_extension_moves_the_due_moment_once(mine):
    said = handled(mine)
    services.extend(scope=mine.scope("handler"), number=said.number, days=3, reason="等配件")
    services.grant(scope=mine.scope("logistics"), number=said.number)
    assert clock.local(Matter.objects.get().due_at).strftime("%F %H:%M") == "2026-12-04 18:00"
    with pytest.raises(Conflict):
        services.extend(scope=mine.scope("handler"), number=said.number, days=3, reason="再等")



def test_a_withdrawn_matter_ends(mine):
    said = dispatched(mine)
    services.withdraw(code=said.receipt)
    assert Matter.objects.get().state == "withdrawn"
    services.record_speakers(clock.today())
    assert "matter.withdrawn" in kinds(said.number)


def test_review_upheld_closes_again(mine):
    said = answered(mine)
    services.review(code=said.receipt, text="请上级再看看")
    services.uphold(scope=mine.scope("leader"), number=said.number, text="答复属实")
    assert Matter.objects.get().state == "closed"
    services.review(code=said.receipt, text="还是不服")
    assert Matter.objects.get().state == "third_review"
    with pytest.raises(Conflict):
        services.uphold(scope=mine.scope("leader"), number=said.number, text="自己复核自己")
    other = person("3001", "高远", mine.units["QSL"])
    post("leader2", "党委书记", mine.units["QSL"], Role.LEADER, other)
    with pytest.raises(Conflict, match="由上级单位审理"):
        services.uphold(scope=scope_of(other), number=said.number, text="终结")
    services.pass_up(scope=mine.scope("triage"), number=said.number, unit="集团信访办", day=clock.today(), way="report")
    services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="终结")
    assert Matter.objects.get().state == "ended"


def test_the_second_of_two_gets_a_conflict(mine):
    said = dispatched(mine)
    stale = queries.matter_for(mine.scope("handler"), said.number)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    from sangesan.feedback.matters.services.steps import claim
    from sangesan.method.lifecycle import State

    with pytest.raises(Conflict):
        claim(stale, State.HANDLING, scope=None, action="sign_in")


def test_the_same_key_gives_the_same_matter_and_another_body_is_refused(mine):
    key = "k" * 20
    one = submit(channel="leaders", mode="anonymous", text="灯坏了", key=key)
    two = submit(channel="leaders", mode="anonymous", text="灯坏了", key=key)
    assert (one.number, one.receipt, one.fresh, two.fresh) == (two.number, two.receipt, True, False)
    with pytest.raises(Conflict):
        submit(channel="leaders", mode="anonymous", text="别的话", key=key)
    assert Matter.objects.count() == 1
