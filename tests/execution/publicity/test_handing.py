"""Handing down (层层传达): received and passed on by post, coverage per level, gaps by unit, reminders that end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties.models import Happening
from sangesan.execution.publicity import queries, services
from sangesan.execution.publicity.models import Campaign, Handing
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.publicity import PLACES
from sangesan.organization.networks.models import Network
from sangesan.organization.networks.services.nodes import enter
from sangesan.organization.notices.models import Notice
from tests.publicities import crews, planned

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1a")]


@pytest.fixture
def mine(noon):
    return crews()


def told(mine, plan, by="cadre"):
    return [(one.level, one.units, one.received, one.passed, one.gaps)
            for one in queries.cascade_of(mine.scope(by), plan).levels]


def test_a_plan_has_a_text_for_each_place_and_is_handed_to_branches_and_units_without_one(mine):
    plan = planned(mine, texts={"screen": "更衣室暖气已开通"})
    texts = dict(plan.texts.values_list("place", "words"))
    assert set(texts) == {one.slug for one in PLACES} and texts["screen"] == "更衣室暖气已开通"
    assert "管路结冰" in texts["preshift"]
    offered = {unit.code for unit in queries.targets(mine.scope("cadre"))}
    assert {"ZB1", "ZC2"} <= offered and not offered & {"ZC1", "ZC1J"}
    level, units, received, passed, gaps = told(mine, plan)[0]
    assert (level, units, received, passed, set(gaps)) == (1, 2, 0, 0, {"综采二队", "综采一队党支部"})


def test_a_plan_sent_twice_is_one_plan_and_for_other_units_another(mine):
    plan = planned(mine)
    assert planned(mine).pk == plan.pk and Handing.objects.count() == 2
    assert planned(mine, units=("ZC2",)).pk != plan.pk and Campaign.objects.count() == 2


def test_each_level_receives_and_passes_on_and_its_duty_is_done_by_it(mine):
    plan = planned(mine, units=("ZB1",))
    branch = mine.units["ZB1"].pk
    services.receive(scope=mine.scope("secretary"), campaign=plan.pk, unit=branch)
    services.pass_on(scope=mine.scope("secretary"), campaign=plan.pk, unit=branch)
    services.pass_on(scope=mine.scope("crew"), campaign=plan.pk, unit=mine.units["ZC1J"].pk)
    assert told(mine, plan) == [(1, 1, 1, 1, ()), (2, 2, 1, 1, ("综采一队零点班",))]
    kinds = [(fact.kind, fact.actor) for fact in history(plan.subject) if not fact.kind.startswith("duty")]
    assert [kind for kind, _actor in kinds] == [
        "publicity.planned", "notice.received", "notice.passed_on", "notice.received", "notice.passed_on"]
    assert kinds[-1][1] == "post:crew"
    row = Handing.objects.get(unit__code="ZC1J")
    assert (row.passed_by, Happening.objects.get(duty=row.duty).what) == ("检修班班长", "done")


def test_a_crew_that_has_not_passed_on_is_named_with_its_team(mine):
    mine.units["ZC1L"].name = "零点班"
    mine.units["ZC1L"].save()
    plan = planned(mine, units=("ZB1",))
    services.pass_on(scope=mine.scope("secretary"), campaign=plan.pk, unit=mine.units["ZB1"].pk)
    assert set(told(mine, plan)[1][4]) == {"综采一队检修班", "综采一队零点班"}


def test_nobody_receives_for_another_s_unit(mine):
    plan = planned(mine)
    for who, code in (("chief2", "ZB1"), ("crew", "ZB1"), ("secretary", "ZC2"), ("correspondent", "ZB1"),
                      ("admin", "ZB1")):
        with pytest.raises(NotFound):
            services.receive(scope=mine.scope(who), campaign=plan.pk, unit=mine.units[code].pk)
    assert not Handing.objects.exclude(received_at=None).exists()


def test_received_or_passed_on_twice_is_a_conflict_and_leaves_one_fact(mine):
    plan, unit = planned(mine, units=("ZC2",)), mine.units["ZC2"].pk
    services.pass_on(scope=mine.scope("chief2"), campaign=plan.pk, unit=unit)
    for do in (services.receive, services.pass_on):
        with pytest.raises(Conflict):
            do(scope=mine.scope("chief2"), campaign=plan.pk, unit=unit)
    assert sum(fact.kind == "notice.passed_on" for fact in history(plan.subject)) == 1


def test_a_publicist_of_the_network_receives_for_his_crew(mine):
    network = Network.objects.get(slug="publicity")
    enter(network=network, post=mine.posts["correspondent"], unit=mine.units["ZC1J"], chosen="office",
          chosen_on=clock.today(), actor=mine.scope("secretary").actor)
    plan = planned(mine, units=("ZB1",))
    services.pass_on(scope=mine.scope("secretary"), campaign=plan.pk, unit=mine.units["ZB1"].pk)
    assert Notice.objects.filter(person=mine.persons["correspondent"], kind="notice.handed").count() == 1
    services.pass_on(scope=mine.scope("correspondent"), campaign=plan.pk, unit=mine.units["ZC1J"].pk)
    assert Handing.objects.get(unit__code="ZC1J").passed_by == "检修班信息员"


def test_a_unit_is_reminded_twice_and_no_more_and_never_once_it_passed_on(mine):
    plan = planned(mine)
    services.pass_on(scope=mine.scope("chief2"), campaign=plan.pk, unit=mine.units["ZC2"].pk)
    start = clock.now()
    for n in range(10):
        with clock.at(start + timedelta(days=n)):
            services.remind(clock.today())
            services.remind(clock.today())
    reminded = Notice.objects.filter(kind="notice.waiting").values_list("person", flat=True)
    assert list(reminded) == [mine.persons["secretary"].pk] * 2


def test_a_plan_that_is_stopped_asks_nobody_any_more(mine):
    plan = planned(mine)
    with pytest.raises((Forbidden, NotFound)):
        services.end(scope=mine.scope("chief2"), campaign=plan.pk, why="不想讲")
    services.end(scope=mine.scope("cadre"), campaign=plan.pk, why="天气转暖")
    assert set(Happening.objects.values_list("what", flat=True)) == {"cancelled"}
    with pytest.raises(Conflict):
        services.pass_on(scope=mine.scope("secretary"), campaign=plan.pk, unit=mine.units["ZB1"].pk)
    with pytest.raises(Conflict):
        services.end(scope=mine.scope("cadre"), campaign=plan.pk, why="再停一次")


@pytest.mark.parametrize("parts", [
    {"title": " "}, {"title": "长" * 61}, {"message": ""}, {"message": "\ufffd"}, {"units": ()}, {"days": -1},
    {"days": 800}, {"units": ("ZC1J",)}, {"places": ("moon",)}, {"texts": {"screen": "长" * 61}},
    {"cause": "matters/2026-AAAAAA"}, {"cause": "work/1"},
])
def test_bad_plans_are_refused_and_nothing_is_kept(mine, parts):
    with pytest.raises(UserError):
        planned(mine, **parts)
    assert not Campaign.objects.exists() and not Notice.objects.exists()


def test_who_assigns_no_work_makes_no_plan(mine):
    for who in ("crew", "correspondent", "admin", "assessor"):
        with pytest.raises(UserError):
            planned(mine, by=who)
