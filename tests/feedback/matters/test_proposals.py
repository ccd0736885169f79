"""Proposed supervisions (督办建议): decided by somebody whose own office they are not, gone where nobody can decide."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Supervision
from sangesan.feedback.matters.queries.papers import papers_for
from sangesan.feedback.matters.queries.progress import progress_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden
from sangesan.ledger.facts.queries import history
from sangesan.organization.notices.models import Notice
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import dispatched
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def told_nothing(mine):
    """Return a matter whose notice is late though a unit has it in hand: the night proposes a supervision."""
    said = dispatched(mine)
    with clock.at(clock.now() + timedelta(days=17)):
        services.record_terms(clock.today() - timedelta(days=1))
        services.propose_supervision(clock.today())
    assert Supervision.objects.get().trigger == "procedure"
    return said


def late_in(mine, unit):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units[unit].pk)
    Supervision.objects.create(matter=Matter.objects.get(), trigger="late", state="proposed", proposed_at=clock.now())
    return said


def asked_of(mine, post, number):
    """Return whether a post is asked to confirm a supervision (待办与页面所示)."""
    page = signed_in(mine.persons[post]).get(f"/w/matters/{number}/").content.decode()
    steps = {step.action for step in queries.standing(mine.scope(post), Matter.objects.get(number=number)).steps}
    listed = "确认督办" in {task.name for task in queries.todo(mine.scope(post))}
    assert listed == ("waive" in steps) == ("supervise" in steps) and "督办" in page
    return listed


@pytest.mark.parametrize("case", [told_nothing, lambda mine: late_in(mine, "XF")])
def test_nobody_decides_on_a_supervision_of_the_own_office(mine, case):
    said, triage, leader = case(mine), mine.scope("triage"), mine.scope("leader")
    assert (asked_of(mine, "triage", said.number), asked_of(mine, "leader", said.number)) == (False, True)
    for step, words in ((services.waive, {"reason": "不必"}), (services.supervise, {"text": "请抓紧"})):
        with pytest.raises(Conflict, match="没有办成"):
            step(scope=triage, number=said.number, **words)
    assert Supervision.objects.get().state == "proposed"
    assert "matter.supervised" not in {fact.kind for fact in history(f"matters/{said.number}")}
    services.supervise(scope=leader, number=said.number, text="请马上告知")
    Supervision.objects.update(result="已告知", result_at=clock.now())
    with pytest.raises(Conflict):
        services.end_supervision(scope=triage, number=said.number)
    services.end_supervision(scope=leader, number=said.number)
    assert Supervision.objects.get().state == "ended"


def test_the_office_is_not_asked_to_decide_on_what_it_owed(mine):
    told_nothing(mine)
    asked = set(Notice.objects.filter(kind="matter.supervision_proposed").values_list("person", flat=True))
    assert mine.persons["leader"].pk in asked and mine.persons["triage"].pk not in asked


def test_the_office_writes_back_what_it_owed_and_no_unit_is_charged_with_it(mine):
    said = told_nothing(mine)
    services.supervise(scope=mine.scope("leader"), number=said.number, text="请马上告知")
    told = set(Notice.objects.filter(kind="matter.supervised").values_list("person", flat=True))
    assert told == {mine.persons["triage"].pk}
    asked = {post for post in ("triage", "handler", "logistics")
             if "回告督办结果" in {task.name for task in queries.todo(mine.scope(post))}}
    assert asked == {"triage"}
    assert "supervised" not in {kind.slug for kind in papers_for(mine.scope("leader"), Matter.objects.get())}
    with pytest.raises((Conflict, Forbidden)):
        services.write_back(scope=mine.scope("handler"), number=said.number, text="不是我们的事")
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    before = progress_of(Matter.objects.get())
    services.write_back(scope=mine.scope("triage"), number=said.number, text="已告知")
    services.end_supervision(scope=mine.scope("leader"), number=said.number)
    facts = [fact for fact in history(f"matters/{said.number}") if fact.kind == "matter.supervised"]
    assert [(fact.content["reason"], fact.content["unit"]) for fact in facts] == [
        ("procedure", "QSL/"), ("result", "QSL/"), ("ended", "QSL/")]
    assert progress_of(Matter.objects.get()) == before is not None
    assert mine.persons["triage"].pk not in queries.handlers(Matter.objects.get()), "who may call back still"


def test_of_what_a_unit_owes_the_office_decides_as_before(mine):
    said = late_in(mine, "HQ")
    assert asked_of(mine, "triage", said.number)
    services.waive(scope=mine.scope("triage"), number=said.number, reason="配件今天到")
    assert Supervision.objects.get().state == "waived"


@pytest.mark.parametrize("deed", ["merge", "withdraw", "care"])
def test_what_was_proposed_falls_away_with_the_matter(mine, deed):
    from sangesan.method.authority import Role
    from tests.builders import hire

    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "3111")
    other = dispatched(mine)
    said = heard(unit="ZC1", text="澡堂水凉")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    matter = Matter.objects.get(number=said.number)
    row = Supervision.objects.create(matter=matter, trigger="late", state="proposed", proposed_at=clock.now())
    with clock.at(clock.now() + timedelta(hours=3, minutes=7)):
        if deed == "merge":
            services.merge(scope=mine.scope("triage"), number=said.number, into=other.number)
        elif deed == "withdraw":
            services.withdraw(code=said.receipt)
        else:
            services.care(scope=mine.scope("triage"), number=said.number)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert clock.local(row.ended_at).strftime("%H:%M") == ("00:00" if deed == "withdraw" else "13:07")
    if deed == "withdraw":
        assert row.ended == clock.today(), "of what a speaker did the day alone is shown"


def test_proposals_that_nobody_can_decide_fall_away_on_upgrade(mine):
    waiting, given = heard(unit="ZC1"), dispatched(mine)
    for said in (waiting, given):
        Supervision.objects.create(matter=Matter.objects.get(number=said.number), trigger="procedure",
                                   state="proposed", proposed_at=clock.now())
    import_module("sangesan.feedback.matters.migrations.0023_fallen_proposals").mend(apps, None)
    states = dict(Supervision.objects.values_list("matter__number", "state"))
    assert states == {waiting.number: "withdrawn", given.number: "proposed"}
    with clock.at(clock.now() + timedelta(days=17)):
        assert queries.with_owed([Matter.objects.get(number=waiting.number)])[0].owed[1] < clock.now(), "it is late"
