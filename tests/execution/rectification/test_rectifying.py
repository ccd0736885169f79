"""Rectification (整改): ordered, done, verified by another, back when it is not right, moved by two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import dates, to_answer
from sangesan.execution.rectification import queries, services
from sangesan.execution.rectification.models import Finding, Inspection, Verdict
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Body
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Shift
from tests.builders import Role, hire
from tests.duties import owed
from tests.execution.rectification.inspected import KEY, TODAY, checked_mine, found, inspected
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1d", "P1b")]


@pytest.fixture
def mine(noon):
    return checked_mine()


def kinds(finding):
    return list(Body.objects.filter(subject=finding.subject).order_by("pk").values_list("kind", flat=True))


def state(mine, finding, who="safety"):
    return queries.detail_of(mine.scope(who), finding.pk).state


def test_a_problem_becomes_a_duty_of_the_units_head(mine):
    finding = found(mine, due=date(2026, 11, 26))
    duty = Duty.objects.get()
    assert (duty.unit.code, duty.line, duty.origin.kind) == ("ZC1", "administration", "rectify")
    assert clock.local(duty.due).date() == date(2026, 11, 26) and duty.origin.subject == finding.subject
    assert kinds(finding) == ["finding.made", "rectification.ordered"] and state(mine, finding) == "open"


def test_it_is_done_by_the_unit_and_verified_by_the_finder(mine):
    finding = found(mine)
    services.done(scope=mine.scope("chief"), finding=finding.pk, text="风筒已换")
    assert state(mine, finding) == "done"
    assert Notice.objects.filter(kind="finding.to_verify", person=mine.persons["safety"]).exists()
    services.verify(scope=mine.scope("safety"), finding=finding.pk, passed=True)
    assert state(mine, finding) == "verified" and kinds(finding)[2:] == ["rectification.done", "rectification.verified"]
    with pytest.raises(Conflict):
        services.verify(scope=mine.scope("safety"), finding=finding.pk, passed=False, text="再看")


def test_what_a_superior_waives_is_open_no_more_and_waits_for_nobody(mine):
    finding = found(mine)
    duties.exempt(duty=finding.duty, actor=mine.scope("leader").actor, why="other", words="设备已经拆除")
    detail = queries.detail_of(mine.scope("safety"), finding.pk)
    assert (detail.state, detail.does, detail.verifies, detail.names) == ("waived", False, False, False)
    assert "设备已经拆除" in detail.entries[-1]["text"] and queries.open_by_unit(mine.scope("safety")) == []
    assert [at for _one, at in queries.listed(mine.scope("safety"), "waived")] == ["waived"]
    assert queries.listed(mine.scope("safety")) == []


def test_what_is_not_right_goes_back_and_is_done_again(mine):
    finding = found(mine)
    services.done(scope=mine.scope("chief"), finding=finding.pk)
    with pytest.raises(UserError, match="没有写验收意见"):
        services.verify(scope=mine.scope("safety"), finding=finding.pk, passed=False)
    services.verify(scope=mine.scope("safety"), finding=finding.pk, passed=False, text="还有一处漏风")
    assert state(mine, finding) == "open"
    assert Notice.objects.filter(kind="finding.returned", person=mine.persons["chief"]).exists()
    services.done(scope=mine.scope("chief"), finding=finding.pk, text="第三处也换了")
    services.verify(scope=mine.scope("safety"), finding=finding.pk, passed=True)
    assert kinds(finding)[2:] == ["rectification.done", "rectification.returned", "rectification.done",
                                  "rectification.verified"]


def test_neither_the_doer_nor_anybody_under_them_verifies(mine):
    """The crew leader finds it, the team chief does it: the finder is under the doer and may not verify."""
    Appointment.objects.filter(person=mine.persons["crew"]).update(post=mine.posts["crew"])
    with pytest.raises(UserError, match="您自己负责的单位"):
        inspected(mine, "chief")
    finding = found(mine, "secretary")
    services.done(scope=mine.scope("secretary"), finding=finding.pk)
    with pytest.raises(Forbidden, match="整改是您做的"):
        services.verify(scope=mine.scope("secretary"), finding=finding.pk, passed=True)
    Finding.objects.filter(pk=finding.pk).update(named=mine.posts["crew"])
    duties.take_back(duty=finding.duty, actor=mine.scope("chief").actor, within=None)
    services.done(scope=mine.scope("chief"), finding=finding.pk)
    with pytest.raises(Forbidden, match="您的上级做的"):
        services.verify(scope=mine.scope("crew"), finding=finding.pk, passed=True)
    assert not Verdict.objects.exists()


def test_a_named_independent_of_another_shift_may_verify(mine):
    finding = found(mine)
    for post, why in (("day", "同一个班"), ("crew", "整改单位的岗位"), ("chief", "整改单位的岗位"),
                      ("none", "没有这个岗位")):
        with pytest.raises(UserError, match=why):
            services.name(scope=mine.scope("safety"), finding=finding.pk, post=post)
    with pytest.raises(Forbidden):
        services.name(scope=mine.scope("chief"), finding=finding.pk, post="night")
    services.done(scope=mine.scope("chief"), finding=finding.pk)
    with pytest.raises(NotFound):
        services.verify(scope=mine.scope("night"), finding=finding.pk, passed=True)
    services.name(scope=mine.scope("safety"), finding=finding.pk, post="night")
    services.verify(scope=mine.scope("night"), finding=finding.pk, passed=True)
    assert b'"by":"named"' in bytes(Body.objects.get(kind="rectification.verified").content)
    with pytest.raises(Conflict, match="没有指定"):
        services.name(scope=mine.scope("safety"), finding=finding.pk, post="night")


def test_the_date_moves_only_with_a_reason_and_a_second_person(mine):
    finding = found(mine)
    later = date(2026, 12, 4)
    for parts in ({"text": ""}, {"why": "weather"}, {"due": date(2026, 11, 25)}):
        with pytest.raises(UserError):
            services.ask(scope=mine.scope("chief"), finding=finding.pk,
                         **{"due": later, "why": "material", "text": "风筒没到货"} | parts)
    with pytest.raises(Forbidden):
        services.ask(scope=mine.scope("safety"), finding=finding.pk, due=later, why="material", text="晚几天")
    services.ask(scope=mine.scope("chief"), finding=finding.pk, due=later, why="material", text="风筒没到货")
    for who in ("chief", "secretary"):
        if who == "secretary":
            services.decide(scope=mine.scope("safety"), finding=finding.pk, agreed=True)
        else:
            with pytest.raises(Forbidden, match="申请人自己不能同意"):
                services.decide(scope=mine.scope(who), finding=finding.pk, agreed=True)
    duty = Duty.objects.get()
    assert clock.local(duty.due).date() == later and duty.nominal == date(2026, 11, 27)
    assert Body.objects.filter(kind="duty.moved", subject=duty.subject).count() == 1
    with pytest.raises(Conflict):
        services.decide(scope=mine.scope("safety"), finding=finding.pk, agreed=True)


def test_a_finder_who_stands_in_for_the_head_of_the_unit_is_no_second_person(mine):
    finding = found(mine)
    clerk = hire(mine, "clerk", "综采一队办事员", "ZC1", Role.HANDLER, "3010")
    services.ask(scope=clerk, finding=finding.pk, due=date(2026, 12, 4), why="material", text="风筒没到货")
    Appointment.objects.create(person=mine.persons["safety"], post=mine.posts["chief"], kind="acting",
                               since=clock.today(), until=date(2026, 12, 1))
    assert not queries.detail_of(mine.scope("safety"), finding.pk).decides
    for agreed in (True, False):
        with pytest.raises(Forbidden, match="申请人自己不能同意"):
            services.decide(scope=mine.scope("safety"), finding=finding.pk, agreed=agreed)
    assert Duty.objects.get().due == finding.duty.due and Duty.objects.get().askings.get().decided_at is None


def test_an_application_stands_among_all_others_and_is_answered_on_the_finding_s_page_alone(mine):
    finding = found(mine)
    said = {"due": date(2026, 12, 4), "why": "material", "text": "风筒没到货"}
    services.ask(scope=mine.scope("chief"), finding=finding.pk, **said)
    duty, leader = Duty.objects.get(), mine.scope("leader")
    assert [one.duty_id for one in to_answer(leader)] == [duty.pk]
    page = signed_in(mine.persons["leader"]).get("/w/duties/moves/").content.decode()
    assert f'href="/w/findings/{finding.pk}/"' in page
    with pytest.raises(UserError, match="自己的页面"):
        duties.decide(duty=duty, actor=leader.actor, person=leader.person, agreed=True)
    services.decide(scope=mine.scope("safety"), finding=finding.pk, agreed=False)
    assert Duty.objects.get().due == duty.due and not to_answer(leader)
    words = [one["word"] for one in queries.detail_of(mine.scope("chief"), finding.pk).entries]
    assert words == ["查出问题、下达整改", "申请改期", "没有同意改期"]
    with clock.at(duty.due + timedelta(hours=1)), pytest.raises(UserError, match="已经过了"):
        services.ask(scope=mine.scope("chief"), finding=finding.pk, **said)


def test_open_findings_stand_by_unit_and_age(mine):
    with clock.at(clock.now() - timedelta(days=10)):
        found(mine, due=date(2026, 11, 15))
    inspection = inspected(mine, key="x" * 32)
    for n, code in enumerate(("ZC1", "ZC2")):
        services.find(scope=mine.scope("safety"), inspection=inspection.pk, text="问题", unit=code, key=f"{n}" * 32)
    rows = {row.unit.code: row for row in queries.open_by_unit(mine.scope("leader"))}
    assert rows["ZC1"].ages == [1, 1, 0] and rows["ZC1"].late == 1 and rows["ZC2"].total == 1
    assert [row.unit.code for row in queries.open_by_unit(mine.scope("chief"))] == ["ZC1"]


def test_a_walk_settles_the_walk_round_that_was_due(mine):
    duty = owed(mine, "AJ", kind="walk_round", title="走动式管理", opens=clock.now() - timedelta(days=1))
    inspected(mine, form="walk")
    assert duty.happenings.get().what == "done"


def test_a_walk_round_leads_only_whoever_may_inspect_to_the_page_of_inspections(mine):
    duty = owed(mine, "HQ", kind="walk_round", title="走动式管理", opens=clock.now() - timedelta(days=1))
    day, plain = clock.local(duty.due).date(), f"/w/duties/{duty.pk}/"
    assert [one.url for one in dates(mine.scope("handler"), day, day)] == [plain]
    client = signed_in(mine.persons["handler"])
    page = client.get(plain)
    assert page.status_code == 404 or "/w/inspections/new/" not in page.content.decode()


@pytest.mark.parametrize("parts, why", [
    ({"unit": "NONE"}, "没有这个单位"), ({"unit": "ZB1"}, "没有这个单位"), ({"unit": "AJ"}, "自己负责"),
    ({"day": TODAY + timedelta(days=1)}, "今天之后"), ({"day": date(2025, 11, 24)}, "太早"),
    ({"form": "fly"}, "选项"), ({"shift": "五点班"}, "选项"), ({"checklist": 99}, "检查表"), ({"key": "short"}, "失效"),
    ({"seen": "字" * 501}, "最多"), ({"place": "a\x00"}, "字符"),
])
def test_an_inspection_that_cannot_be_is_refused(mine, parts, why):
    with pytest.raises(UserError, match=why):
        inspected(mine, **parts)
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("parts", [{"text": " "}, {"text": "字" * 501}, {"due": date(2026, 11, 1)}, {"unit": "NONE"},
                                   {"item": 3}, {"measure": "字" * 301}])
def test_a_problem_that_cannot_be_is_refused_and_orders_nothing(mine, parts):
    with pytest.raises(UserError):
        found(mine, **parts)
    assert not Finding.objects.exists() and not Duty.objects.exists()


def test_whoever_has_no_part_in_it_neither_sees_nor_touches_it(mine):
    finding = found(mine)
    for who in ("handler", "logistics", "admin", "correspondent", "day"):
        for step in (lambda s: services.done(scope=s, finding=finding.pk),
                     lambda s: services.verify(scope=s, finding=finding.pk, passed=True),
                     lambda s: services.decide(scope=s, finding=finding.pk, agreed=True)):
            with pytest.raises(NotFound):
                step(mine.scope(who))
    with pytest.raises(UserError):
        inspected(mine, "handler", key=KEY)


def test_crews_that_changed_shifts_since_are_told_apart_by_the_day_of_the_inspection(mine):
    """Whoever worked the inspected shift that day stays of it, whatever its crew works a week later."""
    finding, later = found(mine), TODAY + timedelta(days=7)
    Shift.objects.update(until=later)
    for code, pattern in (("AJ1", "零点班"), ("AJ0", "检修班")):
        Shift.objects.create(unit=mine.units[code], pattern=pattern, begins="08:00", ends="16:00", since=later)
    with clock.at(clock.now() + timedelta(days=7)):
        with pytest.raises(UserError, match="同一个班"):
            services.name(scope=mine.scope("safety"), finding=finding.pk, post="day")
        assert services.name(scope=mine.scope("safety"), finding=finding.pk, post="night").named == mine.posts["night"]
