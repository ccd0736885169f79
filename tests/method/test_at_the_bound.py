"""What stands just at a bound of the scoring rules: the half, the floor, the cap, the least, one more and one less."""

from datetime import date

import pytest

from sangesan.method import verdicts
from sangesan.method.bulk import assess_all
from sangesan.method.holders import Held, days_held
from sangesan.method.indicators import Measured, Own, State, own_score
from sangesan.method.linkage import Blend, PassThrough
from sangesan.method.pay import WHOLE, Member, PayRule, factor, person_factor, pool_factor, share_out, top_up
from sangesan.method.period import Owned, Tree, Unit, assess
from sangesan.method.statement import Indicator, Line, Tally


def deducting(full):
    return Indicator("a", "甲", full, (Tally("x", False, role="bad", points=1),), "deduct", full=full, cap=full)


@pytest.mark.parametrize(("scores", "published"), [((9_000, 9_001), 9_001), ((9_000, 9_000, 9_001), 9_000)])
def test_w1_an_own_score_is_rounded_at_the_half_and_not_cut_off(scores, published):
    assert own_score([Measured(1, score) for score in scores]).score == published


@pytest.mark.parametrize(("score", "cap", "own"), [
    (10_500, 10_000, Own(10_000, 10_500)), (10_500, 11_000, Own(10_500, 10_500)),
    (11_200, 11_000, Own(11_000, 11_200)), (-300, 10_000, Own(0, -300))])
def test_w17_what_is_beyond_the_bounds_of_an_own_score_is_published_at_them_and_kept_as_it_was(score, cap, own):
    assert own_score([Measured(1, score)], cap) == own


@pytest.mark.parametrize(("full", "taken", "score"), [(300, 100, 6_667), (300, 200, 3_333), (600, 1, 9_983)])
def test_w2_points_of_an_item_are_brought_to_a_hundred_by_rounding_at_the_half(full, taken, score):
    assert verdicts.changed(deducting(full), [(1, -taken)]).score == score


@pytest.mark.parametrize(("share", "below", "final"), [(1, 4_999, 0), (1, 5_000, 1), (1, 5_001, 1)])
def test_w4_a_parent_is_rounded_at_the_half_on_both_roads(share, below, final):
    tree = Tree({"p": Unit("p", "", "team"), "c": Unit("c", "p", "crew")})
    owned = {(code, ""): Owned((Line("a", 1, own, State.OK),), Own(own, own)) for code, own in (("p", 0), ("c", below))}
    for road in (assess, assess_all):
        cells = road(tree, owned, [""], lambda *_: (Blend(share), "equal"), {})
        assert {cell.unit: cell.final for cell in cells}["p"] == final


@pytest.mark.parametrize(("corrected", "more"), [(10_640, 6), (10_650, 7), (10_649, 6), (10_040, 0), (10_050, 1)])
def test_w19_a_top_up_is_rounded_at_the_half_cent(corrected, more):
    before, after = (Member(1, 1, 100, WHOLE, 30, factor, own=False) for factor in (WHOLE, corrected))
    shared = share_out(100, [before], {1: WHOLE}, PayRule())
    assert top_up(shared, [before], [after], {1: WHOLE}, {1: corrected}).get(1, 0) == more


def test_w22_what_people_did_themselves_moves_nothing_between_units_only_their_unit_s_result_does():
    rows = [Member(1, 7, 100, WHOLE, 30, 11_000), Member(2, 7, 100, WHOLE, 30, WHOLE),
            Member(3, 8, 200, WHOLE, 30, 7_000)]
    shared = share_out(1_000, rows, {7: WHOLE, 8: WHOLE}, PayRule())
    assert shared.units == {7: 500, 8: 500} and shared.members[1] > shared.members[2]
    assert share_out(1_000, rows, {7: WHOLE, 8: 15_000}, PayRule()).units == {7: 400, 8: 600}


@pytest.mark.parametrize(("party", "final"), [(9_001, 9_001), (9_000, 9_000), (8_999, 9_000)])
def test_w25_a_unit_over_its_lines_is_rounded_at_the_half_on_both_roads(party, final):
    tree = Tree({"u": Unit("u", "", "team")})
    owned = {("u", line): Owned((), Own(score, score)) for line, score in (("party", party), ("union", 9_000))}
    for road in (assess, assess_all):
        cells = road(tree, owned, ["party", "union"], lambda *_: (Blend(), "equal"), {"party": 50, "union": 50})
        assert {cell.line: cell.final for cell in cells}["*"] == final


