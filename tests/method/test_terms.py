"""Statutory clocks (法定时限): the table, the worked example, and what always holds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.deadlines import LOCAL, Days, end_of_work
from sangesan.method.grading import promised, shifted
from sangesan.method.lifecycle.guards import REVIEW_DAYS
from sangesan.method.terms import TERMS, Procedure, beginning, extended, furthest, procedure_of, resumed

CALENDAR = Days({date(2026, 5, 9): True, date(2026, 5, 1): False, date(2026, 5, 4): False, date(2026, 5, 5): False})
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
HOURS = st.builds(datetime.combine, DAYS, st.times(time(0), time(23, 59)), tzinfo=st.just(LOCAL))
HOLIDAYS = st.builds(Days, st.dictionaries(DAYS, st.booleans(), max_size=40))


@pytest.mark.chapter("P2b")
def test_the_worked_example():
    assert TERMS["forwarded"].last_day(date(2026, 3, 2), CALENDAR) == date(2026, 3, 17)
    due = TERMS["handling"].last_day(date(2026, 3, 10), CALENDAR)
    assert due == date(2026, 5, 9)
    assert extended(due, 30, date(2026, 3, 10), CALENDAR) == date(2026, 6, 8)
    assert date(2026, 5, 8) + timedelta(days=TERMS["ask_review"].amount) == date(2026, 6, 7)
    assert TERMS["ask_review"].last_day(date(2026, 5, 8), CALENDAR) == date(2026, 6, 8), "the 7th is a Sunday"


def test_the_table_holds_each_clock_of_the_law():
    said = {t.code: (t.amount, t.right) for t in TERMS.values()}
    assert said == {
        "notice": (15, False), "forwarded": (15, False), "objection": (5, True), "sorting": (15, False),
        "handling": (60, False), "simple": (10, False), "ask_review": (30, True), "review": (30, False),
        "ask_third_review": (30, True), "third_review": (30, False),
    }
    assert all(t.source and t.met and len(t.code) <= 16 for t in TERMS.values()) and REVIEW_DAYS == 30


@pytest.mark.parametrize("procedure", list(Procedure))
@pytest.mark.parametrize("channel", ["leaders", "upper"])
def test_every_matter_has_one_clock_of_notice_and_one_of_handling(channel, procedure):
    heard = [t.code for t in beginning("received", channel=channel, procedure=procedure)]
    assert len({"notice", "forwarded"} & set(heard)) == 1
    assert len(beginning("accepted", channel=channel, procedure=procedure)) == 1


@given(st.sampled_from("ABC"), HOURS, HOLIDAYS, st.sampled_from(list(Procedure)))
def test_what_is_promised_is_never_later_than_the_law(grade, start, calendar, procedure):
    term = TERMS["handling" if procedure == Procedure.ORDINARY else "simple"]
    law = term.last_day(start.date(), calendar)
    assert all(due <= end_of_work(law) for due in promised(grade, start, calendar, law).values())


@given(st.sampled_from("ABC"), HOURS, st.integers(0, 60 * 24 * 90), st.integers(0, 60 * 24 * 40), HOLIDAYS)
def test_a_suspension_never_brings_a_clock_forward(grade, due, wait, length, calendar):
    paused = due - timedelta(minutes=wait)
    assert shifted(grade, due, paused, paused + timedelta(minutes=length), calendar) >= due


@given(DAYS, st.integers(0, 400), HOLIDAYS)
def test_an_extension_adds_thirty_days_at_most_and_stops_at_day_ninety(accepted, days, calendar):
    due = TERMS["handling"].last_day(accepted, calendar)
    moved = extended(due, days, accepted, calendar)
    assert moved <= furthest(accepted, Procedure.ORDINARY, calendar)
    assert min(due, moved) == due or moved == furthest(accepted, Procedure.ORDINARY, calendar)


@given(DAYS, st.integers(0, 60), HOLIDAYS)
def test_the_days_of_a_hearing_are_given_once_and_so_is_a_holiday_at_the_end(start, heard, calendar):
    due = resumed(start, heard, calendar)
    assert due == TERMS["third_review"].last_day(start + timedelta(days=heard), calendar)
    before = start + timedelta(days=30 + heard)
    assert due >= before and not any(calendar.is_work(before + timedelta(days=n)) for n in range((due - before).days))


def test_a_repeated_question_is_no_longer_simple():
    assert procedure_of("suggestion") == Procedure.SIMPLE != procedure_of("suggestion", repeated=True)
