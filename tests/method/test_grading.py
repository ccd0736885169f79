"""Grading (分级研判): the table as a rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method import grading
from sangesan.method.deadlines import Days
from sangesan.method.grading import Override, grade, graver, lighter, promised

LEVELS = st.integers(1, 3)


@pytest.mark.chapter("N6")
@given(LEVELS, LEVELS, LEVELS, LEVELS)
def test_a_graver_matter_never_gets_a_lighter_grade(u, m, more_u, more_m):
    assert not lighter(grade(max(u, more_u), max(m, more_m)), grade(u, m))


@pytest.mark.parametrize(("m", "row"), [(3, "BAA"), (2, "CBA"), (1, "CCB")])
def test_the_table_is_the_one_of_the_rule(m, row):
    assert "".join(grade(u, m) for u in (1, 2, 3)) == row


@given(LEVELS, LEVELS)
def test_a_declared_danger_is_always_a(u, m):
    assert grade(u, m, frozenset({Override.DANGER})) == "A"


def test_an_accusation_has_no_grade():
    with pytest.raises(ValueError, match="accusation"):
        grade(3, 3, frozenset({Override.ACCUSATION}))


@given(st.sampled_from("ABC"), st.sampled_from("ABC"))
def test_the_graver_of_two_is_never_lighter_than_either(left, right):
    assert not lighter(graver(left, right), left) and not lighter(graver(left, right), right)


@given(st.sampled_from("ABC"), st.integers(0, 365 * 24), st.integers(0, 90))
def test_no_promised_clock_ends_after_the_statutory_day_or_before_its_start(level, hours, statutory):
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    limit = date(2026, 1, 1) + timedelta(days=hours // 24 + statutory + 1)
    for due in promised(level, start, Days(), limit).values():
        assert start <= due <= max(start, datetime(limit.year, limit.month, limit.day, 18, tzinfo=UTC))


def test_a_graver_grade_never_has_a_later_clock():
    start = datetime(2026, 11, 24, 2, tzinfo=UTC)
    clocks = [promised(level, start, Days(), date(2027, 1, 23)) for level in "ABC"]
    for name in ("sign_in", "first_answer", "due"):
        assert clocks[0][name] <= clocks[1][name] <= clocks[2][name]


def test_a_runs_round_the_clock_and_b_in_working_hours():
    friday_evening = datetime(2026, 11, 27, 12, tzinfo=UTC)
    a = promised("A", friday_evening, Days(), date(2027, 1, 26))
    b = promised("B", friday_evening, Days(), date(2027, 1, 26))
    assert a["sign_in"] - friday_evening == timedelta(minutes=30)
    assert b["sign_in"].isoformat() == "2026-11-30T04:00:00+00:00"


def test_every_level_says_who_is_told_and_who_may_close():
    for level in grading.TABLE.levels.values():
        assert level.told and level.closers and {"sign_in", "first_answer", "due"} <= set(level.clocks)


@given(st.sampled_from([r for r in grading.Rhythm if r != grading.Rhythm.AT_CLOSE]), st.integers(0, 40 * 24 * 60),
       st.integers(0, 60 * 24), st.sets(st.integers(0, 60), max_size=20))
def test_a_word_is_missing_since_a_day_just_where_its_time_has_run_out(rhythm, minutes, hours, off):
    first = datetime(2026, 10, 1, tzinfo=UTC)
    days = Days({(first + timedelta(days=n)).date(): False for n in off})
    last, now = first + timedelta(minutes=minutes), first + timedelta(hours=hours)
    late = grading.progress_due(rhythm, last, days) < now
    assert (last < grading.silent_since(rhythm, now, days)) == late
