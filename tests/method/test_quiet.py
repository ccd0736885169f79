"""Quiet hours (免打扰时段): never inside, never lost, never more often than the house reminds."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.deadlines import LOCAL
from sangesan.method.quiet import House, batches, begun, freed, spans
from sangesan.method.turns import LONGEST, REST, Turn, place

HOUSE = House((time(8), time(14)), time(22), time(6))
MONDAY = date(2026, 11, 23)
HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
WORKED = st.builds(Turn, st.just("班"), HOURS, HOURS).filter(
    lambda turn: (lambda span: span[1] - span[0] <= LONGEST)(turn.span(MONDAY)))
ROTA = st.lists(WORKED | st.just(Turn(REST)), min_size=1, max_size=6)
"""Any turns a roster takes (任意班次表)."""


def at(hour, minute=0, day=MONDAY):
    return datetime.combine(day, time(hour, minute), LOCAL)


def lived(turns, days, sleeps):
    """Live through three weeks by quarters of an hour (过三周): moments with the batch that was open then."""
    def turn(day):
        return turns[place(MONDAY, days, len(turns), day)] if days else turns[0]

    for day in (MONDAY + timedelta(days=n) for n in range(21)):
        quiet = spans(day, HOUSE, turn, sleeps=sleeps)
        for quarter in range(96):
            now = at(0, day=day) + timedelta(minutes=15 * quarter)
            yield now, begun(now, HOUSE, quiet), turn


@given(ROTA, st.integers(0, 10), st.booleans())
def test_nobody_is_reminded_by_night_at_work_or_asleep_and_nothing_is_lost(turns, days, sleeps):
    waiting, told, last = [], {}, None
    for now, batch, turn in lived(turns, days, sleeps):
        waiting.append(now)
        if batch is None or (last is not None and last >= batch):
            continue
        assert not (now.time() >= time(22) or now.time() < time(6)), "by night"
        for worked in (turn(day).span(day) for day in (now.date() - timedelta(days=1), now.date())):
            assert worked is None or not worked[0] <= now < worked[1], "at work"
            if worked and sleeps and worked[0] <= at(3, day=worked[1].date()) < worked[1]:
                until = min(worked[1] + timedelta(hours=8), at(18, day=worked[1].date()))
                assert not worked[1] <= now < until, "asleep after the night"
        told[now.date()] = told.get(now.date(), 0) + 1
        assert now - waiting[0] <= timedelta(hours=72), "what waits is told, with any rota"
        waiting, last = [], now
    assert max(told.values()) <= len(HOUSE.times)
    assert len(waiting) <= 72 * 4


@given(WORKED, st.booleans())
def test_whoever_works_the_same_hours_every_day_is_reminded_every_day(turn, sleeps):
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        quiet = spans(day, HOUSE, lambda _day: turn, sleeps=sleeps)
        found = batches(day, HOUSE, quiet)
        assert 1 <= len(found) <= 2 and all(freed(one, quiet) == one for one in found)


def test_without_a_shift_it_is_the_time_of_the_house():
    quiet = spans(MONDAY, HOUSE, lambda _day: None)
    assert batches(MONDAY, HOUSE, quiet) == [at(8), at(14)]
    assert [begun(at(hour), HOUSE, quiet) for hour in (5, 7, 8, 13, 14, 21, 22)] == [
        None, None, at(8), at(8), at(14), at(14), None]


def test_a_rest_is_free_and_a_night_before_it_reaches_into_it():
    night = Turn("零点班", time(0), time(8))
    def turn(day):
        return night if day <= MONDAY else Turn(REST)

    assert batches(MONDAY, HOUSE, spans(MONDAY, HOUSE, turn, sleeps=True)) == [at(16)]
    rest = MONDAY + timedelta(days=1)
    assert batches(rest, HOUSE, spans(rest, HOUSE, turn, sleeps=True)) == [at(8, day=rest), at(14, day=rest)]
    late = Turn("夜班", time(22), time(6))
    assert batches(rest, HOUSE, spans(rest, HOUSE, lambda day: late if day == MONDAY else None, sleeps=True)) == [
        at(14, day=rest)], "the sleep after it belongs to the next day"
