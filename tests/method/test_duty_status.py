"""Status of a duty (办理状态): derived from its times, what became of it, and now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.duty_status import Status, counted_at, status

START = datetime(2026, 11, 23, tzinfo=UTC)
HOURS = st.integers(0, 200).map(lambda n: START + timedelta(hours=n))


def test_a_duty_is_not_due_then_open_then_missing():
    due, closes = START + timedelta(hours=9), START + timedelta(hours=33)
    states = [status(START, due, closes, "", None, START + timedelta(hours=n)) for n in (-1, 0, 9, 20, 33, 34)]
    assert states == [Status.NOT_DUE, Status.OPEN, Status.OPEN, Status.OPEN, Status.OPEN, Status.MISSING]


def test_what_was_done_stays_as_it_was_judged_whatever_the_hour():
    due = START + timedelta(hours=9)
    for now in (START, due, due + timedelta(days=900)):
        assert status(START, due, due, "done", due, now) == Status.ON_TIME
        assert status(START, due, due, "done", due + timedelta(seconds=1), now) == Status.LATE


@given(opens=HOURS, due=HOURS, closes=HOURS, at=HOURS, now=HOURS)
def test_waived_and_cancelled_stand_above_every_clock(opens, due, closes, at, now):
    assert status(opens, due, closes, "exempted", at, now) == Status.EXEMPT
    assert status(opens, due, closes, "cancelled", at, now) == Status.CANCELLED


@given(at=HOURS, entered=HOURS, closes=HOURS)
def test_an_entry_after_the_grace_is_dated_as_late(at, entered, closes):
    counted = counted_at(at, entered, closes)
    assert counted == (at if entered <= closes else entered)
