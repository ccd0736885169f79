"""What speakers do is kept by its day (只记到日): no clock, notice or row tells the moment, whatever the grade."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import ClockChange, Matter, Pause
from sangesan.feedback.matters.queries.clocking import changes
from sangesan.feedback.matters.services.clocks import turn_began
from sangesan.foundation import clock
from tests.builders import heard, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WEIGHTS = {"A": (3, 3), "B": (2, 2), "C": (1, 1)}
HOURS = [timedelta(hours=-9, minutes=37, seconds=21), timedelta(hours=3, minutes=37, seconds=21),
         timedelta(hours=11, minutes=37, seconds=21)]


@pytest.fixture
def mine(noon):
    return small_mine()


def answered(mine, grade, mode="anonymous"):
    said = heard(unit="ZC1", mode=mode)
    services.release_due(now=clock.now() + timedelta(days=1))
    urgency, importance = WEIGHTS[grade]
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=urgency, importance=importance)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    return said


def told():
    """Return what tells a moment of 37 minutes and 21 seconds (露出的时刻), in whatever table."""
    found = set()
    for model in apps.get_models():
        names = [field.name for field in model._meta.fields if isinstance(field, DateTimeField)]
        for row in model.objects.values_list(*names) if names else ():
            found |= {f"{model.__name__}.{name}" for name, at in zip(names, row, strict=True)
                      if isinstance(at, datetime) and f"{at:%M:%S}" == "37:21"}
    return found


@pytest.mark.parametrize("grade", WEIGHTS)
@pytest.mark.parametrize("hours", HOURS)
def test_a_rating_that_opens_a_matter_again_tells_its_day_alone(mine, noon, grade, hours):
    said = answered(mine, grade)
    with clock.at(noon + timedelta(days=2) + hours):
        services.rate(code=said.receipt, rating="dissatisfied")
        services.record_speakers(clock.today())
        assert told() == set()
    matter = Matter.objects.get()
    due = {"A": "2026-11-29 23:59", "B": "2026-12-03 18:00", "C": "2026-12-11 18:00"}[grade]
    assert clock.local(matter.due_at).strftime("%F %H:%M") == due, "its own day does not count"
    day = (noon + timedelta(days=2)).date()
    again = [one for one in changes(matter) if one.reason == "重新办理" and one.name == "办理"]
    assert [one.at for one in again] == [day] and clock.local(turn_began(matter)).date() == day
    assert {clock.local(one.at).strftime("%F %H:%M") for one in ClockChange.objects.filter(reason="reopened")} == {
        f"{day} 00:00"}
    assert f'<li class="meta">{day:%m-%d} <b>办理' in signed_in(mine.persons["triage"]).get(
        f"/w/matters/{said.number}/").content.decode()


@pytest.mark.parametrize("grade", WEIGHTS)
@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("deed", ["review", "reply", "withdraw", "name"])
def test_whatever_else_a_speaker_does_tells_its_day_alone(mine, noon, grade, hours, deed):
    said = answered(mine, grade, mode="anonymous") if deed == "review" else None
    if said is None:
        said = heard(unit="ZC1", mode="anonymous")
        services.release_due(now=clock.now() + timedelta(days=1))
        urgency, importance = WEIGHTS[grade if deed != "withdraw" else "B"]
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=urgency, importance=importance)
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
        if deed != "withdraw":
            services.sign_in(scope=mine.scope("handler"), number=said.number)
    if deed == "name":
        services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等批复")
        services.pause(scope=mine.scope("logistics"), number=said.number)
    with clock.at(noon + timedelta(days=2) + hours):
        if deed == "review":
            services.review(code=said.receipt, text="不服")
        elif deed == "withdraw":
            services.withdraw(code=said.receipt)
        else:
            text = "后勤科科长周有田把饭菜往家拿" if deed == "name" else "还漏水"
            services.reply(code=said.receipt, text=text)
        services.record_speakers(clock.today())
        assert told() == set()
    if deed == "name":
        assert Matter.objects.get().state == "returned", "the unit in charge was named"


def test_what_was_kept_before_tells_its_day_alone_too(mine, noon):
    """On upgrade: a rating's moment goes from the record of the clocks, and with it from the due moment that runs."""
    said, moment = answered(mine, "A"), datetime(2098, 11, 26, 15, 37, 21, tzinfo=clock.LOCAL)
    services.rate(code=said.receipt, rating="dissatisfied")
    ends = moment + timedelta(days=3)
    Matter.objects.update(due_at=ends)
    ClockChange.objects.filter(reason="reopened", clock="due").update(at=moment, after=ends)
    ClockChange.objects.filter(reason="reopened", clock="plan").update(at=moment, after=moment + timedelta(days=1))
    Pause.objects.create(matter=Matter.objects.get(), reason="等", asked_by=1, asked_at=noon, outcome="granted",
                         decided_at=noon, resumed_at=moment)
    assert "Pause.resumed_at" in told()
    for _twice in range(2):
        import_module("sangesan.feedback.matters.migrations.0025_spoken_days").blunt(apps, None)
    assert told() == set()
    due = Matter.objects.get().due_at
    assert clock.local(due) == datetime(2098, 11, 29, 23, 59, 59, tzinfo=clock.LOCAL)
    row = ClockChange.objects.get(reason="reopened", clock="due")
    assert (clock.local(row.at), row.after) == (datetime(2098, 11, 26, tzinfo=clock.LOCAL), due)
