"""A form is taken in once: two who press at the same moment are one, also where what it is about has moved on."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import RequestFactory

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.foundation.once.models import Sent
from sangesan.foundation.once.services import forget, once
from tests.at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


class Counter:
    """Something that every deed moves by one (计数)."""

    def __init__(self):
        self.n = 0

    def up(self) -> int:
        time.sleep(0.2)
        self.n += 1
        return self.n

    def now(self) -> str:
        return str(self.n)


def sent(**said):
    return RequestFactory().post("/here/", {"key": "k" * 32} | said)


def test_two_at_the_same_moment_are_one_at_first_and_after_it_moved_on():
    counter = Counter()
    for expected in (1, 11):
        found = together(*(lambda: once(sent(), counter.up, counter.now).done for _ in range(2)))
        assert sorted(found, key=str) == [expected, None] and counter.n == expected
        counter.n += 9


def test_what_is_the_same_deed_for_good_is_done_once_however_it_stands():
    counter = Counter()
    assert once(sent(), counter.up).fresh
    counter.n = 7
    assert not once(sent(), counter.up).fresh and counter.n == 7


def test_a_deed_that_fails_the_second_time_leaves_what_the_first_left():
    counter = Counter()
    once(sent(), counter.up, counter.now)
    counter.n = 5

    def refused():
        raise Conflict("没有办成", why="不能再做")

    for _ in range(2):
        with pytest.raises(Conflict):
            once(sent(), refused, counter.now)
    counter.n = 1
    assert not once(sent(), refused, counter.now).fresh, "it stands as the first deed left it"


def test_a_mark_lasts_a_week_from_the_last_time_it_was_done():
    counter, moment, day = Counter(), clock.now(), clock.today()
    once(sent(), counter.up, counter.now)
    counter.n = 5
    with clock.at(moment + timedelta(days=3)):
        once(sent(), counter.up, counter.now)
    assert Sent.objects.get().day == day + timedelta(days=3)
    assert not forget(day=day + timedelta(days=10)) and forget(day=day + timedelta(days=11))
