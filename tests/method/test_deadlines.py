"""Deadlines (时限): examples of the design and properties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.deadlines import (
    LOCAL,
    Days,
    Measure,
    add_working_days,
    add_working_hours,
    due,
    on_or_after,
    statutory_due,
    working_days_between,
    working_time_between,
)

NEVER = Days({date(2026, 1, 1) + timedelta(days=n): False for n in range(5000)})
calendars = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.booleans(), max_size=40).map(Days)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)).map(lambda m: m.replace(microsecond=0, tzinfo=UTC))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T08:00", 4, "2026-03-02T12:00"),
        ("2026-03-02T11:00", 4, "2026-03-02T17:00"),
        ("2026-03-02T12:30", 1, "2026-03-02T15:00"),
        ("2026-03-06T17:30", 4, "2026-03-09T11:30"),
        ("2026-03-07T10:00", 1, "2026-03-09T09:00"),
        ("2026-03-02T03:00", 16, "2026-03-03T18:00"),
    ],
)
def test_working_hours_stop_at_noon_in_the_evening_and_over_the_weekend(start, hours, end):
    assert add_working_hours(at(start), hours, Days()) == at(end)


def test_the_worked_example_of_the_statutory_terms():
    calendar = Days({date(2026, 5, 9): True})
    assert statutory_due(date(2026, 3, 2), 15, calendar) == date(2026, 3, 17)
    assert statutory_due(date(2026, 3, 10), 60, calendar) == date(2026, 5, 9)
    assert statutory_due(date(2026, 5, 9), 30, calendar) == date(2026, 6, 8)


def test_a_last_day_off_moves_to_the_next_working_day():
    assert statutory_due(date(2026, 3, 6), 15, Days()) == date(2026, 3, 23)
    assert due(at("2026-03-06T09:00"), 15, Measure.DAYS, Days()) == at("2026-03-23T18:00")


def test_a_grade_a_clock_runs_round_the_clock():
    assert due(at("2026-03-07T23:50"), 30, Measure.MINUTES, NEVER) == at("2026-03-08T00:20")


def test_a_calendar_without_working_days_is_an_error_and_no_endless_loop():
    with pytest.raises(ValueError, match="no working"):
        add_working_days(date(2026, 1, 1), 1, NEVER)
    with pytest.raises(ValueError, match="no working"):
        add_working_hours(at("2026-01-01T08:00"), 1, NEVER)


@given(moments, st.integers(1, 4000), calendars)
def test_working_time_added_is_working_time_found_between(start, minutes, calendar):
    end = add_working_hours(start, calendar=calendar, minutes=minutes)
    assert working_time_between(start, end, calendar) == timedelta(minutes=minutes)
    assert calendar.is_work(end.astimezone(LOCAL).date())


@given(moments, st.integers(1, 2000), st.integers(0, 2000), calendars)
def test_more_time_never_ends_earlier(start, minutes, more, calendar):
    assert add_working_hours(start, calendar=calendar, minutes=minutes) <= add_working_hours(
        start, calendar=calendar, minutes=minutes + more
    )


@given(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(1, 60), calendars)
def test_working_days_added_are_working_days_counted(day, n, calendar):
    end = add_working_days(day, n, calendar)
    assert calendar.is_work(end)
    assert working_days_between(day, end, calendar) == n


@given(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 90), calendars)
def test_a_statutory_term_never_ends_early_nor_on_a_day_off(day, days, calendar):
    end = statutory_due(day, days, calendar)
    assert end >= day + timedelta(days=days)
    assert calendar.is_work(end)
    assert end == on_or_after(end, calendar)
