"""A month's figures point at nobody, whoever invents four letters (月度统计)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.cube import INVENTED, Cell, drawn, noise, rounded
from sangesan.method.cube import table as put_out
from sangesan.method.disclosure import THRESHOLD

VALUES = "abcdefgh"
cells = st.builds(lambda named, anonymous: Cell(named + anonymous, named, anonymous > 0),
                  st.integers(0, 30), st.integers(0, 12))
worlds = st.dictionaries(st.sampled_from(VALUES), cells, min_size=1)


def table(world, threshold=THRESHOLD):
    return put_out(world, drawn(b"1"), threshold)


def with_letters(world, letters):
    """Put invented letters into a world, named ones, the strongest there are."""
    found = dict(world)
    for value in letters:
        found[value] = found.get(value, Cell()) + Cell(1, 1)
    return found


@pytest.mark.chapter("V7")
@given(worlds, st.lists(st.sampled_from(VALUES), max_size=INVENTED))
def test_behind_every_number_shown_stand_five_whom_nobody_invented(world, letters):
    _total, shown = table(with_letters(world, letters))
    for value, number in shown.items():
        if number is not None:
            assert world.get(value, Cell()).voices >= THRESHOLD


@pytest.mark.chapter("V7")
@given(worlds, st.sampled_from(VALUES), st.integers(0, 3))
def test_a_cell_of_four_invented_looks_the_same_with_a_fifth_and_without(world, value, others):
    base = dict(world) | {value: Cell(others, others)}
    without, fifth = with_letters(base, [value] * INVENTED), with_letters(base, [value] * (INVENTED + 1))
    assert table(without)[1][value] is None and table(fifth)[1][value] is None


def test_one_letter_more_changes_a_number_by_chance_only():
    chance = Random(3)
    amounts = [noise(chance.random(), chance.random()) for _ in range(20_000)]
    for count in range(9, 60):
        without, fifth = ({rounded(count + more, n) for n in amounts} for more in (0, 1))
        near = {n for n in fifth if abs(n - count) <= 10}
        assert near <= without
    assert abs(sum(amounts)) / len(amounts) < 0.1


@pytest.mark.chapter("V7")
@given(worlds)
def test_the_total_less_what_is_shown_gives_no_single_number(world):
    total, shown = table(world)
    hidden = [world[value] for value, number in shown.items() if number is None]
    if total is None:
        assert len(hidden) == len(shown)
    elif hidden:
        assert len(hidden) > 1 or len(shown) == 1
        assert sum(hidden, Cell()).voices >= THRESHOLD


@given(worlds)
def test_numbers_are_fives(world):
    total, shown = table(world)
    assert all(number is None or (number % 5 == 0 and number > 0) for number in [total, *shown.values()])


@given(worlds)
def test_nothing_and_little_look_alike(world):
    empty = {value: Cell() if one.voices < 3 else one for value, one in world.items()}
    for value, one in world.items():
        if one.voices < 3:
            assert table(world)[1][value] is None and table(empty)[1][value] is None


@given(worlds, st.integers(1, 4))
def test_a_lower_threshold_than_three_is_not_to_be_had(world, threshold):
    for value, number in table(world, threshold)[1].items():
        assert number is None or world[value].voices >= 3 + INVENTED
