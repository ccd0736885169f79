"""Pay: the worked examples W13 and W18–W23, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.pay import WHOLE, Member, PayRule, factor, person_factor, pool_factor, share_out, top_up
from sangesan.method.payout import allocate

BY_SCORE = PayRule(mode="score_weighted", floor=0)


def weighted(*rows, days=30):
    """People of one unit: (base in hundredths, score, days)."""
    return [Member(n, 1, base, WHOLE, worked, 0 if score is None else factor(score, BY_SCORE))
            for n, (base, score, worked) in enumerate(rows, start=1)]


def paid(pool, members, rule=BY_SCORE):
    return share_out(pool, members, {m.unit: WHOLE for m in members}, rule)


def test_w13_a_veto_takes_the_floating_part_of_its_post_holders_and_leaves_the_workers_their_floor():
    assert person_factor(9_800, PayRule(), vetoed=True) == 0
    assert pool_factor(0, PayRule()) == 8_500


def test_w18_a_correction_shared_anew_is_zero_sum():
    assert paid(900_000, weighted((100, 9000, 30), (100, 8500, 30), (100, 8000, 30))).members == {
        1: 317_647, 2: 300_000, 3: 282_353}
    assert paid(900_000, weighted((100, 9000, 30), (100, 8900, 30), (100, 8000, 30))).members == {
        1: 312_741, 2: 309_267, 3: 277_992}


@pytest.mark.chapter("S3d")
def test_w19_a_one_sided_correction_adds_to_one_and_takes_from_nobody():
    before = weighted((100, 9000, 30), (100, 8500, 30), (100, 8000, 30))
    after = weighted((100, 9000, 30), (100, 8900, 30), (100, 8000, 30))
    shared = paid(765_000, before)
    assert shared.members[2] == 255_000
    assert top_up(shared, before, after, {1: WHOLE}, {1: WHOLE}) == {2: 12_000}
    lower = weighted((100, 9000, 30), (100, 8900, 30), (100, 7500, 30))
    assert top_up(shared, before, lower, {1: WHOLE}, {1: WHOLE}) == {2: 12_000}
    alike = weighted(*[(100, 9000, 30)] * 3)
    better = [*weighted((100, 9900, 30)), *alike[1:]]
    assert top_up(paid(2_000, alike), alike, better, {1: WHOLE}, {1: WHOLE}) == {1: 66}


def test_w20_a_pool_that_does_not_divide():
    assert list(allocate(1_000_000, {1: 1, 2: 1, 3: 1}).values()) == [333_334, 333_333, 333_333]
    assert list(allocate(5, {1: 1, 2: 1, 3: 1, 4: 1}).values()) == [2, 1, 1, 1]
    assert allocate(100, {1: 33, 2: 66}) == {1: 33, 2: 67} and allocate(1, {1: 33, 2: 66}) == {1: 0, 2: 1}
    by_remainder, by_share = allocate(3, {1: 7, 2: 3}), allocate(2, {1: 1, 2: 3})
    assert (by_remainder, by_share) == ({1: 2, 2: 1}, {1: 0, 2: 2})


def test_w21_persons_by_coefficient_score_and_days():
    rows = [(150, 9640, 30), (120, 9210, 30), (100, 8800, 30), (100, 8800, 22), (100, 0, 30), (80, 10000, 30),
            (100, None, 30)]
    assert list(paid(1_234_567, weighted(*rows)).members.values()) == [
        366_076, 279_798, 222_785, 163_376, 0, 202_532, 0]


def test_w22_two_stages():
    crews = {1: (115, 142, 123), 2: (138, 138), 3: (60, 56, 56)}
    teams = allocate(5_000_000, {1: 40 * 9500, 2: 30 * 9200, 3: 20 * 8600})
    assert teams == {1: 2_294_686, 2: 1_666_667, 3: 1_038_647}
    assert [list(allocate(teams[t], dict(enumerate(parts))).values()) for t, parts in crews.items()] == [
        [694_444, 857_488, 742_754], [833_334, 833_333], [362_319, 338_164, 338_164]]


def test_w22_the_same_through_share_out_when_every_person_is_a_head_of_its_team():
    members = [Member(n, unit, 100, WHOLE, 30, WHOLE)
               for n, unit in enumerate([1] * 40 + [2] * 30 + [3] * 20, start=1)]
    shared = share_out(5_000_000, members, {1: 9500, 2: 9200, 3: 8600}, BY_SCORE)
    assert shared.units == {1: 2_294_686, 2: 1_666_667, 3: 1_038_647} and sum(shared.members.values()) == 5_000_000
    halves = [Member(n, 3, 100, share, days, WHOLE) for n, (share, days) in enumerate([(5_000, 30), (WHOLE, 15)], 91)]
    assert share_out(5_000_000, [*members[:-1], *halves], {1: 9500, 2: 9200, 3: 8600}, BY_SCORE).units == shared.units


def test_w23_when_every_coefficient_is_zero_the_pool_stays():
    shared = paid(500_000, [Member(1, 1, 100, WHOLE, 30, 0), Member(2, 1, 100, WHOLE, 30, 0)])
    assert shared.members == {1: 0, 2: 0} and shared.left == 500_000


MEMBERS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 300), st.integers(0, WHOLE), st.integers(0, 31),
                             st.integers(0, 11_000)), min_size=1, max_size=25)


@given(pool=st.integers(0, 10**9), rows=MEMBERS, reserve=st.integers(0, WHOLE))
def test_what_is_paid_held_back_and_left_is_always_the_pool_and_the_order_changes_nothing(pool, rows, reserve):
    members = [Member(n, *row) for n, row in enumerate(rows)]
    factors, rule = {unit: 8_500 + unit for unit in range(1, 5)}, PayRule(reserve=reserve)
    shared = share_out(pool, members, factors, rule)
    assert sum(shared.members.values()) + shared.reserve + shared.left == pool
    assert min(shared.members.values()) >= 0
    assert share_out(pool, members[::-1], factors, rule) == shared


def test_a_unit_put_right_tops_up_its_people_once_whether_they_are_paid_by_its_result_or_their_own():
    for own in (True, False):
        before = [Member(n, 1, 100, WHOLE, 30, 8_500, own) for n in (1, 2)]
        after = [Member(n, 1, 100, WHOLE, 30, 8_500 if own else 11_000, own) for n in (1, 2)]
        shared = share_out(170_000, before, {1: 8_500}, PayRule())
        assert top_up(shared, before, after, {1: 8_500}, {1: 11_000}) == {1: 25_000, 2: 25_000}


@given(rows=MEMBERS, gain=st.integers(0, 5_000))
def test_a_top_up_is_never_negative_and_without_a_change_there_is_none(rows, gain):
    members = [Member(n, *row) for n, row in enumerate(rows)]
    factors = {unit: WHOLE for unit in range(1, 5)}
    shared = share_out(10**8, members, factors, PayRule())
    assert top_up(shared, members, members, factors, factors) == {}
    more = top_up(shared, members, members, factors, {unit: WHOLE + gain for unit in factors})
    assert all(cents > 0 for cents in more.values())
