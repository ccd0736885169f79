"""Shares in a workbook: a person's posts make no more than one whole, and a row that does is named."""

from datetime import date

import pytest

from sangesan.organization.people.models import Appointment
from tests.organization.roster.test_import import APPOINTMENTS, faults, stopped_clock, take

pytestmark = pytest.mark.django_db
__all__ = ["stopped_clock"]
HEADS = [*APPOINTMENTS[0], "份额（%）"]


def shares():
    return dict(Appointment.objects.values_list("post__code", "share"))


@pytest.mark.parametrize(("first", "second", "left"), [(70, 31, 30), (100, 30, 0)])
def test_a_row_that_makes_more_than_one_whole_is_refused_and_names_the_other(first, second, left):
    rows = [HEADS, [*APPOINTMENTS[2], first], [*APPOINTMENTS[3], second]]
    [(line, told)] = faults("任职", 任职=rows).items()
    assert line == 3
    assert f"份额 {second}% 超过余下的 {left}%" in told and f"第 2 行 DZ1-SJ（{first}%）" in told


def test_a_row_beside_a_post_that_is_held_already_names_that_post():
    take(任职=APPOINTMENTS[:3])
    rows = [HEADS, [*APPOINTMENTS[3], 40]]
    with pytest.raises(Exception, match="现任 DZ1-SJ（100%）"):
        take(单位=None, 人员=None, 岗位=None, 任职=rows)
    assert shares() == {"ZC1-DZ": 10_000, "DZ1-SJ": 10_000}


def test_what_is_unsaid_is_what_is_left_whatever_the_order_of_the_rows():
    take(任职=[HEADS, [*APPOINTMENTS[3], ""], [*APPOINTMENTS[2], ""]])
    assert shares() == {"ZC1-CB": 0, "DZ1-SJ": 10_000}, "the full post first, though it stands below"


def test_what_is_said_is_settled_before_what_is_not():
    take(任职=[HEADS, [*APPOINTMENTS[2], ""], [*APPOINTMENTS[3], 30]])
    assert shares() == {"DZ1-SJ": 7_000, "ZC1-CB": 3_000}


def test_a_new_share_begins_where_the_old_one_ends():
    take(任职=[HEADS, [*APPOINTMENTS[2], 100]])
    began = date(2026, 11, 1).isoformat()
    take(单位=None, 人员=None, 岗位=None, 任职=[
        HEADS, ["1002", "DZ1-SJ", "专任", "2024-05-01", began, ""], ["1002", "DZ1-SJ", "专任", began, "", 70],
        ["1002", "ZC1-CB", "兼任", began, "", 30]])
    assert sorted(Appointment.objects.filter(until=None).values_list("share", flat=True)) == [3_000, 7_000]
