"""A period's results in the method: cells, units, contact units, vetoes, and only what changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.indicators import Own, State
from sangesan.method.linkage import Blend, Ceiling, PassThrough, VetoEffect, Vetoes
from sangesan.method.period import Circle, Owned, Tree, Unit, assess
from sangesan.method.statement import Line

BLEND = Blend(3_000)


def own(score, vetoed=False):
    return Owned((Line("v", 0, None, State.EXEMPT, vetoed=True),) if vetoed else (), Own(score))


def results(units, scores, rule=BLEND, members="equal", lines=("",), weights=None, contacts=None, **more):
    tree = Tree({u.code: u for u in units}, contacts or {})
    owned = {(at if isinstance(at, tuple) else (at, "")): s if isinstance(s, Owned) else own(s)
             for at, s in scores.items()}
    cells = assess(tree, owned, list(lines), lambda line, kind: (rule, members), weights or {}, **more)
    return {(c.unit, c.line): c for c in cells}


def finals(*args, **more):
    return {at[0] if at[1] == "" else at: c.final for at, c in results(*args, **more).items()}


def test_w4_four_levels_read_published_values():
    units = [Unit("mine", "", "mine"), Unit("s1", "mine", "specialty"), Unit("t1", "s1", "team")]
    units += [Unit(c, p, "x") for c, p in (("c1", "t1"), ("c2", "t1"), ("c3", "t1"), ("t2", "s1"),
                                           ("s2", "mine"), ("s3", "mine"), ("s4", "mine"))]
    scores = {"c1": 9800, "c2": 9600, "c3": 9200, "t1": 9400, "t2": 9300, "s1": 9500, "s2": 9000, "s3": 9400,
              "s4": 9200, "mine": 9600}
    found = finals(units, scores)
    assert (found["t1"], found["s1"], found["mine"]) == (9440, 9461, 9500)
    found = finals(units, scores | {"c1": 8800})
    assert (found["t1"], found["s1"], found["mine"]) == (9340, 9446, 9498)


def test_w11_a_merge_counts_by_member_days():
    units = [Unit("p", "", "team"), *(Unit(c, "p", "crew", head_days=d) for c, d in
                                      (("a", 300), ("b", 150), ("c", 450), ("d", 750)))]
    scores = {"p": 9000, "a": 8400, "b": 9600, "c": 9100, "d": 8800}
    assert finals(units, scores, members="head_days")["p"] == 8965


@pytest.mark.parametrize(("effect", "vetoed", "final"), [
    ("score", 1, 8280), ("deduction", 1, 8660), ("deduction", 3, 8160), ("isolate", 1, 9200),
])
def test_w12_a_veto_acts_upward_in_exactly_one_way(effect, vetoed, final):
    units = [Unit("p", "", "team"), Unit("a", "p", "crew"), Unit("b", "p", "crew"), Unit("c", "p", "crew")]
    scores = {code: own(s, n < vetoed) for n, (code, s) in enumerate((("a", 8800), ("b", 9400), ("c", 9000)))}
    found = results(units, scores | {"p": 9200}, Blend(3_000, Vetoes(VetoEffect(effect))))
    assert found["p", ""].final == final
    assert (found["a", ""].final, found["a", ""].unvetoed, found["a", ""].flags) == (0, 8800, ("veto",))


def test_w13_an_own_veto_is_nought_whatever_stands_below():
    units = [Unit("p", "", "team"), Unit("a", "p", "crew")]
    assert finals(units, {"p": own(9900, True), "a": 9900}) == {"p": 0, "a": 9900}


def test_w13_a_veto_in_a_line_of_its_own_is_one_on_the_unit_and_in_its_branch_it_is_none():
    units = [Unit("t", "", "team", covered_by=("b",)), Unit("b", "", "branch", "party")]
    lines = ("administration", "party")
    found = results(units, {("t", "administration"): own(9000, True), ("b", "party"): 8000}, lines=lines)
    assert (found["t", "*"].final, found["t", "*"].flags) == (0, ("veto",))
    found = results(units, {("t", "administration"): 9000, ("b", "party"): own(8000, True)}, lines=lines)
    assert (found["t", "*"].final, found["t", "*"].flags) == (4500, ())


@pytest.mark.parametrize(("rule", "own_score", "below", "final"), [
    (PassThrough(2_000, 500), 9700, (9200, 9500, 10000), 9440),
    (PassThrough(2_000, 500), 9800, (9440, 9600), 9608), (PassThrough(2_000, 500), 9700, (8000, 8500, 10000), 9200),
    (Ceiling(3_000, 1_500), 9500, (7000, 9825, 9825), 8500),
])
def test_w14_w15_every_mode_along_the_tree(rule, own_score, below, final):
    units = [Unit("p", "", "team"), *(Unit(f"c{n}", "p", "crew") for n in range(len(below)))]
    assert finals(units, {"p": own_score} | {f"c{n}": s for n, s in enumerate(below)}, rule)["p"] == final


def lines_of(youth):
    scores = {("u", "party"): 9100, ("u", "administration"): 9450, ("u", "union"): 8800}
    scores |= {("u", "youth"): youth} if youth else {}
    return results([Unit("u", "", "team")], scores, lines=("administration", "party", "union", "youth"),
                   weights={"party": 40, "administration": 30, "union": 20, "youth": 10})["u", "*"]


def test_w25_a_unit_is_the_mean_of_its_lines():
    assert (lines_of(None).final, lines_of(7000).final) == (9150, 8935)
    assert lines_of(7000).parts[-1] == ("youth", 10, 7000, "u")


def test_a_line_without_a_cell_is_that_of_the_branch_that_covers_the_unit():
    units = [Unit("t", "", "team", covered_by=("b",)), Unit("b", "", "branch", "party")]
    found = results(units, {("t", "administration"): 9000, ("b", "party"): 8000}, lines=("administration", "party"))
    assert found["t", "*"].final == 8500 and found["t", "*"].parts[1] == ("party", 100, 8000, "b")


def test_a_department_is_linked_to_its_contact_units():
    units = [Unit("mine", "", "mine"), Unit("d", "mine", "office"), Unit("t", "mine", "team")]
    found = results(units, {"d": 9000, "t": 8000, "mine": 9000}, contacts={"d": ["t", "gone"], "gone": ["t"]})
    assert found["d", ""].final == 8700 and found["d", ""].children == (("t", 8000, 1, False),)
    assert found["mine", ""].final == 8805


def test_who_would_read_oneself_is_named():
    with pytest.raises(Circle):
        results([Unit("a", "b", "x"), Unit("b", "a", "x")], {})
    with pytest.raises(Circle):
        results([Unit("t", "", "team"), Unit("d", "t", "office")], {}, contacts={"d": ["t"]})


TREES = st.integers(2, 12).flatmap(lambda n: st.lists(st.integers(0, 10_000), min_size=n, max_size=n))
RULES = st.sampled_from([BLEND, Blend(0), Blend(10_000), PassThrough(2_000, 500)])


def grown(scores, seed):
    chance = random.Random(seed)
    units = [Unit(f"u{n}", f"u{chance.randrange(n)}" if n else "", "x", heads=chance.randrange(1, 9))
             for n in range(len(scores))]
    return units, {u.code: s for u, s in zip(units, scores, strict=True)}


@given(TREES, RULES, st.integers(0, 10), st.integers(0, 10_000), st.data())
def test_raising_any_unit_never_lowers_one_above(scores, rule, seed, more, data):
    units, own_scores = grown(scores, seed)
    code = data.draw(st.sampled_from(sorted(own_scores)))
    before = finals(units, own_scores, rule, "heads")
    after = finals(units, own_scores | {code: max(own_scores[code], more)}, rule, "heads")
    assert all(after[u] >= before[u] for u in before)


@given(TREES, RULES, st.integers(0, 10))
def test_the_order_of_units_changes_nothing(scores, rule, seed):
    units, own_scores = grown(scores, seed)
    assert finals(units, own_scores, rule) == finals(units[::-1], own_scores, rule)


@given(TREES, RULES, st.integers(0, 10), st.integers(0, 10_000), st.data())
def test_computing_only_what_a_change_reaches_gives_the_same(scores, rule, seed, other, data):
    units, own_scores = grown(scores, seed)
    before = results(units, own_scores, rule)
    code = data.draw(st.sampled_from(sorted(own_scores)))
    changed = own_scores | {code: other}
    above = Tree({u.code: u for u in units}).above({code})
    parts = {c: s for c, s in changed.items() if c in above}
    assert results(units, parts, rule, only=above, known=before) == results(units, changed, rule)
