"""Who sends a form twice stands in no log of the database (security.md, Modes): what it refuses it writes there."""

from __future__ import annotations

from contextlib import contextmanager
from secrets import token_hex

import pytest
from django.db import DatabaseError, connection

from sangesan.feedback.intake.models import Booking
from sangesan.feedback.intake.services import booking, submit
from sangesan.feedback.intake.services.kiosk import first_time
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Rating
from sangesan.feedback.matters.queries import heard
from sangesan.feedback.sealed.services import receive
from sangesan.foundation.errors import Conflict
from tests.builders import small_mine
from tests.feedback.intake.visits import AT, announced
from tests.feedback.matters.roads import answered
from tests.sealing import founded

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V3")]


@contextmanager
def nothing_refused():
    """Fail where the database refuses a statement; PostgreSQL's log would name the row and the moment."""
    refused = []

    def watch(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            refused.append(sql)
            raise

    with connection.execute_wrapper(watch):
        yield
    assert not refused


@pytest.fixture
def mine(noon):
    return small_mine()


def test_a_letter_that_is_sent_twice(mine):
    key = token_hex(16)
    with nothing_refused():
        first, again = (submit(channel="leaders", mode="anonymous", text="饭凉", key=key) for _n in range(2))
    assert first.fresh and not again.fresh and (first.number, first.receipt) == (again.number, again.receipt)
    with nothing_refused(), pytest.raises(Conflict):
        submit(channel="leaders", mode="anonymous", text="别的话", key=key)


def test_a_letter_to_the_inspectors_that_is_sent_twice(mine):
    founded(mine)
    key = token_hex(16)
    with nothing_refused():
        first, again = (receive(text="收回扣", key=key) for _n in range(2))
    assert first.fresh and not again.fresh and first.number == again.number


def test_a_slot_that_somebody_has_booked(mine):
    day = announced(mine).pk
    with nothing_refused():
        booking.book(key=token_hex(16), reception=day, at=AT, topic="想谈的事")
        with pytest.raises(Conflict, match="没有约上"):
            booking.book(key=token_hex(16), reception=day, at=AT, topic="别人的事")
    assert Booking.objects.get().topic == "想谈的事"


def test_a_page_of_the_kiosk_that_is_sent_twice(mine):
    with nothing_refused():
        assert [first_time("一次"), first_time("一次")] == [True, False]


def test_an_answer_that_is_rated_twice(mine):
    found = heard(answered(mine, mode="named").receipt)
    with nothing_refused():
        services.rate(code=found, rating="satisfied")
        with pytest.raises(Conflict):
            services.rate(code=found, rating="basic")
    assert Rating.objects.count() == 1
