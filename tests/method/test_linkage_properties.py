"""What must hold of every result, whatever the numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.indicators import Measured, State, own_score, timeliness
from sangesan.method.linkage import Blend, Ceiling, Child, PassThrough, linked_score
from sangesan.method.payout import allocate
from sangesan.method.rounding import q

score = st.integers(0, 10_000)
maybe = st.none() | score
below = st.lists(st.builds(Child, maybe, st.integers(1, 400)), max_size=8)
rules = st.builds(Blend, st.integers(0, 10_000)) | st.builds(PassThrough, st.integers(0, 10_000), score)


@pytest.mark.chapter("P3")
@given(maybe, below, rules, st.data())
def test_raising_a_child_never_lowers_the_parent(own, children, rule, data):
    scored = [i for i, c in enumerate(children) if c.score is not None]
    if not scored:
        return
    at = data.draw(st.sampled_from(scored))
    raised = data.draw(st.integers(children[at].score, 10_000))
    better = [*children[:at], Child(raised, children[at].weight), *children[at + 1 :]]
    before, after = linked_score(own, children, rule), linked_score(own, better, rule)
    assert before is after is None or after >= before


@given(maybe, below, rules | st.builds(Ceiling, st.integers(0, 10_000), score), st.randoms())
def test_the_order_of_children_changes_nothing(own, children, rule, random):
    shuffled = list(children)
    random.shuffle(shuffled)
    assert linked_score(own, children, rule) == linked_score(own, shuffled, rule)


measured = st.lists(st.builds(Measured, st.integers(1, 100), score), min_size=1, max_size=8)


@given(measured, st.integers(1, 100))
def test_exempting_never_gives_less_than_counting_zero(parts, weight):
    exempted = own_score([*parts, Measured(weight, None, State.EXEMPT)]).score
    assert exempted >= own_score([*parts, Measured(weight, 0)]).score


@given(measured, st.randoms())
def test_the_order_of_indicators_changes_nothing(parts, random):
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert own_score(parts) == own_score(shuffled)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 20))
def test_more_matters_handled_alike_change_no_score(on_time, late, times):
    assert timeliness(on_time, late) == timeliness(on_time * times, late * times)


@pytest.mark.chapter("V2")
@given(st.integers(0, 50), st.integers(0, 50))
def test_one_more_matter_in_time_never_lowers_a_score(on_time, late):
    before = timeliness(on_time, late)
    assert before is None or timeliness(on_time + 1, late) >= before


@given(score, below, rules)
def test_a_result_stays_between_nought_and_a_hundred(own, children, rule):
    assert 0 <= linked_score(own, children, rule) <= 10_000


@given(st.integers(0, 10**7), st.dictionaries(st.integers(1, 50), st.integers(0, 10**6), max_size=9))
def test_payouts_sum_to_the_pool(pool, shares):
    assert sum(allocate(pool, shares).values()) == (pool if sum(shares.values()) else 0)


@given(st.fractions())
def test_rounding_is_symmetric(value):
    assert q(-value) == -q(value)
