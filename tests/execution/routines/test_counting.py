"""The roll-up (汇总): what was to be done is counted by month; what nobody misses is not."""

from __future__ import annotations

import pytest

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.services import complete
from sangesan.execution.routines.models import Completeness, Routine
from sangesan.execution.routines.queries import completeness
from sangesan.execution.routines.services.counting import count, rebuild
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.services import move_unit
from tests.builders import hire, small_mine
from tests.duties import later, owed
from tests.routines import confirm, made, ruled

pytestmark = pytest.mark.django_db


@pytest.mark.chapter("V5")
def test_reports_nobody_gave_stand_in_no_table(noon):
    mine = small_mine()
    month = clock.local(later(hours=24)).date().replace(day=1)
    owed(mine, title="核对考勤"), owed(mine, kind="daily_report", title="每日述职")
    with clock.at(later(hours=30)):
        count(month)
    assert [(row.missing, row.unit.code) for row in Completeness.objects.all()] == [(1, "ZC1")]


@pytest.mark.parametrize("above", ["", "QSL/", "QSL/CM/", "QSL/CM/ZC1/", "*"])
def test_a_table_adds_up_what_lies_right_below_by_the_paths_of_the_time(noon, above):
    confirm(2026)
    mine = small_mine()
    ruled(unit_kinds=["specialty", "team", "crew"]), made()
    with clock.at(later(days=10)):
        move_unit(unit=mine.units["ZC1"], parent=mine.units["QSL"], actor=SYSTEM)
        made()
    with clock.at(later(days=80)):
        rebuild()
        months = completeness.months_of(clock.today(), 12)
        rows = {row.key: row for row in completeness.by_unit(mine.scope("leader"), months, above)}
    wanted: dict[str, list[tuple[str, int]]] = {}
    for cell in Completeness.objects.filter(routine=0):
        if above == "*" or cell.path.startswith(above):
            deep = 99 if above == "*" else above.count("/") + 1
            key = "".join(f"{code}/" for code in cell.path.split("/")[:-1][:deep])
            wanted.setdefault(key, []).append((cell.path, cell.missing))
    assert {key: row.total.missing for key, row in rows.items()} == {k: sum(n for _, n in v) for k, v in wanted.items()}
    assert {k for k, row in rows.items() if row.below} == {k for k, v in wanted.items() if any(p != k for p, _ in v)}
    assert wanted and (above != "QSL/" or {"QSL/CM/", "QSL/ZC1/"} <= rows.keys())


def test_the_sums_of_a_unit_and_all_below_it_say_what_the_cells_say(noon):
    confirm(2026)
    mine = small_mine()
    hire(mine, "manager", "采煤副总", "CM", Role.CHIEF, "3001", head=True)
    ruled()
    ruled(code="ZBH", title="早会", unit_kinds=["crew", "team", "specialty"], rule="FREQ=WEEKLY;BYDAY=TU")
    made()
    with clock.at(later(days=10)):
        move_unit(unit=mine.units["ZC1"], parent=mine.units["QSL"], actor=SYSTEM)
        made()
    with clock.at(later(days=40)):
        for duty in Duty.objects.filter(due__lt=clock.now())[::2]:
            complete(duty=duty, actor=SYSTEM)
        rebuild()
        months = completeness.months_of(clock.today(), 3)
        for who, above in (("leader", ""), ("leader", "QSL/CM/"), ("leader", "QSL/CM/ZC2/"), ("manager", ""),
                           ("chief", ""), ("chief", "QSL/"), ("logistics", ""), ("logistics", "QSL/CM/")):
            scope = mine.scope(who)
            told = {row.key: row.total for row in completeness.by_routine(scope, months, above)}
            for code in ("AQR", "ZBH"):
                cells = completeness.cells(scope, months, above, routine=Routine.objects.get(code=code).pk)
                summed = completeness.Counts()
                for values in cells.values_list(*completeness.FIELDS):
                    summed.add(completeness.Counts(*values))
                assert told.get(code, completeness.Counts()) == summed, (who, above, code)
