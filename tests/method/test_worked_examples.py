"""The worked examples of the scoring rules, by their ids (W1–W19, W21, W24–W29)."""

from fractions import Fraction

import pytest

from sangesan.method.holders import person_result, post_period
from sangesan.method.indicators import (
    Measured,
    State,
    completeness,
    deducted,
    lower_is_better,
    own_score,
    ratio,
    raw_deducted,
    steps,
    timeliness,
)
from sangesan.method.linkage import (
    Blend,
    Ceiling,
    Child,
    PassThrough,
    VetoEffect,
    Vetoes,
    linked,
    linked_score,
)
from sangesan.method.ordering import places, prizes
from sangesan.method.pay import PayRule, factor
from sangesan.method.payout import allocate
from sangesan.method.rounding import FULL, q, rounded_mean

BLEND = Blend(share=3_000)


def children(*scores):
    return [Child(score) for score in scores]


def test_w1_own_score_is_the_weighted_mean():
    parts = [Measured(40, 9250), Measured(30, 8800), Measured(20, 10000), Measured(10, 7500)]
    assert own_score(parts).score == 9090


def test_w2_deductions_and_additions_are_summed():
    assert deducted([-200, -50, -300, 150]) == 9600


def test_w3_blend_by_equal_weights_and_by_heads():
    assert linked_score(9000, children(9500, 8800, 8050), BLEND) == 8935
    by_heads = linked(9000, [Child(9500, 12), Child(8800, 20), Child(8050, 8)], BLEND)
    assert (by_heads.children, by_heads.final) == (8860, 8958)


def four_levels(crew):
    team = linked_score(9400, children(crew, 9600, 9200), BLEND)
    specialty = linked_score(9500, children(team, 9300), BLEND)
    return team, specialty, linked_score(9600, children(specialty, 9000, 9400, 9200), BLEND)


def test_w4_four_levels_read_published_values():
    assert four_levels(9800) == (9440, 9461, 9500)
    assert four_levels(8800) == (9340, 9446, 9498)


def test_w4b_the_grade_is_read_from_the_published_value():
    exact = Fraction(7 * 9600 + 3 * Fraction(9461 + 9000 + 9400 + 9200, 4), 10)
    assert exact < 9500 and q(exact) == 9500
    assert factor(four_levels(9800)[-1], PayRule()) == 11_000 and factor(9499, PayRule()) == 10_000


def test_w5_without_children_the_own_score_stands():
    assert linked_score(8740, [], BLEND) == 8740


@pytest.mark.parametrize(("own", "scores", "final"), [
    (9000, (9500, None, 8050), 8933),
    (9000, (None, None), 9000),
    (None, (9500, 8050), 8775),
    (None, (None, None), None),
])
def test_w6_what_has_no_score_is_left_out(own, scores, final):
    assert linked_score(own, children(*scores), BLEND) == final


@pytest.mark.parametrize(("third", "score", "flags"), [
    (Measured(30, None, State.EXEMPT), 8571, ()),
    (Measured(30, 0), 6000, ()),
    (Measured(30, None, State.MISSING), 6000, ("missing",)),
    (Measured(30, timeliness(0, 1, late_share=5_000)), 7500, ()),
])
def test_w7_exempt_is_excluded_zero_and_missing_are_not(third, score, flags):
    own = own_score([Measured(40, 9000), Measured(30, 8000), third])
    assert (own.score, own.flags) == (score, flags)


def test_w8_completeness_and_timeliness():
    assert (completeness(22, 21), completeness(22, 20)) == (9545, 9091)
    assert (completeness(22, 20, exempt=2), completeness(22, 19, exempt=2)) == (10000, 9500)


def test_w9_a_vacant_post_answers_with_its_superior():
    assert post_period(9200, 20, 6000, 10) == 8133
    assert person_result([(FULL, 20, 9200)]) == 9200


def test_w10_several_posts_count_by_share_and_days():
    assert person_result([(7_000, 30, 9120), (3_000, 30, 7850)]) == 8739
    assert person_result([(7_000, 30, 9120), (3_000, 15, 7850)]) == 8896


def test_w11_a_merge_counts_by_member_days():
    merged = [Child(8400, 300), Child(9600, 150), Child(9100, 450), Child(8800, 750)]
    assert linked_score(9000, merged, BLEND) == 8965


def test_w12_a_vetoed_child_acts_in_exactly_one_way():
    def result(effect, *scores, vetoed=1):
        below = [Child(s, vetoed=i < vetoed) for i, s in enumerate(scores)]
        return linked_score(9200, below, Blend(3_000, Vetoes(effect)))

    assert result(VetoEffect.SCORE, 8800, 9400, 9000) == 8280
    assert result(VetoEffect.DEDUCTION, 8800, 9400, 9000) == 8660
    assert result(VetoEffect.DEDUCTION, 8800, 9400, 9000, vetoed=3) == 8160
    assert result(VetoEffect.ISOLATE, 8800, 9400, 9000) == 9200
    assert linked_score(300, [Child(300, vetoed=True)], Blend(3_000, Vetoes(VetoEffect.DEDUCTION))) == 0


