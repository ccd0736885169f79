"""Those a matter is about (security.md, Conflict of interest): they learn nothing, by no road."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from sangesan.appraisal.handbooks.queries.reading import counted
from sangesan.appraisal.publication.queries.statement import statement_for
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Score
from sangesan.desk.queries.today import _facts
from sangesan.feedback.intake.services import register
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services import clocks
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM, term
from sangesan.organization.calendar import services as days
from sangesan.organization.notices.models import Notice
from sangesan.organization.notices.queries.listing import listed
from sangesan.organization.people.models import Appointment
from tests.builders import heard, person, post, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
MARK = "奖金表上没有人签字记号七七"


@pytest.fixture
def mine(noon):
    made = small_mine()
    made.persons["inspector"] = person("1011", "纪委", made.units["QSL"])
    made.posts["inspector"] = post("inspector", "纪检监察员", made.units["QSL"], Role.INSPECTOR,
                                   made.persons["inspector"])
    return made


def concerned(mine, number, *codes):
    services.concern(scope=mine.scope("triage"), number=number, units=[mine.units[c].pk for c in codes])


def at_hand(mine, number, lead):
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units[lead].pk)


def everything(client, number):
    """All pages on which a matter could show, in one text."""
    pages = ["/w/matters/", "/w/matters/?state=open", f"/w/matters/?number={number}", f"/w/matters/{number}/",
             "/w/todo/", "/w/notices/", "/w/today/", "/w/triage/", "/w/results/"]
    return "".join(client.get(p).content.decode() for p in pages) + "".join(
        client.get(p, HTTP_COOKIE=f"sangesan_api={client.session.session_key}").content.decode()
        for p in ("/api/v1/matters", f"/api/v1/matters/{number}"))


def without_echo(text, number):
    return text.replace(f'value="{number}"', "").replace(f"number={number}", "").replace(f"matters/{number}/", "")


def about_the_leader(mine, number):
    services.concern(scope=mine.scope("triage"), number=number, posts=["leader"])


@pytest.mark.chapter("V4")
@pytest.mark.usefixtures("read_at_once")
def test_a_joined_matter_shuts_out_whom_the_other_is_about(mine):
    about, plain = heard("奖金没公示", unit="ZC1"), heard(MARK, unit="ZC1")
    assert queries.visible(mine.scope("leader")).filter(number=plain.number).exists()
    about_the_leader(mine, about.number)
    services.merge(scope=mine.scope("triage"), number=plain.number, into=about.number)
    client = signed_in(mine.persons["leader"])
    for number in (about.number, plain.number):
        assert not queries.visible(mine.scope("leader")).filter(number=number).exists()
        assert MARK not in everything(client, number)


@pytest.mark.chapter("V4")
@pytest.mark.usefixtures("read_at_once")
def test_whom_a_matter_is_about_loses_what_was_joined_to_it_too(mine):
    child, parent = heard(MARK, unit="ZC1"), heard("奖金没公示", unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=child.number, into=parent.number)
    assert queries.visible(mine.scope("leader")).count() == 2
    about_the_leader(mine, parent.number)
    assert not queries.visible(mine.scope("leader")).exists()


@pytest.mark.chapter("V4")
def test_a_unit_that_turns_out_to_be_meant_loses_the_matter_from_its_hands(mine):
    said = heard(MARK, unit="ZC1")
    at_hand(mine, said.number, "ZC1")
    services.sign_in(scope=mine.scope("chief"), number=said.number)
    concerned(mine, said.number, "ZC1")
    assert Matter.objects.get(number=said.number).state == "returned"
    assert history(f"matters/{said.number}")[-1].content["reason"] == "recused"
    with pytest.raises(UserError, match="没有派单"):
        services.rule(scope=mine.scope("triage"), number=said.number, reason="还是你们办")
    services.rule(scope=mine.scope("triage"), number=said.number, reason="改由专业办", lead=mine.units["CM"].pk)


@pytest.mark.chapter("V4")
def test_a_unit_that_is_not_meant_keeps_the_matter(mine):
    said = heard(MARK, unit="ZC1")
    at_hand(mine, said.number, "HQ")
    concerned(mine, said.number, "ZC1")
    assert Matter.objects.get(number=said.number).state == "dispatched"


@pytest.mark.chapter("V4")
def test_notices_of_what_became_closed_are_gone(mine):
    said = heard(MARK, unit="ZC1")
    at_hand(mine, said.number, "ZC1")
    chief = Notice.objects.filter(person=mine.persons["chief"], subject=f"matters/{said.number}")
    assert chief.exists()
    concerned(mine, said.number, "ZC1")
    assert not chief.exists()
    page = signed_in(mine.persons["chief"]).get("/w/notices/").content.decode()
    assert "看不到" not in page and "没有消息" in page


@pytest.mark.chapter("V4")
def test_a_later_holder_of_a_post_a_matter_is_about_is_told_nothing(mine):
    said = heard(MARK, unit="ZC1")
    concerned(mine, said.number, "ZC1")
    new = person("1012", "新队长", mine.units["ZC1"])
    Appointment.objects.create(person=new, post=mine.posts["chief"], kind="acting", since=date(2026, 11, 1))
    at_hand(mine, said.number, "CM")
    assert not Notice.objects.filter(person__in=[new, mine.persons["chief"]]).exists()
    assert MARK not in everything(signed_in(new), said.number)


@pytest.mark.chapter("V4")
@pytest.mark.usefixtures("read_at_once")
def test_the_accused_who_becomes_head_of_the_mine_still_sees_nothing(mine):
    said = heard(MARK, unit="ZC1")
    concerned(mine, said.number, "ZC1")
    Appointment.objects.create(person=mine.persons["chief"], post=mine.posts["leader"], kind="acting",
                               since=date(2026, 11, 1))
    text = everything(signed_in(mine.persons["chief"]), said.number)
    assert MARK not in text and said.number not in without_echo(text, said.number)
    for action in ("close", "note", "supervise", "sign_in", "approve", "identity"):
        answer = signed_in(mine.persons["chief"]).post(f"/w/matters/{said.number}/{action}/", {
            "text": "x", "reason": "x", "submission": said.submission})
        absent = signed_in(mine.persons["chief"]).post(f"/w/matters/2026-AAAAAA/{action}/", {
            "text": "x", "reason": "x", "submission": said.submission})
        assert (answer.status_code, absent.status_code) == (404, 404)


@pytest.mark.chapter("V4")
def test_an_accusation_takes_along_what_was_joined_to_it(mine):
    child, parent = heard(MARK, unit="ZC1"), heard("奖金没公示", unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=child.number, into=parent.number)
    services.accuse(scope=mine.scope("triage"), number=parent.number)
    for code in mine.persons:
        if code != "inspector":
            assert MARK not in everything(signed_in(mine.persons[code]), child.number), code
    assert MARK in everything(signed_in(mine.persons["inspector"]), child.number)


@pytest.mark.chapter("V4")
def test_an_accusation_is_in_no_count_but_the_inspectors(mine):
    for n in range(6):
        heard(f"夜班没热饭{n}", unit="ZC1")
    services.record_speakers(clock.today())
    leader = mine.scope("leader")
    before = (queries.open_now(leader), queries.figures(leader, clock.today()), seen(leader))
    said = heard(MARK, unit="ZC1")
    services.accuse(scope=mine.scope("triage"), number=said.number)
    services.record_speakers(clock.today())
    assert (queries.open_now(leader), queries.figures(leader, clock.today()), seen(leader)) == before


def seen(scope):
    return [row.kind for row in _facts(scope, clock.today(), clock.today())]


@pytest.mark.chapter("V4")
def test_a_danger_is_not_registered_as_an_accusation_where_nobody_would_see_it(mine):
    with pytest.raises(UserError, match="险情"):
        register(scope=mine.scope("triage"), channel="letter", text=MARK, key="k" * 20, kind="accusation",
                 danger=True, name="马六")
    assert not Matter.objects.exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("text", "weighed"), [("夜班食堂只有凉馒头", {"HQ"}), ("矿长王安民收了供货商的回扣", set())])
def test_no_result_rests_on_what_is_kept_from_a_leader(mine, text, weighed):
    """A line that opens for every matter but one tells the leader that it is about him, who answered it and when."""
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    said = heard(text, unit="ZC1")
    at_hand(mine, said.number, "HQ")
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到")
    with clock.at(clock.now() + timedelta(days=20)):
        services.record_overdue(day=clock.today() - timedelta(days=1))
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        services.rate(code=said.receipt, rating="dissatisfied")
        services.record_speakers(day=clock.today())
    kinds = ("matter.first_answered", "matter.answered", "matter.overdue", "matter.rated", "matter.reopened")
    facts = [fact for fact in history(f"matters/{said.number}") if fact.kind in kinds]
    assert {fact.kind for fact in facts} == set(kinds)
    for day in {fact.day for fact in facts}:
        scoring.assess_day(day)
    leader, found = mine.scope("leader"), set()
    for run, code in Score.objects.values_list("run", "unit__code"):
        lines = statement_for(leader, run, code).entries
        found |= {code for line in lines for fact in line.facts}
        assert all(fact.url for line in lines for fact in line.facts)
    assert found == weighed


@pytest.mark.parametrize(("lead", "weight"), [("ZC1", 0), ("HQ", 1)])
def test_nor_on_what_is_kept_from_the_secretary_over_the_unit_in_charge(mine, lead, weight):
    """Whoever covers the unit reads its results and its books; what another unit answers is in none of them."""
    said = heard("综采一队党支部书记刘志远把补助给了亲戚", unit="ZC1")
    at_hand(mine, said.number, lead)
    assert clocks.weight(Matter.objects.get(number=said.number)) == weight
    rows = [SimpleNamespace(kind="matter.answered", subject=f"matters/{n}", quantity=int(n < 6)) for n in range(8)]
    assert counted(rows, read=True) == [(term("matter.answered"), 6)], "a book counts nothing of it either"


@pytest.mark.parametrize(("who", "n"), [("leader", 1), ("cadre", 2)])
def test_the_printed_list_counts_nothing_that_is_kept_from_whoever_prints_it(mine, who, n):
    for text in ("夜班食堂只有凉馒头", "矿长王安民收了供货商的回扣"):
        at_hand(mine, heard(text, unit="ZC1").number, "HQ")
    lines = {line.post: line.said for line in listed(mine.scope(who), "HQ")[1]}
    assert lines[mine.posts["handler"].title] == f"{n} 件待签收"
