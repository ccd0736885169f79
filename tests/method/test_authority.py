"""Authority: posts, not persons, open things; conflicts of interest shut them (chapter V.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.authority import (
    NOBODY,
    POWERS,
    SEPARATED,
    Action,
    Grant,
    HeldPost,
    Role,
    Scope,
    Thing,
    may,
)

units = st.integers(1, 6)
codes = st.sampled_from(["p1", "p2", "p3", "p4"])
actions = st.sampled_from(list(Action))


@st.composite
def scopes(draw):
    posts = tuple(
        HeldPost(code, code, Role.CHIEF, draw(units), "", "administration")
        for code in draw(st.lists(codes, unique=True, max_size=3))
    )
    grants = frozenset(Grant(draw(actions), draw(units)) for _ in range(draw(st.integers(0, 6))))
    return Scope(person=draw(st.integers(1, 4)), posts=posts, grants=grants,
                 superiors=draw(st.frozensets(codes, max_size=2)),
                 stands_for=draw(st.frozensets(st.integers(1, 4), max_size=1)))


things = st.builds(
    Thing, reach=st.frozensets(units), posts=st.frozensets(codes), people=st.frozensets(st.integers(1, 4)),
    own=st.frozensets(st.integers(1, 4)), sealed=st.booleans(),
)


@given(things, actions)
def test_nobody_may_do_anything(thing, action):
    assert not may(NOBODY, action, thing)


@pytest.mark.chapter("V4")
@given(scopes(), things, actions)
def test_whoever_a_matter_is_about_may_do_nothing_with_it(scope, thing, action):
    if scope.selves & thing.people or scope.post_codes & thing.posts:
        assert not may(scope, action, thing)


@given(scopes(), things, actions)
def test_whoever_reports_only_to_the_one_concerned_may_do_nothing_with_it(scope, thing, action):
    if scope.superiors and scope.superiors <= thing.posts:
        assert not may(scope, action, thing)


@given(scopes(), things, actions)
def test_an_accusation_answers_to_the_inspectors_action_alone(scope, thing, action):
    if thing.sealed and action != Action.INSPECT:
        assert not may(scope, action, thing)


@given(scopes(), things, actions, units)
def test_a_wider_reach_never_takes_a_right_away(scope, thing, action, unit):
    wider = Scope(person=scope.person, posts=scope.posts, superiors=scope.superiors,
                  grants=scope.grants | {Grant(action, unit)})
    assert not may(scope, action, thing) or may(wider, action, thing)


def test_no_administrator_reads_matters_or_identities():
    forbidden = {Action.SEE, Action.INSPECT, Action.OPEN_IDENTITY, Action.HANDLE, Action.TRIAGE}
    for role in SEPARATED:
        assert not POWERS[role][1] & forbidden


def test_the_powers_of_the_three_administrators_do_not_overlap():
    powers = [POWERS[role][1] for role in SEPARATED]
    assert not (powers[0] & powers[1] or powers[1] & powers[2] or powers[0] & powers[2])


@pytest.mark.chapter("S1")
def test_every_role_has_its_powers_written_down():
    assert set(POWERS) == set(Role)


@pytest.mark.chapter("V3")
def test_only_the_officer_who_dispatches_may_open_an_identity():
    assert {role for role, (_, acts) in POWERS.items() if Action.OPEN_IDENTITY in acts} == {Role.TRIAGE}
