"""A review for the unit above the enterprise (上级复查、复核): passed on, decided there, nobody here late by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter, Message, Review, Term
from sangesan.feedback.matters.queries.papers import case_of, papers_for
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.papers import composed
from sangesan.organization.notices.models import Notice
from tests.builders import heard, hire, person, post, small_mine
from tests.feedback.matters import papers
from tests.feedback.matters.roads import handled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
GROUP = "冀中能源集团信访办"


@pytest.fixture
def mine(noon):
    made = small_mine()
    made.persons["party"] = person("3090", "党委书记", made.units["QSL"])
    made.posts["party"] = post("party", "党委书记", made.units["QSL"], Role.LEADER, made.persons["party"])
    return made


def asked(mine, **parts):
    """Answered by one leader, about the other: nobody here may review it."""
    said = handled(mine, **parts)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("party"), number=said.number)
    Concern.objects.create(matter=Matter.objects.get(), person=mine.persons["leader"].pk)
    services.review(code=said.receipt, text="不服")
    return said


def passed(mine, said, *, days: int = 0):
    return services.pass_up(scope=mine.scope("triage"), number=said.number, unit=GROUP,
                            day=clock.today() - timedelta(days=days), way="report")


def offered(mine, code):
    return {step.action for step in queries.standing(mine.scope(code), Matter.objects.get()).steps}


def test_what_was_asked_for_stands_before_its_passing_on_of_the_same_day(mine, noon):
    said = asked(mine)
    with clock.at(noon + timedelta(hours=1)):
        passed(mine, said)
    with clock.at(noon + timedelta(hours=2)):
        services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
    told = [one.text for one in queries.heard(said.receipt).messages]
    assert told[:2] == ["办好了", "不服"] and "上报" in told[2] and "维持" in told[3]
    names = [str(one.name) for one in queries.timeline(Matter.objects.get()) if one.kind.startswith("matter.")]
    assert names[-3:] == ["申请复查", "转送上级单位审理", "复查维持"]


def late(said):
    return [f.content["clock"] for f in history(f"matters/{said.number}") if f.kind == "matter.overdue"]


@pytest.mark.chapter("P2b")
@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_the_office_passes_it_up_and_enters_what_was_decided_there(mine, mode, settings):
    settings.DEMO = True
    said = asked(mine, mode=mode)
    assert "pass_up" in offered(mine, "triage") and "upper_change" not in offered(mine, "triage")
    passed(mine, said)
    assert not Notice.objects.filter(kind="matter.no_reviewer", read_at=None).exists()
    assert any("上报冀中能源集团信访办审理" in one.text for one in queries.heard(said.receipt).messages)
    assert "登记上级结论" in {task.name for task in queries.todo(mine.scope("triage"))}
    day = clock.today() + timedelta(days=9)
    with clock.at(clock.now() + timedelta(days=12)):
        services.upper_change(scope=mine.scope("triage"), number=said.number, day=day, text="补发三百元（信复9号）")
        held, row = queries.heard(said.receipt), Review.objects.get()
        assert "冀中能源集团信访办于 2026-12-03 作出复查结论（变更）：补发三百元" in held.messages[-1].text
        assert held.state == "closed" and held.may("third_review") and not held.may("dissatisfied")
        assert (row.outcome, row.upper, row.passed_on, row.upper_on, row.decided_by) == (
            "change", GROUP, day - timedelta(days=9), day, 0)
        assert (term := Term.objects.get(code="review")).met == day and not term.missed
        assert "second_review" not in {p.slug for p in papers_for(mine.scope("triage"), Matter.objects.get())}
    facts = history(f"matters/{said.number}")
    told = [(f.actor, f.content["reason"]) for f in facts if f.kind == "matter.second_review"]
    assert told == [("post:triage", "passed_up"), ("post:triage", "change")]


def test_of_a_group_no_one_reads_that_they_asked_for_what_another_asked_for(mine):
    said = asked(mine, channel="visit", others=[("高小满", "")], extra={"heads": 2, "representatives": 2})
    passed(mine, said)
    for receipt in (said.receipt, *said.more):
        told = [one.text for one in queries.heard(receipt).messages if "冀中能源集团" in one.text]
        assert told == ["这件事项的复查申请已于 2026-11-24 上报冀中能源集团信访办审理，结论会在这里告诉您"]


def test_whom_it_is_about_never_reads_it_nor_is_told(mine):
    said = asked(mine)
    passed(mine, said)
    services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
    with pytest.raises(NotFound):
        queries.matter_for(mine.scope("leader"), said.number)
    assert not Notice.objects.filter(person=mine.persons["leader"].pk, subject=f"matters/{said.number}").exists()


def test_nobody_here_is_late_by_what_the_unit_above_does_only_by_passing_it_up_late(mine):
    said = asked(mine)
    passed(mine, said)
    with clock.at(clock.now() + timedelta(days=40)):
        services.record_terms(clock.today())
        services.propose_supervision(clock.today())
        assert "review" not in late(said) and not Term.objects.get(code="review").missed
        services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
    assert Term.objects.get(code="ask_third_review").start == clock.today() + timedelta(days=40)


@pytest.mark.parametrize(("after", "above"), [(1, True), (39, False)])
def test_the_page_says_that_the_unit_above_has_it_and_of_no_lateness_unless_it_was_passed_up_late(mine, after, above):
    said = asked(mine)
    with clock.at(clock.now() + timedelta(days=after)):
        passed(mine, said)
    with clock.at(clock.now() + timedelta(days=40)):
        services.record_terms(clock.today())
        assert ("review" in late(said)) != above
        page = signed_in(mine.persons["triage"]).get(f"/w/matters/{said.number}/").content.decode()
        line = page.partition("法定·复查答复")[2].partition("</dd>")[0]
        assert ("由上级审理" in line) == above != ("已超" in line)
        services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
        late_lines = {one.name for one in queries.clocks(Matter.objects.get())["lawful"] if one.done}
        assert ("复查答复" in late_lines) != above


@pytest.mark.parametrize(("days", "left"), [(20, 0), (1, 1)])
def test_what_was_passed_up_in_time_and_entered_later_was_not_late(mine, days, left):
    said = asked(mine)
    with clock.at(clock.now() + timedelta(days=40)):
        services.record_terms(clock.today())
        assert late(said).count("review") == 1
        passed(mine, said, days=days)
        undone = [f for f in history(f"matters/{said.number}") if f.kind == "fact.reversed"]
        assert 1 - len(undone) == left == Term.objects.filter(code="review", missed=True).count()


def test_it_is_passed_up_only_where_it_is_theirs_once_and_on_a_day_that_may_be(mine):
    said = handled(mine)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.review(code=said.receipt, text="不服")
    with pytest.raises(Conflict, match="本矿有人能审理"):
        passed(mine, said)
    for code in ("leader", "party"):
        Concern.objects.create(matter=Matter.objects.get(), person=mine.persons[code].pk)
    with pytest.raises(Conflict, match="还没有转送"):
        services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
    for days in (1, -1):
        with pytest.raises(UserError, match="没有办成"):
            passed(mine, said, days=days)
    passed(mine, said)
    with pytest.raises(Conflict, match="已转送上级单位"):
        passed(mine, said)
    for days in (1, -1):
        with pytest.raises(UserError, match="没有办成"):
            services.upper_redo(scope=mine.scope("triage"), number=said.number, text="重办",
                                day=clock.today() - timedelta(days=days))
    with pytest.raises((Forbidden, Conflict)):
        services.upper_redo(scope=mine.scope("logistics"), number=said.number, day=clock.today(), text="重办")
    Concern.objects.all().delete()
    with pytest.raises(Conflict, match="由上级单位审理"):
        services.uphold(scope=mine.scope("leader"), number=said.number, text="维持")
    assert "复查" not in {task.name for task in queries.todo(mine.scope("leader"))}


def test_whoever_had_a_part_in_it_enters_nothing_for_the_unit_above(mine):
    said = asked(mine)
    Message.objects.create(matter=Matter.objects.get(), kind="note", text="问过", day=clock.today(),
                           person=mine.persons["triage"].pk)
    with pytest.raises(Conflict, match="办理过"):
        passed(mine, said)


def test_what_the_unit_above_reviewed_is_re_reviewed_above_that_and_may_be_done_anew(mine):
    said = asked(mine)
    passed(mine, said)
    services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
    Concern.objects.all().delete()
    with clock.at(clock.now() + timedelta(days=1)):
        again(mine, said)


def again(mine, said):
    services.review(code=said.receipt, text="还是不服")
    assert not {"uphold", "change"} & offered(mine, "leader")
    asked_now = Notice.objects.filter(kind__in=("matter.review_asked", "matter.no_reviewer"), read_at=None)
    assert {(one.kind, one.person_id) for one in asked_now} == {("matter.no_reviewer", mine.persons["triage"].pk)}
    assert "复查" not in {task.name for task in queries.todo(mine.scope("leader"))}
    passed(mine, said)
    services.upper_redo(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="事实不清，重新调查")
    matter = Matter.objects.get()
    assert (matter.state, matter.reopened) == ("handling", 1)
    assert Term.objects.filter(code="third_review", met=clock.today(), missed=False).exists()
    services.draft(scope=mine.scope("handler"), number=said.number, text="重新查明：少发三百元，本月补发")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    assert queries.heard(said.receipt).may("review")


def test_a_re_review_goes_above_the_enterprise_where_its_top_has_reviewed(mine):
    said = handled(mine)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.review(code=said.receipt, text="不服")
    services.uphold(scope=mine.scope("leader"), number=said.number, text="维持")
    services.review(code=said.receipt, text="还是不服")
    for code in ("party", "leader"):
        assert not {"uphold", "change", "hearing"} & offered(mine, code)
        with pytest.raises((Conflict, Forbidden)):
            services.change(scope=mine.scope(code), number=said.number, text="变更")
        assert not {"复查", "转送上级单位"} & {task.name for task in queries.todo(mine.scope(code))}
        page = signed_in(mine.persons[code]).get(f"/w/matters/{said.number}/").content.decode()
        assert "由上级单位审理" in page and "法定答复期限 2026-12-24" in page
    [task] = [one for one in queries.todo(mine.scope("triage")) if one.name == "转送上级单位"]
    assert clock.local(task.until).date() == Term.objects.get(code="third_review").due
    told = Notice.objects.filter(kind__in=("matter.review_asked", "matter.no_reviewer"), read_at=None)
    assert {(one.kind, one.person_id) for one in told} == {("matter.no_reviewer", mine.persons["triage"].pk)}
    passed(mine, said)
    assert "转送上级单位" not in {task.name for task in queries.todo(mine.scope("triage"))}
    services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="维持")
    assert Matter.objects.get().state == "ended" and not queries.heard(said.receipt).open


@pytest.mark.chapter("P2b")
@pytest.mark.parametrize(("who", "home"), [("leader", "QSL"), ("deputy", "DW")])
def test_a_leader_who_reviews_for_a_level_below_reviews_as_the_enterprise(mine, who, home):
    """Else the deputy, who stands beside or below the leader, would re-review what the leader upheld."""
    hire(mine, "deputy", "党委副书记", "DW", Role.LEADER, "3092")
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    services.sign_in(scope=mine.scope("chief"), number=said.number)
    services.draft(scope=mine.scope("chief"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("secretary"), number=said.number)
    hire(mine, "specialty", "采煤专业总工", "CM", Role.CHIEF, "3091")
    services.review(code=said.receipt, text="不服")
    assert Review.objects.get().unit.code == "CM"
    services.uphold(scope=mine.scope(who), number=said.number, text="维持")
    assert Review.objects.get().unit.code == "QSL"
    services.review(code=said.receipt, text="还是不服")
    for code in {"leader", "party", "deputy", "specialty"}:
        assert not {"uphold", "change", "hearing"} & offered(mine, code)
    assert "pass_up" in offered(mine, "triage")


@pytest.mark.chapter("P2b")
def test_the_paper_of_a_review_names_the_body_above_and_not_the_mine_that_reviewed(mine):
    said = handled(mine)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.review(code=said.receipt, text="不服")
    services.uphold(scope=mine.scope("leader"), number=said.number, text="维持")
    for right in ("向上级单位申请复核", "您已经申请复核，按复核程序办理"):
        case = case_of(Matter.objects.get(), "second_review", {"request": "奖金"})
        said_in = str(composed("second_review", case)["parts"])
        assert right in said_in and "向青石岭矿" not in said_in
        if Matter.objects.get().state != "third_review":
            services.review(code=said.receipt, text="还是不服")


def test_a_re_review_on_paper_may_come_before_the_office_entered_what_was_decided_above(mine):
    said = asked(mine)
    passed(mine, said)
    with papers.later(days=10):
        day = clock.today()
        services.upper_uphold(scope=mine.scope("triage"), number=said.number, day=day - timedelta(days=5), text="维持")
        with pytest.raises(UserError, match="日子不对"):
            services.apply_third_review(scope=mine.scope("triage"), number=said.number, day=day - timedelta(days=6),
                                        text="仍然不服")
        services.apply_third_review(scope=mine.scope("triage"), number=said.number, day=day - timedelta(days=3),
                                    text="仍然不服")
    assert Matter.objects.get().state == "third_review"
