"""Who is told (告知)."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.organization.notices.models import Notice
from tests.builders import heard, small_mine

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
