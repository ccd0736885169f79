"""Pairs (结对): every unit and every office has one, visit days are announced before, gaps name units only."""

from __future__ import annotations

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from sangesan.execution.contacts import queries, services
from sangesan.execution.contacts.models import Pair, Plan
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import todo
from sangesan.execution.duties.services import exempt
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.models import Body
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from tests.builders import hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2d")]
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2001", head=True)
    return mine


def paired(mine, **parts):
    return services.pair(scope=mine.scope("cadre"), **({"unit": "ZC1", "office": "LZ", "on": 20} | parts))


def test_gaps_name_units_and_offices_until_they_are_paired(mine):
    before = queries.gaps(mine.scope("cadre"))
    assert [u.code for u in before.units] == ["ZC1", "ZC2"]
    assert {u.code for u in before.offices} == {"HQ", "LZ", "XF"}
    paired(mine)
    after = queries.gaps(mine.scope("cadre"))
    assert [u.code for u in after.units] == ["ZC2"] and {u.code for u in after.offices} == {"HQ", "XF"}


def test_a_visit_day_is_announced_to_the_unit_before_and_a_duty_falls_to_whoever_comes(mine):
    pair = paired(mine, on=21)
    with clock.at(date(2026, 11, 25)):
        assert services.arrange_due(date(2026, 11, 24)) == 2, "this month's rest, and December a week ahead"
        assert services.arrange_due(date(2026, 11, 24)) == 0
    assert Plan.objects.get(pair=pair, month=NOVEMBER).day == date(2026, 11, 26)
    plan = Plan.objects.get(pair=pair, month=DECEMBER)
    assert plan.day == date(2026, 12, 21) and plan.duty.unit.code == "LZ" and plan.duty.counterpart == pair.unit_id
    assert clock.local(plan.duty.due).date() == date(2026, 12, 31)
    assert Notice.objects.filter(kind="visit.announced", person=mine.persons["chief"]).exists()
    assert Body.objects.filter(kind="visit.announced").count() == 2


def test_a_cadre_keeps_in_touch_by_post_and_the_post_alone_records(mine):
    pair = services.pair(scope=mine.scope("cadre"), unit="ZC1", post="leader")
    visit = services.record_visit(scope=mine.scope("leader"), pair=pair.pk, key="k" * 32, day=date(2026, 11, 24),
                                  form="talk", outcome="matter", text="候车室没有座椅")
    assert visit.post == "leader" and visit.steps.count() == 3, "a leader needs no power to report"


def test_whoever_comes_moves_the_day_within_its_month_and_the_unit_is_told(mine):
    pair = paired(mine)
    with clock.at(date(2026, 11, 25)):
        services.arrange_due(date(2026, 11, 24))
        services.move_day(scope=mine.scope("labour"), pair=pair.pk, month=DECEMBER, day=date(2026, 12, 8))
        for day in (date(2026, 11, 24), date(2027, 1, 8)):
            with pytest.raises(UserError):
                services.move_day(scope=mine.scope("labour"), pair=pair.pk, month=DECEMBER, day=day)
        with pytest.raises(Forbidden):
            services.move_day(scope=mine.scope("chief"), pair=pair.pk, month=DECEMBER, day=date(2026, 12, 9))
    assert Plan.objects.get(month=DECEMBER).day == date(2026, 12, 8)
    assert Duty.objects.filter(origin__kind="contact").count() == 2, "the duty is due by the month's end all the same"


@pytest.mark.parametrize("parts", [
    {"unit": "NONE"}, {"unit": "LZ"}, {"office": "ZC2"}, {"office": "QSL"}, {"on": 0}, {"on": 32}, {"on": True},
    {"unit": "ZC1J"}, {"office": "", "post": "NONE"},
])
def test_a_pair_that_cannot_be_is_refused(mine, parts):
    with pytest.raises(UserError):
        paired(mine, **parts)
    assert not Pair.objects.exists()


def test_a_pair_stands_once_and_only_whoever_reaches_both_sides_makes_it(mine):
    paired(mine)
    with pytest.raises(Conflict):
        paired(mine)
    for code in ("chief", "labour", "secretary", "handler"):
        with pytest.raises(Forbidden):
            services.pair(scope=mine.scope(code), unit="ZC2", office="LZ")


def test_what_a_pair_still_had_to_do_falls_away_with_it(mine):
    pair = paired(mine)
    with clock.at(date(2026, 11, 25)):
        services.arrange_due(date(2026, 11, 24))
        services.end(scope=mine.scope("cadre"), pair=pair.pk)
        assert set(Duty.objects.values_list("happenings__what", flat=True)) == {"cancelled"}
        assert services.arrange_due(date(2026, 11, 25)) == 0
        with pytest.raises(Conflict):
            services.end(scope=mine.scope("cadre"), pair=pair.pk)
        paired(mine)


def test_a_pair_ends_though_its_month_was_waived(mine):
    pair = paired(mine)
    with clock.at(date(2026, 11, 25)):
        services.arrange_due(date(2026, 11, 25))
        for duty in Duty.objects.filter(origin__kind="contact"):
            exempt(duty=duty, actor=mine.scope("leader").actor, why="shutdown", words="停产检修")
        services.end(scope=mine.scope("cadre"), pair=pair.pk)
    assert Pair.objects.get().until == date(2026, 11, 25)


def test_the_table_of_a_month_is_taken_as_a_workbook(mine):
    paired(mine)
    given = signed_in(mine.persons["leader"]).get("/w/contacts/month/table.xlsx?month=2026-11")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(given.content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == ["单位", "劳资科"] and sheet[1][0] == "综采一队"


def test_a_month_without_a_visit_waits_for_nobody_once_it_is_over(mine):
    pair = paired(mine)
    services.arrange_due(date(2026, 11, 24))

    def owed():
        return [f"{clock.local(task.until):%m}" for task in todo(mine.scope("labour"))]

    with clock.at(date(2026, 12, 2)):
        assert owed() == ["11", "12"], "three days of grace"
    with clock.at(date(2026, 12, 10)):
        assert owed() == ["12"] and queries.standing_of([pair], NOVEMBER)[0].word == "未到"