def test_w13_an_own_veto_is_zero_whatever_else():
    result = linked(9900, children(9900), BLEND, vetoed=True)
    assert (result.final, result.unvetoed) == (0, 9900)


@pytest.mark.parametrize(("own", "lost", "final"), [
    (9700, (800, 500, 0), 9440), (9800, (560, 400), 9608), (9700, (2000, 1500, 0), 9200),
])
def test_w14_pass_through_carries_a_part_of_every_lost_point(own, lost, final):
    assert linked_score(own, [Child(10000 - x) for x in lost], PassThrough(2_000, 500)) == final


def test_w15_a_ceiling_hangs_over_the_weakest_child():
    below = children(7000, 9825, 9825)
    assert linked_score(9500, below, Blend(3_000)) == 9315
    assert linked_score(9500, below, Ceiling(3_000, 1_500)) == 8500


def test_w15_without_an_own_score_pass_through_is_none_and_ceiling_follows_blend():
    assert linked_score(None, children(7000, 9000), PassThrough()) is None
    assert linked_score(None, children(5000, 9000), Ceiling(3_000, 1_500)) == 7000


def test_w16_ties_share_place_and_prizes():
    assert places({1: 9650, 2: 9420, 3: 9420, 4: 9000}) == {1: 1, 2: 2, 3: 2, 4: 4}
    assert prizes({1: 9650, 2: 9420, 3: 9420, 4: 9000}, [100000, 60000, 30000]) == {
        1: 100000, 2: 45000, 3: 45000, 4: 0,
    }
    assert prizes({3: 9000, 1: 9000, 2: 9000}, [100000]) == {1: 33334, 2: 33333, 3: 33333}


def test_w17_the_floor_holds_and_the_raw_value_is_kept():
    changes = [-6200, -5550, 500]
    assert (deducted(changes), raw_deducted(changes)) == (0, -1250)
    assert linked_score(9000, children(deducted(changes), 9200), BLEND) == 7680


def test_w18_a_correction_of_a_zero_sum_pool_moves_everybody():
    assert allocate(900_000, {1: 90, 2: 85, 3: 80}) == {1: 317_647, 2: 300_000, 3: 282_353}
    assert allocate(900_000, {1: 90, 2: 89, 3: 80}) == {1: 312_741, 2: 309_267, 3: 277_992}


def test_w19_a_one_sided_correction_moves_one():
    before, after = (q(Fraction(300_000 * score, 10_000)) for score in (8500, 8900))
    assert (before, after, after - before) == (255_000, 267_000, 12_000)


def test_w21_persons_by_base_score_and_days():
    persons = [(15, 9640, 30), (12, 9210, 30), (10, 8800, 30), (10, 8800, 22), (10, 0, 30), (8, 10000, 30), (9, 0, 0)]
    paid = allocate(1_234_567, {n: base * score * days for n, (base, score, days) in enumerate(persons, start=1)})
    assert list(paid.values()) == [366_076, 279_798, 222_785, 163_376, 0, 202_532, 0]


def test_w28_a_yearly_number_is_shared_by_working_days():
    assert list(allocate(500, {1: 59, 2: 61, 3: 66, 4: 62}).values()) == [119, 123, 133, 125]


def test_w24_steps_add_up_or_only_the_unbroken_prefix():
    contact = [True, True, False, True, True]
    assert (steps(contact, [20] * 5), steps(contact, [20] * 5, prefix_only=True)) == (8000, 4000)
    assert steps([True, True, None, None, None], [20] * 5) == 10000


def test_w25_lines_without_a_score_are_left_out():
    assert rounded_mean([(40, 9100), (30, 9450), (20, 8800), (10, None)]) == 9150
    assert rounded_mean([(40, 9100), (30, 9450), (20, 8800), (10, 7000)]) == 8935


def test_w26_attainment():
    assert (ratio(45, 50), ratio(60, 50, cap=11_000), lower_is_better(3, 2)) == (9000, 11000, 5000)


def test_w27_a_mean_of_days_leaves_exempt_days_out():
    days = [(1, 10000)] * 18 + [(1, 9000)] * 2 + [(1, 0)] + [(1, None)]
    assert rounded_mean(days) == 9429


def test_w29_half_goes_away_from_zero():
    assert [q(Fraction(x, 10)) for x in (92345, -5, 2675)] == [9235, -1, 268]
