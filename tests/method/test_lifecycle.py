"""Life of a matter (事项生命周期): what the transition table must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.lifecycle import (
    EVERY,
    FINAL,
    STATE_NAMES,
    TABLES,
    TRANSITIONS,
    VERSION,
    By,
    Guard,
    Situation,
    State,
    drawn,
    find,
    offered,
    refusal,
)
from sangesan.method.lifecycle.guards import holds

SITUATIONS = st.builds(
    Situation, state=st.sampled_from(State), grade=st.sampled_from(["", "A", "B", "C"]), sealed=st.booleans(),
    provisional=st.booleans(), returns=st.integers(0, 3), bound=st.booleans(), late=st.booleans(),
    first_answered=st.booleans(), planned=st.booleans(), extension_pending=st.booleans(), extended=st.booleans(),
    regrading_pending=st.booleans(), rated=st.booleans(), called_back=st.booleans(),
    dissatisfied_before=st.booleans(), reviewed=st.booleans(), answered_days=st.none() | st.integers(0, 60),
    closed_days=st.none() | st.integers(0, 60), drafted_minutes=st.none() | st.integers(0, 60),
    handler=st.booleans(), author=st.booleans(), proposer=st.booleans(), requester=st.booleans(),
    version=st.sampled_from(["", *TABLES]), pause_pending=st.booleans(), pauser=st.booleans(), simple=st.booleans(),
    involved=st.booleans(), hearing=st.booleans(), upheld=st.booleans(), review_open=st.booleans(),
    third_review_open=st.booleans(), supervised=st.booleans(), supervision_proposed=st.booleans(),
    result_back=st.booleans(), of_office=st.booleans(), own_office=st.booleans(), case_open=st.booleans(),
    case_leader=st.booleans(), in_case=st.booleans(),
)


@pytest.mark.chapter("P2b")
@pytest.mark.parametrize("version", TABLES)
@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_every_state_that_is_not_final_has_a_way_out(state, version):
    assert any(state in t.sources and t.target not in (None, state) for t in TABLES[version])


@pytest.mark.parametrize("version", TABLES)
@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_final_state_has_no_way_out(state, version):
    assert not any(state in t.sources and t.target not in (None, state) for t in TABLES[version])


@pytest.mark.parametrize("version", TABLES)
@pytest.mark.parametrize("state", sorted(set(State) - {State.RECEIVED}))
def test_every_state_can_be_reached(state, version):
    assert any(t.target == state for t in TABLES[version])


def test_the_present_table_is_the_newest_and_older_ones_still_stand():
    assert max(TABLES) == VERSION and TABLES[VERSION] is TRANSITIONS and "2026.1" in TABLES


def test_a_matter_of_an_older_version_goes_on_by_its_own_table():
    old, new = Situation(State.HANDLING, version="2026.1"), Situation(State.HANDLING)
    assert find("suspend", old) and not find("suspend", new)
    assert find("ask_pause", new) and not find("ask_pause", old)


@given(SITUATIONS)
def test_nobody_approves_the_suspension_they_asked_for(situation):
    taken = [t.action for t in offered(situation, lambda t: True)]
    assert not (situation.pauser and {"pause", "no_pause"} & set(taken))


@given(SITUATIONS)
def test_whoever_handled_judged_or_reviewed_it_never_reviews_it(situation):
    taken = {t.action for t in offered(situation, lambda t: True)}
    reviewing = {"uphold", "change", "redo", "hearing", "end_hearing", "pass_up", "upper_uphold", "upper_redo"}
    assert situation.version == "2026.1" or not ((situation.involved or situation.handler) and taken & reviewing)


@given(SITUATIONS)
def test_what_lies_with_the_unit_above_is_decided_by_nobody_here(situation):
    taken = {t.action for t in offered(situation, lambda t: True)}
    if situation.version != "2026.1":
        assert not (situation.passed_up and taken & {"uphold", "change", "redo", "hearing", "pass_up"})
        assert situation.passed_up or not taken & {"upper_uphold", "upper_change", "upper_redo"}
        assert situation.outward or "pass_up" not in taken


@given(SITUATIONS)
def test_supervision_ends_only_when_its_result_is_back(situation):
    taken = {t.action for t in offered(situation, lambda t: True)}
    assert "end_supervision" not in taken or (situation.supervised and situation.result_back)


@given(SITUATIONS)
def test_a_review_waits_for_nothing_while_a_hearing_is_held(situation):
    taken = {t.action for t in offered(situation, lambda t: True)}
    assert not (situation.hearing and situation.version != "2026.1" and taken & {"uphold", "change"})


@given(SITUATIONS)
def test_only_listed_steps_whose_guards_hold_are_offered(situation):
    for by in By:
        for step in offered(situation, lambda t: True, by):
            assert step in EVERY and situation.state in step.sources and step.by == by
            assert refusal(step, situation) is None
            assert step.sealed in (None, situation.sealed)


@given(SITUATIONS)
def test_nothing_is_offered_without_permission(situation):
    assert not list(offered(situation, lambda t: False))


@given(SITUATIONS)
def test_whoever_handled_it_never_closes_it(situation):
    closing = [t.action for t in offered(situation, lambda t: True) if t.target == State.CLOSED]
    assert not (situation.handler and closing)


@given(SITUATIONS)
def test_nobody_approves_their_own_answer(situation):
    approving = [t for t in offered(situation, lambda t: True) if t.action in ("approve", "reject")]
    assert not (situation.author and approving)


@given(SITUATIONS)
def test_after_two_returns_there_is_no_third(situation):
    returning = [t for t in offered(situation, lambda t: True) if t.action == "return"]
    assert not (returning and (situation.returns >= 2 or situation.bound))


@given(SITUATIONS)
def test_a_grade_a_matter_is_closed_only_after_a_call_back(situation):
    closing = [t for t in offered(situation, lambda t: True) if t.action == "close"]
    assert not (situation.grade == "A" and closing and not (situation.called_back or situation.sealed))


@pytest.mark.parametrize("guard", list(Guard))
def test_every_guard_can_hold(guard):
    tried = [Situation(State.HANDLING), Situation(State.ANSWERED, answered_days=3), Situation(
        State.ANSWERED, grade="A", provisional=True, rated=True, called_back=True, reviewed=True, author=True,
        extension_pending=True, regrading_pending=True, answered_days=15, drafted_minutes=3, pause_pending=True,
        forwarded=True, objection_open=True, objection_pending=True, review_open=True, third_review_open=True,
        upheld=True, hearing=True, supervised=True, supervision_proposed=True, result_back=True, case_open=True,
        case_leader=True, outward=True, passed_up=True, of_office=True, marked=True)]
    assert any(holds(guard, s) for s in tried)


def test_the_diagram_shows_every_state_once():
    nodes, edges = drawn()
    assert sorted(n.state for n in nodes) == sorted(STATE_NAMES)
    assert len({(n.column, n.row) for n in nodes}) == len(nodes)
    assert all(e.names for e in edges)


def test_a_step_that_is_not_there_is_not_found():
    assert find("close", Situation(State.RECEIVED)) is None
