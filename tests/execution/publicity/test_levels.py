"""Handed down through all levels (层层传达): mine, specialty, team or its branch, crew; each level has its coverage."""

from __future__ import annotations

import pytest

from sangesan.execution.duties.models import Duty
from sangesan.execution.publicity import queries, services
from sangesan.ledger.facts.models import Body
from sangesan.method.authority import Role
from sangesan.organization.units.models import Kind
from tests.builders import hire, unit
from tests.publicities import crews, planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1a")]


@pytest.fixture
def mine(noon):
    made = crews()
    hire(made, "manager", "采煤副总", "CM", Role.CHIEF, "3010", head=True)
    made.units["ZC2J"] = unit("ZC2J", "综采二队检修班", Kind.CREW, made.units["ZC2"])
    hire(made, "crew2", "二队检修班班长", "ZC2J", Role.CREW_LEADER, "3011", head=True)
    return made


def passed(mine, plan, who, code):
    services.pass_on(scope=mine.scope(who), campaign=plan.pk, unit=mine.units[code].pk)


def standing(mine, plan):
    return [(level.word, level.units, level.passed, level.gaps)
            for level in queries.cascade_of(mine.scope("leader"), plan).levels]


def test_it_goes_from_the_mine_by_specialty_and_team_to_the_crews_and_each_level_is_covered(mine):
    plan = planned(mine, by="leader", units=("CM",))
    assert standing(mine, plan) == [("专业", 1, 0, ("采煤专业",))]
    passed(mine, plan, "manager", "CM")
    word, units, done, gaps = standing(mine, plan)[1]
    assert (word, units, done, set(gaps)) == ("支部、区队和直属单位", 2, 0, {"综采二队", "综采一队党支部"})
    passed(mine, plan, "secretary", "ZB1")
    passed(mine, plan, "chief2", "ZC2")
    passed(mine, plan, "crew2", "ZC2J")
    assert standing(mine, plan) == [
        ("专业", 1, 1, ()), ("支部、区队和直属单位", 2, 2, ()), ("班组", 3, 1, ("综采一队检修班", "综采一队零点班"))]
    facts = Body.objects.filter(kind="notice.passed_on").order_by("pk")
    assert [fact.quantity for fact in facts] == [2, 2, 1, 1]
    assert Duty.objects.filter(origin__kind="notice_pass").count() == 6
    shown = signed_in(mine.persons["leader"]).get(f"/w/publicity/{plan.pk}/").content.decode()
    assert "综采二队 → 综采二队检修班" in shown and "采煤专业 → 综采二队" in shown


def test_a_unit_handed_to_by_the_mine_itself_gets_it_once(mine):
    plan = planned(mine, by="leader", units=("CM", "ZC2"))
    passed(mine, plan, "manager", "CM")
    assert plan.handings.filter(unit=mine.units["ZC2"]).count() == 1 and plan.handings.count() == 3


def test_a_specialty_is_offered_and_another_s_is_not_passed_on(mine):
    plan = planned(mine, by="leader", units=("CM",))
    assert mine.units["CM"] in queries.targets(mine.scope("leader"))
    assert mine.units["CM"] not in queries.targets(mine.scope("manager"))
    at = f"/w/publicity/{plan.pk}/{mine.units['CM'].pk}/pass/"
    assert signed_in(mine.persons["chief"]).post(at).status_code == 404
    assert not plan.handings.filter(passed_at__isnull=False).exists()
