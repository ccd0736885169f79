"""An A warning at night, nobody signs in (夜里的 A 级): the duty post calls, it escalates, the secretary is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.warning.models import Call, CallSheet
from sangesan.feedback.warning.services import rota
from sangesan.foundation import clock
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.queries import history
from sangesan.organization.notices.models import Notice
from sangesan.procedures import rounds
from tests.builders import heard, small_mine
from tests.signing import signed_in

NIGHT = datetime(2026, 11, 24, 18, 10, tzinfo=UTC)  # 02:10 in the mine


@pytest.mark.chapter("N6")
@pytest.mark.django_db
def test_an_a_warning_at_night_with_nobody_signing_in():
    with clock.at(NIGHT):
        mine = small_mine()
        people = {p.pk: code for code, p in mine.persons.items()}
        rota.paste(scope=mine.scope("duty"), text="2026-11-25 零点班 1003")
        number = heard("3208面机尾掉渣，锚杆断两根，还在割煤", unit="ZC1", danger=True, mode="anonymous").number
        urgent = Notice.objects.filter(urgent=True, kind="warning.a")
        assert {people[n.person_id] for n in urgent} == {"duty", "triage"}
        services.confirm(scope=mine.scope("duty"), number=number)
        services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["ZC1"].pk)
    sheet = CallSheet.objects.get().pk

    with clock.at(NIGHT + timedelta(minutes=6)):  # the list on paper, noted; nobody answers
        duty = signed_in(mine.persons["duty"])
        paper = duty.get(f"/w/calls/{sheet}/paper/").content.decode()
        assert "综采一队党支部书记" in paper and AuditEntry.objects.filter(event="calls.printed").count() == 1
        for line in Call.objects.exclude(post="secretary").values_list("pk", flat=True):
            answer = duty.post(f"/w/calls/{sheet}/{line}/", {"called_at": "2026-11-25T02:15", "reached": "0"})
            assert answer.status_code == 302

    with clock.at(NIGHT + timedelta(minutes=40)):  # half an hour has run out: it escalates, the leaders are woken
        rounds.run()
        woken = {people[n.person_id] for n in Notice.objects.filter(kind="warning.a_escalated", urgent=True)}
        assert {"leader", "secretary", "duty"} <= woken
        line = Call.objects.get(post="secretary").pk
        duty = signed_in(mine.persons["duty"])
        said = {"called_at": "2026-11-25T02:45", "reached": "1", "signs": "on"}
        answer = duty.post(f"/w/calls/{sheet}/{line}/", said)
        assert answer.status_code == 302
    matter = Matter.objects.get()
    assert matter.state == "handling" and clock.local(matter.signed_in_at).strftime("%H:%M") == "02:45"
    signed = next(f for f in history(f"matters/{number}") if f.kind == "matter.signed_in")
    assert signed.content["in_time"] == 0, "a late entry is dated as late"

    with clock.at(NIGHT + timedelta(days=3, hours=1)):  # nobody answers in three days: supervision
        rounds.run()
        assert any(f.kind == "matter.supervised" for f in history(f"matters/{number}"))


@pytest.mark.chapter("N6")
@pytest.mark.django_db
def test_a_danger_at_night_that_nobody_confirms_or_dispatches_wakes_the_leaders():
    with clock.at(NIGHT):
        mine = small_mine()
        people = {p.pk: code for code, p in mine.persons.items()}
        number = heard("3208面机尾掉渣，锚杆断两根，还在割煤", unit="ZC1", danger=True, mode="anonymous").number
    woken = Notice.objects.filter(kind="warning.a_waiting", urgent=True, read_at=None)
    with clock.at(NIGHT + timedelta(minutes=29)):
        rounds.run()
        assert not woken.all().exists()
    with clock.at(NIGHT + timedelta(minutes=31)):
        rounds.run()
        rounds.run()
        assert sorted(people[n.person_id] for n in woken) == ["duty", "leader", "triage"]
        services.confirm(scope=mine.scope("duty"), number=number)
        services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["ZC1"].pk)
        assert not woken.all().exists(), "what is dispatched has its own clock"
        rounds.run()
        assert not woken.all().exists()


@pytest.mark.chapter("V4")
@pytest.mark.django_db
def test_a_leader_named_in_a_danger_is_not_woken_by_it():
    with clock.at(NIGHT):
        mine = small_mine()
        heard("矿长王安民不让停，顶板在掉渣", unit="ZC1", danger=True, mode="anonymous")
    with clock.at(NIGHT + timedelta(minutes=31)):
        rounds.run()
        woken = Notice.objects.filter(kind="warning.a_waiting").values_list("person", flat=True)
        assert mine.persons["duty"].pk in woken and mine.persons["leader"].pk not in woken
