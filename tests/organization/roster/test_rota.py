"""Shifts in the organisation workbook (班次导入): one, or several in turn, entered once."""

from datetime import date, timedelta

import pytest

from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.roster import services
from sangesan.organization.roster.services.batches import WrongRows
from sangesan.organization.units.models import Shift
from tests.organization.roster.workbooks import tables

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N3")]
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.at(TODAY):
        yield


def take(pattern, days=""):
    row = ["ZC1-2", "综采一队运转班", "班组", "", "ZC1", "", 2, "", pattern, days]
    return services.take_tables(tables=tables(单位=[*tables()["单位"], row]), actor=SYSTEM)


def rota():
    return [(str(row.turn), row.place, row.days, row.since, row.until)
            for row in Shift.objects.filter(unit__code="ZC1-2").order_by("pk")]


def test_a_crew_that_rotates_is_entered_once():
    take("四点班，早班6点-14点", 7)
    told = [("四点班 16:00–0:00", 0, 7, TODAY, None), ("早班 6:00–14:00", 1, 7, TODAY, None)]
    assert rota() == told
    with clock.at(TODAY + timedelta(days=9)):
        take("四点班、早班 6:00–14:00", 7)
        assert rota() == told, "the same words again do not begin the turns anew"
        take("早班 6:00–14:00、四点班", 7)
    assert [row[0] for row in rota() if row[-1] is None] == ["早班 6:00–14:00", "四点班 16:00–0:00"]
    assert {row[-1] for row in rota()} == {None, TODAY + timedelta(days=9)}


@pytest.mark.parametrize(("pattern", "days", "why"), [
    ("夜里", "", "没有写钟点"), ("夜班 25:00-6:00", "", "钟点不对"), ("夜班 22:00", "", "钟点不对"),
    ("长班 6:00-19:00", "", "超过 12 小时"), ("零点班、四点班", "", "几天一倒"), ("零点班", 7, "几天一倒"),
    ("<b>", "", "不是班次"), ("零点班、四点班", 0, "1 到 31"), ("、".join(["零点班"] * 32), 1, "最多写 31 个"),
])
def test_shifts_that_cannot_be_are_said(pattern, days, why):
    with pytest.raises(WrongRows) as caught:
        take(pattern, days)
    ((_sheet, wrong),) = caught.value.plan.wrong
    assert why in wrong.row.faults[0] and len(wrong.row.faults) == 1 and not Shift.objects.exists()
