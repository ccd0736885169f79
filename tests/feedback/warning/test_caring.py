"""The quiet road (关怀): words of despair reach the carer and the doctor, and nobody and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Reach, Submission, Term
from sangesan.feedback.warning.models import CallSheet, Care, Contact
from sangesan.feedback.warning.queries.caring import care_for, to_call, visible
from sangesan.feedback.warning.services import caring
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.notices.services import announce
from tests.builders import heard, hire, small_mine
from tests.feedback.matters.roads import handled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WORDS = "我真的不想活了，欠的钱还不上，对不起老婆孩子"
EVERYBODY = ("leader", "triage", "duty", "chief", "handler", "logistics", "secretary", "assessor", "admin", "cadre")


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "carer", "关怀员", "QSL", Role.CARER, "1091")
    hire(made, "doctor", "职工医院医生", "QSL", Role.DOCTOR, "1092")
    hire(made, "dispatcher", "调度员", "QSL", Role.DISPATCHER, "1093")
    return made


def told():
    return {(n.person_id, n.kind) for n in Notice.objects.all()}


@pytest.mark.chapter("N6")
@pytest.mark.parametrize("parts", [{}, {"danger": True}, {"mode": "anonymous"}, {"kind": "appeal", "category": "pay"}])
def test_words_of_despair_reach_the_carer_and_the_doctor_alone(mine, parts):
    said = heard(WORDS, unit="ZC1", **parts)
    assert told() == {(mine.persons[who].pk, "care.arrived") for who in ("carer", "doctor")}
    for who in EVERYBODY:
        scope = mine.scope(who)
        assert not queries.visible(scope).exists() and not visible(scope).exists()
        assert not queries.triage_queue(scope) and not queries.todo(scope)
        assert queries.figures(scope, clock.today()).received == 0 and queries.open_now(scope).total == 0
        assert not queries.find(scope, "不想活").hits if hasattr(queries, "find") else True
        with pytest.raises(NotFound):
            care_for(scope, said.number)
    for who in ("carer", "doctor"):
        assert care_for(mine.scope(who), said.number).matter.submissions.get().text == WORDS
        assert not queries.visible(mine.scope(who)).exists()


@pytest.mark.chapter("N6")
@pytest.mark.parametrize(("who", "address", "parts"), [
    ("triage", "/w/register/letter/", {"mode": "named", "name": "马六", "kind": "request", "day": "2026-11-24"}),
    ("correspondent", "/w/report/", {"masked": "on"}),
    ("", "/kiosk/leaders/", {"mode": "anonymous"}),
])
@pytest.mark.parametrize("danger", [{}, {"danger": "on"}])
def test_whoever_sends_such_words_sees_at_once_who_can_be_rung_and_hears_of_no_dispatching_room(
        mine, client, who, address, parts, danger):
    sender = signed_in(mine.persons[who]) if who else client
    text = sender.post(address, {"key": "k" * 32, "text": WORDS} | parts | danger).content.decode()
    assert Matter.objects.get().cared and "12356" in text and "已按紧急件提醒" not in text


@pytest.mark.chapter("N6")
def test_despair_is_never_on_the_a_line_nor_in_any_statistic(mine):
    heard(WORDS, unit="ZC1", danger=True)
    services.record_speakers(clock.today())
    services.run_clocks()
    assert not CallSheet.objects.exists() and not Reach.objects.exists() and not Term.objects.exists()
    assert not Fact.objects.exists()
    matter = Matter.objects.get()
    assert (matter.grade, matter.provisional, matter.due_at) == ("", False, None)


def test_without_a_carer_it_stays_where_somebody_reads_it(noon):
    mine = small_mine()
    heard(WORDS, unit="ZC1")
    assert [m.state for m in queries.triage_queue(mine.scope("triage"))] == ["received"]


def test_a_named_danger_stays_on_the_a_line(mine):
    heard("3208面机尾顶板掉渣还在割煤，再不管真不想活了", unit="ZC1", danger=True)
    assert Matter.objects.get().grade == "A" and not Care.objects.exists()


def test_whoever_reads_it_in_triage_can_send_it_there(mine):
    said = handled(mine)
    services.care(scope=mine.scope("triage"), number=said.number)
    for who in EVERYBODY:
        assert not queries.visible(mine.scope(who)).exists()
    assert care_for(mine.scope("carer"), said.number)
    services.run_clocks()
    with clock.at(clock.now() + timedelta(days=30)):
        services.record_overdue(clock.today())
        assert not Fact.objects.filter(kind="matter.overdue").exists()
    assert not Notice.objects.filter(subject=f"matters/{said.number}").exists()


def test_what_comes_back_is_owed_by_law_as_if_it_had_come_in_then(mine):
    """Days in care are charged to nobody, and a matter that had been accepted is accepted and handled anew."""
    said, triage = handled(mine), mine.scope("triage")
    services.extend(scope=mine.scope("handler"), number=said.number, days=5, reason="等配件")
    services.care(scope=triage, number=said.number)
    with clock.at(clock.now() + timedelta(days=20)):
        caring.back(scope=mine.scope("carer"), number=said.number)
        services.record_terms(clock.today())
        owed = Matter.objects.get().terms.filter(met=None, lifted=False)
        assert {(row.code, row.start) for row in owed} == {("notice", clock.today()), ("sorting", clock.today())}
        services.grade(scope=triage, number=said.number, urgency=1, importance=1)
        services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
        matter = Matter.objects.get()
        law = matter.terms.get(code="handling", met=None, lifted=False)
        assert law.start == matter.accepted_on == clock.today() and law.due == matter.statutory_due
        assert not matter.extensions.filter(outcome="waiting").exists()
    assert not Fact.objects.filter(kind="matter.overdue").exists()


def test_triage_cannot_send_it_to_nobody(noon):
    mine = small_mine()
    said = heard(unit="ZC1")
    with pytest.raises(Conflict):
        services.care(scope=mine.scope("triage"), number=said.number)


def test_what_goes_back_is_as_it_came_in(mine):
    said = heard(WORDS, unit="ZC1", danger=True)
    caring.back(scope=mine.scope("carer"), number=said.number)
    matter = Matter.objects.get()
    assert (matter.kind, matter.grade, matter.provisional, matter.state) == ("request", "A", True, "graded")
    assert [m.pk for m in queries.triage_queue(mine.scope("triage"))] == [matter.pk]
    assert CallSheet.objects.count() == 1 and not visible(mine.scope("carer")).exists()
    services.record_speakers(clock.today())
    assert Fact.objects.filter(kind="matter.received").count() == 1


@pytest.mark.chapter("V4")
def test_what_goes_back_reaches_nobody_of_the_first_readers_whom_it_names(mine):
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    said = heard(f"信访办李文静压着我的信不办，{WORDS}", unit="ZC1")
    caring.back(scope=mine.scope("carer"), number=said.number)
    assert not queries.visible(mine.scope("triage")).exists() and not queries.triage_queue(mine.scope("triage"))
    assert queries.visible(mine.scope("partner")).filter(number=said.number).exists()


@pytest.mark.chapter("V4")
def test_where_nobody_is_left_to_triage_what_goes_back_the_leaders_are_told(mine):
    said = heard(f"信访办李文静压着我的信不办，{WORDS}", unit="ZC1")
    caring.back(scope=mine.scope("carer"), number=said.number)
    assert (mine.persons["leader"].pk, "matter.nobody") in told() and said.number


def test_an_accusation_goes_back_to_the_inspectors_alone(mine):
    inspector = hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "1094")
    said = heard(f"队长贪了工资，{WORDS}", unit="ZC1", kind="appeal")
    Care.objects.update(was="accusation")
    caring.back(scope=mine.scope("carer"), number=said.number)
    assert queries.visible(inspector).count() == 1 and not queries.visible(mine.scope("triage")).exists()


def test_contacts_are_facts_without_words(mine):
    said = heard(WORDS, unit="ZC1", mode="confidential")
    carer = mine.scope("carer")
    with pytest.raises(Conflict):
        caring.end(scope=carer, number=said.number)
    caring.contact(scope=carer, number=said.number, way="phone", reached=False)
    caring.contact(scope=mine.scope("doctor"), number=said.number, way="face", reached=True)
    caring.end(scope=carer, number=said.number)
    assert Care.objects.get().state == "over" and Contact.objects.count() == 2
    kinds = {f.get_internal_type() for f in Contact._meta.get_fields() if f.name not in ("way", "post", "id", "care")}
    assert kinds == {"BooleanField", "DateTimeField", "BigIntegerField"}, "no field for an opinion"


def test_the_name_is_opened_with_a_reason_and_the_speaker_sees_it(mine):
    said = heard(WORDS, unit="ZC1", mode="confidential")
    submission = Submission.objects.get().pk
    who = caring.open_identity(scope=mine.scope("carer"), number=said.number, submission=submission, reason="打电话")
    assert who.name == "马六" and queries.heard(said.receipt).openings == ["关怀员"]
    assert not AuditEntry.objects.filter(subject__contains=said.number).exists()


def test_the_speaker_reads_what_the_carer_writes(mine):
    said = heard(WORDS, unit="ZC1", mode="anonymous")
    caring.write(scope=mine.scope("carer"), number=said.number, text="我是矿上的关怀员，今天一直在。")
    word = queries.heard(said.receipt).messages[-1]
    assert "今天一直在" in word.text and word.voice == "关怀员"


def test_who_is_not_reached_is_not_forgotten(mine):
    heard(WORDS, unit="ZC1")
    assert caring.remind() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert caring.remind() == 2 and caring.remind() == 0


@pytest.mark.chapter("V5", "N6")
def test_by_night_nothing_is_pushed_and_the_duty_post_rings_the_carer_without_learning_more(mine):
    mine.persons["carer"].phone = "13900000001"
    mine.persons["carer"].save()
    with clock.at(clock.now() + timedelta(hours=16)):  # two in the morning
        said = heard(WORDS, unit="ZC1")
        announce()
        assert set(Notice.objects.values_list("announced_at", flat=True)) == {None}
        page = signed_in(mine.persons["dispatcher"]).get("/w/calls/").content.decode()
        assert "13900000001" in page and "请现在打电话" in page
        for told_too_much in (said.number, "综采一队", "不想活", "马六"):
            assert told_too_much not in page.split("<main")[1]
        for who in EVERYBODY:
            assert bool(to_call(mine.scope(who))) == (who == "duty")
        caring.contact(scope=mine.scope("carer"), number=said.number, way="phone", reached=False)
        assert to_call(mine.scope("duty")) == []


def test_whom_the_duty_post_rings_takes_no_more_queries_for_more_in_care_and_leaves_out_whom_one_is_about(mine):
    doctor, scope = mine.persons["doctor"], mine.scope("duty")
    first = Matter.objects.get(number=heard(WORDS, unit="ZC1").number)
    with CaptureQueriesContext(connection) as one:
        assert len(to_call(scope)) == 2
    first.concerns.create(person=doctor.pk)
    assert [callee.name for callee in to_call(scope)] == ["关怀员"]
    heard(WORDS, unit="ZC2")
    heard(WORDS, unit="HQ")
    with CaptureQueriesContext(connection) as more:
        assert len(to_call(scope)) == 2, "the others are not about the doctor"
    assert len(more) == len(one)


def test_what_was_taken_into_care_again_goes_back_again_from_the_same_page(mine):
    said, carer = handled(mine), signed_in(mine.persons["carer"])
    for _turn in range(2):
        services.care(scope=mine.scope("triage"), number=said.number)
        for _press in range(2):
            answer = carer.post(f"/w/care/{said.number}/back/", {"csrfmiddlewaretoken": "x" * 64})
            assert answer.status_code in (302, 404)
        assert Care.objects.get().state == "back" and not visible(mine.scope("carer")).exists()
