"""Who is told (告知)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.grades import services as tables
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.warning.models import Call
from sangesan.feedback.warning.services.telling import tell_case_due
from sangesan.foundation import clock
from sangesan.method import grading_checks as checks
from sangesan.method.grading import TABLE
from sangesan.organization.notices.models import Notice
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answer
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def told(mine, kind):
    names = {p.pk: code for code, p in mine.persons.items()}
    return {names[n.person_id] for n in Notice.objects.filter(kind=kind)}


@pytest.mark.chapter("N6")
def test_a_declared_danger_reaches_the_duty_post_and_the_office_at_once(mine):
    heard("巷道顶板在响", unit="ZC1", danger=True)
    assert told(mine, "warning.a") == {"duty", "triage"}


def test_a_declared_danger_is_told_even_when_anonymous(mine):
    heard("巷道顶板在响", unit="ZC1", danger=True, mode="anonymous")
    assert told(mine, "warning.a") == {"duty", "triage"}


def test_a_dispatched_a_reaches_all_the_table_names(mine):
    said = heard("巷道顶板在响", unit="ZC1", danger=True)
    services.confirm(scope=mine.scope("duty"), number=said.number)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    assert {"chief", "secretary", "leader", "duty"} <= told(mine, "warning.a")


def led_by_an_office(mine, said, urgency, importance):
    services.release_due(now=clock.now() + timedelta(days=1))
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=urgency, importance=importance)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    return Matter.objects.get(number=said.number)


@pytest.mark.chapter("N6")
@pytest.mark.parametrize(("urgency", "importance", "others"), [(1, 1, set()), (2, 2, {"cadre"})])
def test_the_secretary_where_it_arose_is_told_though_an_office_leads(mine, urgency, importance, others):
    matter = led_by_an_office(mine, heard(unit="ZC1", mode="anonymous"), urgency, importance)
    assert told(mine, "warning.told") == {"secretary"} | others
    assert not told(mine, "warning.told") & told(mine, "matter.dispatched")
    assert queries.matter_for(mine.scope("secretary"), matter.number) == matter


@pytest.mark.chapter("N6")
def test_of_an_a_the_secretary_where_it_arose_is_told_at_once_and_rung(mine):
    matter = led_by_an_office(mine, heard(unit="ZC1"), 3, 3)
    assert "secretary" in told(mine, "warning.a") and not told(mine, "warning.told")
    assert mine.persons["secretary"].pk in Call.objects.filter(sheet__matter=matter).values_list("person", flat=True)


def test_a_graver_grade_tells_whom_only_that_one_names(mine):
    said = heard(unit="ZC1")
    led_by_an_office(mine, said, 1, 1)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, reason="又有人反映")
    assert "cadre" in told(mine, "warning.told")


@pytest.mark.chapter("N6")
@pytest.mark.parametrize("mode", ["named", "anonymous"])
@pytest.mark.parametrize("grade", [(1, 1), (2, 2), (3, 3)])
def test_a_secretary_whom_the_words_accuse_is_never_told(mine, mode, grade):
    led_by_an_office(mine, heard("综采一队党支部书记刘志远克扣奖金", unit="ZC1", mode=mode), *grade)
    assert not Notice.objects.filter(person=mine.persons["secretary"].pk).exists()
    assert not Call.objects.filter(person=mine.persons["secretary"].pk).exists()


@pytest.mark.chapter("N6")
def test_what_the_union_reads_first_and_what_left_the_ordinary_flow_is_told_to_nobody_where_it_arose(mine):
    held, said = heard(unit="ZC1", channel="union"), heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3)
    services.accuse(scope=mine.scope("triage"), number=said.number)
    secretary = Notice.objects.filter(person=mine.persons["secretary"].pk)
    assert not secretary.filter(subject__in=[f"matters/{one.number}" for one in (held, said)]).exists()


@pytest.mark.chapter("N6")
def test_a_table_that_does_not_name_the_secretary_where_it_arose_tells_nobody_there(mine):
    data = checks.written(TABLE)
    data["levels"]["C"]["told"].remove(["secretary", "arises"])
    version, today = tables.draft(scope=mine.scope("cadre"), data=data).version, clock.today()
    tables.put_in_force(scope=mine.scope("cadre"), version=version, since=today, decided_by="党委会",
                        decided_on=today)
    led_by_an_office(mine, heard(unit="ZC1"), 1, 1)
    assert not told(mine, "warning.told")


def test_nobody_the_matter_is_about_is_told(mine):
    said = heard("队长克扣奖金", unit="ZC1")
    triage = mine.scope("triage")
    services.concern(scope=triage, number=said.number, units=[mine.units["ZC1"].pk])
    services.grade(scope=triage, number=said.number, urgency=3, importance=3)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["LZ"].pk,
                      supporting=[mine.units["ZC1"].pk])
    people = {n.person_id for n in Notice.objects.all()}
    assert mine.persons["chief"].pk not in people


def test_the_handlers_hear_of_a_dispatch_and_the_approvers_of_a_draft(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    assert {"handler", "logistics"} <= told(mine, "matter.dispatched")
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    assert "logistics" in told(mine, "matter.to_approve")


def test_a_notice_rests_once_what_it_asked_for_is_done(mine):
    said = heard(unit="ZC1")
    subject = f"matters/{said.number}"
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    waiting = Notice.objects.filter(subject=subject, read_at=None)
    assert waiting.filter(kind="matter.to_approve").exists() and not waiting.filter(kind="matter.dispatched").exists()
    services.approve(scope=mine.scope("logistics"), number=said.number)
    assert not waiting.filter(kind="matter.to_approve").exists()


@pytest.mark.chapter("N6")
def test_an_a_that_is_given_back_wakes_whoever_can_give_it_to_another(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我科")
    waking = Notice.objects.filter(kind="warning.a_waiting", urgent=True, read_at=None)
    assert told(mine, "warning.a_waiting") == {"leader", "duty", "triage"} and waking.exists()
    services.rule(scope=mine.scope("triage"), number=said.number, reason="由综采一队办", lead=mine.units["ZC1"].pk)
    assert not waking.all().exists()


def test_where_whoever_asks_is_the_only_one_to_approve_the_leaders_are_asked(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("logistics"), number=said.number)
    services.draft(scope=mine.scope("logistics"), number=said.number, text="办好了")
    assert told(mine, "matter.to_approve") == {"leader"}


@pytest.mark.chapter("P2b")
def test_a_leader_hears_of_a_case_given_to_the_post_in_a_sentence_that_says_nothing_of_it(mine):
    matter = led_by_an_office(mine, heard(unit="ZC1"), 1, 1)
    services.take_on(scope=mine.scope("triage"), number=matter.number, leader=mine.posts["leader"].pk,
                     unit=mine.units["HQ"].pk, hands="周有田", until=clock.today() + timedelta(days=30),
                     task="每周见面一次", duty="年底前化解")
    assert told(mine, "matter.case_given") == {"leader"}
    waiting = Notice.objects.filter(kind="matter.case_given", read_at=None)
    said = signed_in(mine.persons["leader"]).get("/w/notices/").content.decode()
    assert waiting.get().subject == matter.subject and "由您包案" in said and "每周见面" not in said
    settled(mine, matter)
    assert not waiting.exists()


def settled(mine, matter):
    """The office answers, and the leader signs the case (包案结案)."""
    services.sign_in(scope=mine.scope("handler"), number=matter.number)
    answer(mine, matter.number)
    services.conclude(scope=mine.scope("leader"), number=matter.number, text="已化解，本人签字同意")


def taken_on(mine, days):
    matter = led_by_an_office(mine, heard(unit="ZC1"), 1, 1)
    services.take_on(scope=mine.scope("triage"), number=matter.number, leader=mine.posts["leader"].pk,
                     unit=mine.units["HQ"].pk, hands="周有田", until=clock.today() + timedelta(days=days),
                     task="每周见面一次", duty="年底前化解")
    return matter


def nights(first, last):
    """Close the days of a case so many days after today, each in the night behind it."""
    for day in range(first, last):
        with clock.at(clock.now() + timedelta(days=day + 1)):
            yield tell_case_due(clock.today() - timedelta(days=1))


@pytest.mark.chapter("P2b")
def test_a_leader_hears_once_that_a_case_has_reached_its_day(mine):
    matter = taken_on(mine, 3)
    assert list(nights(0, 6)) == [0, 0, 0, 1, 0, 0]
    with clock.at(clock.now() + timedelta(days=6)):
        assert tell_case_due(clock.today() - timedelta(days=3)) == 0, "the same day is closed once more"
    notice = Notice.objects.get(kind="matter.case_due")
    assert told(mine, "matter.case_due") == {"leader"} and notice.subject == matter.subject
    settled(mine, matter)
    assert not Notice.objects.filter(kind="matter.case_due", read_at=None).exists()


def test_nobody_hears_of_the_day_of_a_case_that_is_signed_or_left_the_ordinary_flow(mine):
    signed, left = taken_on(mine, 3), taken_on(mine, 3)
    settled(mine, signed)
    Matter.objects.filter(pk=left.pk).update(kind="accusation")
    assert list(nights(2, 5)) == [0, 0, 0]
