"""Supervision, a leader's own case, repeats (督办、包案、重复件): records beside the state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Advice, Case, Matter, Reach, Supervision
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment
from tests.builders import heard, person, post, small_mine
from tests.feedback.matters.roads import answer, answered, dispatched, handled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def shown(mine, mark, code="triage"):
    return [m.number for m in queries.page(mine.scope(code), queries.Filters(mark=mark)).rows]


def supervised(number):
    return [f.content["reason"] for f in history(f"matters/{number}") if f.kind == "matter.supervised"]


def test_supervision_ends_only_when_its_result_is_back_and_not_by_the_handler(mine):
    said = handled(mine)
    leader = mine.scope("leader")
    services.supervise(scope=leader, number=said.number, text="三日内报结果", trigger="shuffling", way="talk")
    assert shown(mine, "supervised") == [said.number]
    with pytest.raises(Conflict):
        services.supervise(scope=leader, number=said.number, text="再督办")
    with pytest.raises(Conflict, match="没有办成"):
        services.end_supervision(scope=leader, number=said.number)
    services.write_back(scope=mine.scope("handler"), number=said.number, text="已换新锅炉")
    services.end_supervision(scope=leader, number=said.number)
    assert supervised(said.number) == ["shuffling", "result", "ended"]
    assert not shown(mine, "supervised") and Matter.objects.get().supervised_at is None


def test_nothing_is_closed_while_the_result_of_a_supervision_is_awaited(mine):
    said = handled(mine)
    services.supervise(scope=mine.scope("leader"), number=said.number, text="三日内报结果")
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
    with pytest.raises(Conflict, match="没有办成"):
        services.close(scope=mine.scope("secretary"), number=said.number)
    with clock.at(clock.now() + timedelta(days=16)):
        assert services.close_unrated(clock.today()) == 0, "not by night either"
        services.write_back(scope=mine.scope("handler"), number=said.number, text="已换新锅炉")
        assert services.close_unrated(clock.today()) == 1


def test_what_is_late_again_in_another_round_is_supervised_again(mine):
    said, leader = handled(mine), mine.scope("leader")
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    with clock.at(clock.now() + timedelta(days=4)):
        services.run_clocks()
        services.write_back(scope=mine.scope("handler"), number=said.number, text="已派人")
        services.end_supervision(scope=leader, number=said.number)
        services.run_clocks()
        assert Matter.objects.get().supervisions.count() == 1, "once in a round"
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
    with clock.at(clock.now() + timedelta(days=6)):
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没修")
    with clock.at(clock.now() + timedelta(days=10)):
        services.run_clocks()
    assert list(Matter.objects.get().supervisions.order_by("pk").values_list("trigger", "state")) == [
        ("late", "ended"), ("late", "open")]


def test_what_a_leader_supervises_or_took_on_is_joined_to_nothing_else(mine):
    watched, other = handled(mine), handled(mine, text="食堂夜里没热饭")
    services.supervise(scope=mine.scope("leader"), number=watched.number, text="三日内报结果")
    with pytest.raises(Conflict, match="没有并案"):
        services.merge(scope=mine.scope("triage"), number=watched.number, into=other.number)
    services.merge(scope=mine.scope("triage"), number=other.number, into=watched.number)
    assert shown(mine, "supervised") == [watched.number]


def test_what_the_night_proposes_a_person_confirms_or_waives(mine):
    said = heard("路灯不亮", unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    with clock.at(clock.now() + timedelta(days=20)):
        services.run_clocks()
        services.run_clocks()
        assert shown(mine, "proposed") == [said.number]
        with pytest.raises(Forbidden):
            services.waive(scope=mine.scope("handler"), number=said.number, reason="不必")
        services.waive(scope=mine.scope("leader"), number=said.number, reason="配件今天到")
        services.run_clocks()
    assert [(s.trigger, s.state) for s in Supervision.objects.all()] == [("late", "waived")], "proposed once"


def test_the_office_says_what_calls_for_a_supervision_and_a_leader_who_says_nothing_instructs(mine):
    said = handled(mine)
    with pytest.raises(UserError, match="没有选择督办情形"):
        services.supervise(scope=mine.scope("triage"), number=said.number, text="三日内报结果")
    assert not Supervision.objects.exists() and not supervised(said.number)
    services.supervise(scope=mine.scope("leader"), number=said.number, text="三日内报结果")
    assert supervised(said.number) == ["instructed"]


def test_what_was_put_off_twice_is_proposed(mine):
    said = handled(mine)
    Matter.objects.update(reopened=2)
    services.propose_supervision(clock.today())
    assert (Supervision.objects.get().trigger, supervised(said.number)) == ("shuffling", [])


def test_the_three_proposals_are_kept_with_the_matter(mine):
    said = handled(mine)
    services.suggest(scope=mine.scope("leader"), number=said.number, kind="policy", unit=mine.units["HQ"].pk,
                     text="夜班供餐写进后勤制度")
    with pytest.raises(UserError):
        services.suggest(scope=mine.scope("leader"), number=said.number, kind="praise", unit=1, text="很好")
    assert Advice.objects.get().kind == "policy"
    assert "matter.advised" in [f.kind for f in history(f"matters/{said.number}")]


def test_a_leader_takes_on_a_case_for_three_months_at_most_and_signs_its_end(mine):
    said = handled(mine)
    leader, triage = mine.scope("leader"), mine.scope("triage")
    five = {"leader": mine.posts["leader"].pk, "unit": mine.units["HQ"].pk, "hands": "周有田", "task": "每周见面一次",
            "duty": "年底前化解"}
    with pytest.raises(UserError, match="三个月"):
        services.take_on(scope=triage, number=said.number, until=date(2027, 2, 25), **five)
    services.take_on(scope=triage, number=said.number, until=date(2027, 2, 24), **five)
    with pytest.raises(Conflict):
        services.take_on(scope=triage, number=said.number, until=date(2027, 1, 1), **five)
    assert shown(mine, "case") == [said.number]
    services.case_note(scope=mine.scope("handler"), number=said.number, text="见面一次")
    with pytest.raises(Conflict):
        services.case_note(scope=mine.scope("secretary"), number=said.number, text="路过")
    for who, why in ((triage, "没有办成"), (leader, "答复反映人以后")):
        with pytest.raises(Conflict, match=why):
            services.conclude(scope=who, number=said.number, text="已化解，本人签字同意")
    assert "包案结案" not in signed_in(mine.persons["leader"]).get(f"/w/matters/{said.number}/").content.decode()
    answer(mine, said.number)
    services.conclude(scope=leader, number=said.number, text="已化解，本人签字同意")
    case = Case.objects.get()
    assert (case.signed_post, case.entries.count(), shown(mine, "case")) == ("leader", 1, [])


def test_a_leader_whom_it_is_about_takes_no_case(mine):
    mine.persons["party"] = person("3001", "高远", mine.units["QSL"])
    mine.posts["party"] = post("party", "党委书记", mine.units["QSL"], Role.LEADER, mine.persons["party"])
    said = heard(unit="ZC1")
    triage = mine.scope("triage")
    services.concern(scope=triage, number=said.number, posts=["party"])
    services.grade(scope=triage, number=said.number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
    with pytest.raises(UserError, match="回避"):
        services.take_on(scope=triage, number=said.number, leader=mine.posts["party"].pk, unit=mine.units["HQ"].pk,
                         hands="周有田", until=date(2026, 12, 24), task="见面", duty="化解")
    assert not Case.objects.exists()


def test_three_within_thirty_days_weigh_as_much_as_several_persons(mine):
    triage = mine.scope("triage")
    first = dispatched(mine)
    numbers = [heard(unit="ZC1", text=f"第{n}次反映食堂凉").number for n in (2, 3)]
    services.link(scope=triage, number=numbers[0], earlier=first.number)
    services.link(scope=triage, number=numbers[1], earlier=numbers[0])
    assert Matter.objects.get(number=numbers[1]).earlier.number == first.number, "to the first, not to a repeat"
    services.grade(scope=triage, number=numbers[1], urgency=2, importance=1)
    assert (Matter.objects.get(number=numbers[1]).importance, Matter.objects.get(number=numbers[1]).grade) == (2, "B")
    assert sorted(shown(mine, "repeated")) == sorted(numbers)
    with pytest.raises(Conflict):
        services.link(scope=triage, number=first.number, earlier=numbers[0])


@pytest.mark.chapter("V4")
@pytest.mark.usefixtures("read_at_once")
def test_nobody_learns_from_a_repeat_of_the_first_that_accuses_them(mine):
    first = heard("王安民矿长截留我们的慰问金", unit="ZC1")
    numbers = [heard(unit="ZC1", text=f"慰问金第{n}次没有发").number for n in (2, 3)]
    for number in numbers:
        services.link(scope=mine.scope("triage"), number=number, earlier=first.number)
    pages = {code: signed_in(mine.persons[code]).get(f"/w/matters/{numbers[0]}/").content.decode()
             for code in ("leader", "triage")}
    for code, told in (("leader", False), ("triage", True)):
        assert [">重复<" in pages[code], "初次件与重复件" in pages[code]] == [told] * 2
        assert (shown(mine, "repeated", code) != []) is told
        assert queries.shown(mine.scope(code), queries.Filters(mark="repeated")).exists() is told


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("hidden", [1, 2])
def test_no_grade_rises_for_a_repeat_that_is_kept_from_whoever_reads_it(mine, hidden):
    triage, said = mine.scope("triage"), []
    for n in (1, 2, 3):
        words = "王安民矿长截留我们的慰问金" if n == hidden else f"慰问金第{n}次没有发"
        said.append(heard(words, unit="ZC1").number)
    services.grade(scope=triage, number=said[2], urgency=2, importance=1)
    for number in said[1:]:
        services.link(scope=triage, number=number, earlier=said[0])
    third = Matter.objects.get(number=said[2])
    assert (third.grade, third.importance) == ("C", 1) and not third.regradings.exists()


def test_a_third_repeat_raises_what_was_graded_before(mine):
    triage = mine.scope("triage")
    numbers = [heard(unit="ZC1", text=f"第{n}次反映浴室凉").number for n in (1, 2, 3)]
    services.grade(scope=triage, number=numbers[2], urgency=2, importance=1)
    assert Matter.objects.get(number=numbers[2]).grade == "C"
    for number in numbers[1:]:
        services.link(scope=triage, number=number, earlier=numbers[0])
    assert Matter.objects.get(number=numbers[2]).grade == "B"


def test_what_concerns_five_is_collective(mine):
    said, few = heard(unit="ZC1", affected=5), heard(unit="ZC1", affected=4)
    assert shown(mine, "collective") == [said.number] and few.number


def test_the_page_says_what_stands_beside_the_state_in_so_many_queries(mine, django_assert_max_num_queries):
    said = answered(mine)
    triage = mine.scope("triage")
    other = heard(unit="ZC1")
    services.link(scope=triage, number=other.number, earlier=said.number)
    services.review(code=said.receipt, text="不服")
    services.supervise(scope=mine.scope("leader"), number=said.number, text="盯住", way="phone")
    client = signed_in(mine.persons["triage"])
    with django_assert_max_num_queries(80):
        page = client.get(f"/w/matters/{said.number}/").content.decode()
    for word in ("复查", "原答复", "督办", "初次件与重复件", "时限记录", "法定·复查答复"):
        assert word in page, word


def test_lists_by_mark_take_no_more_queries_for_more_rows(mine, django_assert_max_num_queries):
    for _ in range(4):
        services.supervise(scope=mine.scope("leader"), number=handled(mine).number, text="盯住")
    client = signed_in(mine.persons["triage"])
    client.get("/w/matters/?mark=supervised")
    for mark in ("supervised", "proposed", "case", "collective", "repeated", "lawful", "paused"):
        with django_assert_max_num_queries(26):
            assert client.get(f"/w/matters/?mark={mark}").status_code == 200
    assert client.get("/w/matters/?mark=nonsense").status_code == 422


def test_a_leader_s_own_cases_wait_in_whatever_state_and_are_looked_for_from_the_few(mine):
    said = handled(mine)
    services.take_on(scope=mine.scope("triage"), number=said.number, until=date(2027, 2, 1), task="每周见面一次",
                     leader=mine.posts["leader"].pk, unit=mine.units["HQ"].pk, hands="周有田", duty="年底前化解")
    assert "包案" in {task.name for task in queries.todo(mine.scope("leader"))}
    Matter.objects.update(state="closed")
    Reach.objects.update(state="closed")
    waiting = [task for task in queries.todo(mine.scope("leader")) if task.name == "包案"]
    assert [task.matter.number for task in waiting] == [said.number], "it ends with a signature"
    assert "包案" not in {task.name for task in queries.todo(mine.scope("duty"))}
    with CaptureQueriesContext(connection) as asked:
        queries.todo(mine.scope("leader"))
    own = next(query["sql"] for query in asked if "matters_case" in query["sql"])
    assert '"state" IN' not in own, "never by walking all that a leader sees"


def test_a_third_letter_joined_within_thirty_days_raises_what_it_is_joined_to(mine):
    triage = mine.scope("triage")
    first = heard(unit="ZC1").number
    services.judge(scope=triage, number=first, urgency=2, importance=1, lead=mine.units["HQ"].pk)
    for days, grade in ((40, "C"), (60, "C"), (69, "B")):
        with clock.at(clock.now() + timedelta(days=days)):
            services.merge(scope=triage, number=heard(unit="ZC1", text=f"第{days}天还是凉").number, into=first)
        assert Matter.objects.get(number=first).grade == grade, days
    assert Matter.objects.get(number=first).regradings.get().reason.startswith("三十日内")


def test_a_case_goes_over_to_whoever_holds_the_leaders_post_and_says_until_when(mine):
    said, leader = handled(mine), mine.scope("leader")
    services.take_on(scope=mine.scope("triage"), number=said.number, leader=mine.posts["leader"].pk,
                     unit=mine.units["HQ"].pk, hands="周有田", until=date(2026, 12, 24), task="见面", duty="化解")
    answer(mine, said.number)
    [task] = [t for t in queries.todo(leader) if t.name == "包案"]
    assert clock.local(task.until).date() == date(2026, 12, 24)
    mine.persons["next"] = person("3002", "接任人", mine.units["QSL"])
    with clock.at(clock.now() + timedelta(days=2)):
        Appointment.objects.filter(post=mine.posts["leader"]).update(until=clock.today())
        Appointment.objects.create(person=mine.persons["next"], post=mine.posts["leader"], since=clock.today())
        follower = mine.scope("next")
        assert "包案" in {t.name for t in queries.todo(follower)}
        with pytest.raises((Conflict, NotFound)):
            services.conclude(scope=mine.scope("leader"), number=said.number, text="已化解")
        services.conclude(scope=follower, number=said.number, text="已化解，本人签字同意")
    assert Case.objects.get().signed_post == "leader"
