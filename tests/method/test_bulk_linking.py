"""All units linked at once: the cells that one unit after the other gives, to the last hundredth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangesan.method import period
from sangesan.method.bulk import assess_all
from sangesan.method.indicators import Own, State
from sangesan.method.linkage import Blend, Ceiling, PassThrough, VetoEffect, Vetoes
from sangesan.method.period import Circle, Owned, Tree, Unit
from sangesan.method.statement import Line

KINDS = ("mine", "team", "crew")
vetoes = st.builds(Vetoes, st.sampled_from(VetoEffect), st.integers(0, 2_000), st.integers(0, 4_000))
share = st.integers(0, 10_000)
rules = st.one_of(st.builds(Blend, share, vetoes), st.builds(PassThrough, share, st.integers(0, 3_000), vetoes),
                  st.builds(Ceiling, share, st.integers(0, 4_000), vetoes))
own = st.tuples(st.one_of(st.none(), st.integers(0, 11_000)), st.booleans())


@st.composite
def periods(draw):
    """Draw a tree with branches and contact units, own scores, and a rule for each kind and line (造时段)."""
    count = draw(st.integers(1, 14))
    codes = [f"u{n}" for n in range(count)]
    units = {code: Unit(code, draw(st.sampled_from(["", *codes[:n]])), draw(st.sampled_from(KINDS)), "party",
                        draw(st.integers(0, 40)), draw(st.integers(0, 900)),
                        tuple(draw(st.lists(st.sampled_from(codes), max_size=1))))
             for n, code in enumerate(codes)}
    contacts = {codes[0]: draw(st.lists(st.sampled_from(codes[1:]), max_size=3, unique=True))} if count > 1 else {}
    lines = draw(st.sampled_from([[""], ["party", "union"]]))
    owned = {}
    for code in codes:
        for line in lines:
            score, veto = draw(own)
            if draw(st.booleans()):
                owned[code, line] = Owned((Line("a", 1, score, State.OK, vetoed=veto),), Own(score, score))
    linking = {(line, kind): (draw(rules), draw(st.sampled_from(["equal", "heads", "head_days"])))
               for line in lines for kind in KINDS}
    return Tree(units, contacts), owned, lines, linking


@pytest.mark.chapter("P3")
@settings(max_examples=150, deadline=None)
@given(periods())
def test_linking_all_at_once_gives_what_one_unit_after_the_other_gives(drawn):
    tree, owned, lines, linking = drawn
    weights = {"party": 60, "union": 40}
    single = period.assess(tree, owned, lines, lambda *at: linking[at], weights)
    assert assess_all(tree, owned, lines, lambda *at: linking[at], weights) == single


def test_a_circle_is_refused_by_both_roads():
    tree = Tree({"a": Unit("a", "b", "team"), "b": Unit("b", "a", "team")})
    for assess in (assess_all, period.assess):
        with pytest.raises(Circle):
            assess(tree, {}, [""], lambda *_: (Blend(), "equal"), {})
