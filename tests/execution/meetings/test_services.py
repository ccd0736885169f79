"""Meetings (会议): the agenda fills itself, the host keeps the roster, minutes are conclusions, decisions come back."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.meetings import queries, services
from sangesan.execution.meetings.models import Correction, Meeting
from sangesan.execution.meetings.queries.lists import page_of
from sangesan.execution.meetings.services.preparing import Decision
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import entries, history
from sangesan.method.duty_status import Status
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import called, committee, held, someday, written
from tests.routines import made, ruled

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2c", "P1b")]
ONE = (("奖金先公示后发放", "secretary", 7),)


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def next_week():
    return clock.at(clock.now() + timedelta(days=7))


def test_a_meeting_of_secretaries_expects_the_heads_of_the_branches(mine):
    names = [one.person.name for one in called(mine).attendees.select_related("person")]
    assert names == ["刘志远", "综采二队党支部书记"]


def test_the_roster_of_the_last_meeting_stays_and_holders_change_with_it(mine):
    first = called(mine)
    services.remove(scope=mine.scope("cadre"), meeting=first.pk, attendee=first.attendees.last().pk)
    written(mine, first)
    services.close(scope=mine.scope("cadre"), meeting=first.pk)
    with next_week():
        assert [one.post.code for one in called(mine).attendees.all()] == ["secretary"]


def test_a_closed_meeting_leaves_one_fact_its_decisions_and_minutes_as_evidence(mine):
    meeting = held(mine, decisions=ONE)
    assert [row.kind for row in history(meeting.subject)] == ["meeting.held", "decision.taken"]
    fact, decided = history(meeting.subject)
    duty = Duty.objects.get()
    assert (fact.content["quantity"], fact.content["expected"], fact.content["decisions"]) == (2, 2, 1)
    assert (decided.content["duty"], decided.content["owner"]) == (duty.subject, "secretary")
    assert (duty.post.code, clock.local(duty.due).date()) == ("secretary", clock.today() + timedelta(days=7))
    said = json.loads(text_of(meeting.words))
    assert said["title"] == "党支部书记例会（2026年第1次）"
    told = "".join(part["text"] for part in said["parts"])
    assert "奖金先公示后发放——综采一队党支部书记，2026年12月1日前完成" in told and "应到 2 人，到会 2 人" in told


def test_no_name_and_no_word_of_the_minutes_stands_in_a_fact(mine):
    meeting = held(mine, decisions=ONE)
    for row in history(meeting.subject):
        assert not any("\u3400" <= c <= "\u9fff" for c in json.dumps(row.content, ensure_ascii=False))


def test_a_decision_comes_back_on_the_next_agenda_with_its_state(mine):
    held(mine, decisions=(*ONE, ("班车推迟 20 分钟试行", "logistics", 14)))
    first, second = Duty.objects.order_by("pk")
    with next_week():
        duties.complete(duty=first, actor=mine.scope("secretary").actor, words="已公示三个班")
        agenda = queries.agenda_of(again := called(mine))
        assert agenda.done == 1
        assert [(line.status, line.words) for line in agenda.decisions] == [
            (Status.ON_TIME, "已公示三个班"), (Status.OPEN, "")]
        written(mine, again)
        with clock.at(clock.now() + timedelta(hours=1)):
            services.close(scope=mine.scope("cadre"), meeting=again.pk)
        with next_week():
            assert [line.duty.pk for line in queries.agenda_of(called(mine)).decisions] == [second.pk]


def test_what_a_meeting_looked_back_on_stands_in_its_minutes_for_ever(mine):
    held(mine, decisions=ONE)
    with next_week():
        again = held(mine)
        duties.complete(duty=Duty.objects.get(), actor=mine.scope("secretary").actor)
        told = text_of(Meeting.objects.get(pk=again.pk).words)
        assert "上次决定落实情况" in told and "待办" in told


def test_a_routine_duty_is_fulfilled_by_its_meeting_and_by_no_other(mine):
    duty = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-ZW", code="DY-ZW-1", title="支委会",
                hours=2)
    meeting = services.open_for(scope=mine.scope("secretary"), duty=duty.pk)
    assert services.open_for(scope=mine.scope("secretary"), duty=duty.pk).pk == meeting.pk
    assert (meeting.series, meeting.unit.code) == ("committee", "ZB1")
    written(mine, meeting, by="secretary", begins=clock.now() - timedelta(minutes=50))
    services.close(scope=mine.scope("secretary"), meeting=meeting.pk)
    assert Happening.objects.get(duty=duty).what == "done"
    assert [row.kind for row in entries(subject=duty.subject)] == ["duty.done"]
    with pytest.raises(UserError):
        services.open_for(scope=mine.scope("cadre"), duty=10**30)


def test_somebody_of_another_unit_is_a_guest_or_refused(mine):
    meeting = called(mine, by="secretary", unit="ZB1", series="committee")
    with pytest.raises(UserError, match="不在本会应到范围"):
        services.enrol(scope=mine.scope("secretary"), meeting=meeting.pk, work_number="1006", standing="present")
    guest = services.enrol(scope=mine.scope("secretary"), meeting=meeting.pk, work_number="1006")
    assert guest.standing == "guest" and guest.person.name == "周有田"
    with pytest.raises(Conflict):
        services.enrol(scope=mine.scope("secretary"), meeting=meeting.pk, work_number="1006")
    with pytest.raises(NotFound):
        services.enrol(scope=mine.scope("secretary"), meeting=meeting.pk, work_number="没有")


def test_a_guest_counts_neither_as_expected_nor_as_present(mine):
    meeting = called(mine)
    services.enrol(scope=mine.scope("cadre"), meeting=meeting.pk, work_number="1006")
    assert queries.roll(meeting) == (2, 2)


def test_a_hall_is_counted_and_only_those_away_are_named(mine):
    meeting = called(mine, by="secretary", unit="ZB1", series="assembly")
    services.enrol(scope=mine.scope("secretary"), meeting=meeting.pk, work_number="1004", standing="excused",
                   reason="零点班")
    written(mine, meeting, by="secretary", expected=30)
    assert queries.roll(Meeting.objects.get()) == (29, 30)


def test_whoever_is_away_has_a_reason_and_too_few_are_no_meeting(mine):
    meeting = called(mine)
    one, two = meeting.attendees.all()
    with pytest.raises(UserError, match="没有写原因"):
        written(mine, meeting, roster={one.pk: ("absent", "")})
    written(mine, meeting, roster={one.pk: ("absent", "下井"), two.pk: ("excused", "出差")})
    with pytest.raises(UserError, match="最少要到 1 人"):
        services.close(scope=mine.scope("cadre"), meeting=meeting.pk)
    assert not list(entries(kinds=["meeting.held"])) and Meeting.objects.get().open


@pytest.mark.parametrize(("moved", "why"), [
    ({"begins": 2, "ended": 3}, "才开始"), ({"begins": -1, "ended": None}, "没有填散会时间"),
    ({"begins": -1, "ended": 1}, "散会时间还没有到"),
    ({"begins": -24 * 40, "ended": -24 * 40 + 1}, "不能补记"),
    ({"begins": -24 * 360, "ended": -24 * 360 + 1}, "不能补记"),
])
def test_a_meeting_is_not_closed_before_it_began_nor_for_last_year(mine, moved, why):
    meeting = called(mine)
    hours = {name: clock.now() + timedelta(hours=n) if n is not None else None for name, n in moved.items()}
    written(mine, meeting, **hours)
    with pytest.raises(UserError, match=why):
        services.close(scope=mine.scope("cadre"), meeting=meeting.pk)
    assert not list(entries(kinds=["meeting.held"])) and not Duty.objects.exists()


def test_a_meeting_without_a_conclusion_leaves_no_minutes(mine):
    meeting = called(mine)
    written(mine, meeting, conclusions=[])
    with pytest.raises(UserError, match="至少写一条结论"):
        services.close(scope=mine.scope("cadre"), meeting=meeting.pk)


@pytest.mark.parametrize("parts", [
    {"ended": -1}, {"ended": 13 * 60}, {"expected": -1}, {"conclusions": ["长" * 401]}, {"conclusions": ["\x00"]},
    {"conclusions": ["一"] * 41}, {"decisions": (("办", "secretary", -8),)},
    {"decisions": (("长" * 121, "secretary", 1),)},
    {"decisions": (("办", "admin", 1),)}, {"decisions": (("办", "secretary", 1),) * 21}, {"chair": "nobody"},
    {"roster": {5: ("present", "")}},
])
def test_what_cannot_be_is_refused_and_the_draft_stays(mine, parts):
    meeting = called(mine)
    written(mine, meeting)
    if "ended" in parts:
        parts = parts | {"ended": meeting.begins + timedelta(minutes=parts["ended"])}
    if parts.get("decisions") == (("办", "admin", 1),):
        mine.posts["admin"].unit = mine.units["ZC2"]
    with pytest.raises(UserError):
        written(mine, meeting, **parts)
    assert [item.text for item in meeting.items.all()] == ["各支部本周把班前会的答复念到班组"]


def test_finished_minutes_are_never_overwritten_but_corrected(mine):
    meeting = held(mine, decisions=ONE)
    kept = text_of(meeting.words)
    with pytest.raises(Conflict):
        written(mine, meeting)
    with pytest.raises(Conflict):
        services.close(scope=mine.scope("cadre"), meeting=meeting.pk)
    services.correct(scope=mine.scope("cadre"), meeting=meeting.pk, text="应到为三人")
    assert text_of(meeting.words) == kept
    assert "更正（2026-11-24）：应到为三人" in queries.told(meeting).content["notes"]
    assert history(meeting.subject)[-1].kind == "evidence.attached"
    with pytest.raises(Exception, match="append-only|只增|not"):
        Correction.objects.update(text="改")


def test_meetings_of_a_year_are_counted_one_after_the_other(mine):
    assert held(mine).number == 1
    with next_week():
        assert held(mine).number == 2
        assert held(mine, by="secretary", unit="ZB1", series="committee").number == 1
    with clock.at(someday(date(2027, 1, 12))):
        assert held(mine).number == 1


@pytest.mark.parametrize("who", ["secretary2", "chief", "assessor", "leader"])
def test_only_the_unit_itself_keeps_the_record(mine, who):
    meeting = called(mine, by="secretary", unit="ZB1", series="committee")
    for step in (lambda s: services.prepare(scope=s, meeting=meeting.pk, begins=meeting.begins),
                 lambda s: services.close(scope=s, meeting=meeting.pk),
                 lambda s: services.enrol(scope=s, meeting=meeting.pk, work_number="1006")):
        with pytest.raises((NotFound, Forbidden)):
            step(mine.scope(who))
    with pytest.raises(Forbidden):
        called(mine, by=who, unit="ZB1", series="committee")


def test_a_meeting_is_seen_by_who_is_on_it_by_its_unit_and_from_above(mine):
    meeting = held(mine, by="secretary", unit="ZB1", series="committee")
    seen = {who for who in mine.persons if queries.visible(mine.scope(who)).filter(pk=meeting.pk).exists()}
    assert {"secretary", "chief", "leader", "party", "cadre"} <= seen
    assert not seen & {"secretary2", "logistics", "handler", "admin", "assessor", "correspondent"}


def test_a_routine_says_how_many_must_come_and_its_other_duties_stay_plain(mine):
    ruled(code="ZGLH-Z", kind="meeting", title="党支部书记例会", rule="FREQ=WEEKLY;BYDAY=TU", line="party",
          unit_kinds=["committee"], attendance=80)
    made()
    duty = Duty.objects.get(origin__subject="routines/ZGLH-Z", nominal=clock.today())
    meeting = services.open_for(scope=mine.scope("party"), duty=duty.pk)
    assert meeting.series == "secretaries"
    one = meeting.attendees.first()
    written(mine, meeting, begins=clock.now() - timedelta(minutes=50), roster={one.pk: ("excused", "下井")})
    with pytest.raises(UserError, match="最少要到 2 人"):
        services.close(scope=mine.scope("party"), meeting=meeting.pk)
    talks = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-TX", title="谈心谈话")
    assert page_of(talks) == "" and page_of(duty) == f"/w/meetings/of/{duty.pk}/"


def test_minutes_that_come_late_keep_the_day_that_was_set(mine):
    meeting = called(mine, begins=clock.now() - timedelta(days=6))
    decision = Decision("奖金先公示后发放", mine.posts["secretary"].pk, clock.today() - timedelta(days=2))
    services.prepare(scope=mine.scope("cadre"), meeting=meeting.pk, begins=meeting.begins, decisions=[decision],
                     ended=meeting.begins + timedelta(minutes=30))
    services.close(scope=mine.scope("cadre"), meeting=meeting.pk)
    decided, duty = next(entries(kinds=["decision.taken"])), Duty.objects.get()
    assert decided.content["due_day"] == str(clock.today() - timedelta(days=2))
    assert duty.due == clock.now() + timedelta(hours=1) and "2026年11月22日前完成" in text_of(
        Meeting.objects.get().words)


def test_a_meeting_that_was_held_has_its_minutes_though_its_duty_was_waived_meanwhile(mine):
    duty = owed(mine, "DW", "party", kind="meeting", subject="routines/ZGLH-Z", code="ZGLH-Z-1", title="党支部书记例会",
                opens=clock.now() - timedelta(hours=3))
    meeting = services.open_for(scope=mine.scope("cadre"), duty=duty.pk)
    duties.exempt(duty=duty, actor=mine.scope("leader").actor, why="holiday", words="放假")
    written(mine, meeting, begins=clock.now() - timedelta(hours=1))
    services.close(scope=mine.scope("cadre"), meeting=meeting.pk)
    meeting.refresh_from_db()
    assert meeting.closed_at and [one.what for one in duty.happenings.all()] == ["exempted"]


def test_the_head_of_the_unit_chairs_whoever_opens_the_record(mine):
    meeting = called(mine, by="cadre")
    assert (meeting.chair, meeting.recorder) == ("party", "cadre")