def test_w25_a_unit_with_a_cell_of_its_own_in_a_line_is_not_read_from_the_branch_that_covers_it():
    tree = Tree({"u": Unit("u", "", "team", covered_by=("b",)), "b": Unit("b", "", "branch", "party")})
    owned = {(code, "party"): Owned((), Own(score, score)) for code, score in (("u", 9_000), ("b", 5_000))}
    for road in (assess, assess_all):
        cells = road(tree, owned, ["party", "union"], lambda *_: (Blend(), "equal"), {})
        assert {cell.unit: cell.final for cell in cells if cell.line == "*"}["u"] == 9_000


@pytest.mark.parametrize(("lost", "rate", "cap", "final"), [
    (1, 6_000, 500, 9_699), (1, 5_000, 500, 9_700), (3, 5_000, 500, 9_699), (1_000, 5_000, 500, 9_200),
    (1_000, 5_001, 500, 9_200), (1_000, 4_999, 500, 9_200), (998, 5_000, 500, 9_201)])
def test_w14_what_passes_through_is_rounded_once_and_ends_at_the_cap_on_both_roads(lost, rate, cap, final):
    tree = Tree({"p": Unit("p", "", "team"), "c": Unit("c", "p", "crew")})
    owned = {(code, ""): Owned((), Own(own, own)) for code, own in (("p", 9_700), ("c", 10_000 - lost))}
    for road in (assess, assess_all):
        cells = road(tree, owned, [""], lambda *_: (PassThrough(rate, cap), "equal"), {})
        assert {cell.unit: cell.final for cell in cells}["p"] == final


@pytest.mark.parametrize(("pool", "reserve"), [(100, 10), (101, 10), (109, 10), (110, 11), (9, 0)])
def test_what_is_held_back_is_cut_off_at_the_cent_and_the_rest_is_shared_whole(pool, reserve):
    shared = share_out(pool, [Member(1, 1, 100, WHOLE, 30, WHOLE)], {1: WHOLE}, PayRule(reserve=1_000))
    assert (shared.reserve, shared.members, shared.left) == (reserve, {1: pool - reserve}, 0)


@pytest.mark.parametrize(("score", "person", "workers"), [
    (0, 7_500, 8_500), (7_499, 7_500, 8_500), (7_501, 7_501, 8_500), (8_499, 8_499, 8_500), (8_501, 8_501, 8_501)])
def test_rule_8_no_more_is_taken_of_a_person_than_the_rule_lets_and_of_a_workers_pool_than_its_floor(
        score, person, workers):
    rule = PayRule(mode="score_weighted", deducted_most=2_500, floor=8_500)
    assert (person_factor(score, rule), pool_factor(score, rule)) == (person, workers)
    assert person_factor(score, rule, vetoed=True) == 0, "a veto takes the floating part whole (rule 5)"


@pytest.mark.parametrize("state", [State.EXEMPT, State.NOT_DUE])
def test_w7_what_is_exempt_or_not_due_is_left_out_whatever_was_measured(state):
    assert own_score([Measured(30, 8_000), Measured(70, 1_000, state)]) == Own(8_000, 8_000)


@pytest.mark.parametrize("rule", [PayRule(), PayRule(mode="score_weighted")])
def test_rule_8_whoever_has_no_result_is_moved_by_none(rule):
    assert (factor(None, rule), person_factor(None, rule), pool_factor(None, rule)) == (WHOLE, WHOLE, WHOLE)


def test_w25_a_line_that_the_rules_give_no_weight_counts_for_nothing_and_without_weights_all_count_alike():
    tree = Tree({"u": Unit("u", "", "team")})
    owned = {("u", line): Owned((), Own(score, score)) for line, score in (("party", 9_000), ("union", 7_000))}
    for weights, final in (({"party": 50}, 9_000), ({"party": 50, "union": 0}, 9_000), ({}, 8_000)):
        for road in (assess, assess_all):
            cells = road(tree, owned, ["party", "union"], lambda *_: (Blend(), "equal"), weights)
            assert {cell.line: cell.final for cell in cells}["*"] == final


@pytest.mark.parametrize(("stretches", "days"), [
    ([((9, 1), (12, 1))], 31), ([((9, 1), (10, 2))], 1), ([((9, 1), (10, 1))], 0), ([((10, 31), (12, 1))], 1),
    ([((11, 1), (12, 1))], 0), ([((10, 1), (10, 11)), ((10, 6), (10, 21))], 20), ([], 0)])
def test_w9_a_post_is_held_on_the_days_of_the_period_alone_and_on_each_of_them_once(stretches, days):
    held = [Held("p", n, 10_000, date(2026, *a), date(2026, *b)) for n, (a, b) in enumerate(stretches)]
    assert days_held(held, date(2026, 10, 1), date(2026, 10, 31)) == days
