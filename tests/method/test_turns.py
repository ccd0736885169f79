"""Turns (倒班): what is written is read again, and every turn comes when it should, for so many days."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.turns import LONGEST, REST, USUAL, Turn, place, read, said

NAMES = st.sampled_from([*USUAL, "早班", "中班", "夜班", "一班"])
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WORKED = st.builds(Turn, NAMES, HOURS, HOURS).filter(
    lambda turn: (lambda span: span[1] - span[0] <= LONGEST)(turn.span(date(2026, 1, 1))))
TURNS = st.lists(WORKED | st.just(Turn(REST)) | st.sampled_from([Turn(name, *at) for name, at in USUAL.items()]),
                 min_size=1, max_size=12)


@given(TURNS)
def test_what_is_written_is_read_again(turns):
    assert read(said(turns)) == turns
    assert said(read(said(turns))) == said(turns)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 31), st.integers(1, 12), st.integers(0, 400))
def test_turns_follow_one_another_and_each_lasts_its_days(since, days, many, after):
    on = [place(since, days, many, since + timedelta(days=after + n)) for n in range(days * many)]
    assert all(on.count(at) == days for at in range(many))
    assert all(here == there or there == (here + 1) % many for here, there in zip(on, on[1:], strict=False))
