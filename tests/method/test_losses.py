"""Where lost points went (失分): every part sums to what is lacking, and stands where the rule took it."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sangesan.method.indicators import State
from sangesan.method.linkage import Blend, Ceiling, Child, PassThrough, VetoEffect, Vetoes, linked
from sangesan.method.losses import lost_by_source, moved_by_fact
from sangesan.method.rounding import FULL
from sangesan.method.statement import Line

CHILDREN = st.dictionaries(st.sampled_from("abcdef"), st.builds(
    Child, st.integers(0, 11_000), st.integers(0, 40), st.booleans()), max_size=6)
VETOES = st.builds(Vetoes, st.sampled_from(VetoEffect), st.integers(0, 800), st.integers(0, 1_500))
RULES = st.one_of(st.builds(Blend, st.integers(1, 9_999), VETOES),
                  st.builds(PassThrough, st.integers(1, 9_999), st.integers(0, 4_000), VETOES),
                  st.builds(Ceiling, st.integers(1, 9_999), st.integers(0, 4_000), VETOES))


@example(10_001, {"a": Child(0, 0, True)}, Blend(1, Vetoes(VetoEffect.DEDUCTION, 1, 1)), False)  # more than a hundred
@given(st.none() | st.integers(0, 11_000), CHILDREN, RULES, st.booleans())
def test_own_work_children_and_veto_make_exactly_what_a_result_lacks(own, children, rule, vetoed):
    result = linked(own, [children[c] for c in sorted(children)], rule, vetoed)
    if result.final is None:
        return
    lost = lost_by_source(own, children, rule, result.final, result.unvetoed if vetoed else None, vetoed)
    assert lost.own + sum(lost.below.values()) + lost.veto == max(0, FULL - result.final)
    assert min(lost.own, lost.veto, *lost.below.values(), 0) == 0


@pytest.mark.chapter("S3c")
@pytest.mark.parametrize(("rule", "children", "said"), [
    (Blend(3_000), {"a": Child(8_000, 30), "b": Child(8_000, 10)}, (0, {"a": 450, "b": 150})),
    (Blend(3_000, Vetoes(VetoEffect.ISOLATE)), {"a": Child(8_800, 1, True), "b": Child(9_000)},
     (0, {"a": 0, "b": 300})),
    (Blend(3_000, Vetoes(VetoEffect.SCORE)), {"a": Child(8_800, 1, True), "b": Child(FULL)},
     (0, {"a": 1_500, "b": 0})),
    (Blend(3_000, Vetoes(VetoEffect.DEDUCTION, 500, 1_000)), {"a": Child(FULL, 1, True), "b": Child(FULL)},
     (0, {"a": 500, "b": 0})),
    (Ceiling(3_000, 1_500), {"a": Child(7_000), "b": Child(FULL)}, (0, {"a": 1_500, "b": 0})),
    (PassThrough(2_000, 500), {"a": Child(9_000), "b": Child(7_000)}, (0, {"a": 125, "b": 375})),
])
def test_a_point_is_told_where_the_rule_took_it(rule, children, said):
    final = linked(FULL, list(children.values()), rule).final
    lost = lost_by_source(FULL, children, rule, final)
    assert (lost.own, lost.below) == said


PARTS = st.lists(st.integers(-900, 900), max_size=5)


@given(PARTS, st.integers(0, 3), st.integers(0, 3), st.integers(1, 5_000), st.floats(0, 1), st.booleans())
def test_facts_make_exactly_what_an_indicator_earned_and_lost(parts, good, bad, worth, part, adding):
    told = tuple((n, p) for n, p in enumerate(parts, start=1))
    line = Line("a", 10, 0, State.OK, tuple(n for n, p in told if p >= 0), tuple(n for n, p in told if p < 0), 0, told)
    if not adding:
        line = replace(line, good=(*line.good, *range(50, 50 + good)), bad=(*line.bad, *range(60, 60 + bad)))
    lost = int(worth * part)
    if adding:
        lost = worth - max(0, min(worth, sum(parts)))
    moved = moved_by_fact(line, worth, lost, 1_000 if not adding else worth, adding)
    assert set(moved) == {*line.good, *line.bad}
    costs, gains = (sum(v for v in moved.values() if (v < 0) == down) for down in (True, False))
    if adding:
        assert costs + gains == worth - lost
    elif line.bad:
        assert sum(moved[n] for n in (*line.bad, *(n for n, p in told if p > 0))) == -lost
    assert all(moved[n] <= 0 for n in line.bad) and all(moved[n] >= 0 for n in line.good)


def test_a_grave_fact_costs_more_than_a_slight_one():
    line = Line("a", 20, 7_000, State.OK, (), (1, 2), 1_400, ((1, -500), (2, -100)))
    assert moved_by_fact(line, 2_000, 600, 2_000) == {1: -500, 2: -100}
    floored = replace(line, parts=((1, -2_500), (2, -500)))
    assert moved_by_fact(floored, 2_000, 2_000, 2_000) == {1: -1_667, 2: -333}
