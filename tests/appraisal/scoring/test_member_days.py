"""Members and member-days of a period (rule 3, W11), day by day; whose head answers for a vacant post (W9)."""

from datetime import date

import pytest

from sangesan.appraisal.scoring.models import HeadCount
from sangesan.appraisal.scoring.queries import snapshot
from sangesan.appraisal.scoring.services.holders import cell_of
from sangesan.method.authority import Role
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit
from tests.builders import post, small_mine, unit

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P3")]
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def crew(noon):
    return unit("A", "甲班", "crew", small_mine().units["ZC2"])


def counted(crew, *changes):
    HeadCount.objects.bulk_create([HeadCount(unit=crew, since=since, heads=heads) for since, heads in changes])
    row = snapshot.units_of(snapshot.taken(FIRST, LAST))["A"]
    return row.heads, row.head_days


@pytest.mark.parametrize(("changes", "heads", "days"), [
    ([(date(2026, 9, 1), 2)], 2, 62),
    ([(date(2026, 9, 1), 2), (date(2026, 10, 11), 5), (date(2026, 10, 21), 3), (date(2026, 11, 1), 9)], 3, 103),
    ([(date(2026, 9, 1), 2), (FIRST, 4)], 4, 124), ([(date(2026, 9, 1), 2), (LAST, 4)], 4, 64),
    ([(date(2026, 10, 11), 2)], 2, 62), ([], 0, 0),
])
def test_w11_each_day_counts_those_who_were_there_on_it(crew, changes, heads, days):
    assert counted(crew, *changes) == (heads, days)


def test_w11_a_unit_opened_or_closed_within_the_period_counts_its_own_days(crew):
    Unit.objects.filter(pk=crew.pk).update(opened=date(2026, 10, 6), closed=date(2026, 10, 16))
    assert counted(crew, (date(2026, 9, 1), 2), (date(2026, 10, 15), 3)) == (3, 2 * 9 + 3)


def test_w9_a_vacant_post_is_answered_for_by_the_head_of_its_own_line_and_only_then_by_that_of_the_unit(noon):
    mine = small_mine()
    team = mine.units["ZC1"]
    post("clerk", "宣传员", team, Role.MEMBER, line="party")
    chief = Post.objects.get(unit=team, line="administration", head=True).code

    def superior(code):
        return {seat.code: seat.superior for seat in snapshot.seats_of(snapshot.taken(FIRST, LAST))}[code]

    assert superior("clerk") == chief
    post("guide", "政治指导员", team, Role.MEMBER, head=True, line="party")
    assert superior("clerk") == "guide" and superior("guide") == chief


def test_w9_a_post_is_read_by_the_cell_of_its_line_and_where_there_is_none_by_its_unit():
    seat = snapshot.Seat("s", "u", "party", "", FIRST, LAST, ())
    assert cell_of(seat, {("u", "party"): 9_000, ("u", ""): 8_000, ("u", "union"): 7_000}) == 9_000
    assert cell_of(seat, {("u", ""): 8_000, ("u", "union"): 7_000}) == 8_000 and cell_of(seat, {}) is None
