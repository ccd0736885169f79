"""Cadence (周期): nominal dates from the rule itself, then working days (scoring.md R1–R3, Calendar)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.cadence import CadenceError, checked, dates, read
from sangesan.method.deadlines import Days, on_or_before
from sangesan.method.occurrences import Cadence, Policy, Window, occurrences
from sangesan.method.rule_words import said

D = date.fromisoformat
SPRING = {D("2026-02-14"): True, D("2026-02-28"): True} | {
    D("2026-02-15") + timedelta(days=n): False for n in range(9)}
AUTUMN = {D("2026-09-20"): True, D("2026-10-10"): True, D("2026-09-25"): False} | {
    D("2026-10-01") + timedelta(days=n): False for n in range(7)}
YEAR = Days(SPRING | AUTUMN, frozenset({2026}))
START = D("2026-01-01")


def times(text, since, until, policy=Policy.AS_IS, anchor=START, **parts):
    return list(occurrences(Cadence(checked(text, anchor), policy, **parts), anchor, D(since), D(until), YEAR))


def test_r1_make_up_days_are_working_days():
    worked = times("FREQ=DAILY", "2026-09-20", "2026-09-20", Policy.SKIP)
    assert [o.due for o in worked] == [D("2026-09-20")]
    assert [o.due for o in times("FREQ=DAILY", "2026-10-10", "2026-10-10", Policy.SKIP)] == [D("2026-10-10")]
    assert on_or_before(D("2026-02-28"), YEAR) == D("2026-02-28")
    last = times("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-02-01", "2026-02-28", Policy.PREVIOUS)
    assert last[0].due == D("2026-02-28")


def test_r2_a_monday_on_a_holiday_is_skipped_or_put_off_and_keeps_its_nominal_date():
    rule = "FREQ=WEEKLY;BYDAY=MO"
    assert times(rule, "2026-02-16", "2026-02-16", Policy.SKIP) == []
    (put_off,) = times(rule, "2026-02-16", "2026-02-16", Policy.NEXT)
    assert (put_off.nominal, put_off.due) == (D("2026-02-16"), D("2026-02-24"))
    (brought_forward,) = times(rule, "2026-02-16", "2026-02-16", Policy.PREVIOUS)
    assert brought_forward.due == D("2026-02-14")


def test_r3_a_weekly_rule_passes_new_year_and_never_stops():
    found = [o.nominal for o in times("FREQ=WEEKLY;BYDAY=FR", "2026-12-20", "2027-01-08")]
    assert found == [D("2026-12-25"), D("2027-01-01"), D("2027-01-08")]
    assert len(times("FREQ=WEEKLY;BYDAY=FR", "2026-01-01", "2035-12-31")) > 520


def test_a_year_nobody_has_confirmed_is_provisional():
    found = times("FREQ=WEEKLY;BYDAY=FR", "2026-12-25", "2027-01-01")
    assert [o.provisional for o in found] == [False, True]


def test_r3_what_is_put_off_over_new_year_is_as_provisional_as_the_year_it_falls_into():
    off = Days({D("2026-12-31"): False, D("2027-01-01"): False}, frozenset({2026}))
    (put_off,) = occurrences(Cadence(read("FREQ=DAILY"), Policy.NEXT), START, D("2026-12-31"), D("2026-12-31"), off)
    assert (put_off.nominal, put_off.due, put_off.provisional) == (D("2026-12-31"), D("2027-01-04"), True)


def test_r2_a_grace_over_the_holiday_ends_after_as_many_working_days():
    (due,) = times("FREQ=DAILY", "2026-02-13", "2026-02-13", Policy.SKIP, grace=2)
    assert (due.due, due.closes) == (D("2026-02-13"), D("2026-02-24")), "the 14th is made up for, the next nine are off"


def test_r2_what_may_be_done_on_any_day_of_a_week_without_a_working_day_is_brought_into_the_week_before():
    rule, any_day = "FREQ=WEEKLY;BYDAY=MO", {"window": Window.WEEK}
    (early,) = times(rule, "2026-02-16", "2026-02-16", Policy.PREVIOUS, **any_day)
    assert (early.opens, early.due) == (D("2026-02-09"), D("2026-02-14"))
    (late,) = times(rule, "2026-02-16", "2026-02-16", Policy.NEXT, **any_day)
    assert (late.opens, late.due) == (D("2026-02-16"), D("2026-02-24"))


def test_once_in_the_month_any_day_is_a_window_and_no_date():
    (once,) = times("FREQ=MONTHLY;BYMONTHDAY=1", "2026-02-01", "2026-02-28", Policy.PREVIOUS, window=Window.MONTH)
    assert (once.opens, once.due) == (D("2026-02-01"), D("2026-02-28"))
    (quarter,) = times("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", "2026-04-01", "2026-04-30", window=Window.QUARTER)
    assert (quarter.opens, quarter.due) == (D("2026-04-01"), D("2026-06-30"))


def test_offset_and_grace_are_working_days():
    (one,) = times("FREQ=WEEKLY;BYDAY=WE", "2026-09-30", "2026-09-30", offset=1, grace=2, lead=3)
    assert (one.opens, one.due, one.closes) == (D("2026-09-27"), D("2026-10-08"), D("2026-10-10"))


@pytest.mark.parametrize(("text", "why"), [
    ("FREQ=MINUTELY", "too_often"), ("FREQ=SECONDLY;INTERVAL=5", "too_often"), ("FREQ=HOURLY", "too_often"),
    ("FREQ=DAILY;BYHOUR=8,9,10", "too_often"), ("FREQ=DAILY;BYMINUTE=0", "too_often"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never"), ("FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", "never"),
    ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101", "never"), ("FREQ=DAILY;COUNT=3", "unknown"), ("", "unknown"),
    ("FREQ=WEEKLY;BYDAY=XX", "wrong"), ("FREQ=WEEKLY;INTERVAL=0", "wrong"), ("FREQ=MONTHLY;BYMONTHDAY=0", "wrong"),
    ("FREQ=WEEKLY;BYDAY=1MO", "wrong"), ("FREQ=DAILY;FREQ=DAILY", "wrong"), ("FREQ=MONTHLY;BYMONTHDAY=99", "wrong"),
    ("FREQ=WEEKLY;UNTIL=20261399", "wrong"), ("FREQ=WEEKLY;UNTIL=20270101XY", "wrong"),
    ("FREQ=DAILY;INTERVAL=²", "wrong"), ("INTERVAL=2", "wrong"),
])
def test_a_rule_that_cannot_be_is_refused_with_a_reason(text, why):
    with pytest.raises(CadenceError, match=why):
        checked(text, START)


def test_leap_days_and_ends_of_months():
    assert [d.year for d in dates(read("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), START, START, D("2036-01-01"))] == [
        2028, 2032]
    ends = dates(read("FREQ=MONTHLY;BYMONTHDAY=-1"), START, START, D("2026-04-30"))
    assert [d.day for d in ends] == [31, 28, 31, 30]
    third = dates(read("FREQ=MONTHLY;BYDAY=3TH"), START, START, D("2026-02-28"))
    assert list(third) == [D("2026-01-15"), D("2026-02-19")]


def test_a_yearly_rule_that_names_days_and_no_month_means_every_month():
    fifteenth = dates(read("FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=15"), D("2026-11-01"), D("2026-11-01"), D("2028-02-28"))
    assert list(fifteenth) == [D("2026-11-15"), D("2026-12-15"), D("2028-01-15"), D("2028-02-15")]
    assert len(list(dates(read("FREQ=YEARLY;BYDAY=MO,MO"), START, START, D("2026-12-31")))) == 52
    assert list(dates(read("FREQ=YEARLY"), START, START, D("2027-12-31"))) == [START, D("2027-01-01")]


def test_every_other_week_counts_from_the_week_of_the_anchor():
    found = dates(read("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"), D("2026-01-07"), D("2026-01-01"), D("2026-02-01"))
    assert list(found) == [D("2026-01-11"), D("2026-01-19"), D("2026-01-25")]


RULES = st.sampled_from([
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=3;BYDAY=2MO",
])


@given(text=RULES, start=st.integers(0, 900), cut=st.integers(0, 500), length=st.integers(0, 500))
def test_dates_asked_in_two_parts_are_the_dates_asked_at_once(text, start, cut, length):
    rule, since = read(text), START + timedelta(days=start)
    middle, until = since + timedelta(days=cut), since + timedelta(days=cut + length)
    whole = list(dates(rule, START, since, until))
    parts = [*dates(rule, START, since, middle), *dates(rule, START, middle + timedelta(days=1), until)]
    assert whole == parts == sorted(set(whole))


@given(text=RULES, policy=st.sampled_from(Policy), window=st.sampled_from(Window), grace=st.integers(0, 5))
def test_what_is_put_off_or_brought_forward_falls_on_a_working_day(text, policy, window, grace):
    for one in occurrences(Cadence(read(text), policy, window, grace=grace), START, START, D("2026-12-31"), YEAR):
        assert one.opens <= one.due <= one.closes
        if policy != Policy.AS_IS:
            assert YEAR.is_work(one.due)


@pytest.mark.parametrize(("text", "more", "words"), [
    ("FREQ=WEEKLY;BYDAY=MO", {"policy": Policy.NEXT}, "每周一，遇休息日顺延"),
    ("FREQ=DAILY", {"policy": Policy.SKIP}, "每个工作日"), ("FREQ=DAILY;INTERVAL=2", {}, "每两天"),
    ("FREQ=MONTHLY;BYMONTHDAY=5", {"policy": Policy.PREVIOUS}, "每月5日，遇休息日提前"),
    ("FREQ=MONTHLY;BYDAY=1MO", {"policy": Policy.SKIP}, "每月第一个周一，遇休息日不办"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", {}, "每三个月的最后一天"),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", {"window": Window.QUARTER}, "每季度内任选一天"),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", {"window": Window.MONTH}, "每年12月内任选一天"),
    ("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1", {}, "每年7月1日"), ("FREQ=YEARLY;BYDAY=MO", {}, "每年每月每个周一"),
    ("FREQ=DAILY;BYMONTH=6", {"policy": Policy.SKIP}, "每天（限6月），遇休息日不办"),
    ("FREQ=DAILY;BYDAY=MO,TU", {}, "每天（限周一、周二）"), ("FREQ=MONTHLY;BYDAY=MO", {}, "每月每个周一"),
    ("FREQ=MONTHLY;BYMONTHDAY=15;BYDAY=MO", {}, "每月15日且逢周一"),
    ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20271231", {"offset": 2}, "每周五，其后 2 个工作日内办完，到 2027-12-31 为止"),
])
def test_a_rule_is_said_in_plain_words(text, more, words):
    assert said(Cadence(read(text), **more)) == words
