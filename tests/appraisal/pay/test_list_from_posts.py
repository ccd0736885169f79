"""The list of a period is filled from the posts people held: by their shares and days, never more than one whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sangesan.appraisal.pay import queries, services
from sangesan.appraisal.pay.sheet import ROSTER
from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.authority import Role
from sangesan.method.paylist import WHOLE, over_whole, spread
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import UnitEdge
from tests.appraisal.pay.test_pay import decided, mine, october, sheet
from tests.builders import post

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3d")]
__all__ = ["decided", "mine", "october"]
LONG_AGO, SIXTEENTH = date(2026, 9, 1), date(2026, 10, 16)


def holds(mine, who, unit, share, since=LONG_AGO, until=None, kind="concurrent"):
    seat = post(f"seat-{Post.objects.count()}", "岗位", mine.units[unit], Role.MEMBER)
    return Appointment.objects.create(person=mine.persons[who], post=seat, kind=kind, share=share, since=since,
                                      until=until)


def filled(mine, run, who):
    rows = queries.roster(run, mine.units["QSL"].pk)[1:]
    return [(row[0], float(row[5]), row[6]) for row in rows if row[2] == mine.persons[who].work_number]


def test_two_posts_by_shares_are_two_lines_that_make_one_whole(mine, october):
    holds(mine, "w1", "ZC1", 7_000, kind="full")
    holds(mine, "w1", "ZC2", 3_000)
    assert filled(mine, october, "w1") == [("ZC1", 70, 31), ("ZC2", 30, 31)]


def test_a_post_held_for_a_part_of_the_period_counts_its_days_and_the_rest_is_at_home(mine, october):
    holds(mine, "w1", "ZC2", 10_000, since=SIXTEENTH, kind="full")
    assert filled(mine, october, "w1") == [("ZC1", 100, 15), ("ZC2", 100, 16)]
    holds(mine, "w2", "ZC2", 3_000, until=SIXTEENTH)
    assert filled(mine, october, "w2")[1] == ("ZC2", 30, 15)


def test_whoever_holds_no_post_or_a_post_of_a_branch_is_where_the_roll_has_him(mine, october):
    branch = next(code for code, unit in mine.units.items() if unit.line == "party")
    holds(mine, "w1", branch, 10_000, kind="full")
    assert filled(mine, october, "w1") == filled(mine, october, "w2") == [("ZC1", 100, 31)]


def test_whoever_came_within_the_period_is_there_from_that_day_on(mine, october):
    Person.objects.filter(pk=mine.persons["w1"].pk).update(since=SIXTEENTH)
    assert filled(mine, october, "w1") == [("ZC1", 100, 16)]


def test_the_days_in_a_unit_that_ended_within_the_period_are_paid_there(mine, october):
    holds(mine, "w1", "ZC2", 10_000, until=SIXTEENTH, kind="full")
    mine.units["ZC2"].closed = SIXTEENTH
    mine.units["ZC2"].save()
    UnitEdge.objects.filter(child=mine.units["ZC2"]).update(until=SIXTEENTH)
    Person.objects.filter(unit=mine.units["ZC2"]).update(unit=mine.units["ZC1"])
    assert filled(mine, october, "w1") == [("ZC1", 100, 16), ("ZC2", 100, 15)]
    table = read_workbook(giving.workbook({ROSTER.name: queries.roster(october, mine.units["QSL"].pk)}), [ROSTER])
    paid, _people = queries.reckon(october, mine.units["QSL"].pk, table[ROSTER.name])
    assert mine.units["ZC2"].pk in paid.units


def test_the_list_as_it_is_filled_is_taken_whatever_was_entered_before(mine, october):
    holds(mine, "w1", "ZC1", 10_000, kind="full")
    holds(mine, "w1", "ZC2", 10_000, kind="acting", until=date(2027, 1, 1))
    holds(mine, "w2", "ZC2", 3_333, since=SIXTEENTH)
    file = giving.workbook({ROSTER.name: queries.roster(october, mine.units["QSL"].pk)})
    assert not [row for row in read_workbook(file, [ROSTER])[ROSTER.name].rows if row.faults]
    pool = services.share(scope=mine.scope("payroll"), run=october.pk, amount=1_000_000, file=file)
    assert [row.unit.code for row in queries.lines(pool) if row.person == mine.persons["w1"]] == ["ZC1"]


@given(some.lists(some.tuples(some.integers(1, 4), some.integers(0, WHOLE), some.integers(0, 31)), max_size=5))
def test_whatever_is_held_nobody_fills_more_than_one_whole_and_each_unit_stands_once(held):
    lines = spread(held, 1, 31)
    assert not over_whole([(1, share, days) for _unit, share, days in lines], 31)
    assert len({unit for unit, *_more in lines}) == len(lines) and all(0 < d <= 31 for _u, _s, d in lines)
    assert WHOLE * 31 - sum(share * days for _u, share, days in lines) < 31 * 5, "nothing is lost but a rounding"


def test_of_two_who_weigh_alike_the_same_one_gets_the_odd_cent_in_whatever_order_the_list_is(mine, october):
    rows = [(unit, f"200{n}", 1, 100, 31) for n, unit in enumerate(("ZC1", "ZC1", "ZC2", "ZC2"), start=1)]
    paid = []
    for order in (rows, rows[::-1]):
        made = services.tried(scope=mine.scope("payroll"), run=october.pk, amount=1_000_001, file=sheet(*order))
        paid.append({made.people[m.key - 1]: made.shared.members[m.key] for m in made.reckoned.members})
    assert paid[0] == paid[1]
    one, other = (paid[0][mine.persons[who].pk] for who in ("w1", "w2"))
    assert one == other + 1
