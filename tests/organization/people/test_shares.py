"""Shares of posts: of several posts that one person holds together no more than one whole; unsaid is what is left."""

from datetime import date, timedelta

import pytest

from sangesan.method.facts import SYSTEM
from sangesan.method.holders import FULL, Held, overfull, spare
from sangesan.organization.people import services
from sangesan.organization.people.services.appointments import AppointmentError

from .test_posts import TODAY, TOMORROW, Mine, m, stopped_clock

pytestmark = pytest.mark.django_db
__all__ = ["m", "stopped_clock"]
LATER = TODAY + timedelta(days=30)


def test_a_first_post_is_a_whole_one_and_what_comes_beside_it_takes_nothing_unless_said(m: Mine):
    first = m.appoint(m.wang, m.chief)
    assert (first.share, m.appoint(m.wang, m.secretary, "concurrent", day=TODAY).share) == (10_000, 0)
    m.appoint(m.li, m.first)
    standing_in = services.delegate(appointment=first, to=m.li, since=TODAY, until=TOMORROW, actor=SYSTEM)
    assert standing_in.share == 0, "whoever stands in for a day keeps the own share"


def test_what_is_unsaid_is_what_is_left(m: Mine):
    m.appoint(m.wang, m.chief, share=7_000)
    assert m.appoint(m.wang, m.secretary, "concurrent", day=TODAY).share == 3_000


@pytest.mark.parametrize("share", [3_001, 10_000])
def test_two_posts_of_more_than_one_whole_are_refused_with_what_is_held_and_what_is_left(m: Mine, share):
    m.appoint(m.wang, m.chief, share=7_000)
    with pytest.raises(AppointmentError) as fault:
        m.appoint(m.wang, m.secretary, "concurrent", day=TODAY, share=share)
    assert "ZC1“队长”70%，只余 30%" in str(fault.value) and "先免去原职" in str(fault.value)
    assert m.appoint(m.wang, m.secretary, "concurrent", day=TODAY, share=3_000).share == 3_000


def test_shares_are_summed_on_the_same_days_only(m: Mine):
    m.appoint(m.wang, m.chief, until=LATER)
    assert m.appoint(m.wang, m.secretary, "concurrent", day=LATER, share=10_000).share == 10_000


def test_the_fullest_day_of_a_span_leaves_what_is_left():
    held = [Held("a", 1, 6_000, TODAY, LATER), Held("b", 1, 4_000, LATER, date.max)]
    assert spare(held, TODAY, date.max) == 4_000 and spare(held, LATER, date.max) == 6_000
    assert spare([], TODAY, LATER) == FULL and not overfull(held)
    assert spare([*held, Held("c", 1, 9_000, TODAY, TOMORROW)], TODAY, LATER) == 0


def test_a_main_post_that_nothing_is_left_for_is_refused(m: Mine):
    """It was taken with nothing, so that its holder earned nothing for it, and no word was said."""
    m.appoint(m.wang, m.secretary, "concurrent")
    with pytest.raises(AppointmentError) as fault:
        m.appoint(m.wang, m.chief, day=TODAY)
    assert "合计已是一个全岗" in str(fault.value) and "先免去原职" in str(fault.value)
