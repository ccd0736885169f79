"""Work items (工作项): no stage is left before its evidence, nothing is owed twice, figures come from facts."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from sangesan.execution.contacts import services as contacts
from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.duties.queries import dates, todo
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.work import queries, services
from sangesan.execution.work.models import Step, WorkItem
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import entries, history
from sangesan.method.authority import Role
from sangesan.procedures import reactions
from tests.builders import heard, hire, small_mine
from tests.duties import owed
from tests.works import begun, taken, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1")]


@pytest.fixture
def mine(noon):
    built = small_mine()
    hire(built, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "2001", head=True)
    hire(built, "party", "党委书记", "DW", Role.LEADER, "2002", head=True, line="party")
    return built


def told(mine, item) -> None:
    for step, by in zip(waiting(item), ("chief", "chief2"), strict=False):
        taken(mine, step, by=by)


def moved(mine, item, stage, by="cadre") -> WorkItem:
    return services.leave(scope=mine.scope(by), item=item.pk, stage=stage)


def looked(mine, item) -> None:
    for step in waiting(item):
        taken(mine, step, by="cadre", words="看了三个点")


def executing(mine) -> WorkItem:
    item = begun(mine)
    told(mine, item)
    item = moved(mine, item, "guide")
    looked(mine, item)
    return moved(mine, item, "supervise")


def test_whoever_looks_at_two_units_reads_in_his_list_and_calendar_at_which(mine):
    item = begun(mine)
    told(mine, item)
    moved(mine, item, "guide")
    scope, here = mine.scope("cadre"), {"综采一队", "综采二队"}
    assert {task.unit for task in todo(scope) if task.title == "到现场看“冬季防冻保暖”"} == here
    days = dates(scope, clock.today(), clock.today() + timedelta(days=20))
    assert {entry.unit for entry in days if entry.title == "到现场看“冬季防冻保暖”"} == here


def test_begun_it_gives_each_unit_its_first_step_and_leaves_one_fact(mine):
    item = begun(mine)
    assert [(s.part.unit.code, s.duty.unit.code) for s in waiting(item)] == [("ZC1", "ZC1"), ("ZC2", "ZC2")]
    assert [(f.kind, f.quantity) for f in history(item.subject)] == [("chain.started", 2)]
    assert item.stages.get(slug="review").due == item.due


def test_a_stage_is_not_left_before_its_evidence_and_says_all_that_is_lacking(mine):
    item = begun(mine)
    first, second = waiting(item)
    with pytest.raises(UserError, match="还有 2 步没有办结"):
        moved(mine, item, "guide")
    taken(mine, first, by="chief")
    duties.complete(duty=second.duty, actor=mine.scope("chief2").actor, person=mine.persons["chief2"].pk)
    with pytest.raises(UserError, match="有 1 步没有写怎么办的"):
        moved(mine, item, "guide")
    services.add_proof(scope=mine.scope("chief2"), item=item.pk, duty=second.duty_id, words="两个班都讲了")
    assert moved(mine, item, "guide").stage == "supervise"
    fact = next(entries(kinds=["chain.passed"]))
    assert (fact.content["stage"], fact.quantity, fact.content["in_time"]) == ("guide", 2, 1)
    assert not WorkItem.objects.filter(stage="guide").exists()


def test_a_waived_step_counts_as_its_unit_s_turn(mine):
    item = begun(mine)
    first, second = waiting(item)
    taken(mine, first, by="chief")
    duties.exempt(duty=second.duty, actor=mine.scope("leader").actor, why="shutdown", words="停产检修",
                  person=mine.persons["leader"].pk)
    assert moved(mine, item, "guide").stage == "supervise"


def test_a_recorded_visit_is_the_look_at_a_unit_and_is_not_entered_again(mine):
    item = begun(mine)
    told(mine, item)
    item = moved(mine, item, "guide")
    pair = contacts.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ", on=24)
    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2005", head=True)
    visit = contacts.record_visit(scope=mine.scope("labour"), pair=pair.pk, outcome="none", form="site", text="",
                                  day=clock.today(), heard=4, key="k" * 30, lead="", due=None)
    reactions.run()
    step = item.steps.get(stage="supervise", part__unit=mine.units["ZC1"])
    assert step.link == visit.subject and settlement_of(step.duty).what == "done"
    assert [s.part.unit.code for s in waiting(item)] == ["ZC2"]


def test_nobody_accepts_what_he_did_himself(mine):
    item = begun(mine, by="logistics", units=("HQ",))
    taken(mine, waiting(item)[0], by="logistics")
    item = moved(mine, item, "guide", by="logistics")
    look = waiting(item)[0]
    assert look.duty.unit.code == "QSL"
    taken(mine, look, by="leader", words="到锅炉房看过")
    item = moved(mine, item, "supervise", by="logistics")
    taken(mine, waiting(item)[0], by="logistics", words="锅炉检修好")
    with pytest.raises(UserError, match="验收要换一个人"):
        moved(mine, item, "execute", by="logistics")
    assert moved(mine, item, "execute", by="leader").stage == "review"


@pytest.mark.chapter("P1e")
def test_the_closing_review_is_figures_of_the_ledger_and_one_typed_lesson(mine):
    item = executing(mine)
    for step, by, hours in zip(waiting(item), ("chief", "chief2"), (1, 24 * 30), strict=True):
        with clock.at(clock.now() + timedelta(hours=hours)):
            taken(mine, step, by=by, words="热水全天供应")
    with clock.at(clock.now() + timedelta(days=31)):
        item = moved(mine, item, "execute")
        with pytest.raises(UserError, match="收获没有写"):
            services.end(scope=mine.scope("cadre"), item=item.pk, learned=" ")
        services.end(scope=mine.scope("cadre"), item=item.pk, learned="入冬前先查锅炉")
    fact = next(entries(kinds=["chain.ended"]))
    assert (fact.quantity, fact.content["done"], fact.content["late"], fact.content["in_time"]) == (6, 5, 1, 0)
    kept = json.loads(text_of(str(fact.content["words"])))
    assert kept["learned"] == "入冬前先查锅炉" and kept["stages"][2] == ["有效执行", False]
    assert not Duty.objects.filter(origin__kind="work_review").exclude(happenings__what="done").exists()


def test_an_item_that_comes_from_a_duty_fulfils_it_and_owes_nothing_twice(mine):
    duty = owed(mine, "DW", "party", kind="decision", post="cadre", title="抓好防冻", hours=24 * 30)
    item = begun(mine, cause=duty.subject)
    with pytest.raises(Conflict, match="已经立过"):
        begun(mine, cause=duty.subject)
    told(mine, item)
    item = moved(mine, item, "guide")
    looked(mine, item)
    item = moved(mine, item, "supervise")
    told(mine, item)
    moved(mine, item, "execute")
    assert not Duty.objects.filter(origin__kind="work_review").exists()
    services.end(scope=mine.scope("cadre"), item=item.pk, learned="早查早修")
    assert Happening.objects.get(duty=duty).what == "done"
    assert sum(f.subject == duty.subject for f in entries(kinds=["duty.done"])) == 1


def test_it_is_handed_down_level_by_level_with_an_owner_at_each(mine):
    hire(mine, "crew", "检修班班长", "ZC1J", Role.CREW_LEADER, "2006", head=True)
    item = begun(mine)
    made = services.hand_down(scope=mine.scope("chief"), item=item.pk, unit=mine.units["ZC1"].pk,
                              below=[mine.units["ZC1J"].pk])
    assert made[0].above.unit.code == "ZC1" and [s.duty.unit.code for s in waiting(item)][-1] == "ZC1J"
    told(mine, item)
    with pytest.raises(UserError, match="还有 1 步没有办结"):
        moved(mine, item, "guide")
    for who, unit, below in (("chief2", "ZC1", "ZC1J"), ("chief", "ZC1", "ZC2"), ("chief", "ZC1", "ZC1J")):
        with pytest.raises(UserError):
            services.hand_down(scope=mine.scope(who), item=item.pk, unit=mine.units[unit].pk,
                               below=[mine.units[below].pk])


def test_what_a_stage_was_left_with_is_not_taken_back(mine):
    item = begun(mine)
    told(mine, item)
    step = item.steps.first()
    moved(mine, item, "guide")
    with pytest.raises(Conflict, match="已经通过"):
        duties.take_back(duty=step.duty, actor=mine.scope("chief").actor)
    assert settlement_of(step.duty) is not None


def test_given_up_its_open_steps_fall_away_and_its_cause_stays(mine):
    duty = owed(mine, "DW", "party", kind="decision", post="cadre", title="抓好防冻", hours=24 * 30)
    item = begun(mine, cause=duty.subject)
    services.drop(scope=mine.scope("cadre"), item=item.pk, why="与大修合并")
    assert waiting(item, "guide") == [] and settlement_of(duty) is None
    assert [f.content["stage"] for f in entries(kinds=["chain.dropped"])] == ["guide"]
    with pytest.raises(Conflict, match="已经结束"):
        moved(mine, item, "guide")
    assert begun(mine, cause=duty.subject).pk != item.pk


@pytest.mark.chapter("V4")
@pytest.mark.usefixtures("read_at_once")
def test_a_matter_is_not_worked_on_by_whom_it_is_about(mine):
    heard("队里扣了加班费", unit="ZC1")
    matter = Matter.objects.get()
    matter.concerns.create(post="chief", person=mine.persons["chief"].pk)
    with pytest.raises(UserError, match="不能由所选的岗位或单位来办"):
        begun(mine, cause=matter.subject)
    assert begun(mine, cause=matter.subject, units=("ZC2",)).cause == matter.subject
    assert [f.content["cause"] for f in entries(kinds=["chain.started"])] == [matter.subject]


@pytest.mark.parametrize(("parts", "said"), [
    ({"title": " "}, "工作名称没有写"), ({"title": "防" * 61}, "最多 60 个字"), ({"aim": "\ufffd"}, "不能保存的字符"),
    ({"days": 3}, "太近"), ({"days": 400}, "一年以后"), ({"units": ()}, "没有选参加的单位"),
    ({"units": ("QSL",)}, "不归您管"), ({"lead": "nobody"}, "不能由这个岗位牵头"),
    ({"cause": "matters/2026-AAAAAA"}, "来由不存在"), ({"cause": "discipline/1"}, "来由不存在"),
    ({"cause": "duties/999999999999999999999"}, "来由不存在"),
])
def test_bad_input_is_refused_in_words_and_nothing_is_kept(mine, parts, said):
    with pytest.raises(UserError, match=said):
        begun(mine, **parts)
    assert not WorkItem.objects.exists() and not Duty.objects.exists() and not list(entries(kinds=["chain.started"]))


def test_only_who_assigns_work_begins_and_only_who_leads_passes(mine):
    with pytest.raises(Forbidden):
        begun(mine, by="handler")
    with pytest.raises(UserError, match="不归您管"):
        begun(mine, by="chief", units=("ZC2",))
    item = begun(mine)
    with pytest.raises(Forbidden, match="牵头"):
        moved(mine, item, "guide", by="chief")
    hire(mine, "elsewhere", "劳资科科长", "LZ", Role.CHIEF, "2009", head=True)
    for do in (lambda s: services.leave(scope=s, item=item.pk, stage="guide"),
               lambda s: services.take(scope=s, item=item.pk, duty=Step.objects.first().duty_id, words="x")):
        with pytest.raises(NotFound):
            do(mine.scope("elsewhere"))


@pytest.mark.chapter("P1d")
def test_what_nobody_looked_at_stands_in_the_list_of_work_not_inspected(mine):
    item = begun(mine)
    told(mine, item)
    moved(mine, item, "guide")
    assert queries.unseen(mine.scope("cadre")) == []
    with clock.at(date(2026, 12, 3)):
        assert [(one.unit, one.days) for one in queries.unseen(mine.scope("leader"))] == [
            ("综采一队", 9), ("综采二队", 9)]
