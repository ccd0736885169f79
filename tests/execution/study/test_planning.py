"""Study days (学习日): in paid time, material from allowed places, heads counted, nobody of another unit named."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.duties.queries import todo
from sangesan.execution.study import queries, services
from sangesan.execution.study.models import Attendance, Gain, Session
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Body
from sangesan.method.turns import read
from sangesan.organization.units.models import Kind, Shift
from sangesan.organization.units.services import put_on_shift
from tests.builders import START, person, small_mine, unit
from tests.duties import owed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2e")]
TODAY = date(2026, 11, 24)


@pytest.fixture
def mine(noon, settings):
    settings.STUDY_HOSTS = ["video.mine.local"]
    mine = small_mine()
    Shift.objects.create(unit=mine.units["ZC1J"], pattern="检修班", begins="08:00", ends="16:00", since=START)
    mine.persons["own"] = person("5001", "本队人", mine.units["ZC1J"])
    mine.persons["other"] = person("5002", "外队人", mine.units["ZC2"])
    return mine


def planned(mine, who="chief", **parts):
    said = {"unit": "ZC1", "of": "safety", "day": TODAY, "at": time(9), "theme": "顶板事故案例", "shift": "检修班"}
    return services.plan(scope=mine.scope(who), **said | parts)


def test_a_session_stands_in_paid_time_with_its_material(mine):
    made = planned(mine, link="https://video.mine.local/a.mp4", pdf=b"%PDF-1.7 x", text="讲义")
    assert (made.unit.code, made.shift, bytes(made.pdf)[:5]) == ("ZC1", "检修班", b"%PDF-")


@pytest.mark.parametrize("parts, why", [
    ({"at": time(17)}, "不占休息时间"), ({"at": time(7, 59)}, "不占休息时间"),
    ({"shift": "", "at": time(12, 30)}, "不占休息时间"),
    ({"shift": "零点班"}, "没有零点班"), ({"link": "https://video.evil.com/a"}, "允许的主机"),
    ({"link": "javascript:alert(1)"}, "允许的主机"), ({"pdf": b"MZ"}, "不是 PDF"),
    ({"pdf": b"%PDF-" + b"x" * (5 << 20)}, "5 MB"),
    ({"theme": " "}, "没有写主题"), ({"of": "dance"}, "类别"), ({"day": TODAY - timedelta(days=400)}, "太早"),
    ({"day": TODAY + timedelta(days=400)}, "太远"), ({"text": "字" * 5001}, "最多"),
])
def test_a_session_that_cannot_be_is_refused(mine, parts, why):
    with pytest.raises(UserError, match=why):
        planned(mine, **parts)
    assert not Session.objects.exists()


def test_without_allowed_hosts_no_link_is_taken(mine, settings):
    settings.STUDY_HOSTS = []
    with pytest.raises(UserError, match="现在允许：没有"):
        planned(mine, link="https://video.mine.local/a.mp4")


def test_a_shift_has_one_session_of_a_kind_a_day_and_only_its_unit_plans_it(mine):
    planned(mine)
    with pytest.raises(Conflict):
        planned(mine)
    for who in ("handler", "logistics", "correspondent", "admin"):
        with pytest.raises(Forbidden):
            planned(mine, who)


def test_the_host_counts_heads_once_and_the_routine_is_done_with_it(mine):
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", code="XX-A-1", title="安全活动日",
                opens=clock.now() - timedelta(days=1))
    made = services.hold(scope=mine.scope("chief"), session=planned(mine).pk, heads=23)
    fact = Body.objects.get(kind="study.held")
    assert (made.heads, fact.quantity, fact.unit) == (23, 23, "QSL/CM/ZC1/")
    assert duty.happenings.get().what == "done"
    with pytest.raises(Conflict):
        services.hold(scope=mine.scope("chief"), session=made.pk, heads=24)
    assert Body.objects.filter(kind="study.held").count() == 1


def test_a_roster_names_the_units_own_people_and_nobody_of_another(mine):
    made = planned(mine)
    with pytest.raises(UserError, match="不是综采一队的人：5002"):
        services.hold(scope=mine.scope("chief"), session=made.pk, heads=9, names=["5001", "5002"])
    with pytest.raises(UserError, match="不是综采一队的人：9999"):
        services.hold(scope=mine.scope("chief"), session=made.pk, heads=9, names=["9999"])
    assert not Attendance.objects.exists() and not Body.objects.filter(kind="study.held").exists()
    services.hold(scope=mine.scope("chief"), session=made.pk, heads=9, names=["5001", "5001"])
    assert Attendance.objects.get().person == mine.persons["own"]


@pytest.mark.parametrize("heads", [0, -1, 501, True, None])
def test_a_count_that_cannot_be_is_refused(mine, heads):
    with pytest.raises(UserError):
        services.hold(scope=mine.scope("chief"), session=planned(mine).pk, heads=heads)


def test_nothing_is_held_before_it_began_and_nobody_else_counts(mine):
    made = planned(mine, at=time(11))
    with pytest.raises(UserError, match="还没有到"):
        services.hold(scope=mine.scope("chief"), session=made.pk, heads=9)
    with pytest.raises(NotFound):
        services.hold(scope=mine.scope("handler"), session=made.pk, heads=9)


def test_grades_gained_are_counts_and_a_correction_reverses(mine):
    said = {"unit": "ZC1", "day": TODAY, "what": "senior"}
    services.gain(scope=mine.scope("chief"), count=3, **said)
    services.gain(scope=mine.scope("chief"), count=3, **said)
    services.gain(scope=mine.scope("chief"), count=4, **said)
    assert Gain.objects.get().count == 4 and Body.objects.filter(kind="fact.reversed").count() == 1
    assert sorted(Body.objects.filter(kind="skill.gained").values_list("quantity", flat=True)) == [3, 4]
    assert [row["n"] for row in queries.gains(mine.scope("leader"), 2026)] == [4]
    for parts in ({"count": 0}, {"count": 501}, {"what": "genius"}, {"day": TODAY + timedelta(days=1)}):
        with pytest.raises(UserError):
            services.gain(scope=mine.scope("chief"), **{**said, "count": 3} | parts)
    with pytest.raises(Forbidden):
        services.gain(scope=mine.scope("handler"), count=3, **said)


def test_grades_sent_twice_at_once_are_counted_once(mine):
    with CaptureQueriesContext(connection) as asked:
        services.gain(scope=mine.scope("chief"), unit="ZC1", day=TODAY, what="senior", count=3)
    locks = [n for n, one in enumerate(asked) if "FOR UPDATE" in one["sql"]]
    reads = [n for n, one in enumerate(asked) if one["sql"].startswith("SELECT") and "study_gain" in one["sql"]]
    assert not connection.features.has_select_for_update or locks[0] < reads[0]


def test_a_study_day_is_done_once_every_shift_has_studied(mine):
    mine.units["ZC1L"] = unit("ZC1L", "综采一队零点班", Kind.CREW, mine.units["ZC1"])
    Shift.objects.create(unit=mine.units["ZC1L"], pattern="零点班", begins="00:00", ends="08:00", since=START)
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", code="XX-A-1", title="安全活动日",
                opens=clock.now() - timedelta(days=1))
    scope = mine.scope("chief")
    day = services.hold(scope=scope, session=planned(mine).pk, heads=23)
    assert not duty.happenings.exists() and queries.left(day) == ["综采一队零点班"]
    night = services.hold(scope=scope, session=planned(mine, shift="零点班", at=time(0, 30)).pk, heads=9)
    assert duty.happenings.get().what == "done" and queries.left(night) == []


@pytest.mark.parametrize(("ends", "left"), [("12:00", []), ("08:00", ["综采一队零点班"])])
def test_one_session_for_the_whole_unit_counts_for_the_shifts_that_were_at_work(mine, ends, left):
    mine.units["ZC1L"] = unit("ZC1L", "综采一队零点班", Kind.CREW, mine.units["ZC1"])
    Shift.objects.create(unit=mine.units["ZC1L"], pattern="零点班", begins="00:00", ends=ends, since=START)
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", code="XX-A-1", title="安全活动日",
                opens=clock.now() - timedelta(days=1))
    made = services.hold(scope=mine.scope("chief"), session=planned(mine, shift="").pk, heads=40)
    assert queries.left(made) == left and duty.happenings.exists() is not bool(left)


@pytest.mark.parametrize(("at", "shift"), [(time(2), "夜班"), (time(9), ""), (time(9), "检修班")])
def test_whoever_changed_shifts_within_the_period_has_studied_and_whoever_took_the_shift_has_not(mine, at, shift):
    """Of two crews that change places each day, one studies on each: by day, or in the night begun the day before."""
    Shift.objects.all().delete()
    mine.units["ZC1L"] = unit("ZC1L", "综采一队二班", Kind.CREW, mine.units["ZC1"])
    for code, turns in (("ZC1J", "检修班、夜班 22:00-6:00"), ("ZC1L", "夜班 22:00-6:00、检修班")):
        put_on_shift(unit=mine.units[code], turns=read(turns), days=1, day=TODAY)
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", code="XX-A-1", title="安全活动日",
                opens=clock.now() - timedelta(days=1))
    scope = mine.scope("chief")
    first = services.hold(scope=scope, session=planned(mine).pk, heads=20)
    assert queries.left(first) == ["综采一队二班"] and not duty.happenings.exists()
    with clock.at(clock.now() + timedelta(days=1)):
        made = planned(mine, day=TODAY + timedelta(days=1), at=at, shift=shift)
        assert queries.left(services.hold(scope=scope, session=made.pk, heads=20)) == []
    assert duty.happenings.get().what == "done"


def test_the_small_hours_of_a_day_are_those_of_whoever_began_the_night_the_evening_before(mine):
    """A crew goes on nights on the day of rotation: that day at two it rests, the day after at two it studies."""
    Shift.objects.all().delete()
    put_on_shift(unit=mine.units["ZC1J"], turns=read("夜班 22:00-6:00、检修班"), days=1, day=TODAY)
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", code="XX-A-1", title="安全活动日",
                opens=clock.now() - timedelta(days=1))
    with pytest.raises(UserError, match="不占休息时间") as refused:
        planned(mine, shift="夜班", at=time(2))
    assert "日期写第二天" in refused.value.next and not Session.objects.exists()
    planned(mine, shift="夜班", at=time(22, 30), of="skill")
    with clock.at(clock.now() + timedelta(days=1)):
        made = planned(mine, shift="夜班", at=time(2), day=TODAY + timedelta(days=1))
        with pytest.raises(UserError, match="不占休息时间"):
            planned(mine, shift="夜班", at=time(22, 30), day=TODAY + timedelta(days=1))
        assert queries.left(services.hold(scope=mine.scope("chief"), session=made.pk, heads=9)) == []
    assert duty.happenings.get().what == "done"


def test_a_session_is_called_off_until_it_was_held(mine):
    made = planned(mine)
    for who in ("logistics", "correspondent", "handler"):
        with pytest.raises((Forbidden, NotFound)):
            services.call_off(scope=mine.scope(who), session=made.pk)
    services.call_off(scope=mine.scope("chief"), session=made.pk)
    made = services.hold(scope=mine.scope("chief"), session=planned(mine).pk, heads=5)
    with pytest.raises(Conflict):
        services.call_off(scope=mine.scope("chief"), session=made.pk)
    assert Session.objects.get() == made


def test_the_task_leads_to_a_plan_with_nothing_typed_twice(mine):
    services.hold(scope=mine.scope("chief"), session=planned(mine, day=TODAY - timedelta(days=7), place="队部").pk,
                  heads=5)
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", code="XX-A-1", title="安全活动日")
    address = next(task.url for task in todo(mine.scope("chief")) if task.subject == duty.subject)
    page = signed_in(mine.persons["chief"]).get(address).content.decode()
    assert address == "/w/study/?unit=ZC1&day=2026-11-25&of=safety#plan"
    for typed in ('value="safety"', 'value="2026-11-25"', 'value="09:00"', 'value="队部"', '"检修班" selected'):
        assert typed in page, typed
    assert "<details open>" in page
    assert signed_in(mine.persons["chief"]).get("/w/study/?unit=X%27&day=9999-12-31&of=<b>").status_code == 200


def test_a_crew_sees_what_its_team_studies_and_counts_no_heads_there(mine):
    made = planned(mine, text="讲义")
    web = signed_in(mine.persons["correspondent"])
    assert "顶板事故案例" in web.get("/w/study/").content.decode()
    assert "讲义" in web.get(f"/w/study/{made.pk}/").content.decode()
    with pytest.raises(Forbidden):
        services.hold(scope=mine.scope("correspondent"), session=made.pk, heads=9)
    assert signed_in(mine.persons["logistics"]).get(f"/w/study/{made.pk}/").status_code == 404
