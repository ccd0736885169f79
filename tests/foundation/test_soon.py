"""What waits as state is looked for right after the commit (随后), never before and never for nothing."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction

from sangesan.feedback.matters import queries
from sangesan.foundation import clock
from sangesan.foundation import soon as house
from sangesan.foundation.soon import soon
from tests.builders import heard, small_mine

pytestmark = pytest.mark.django_db(transaction=True)


LONG = 60.0  # seconds: on however busy a machine; how soon it is on a quiet one, `sangesan bench intake` says


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.SOON = True
    yield
    assert wait_for(lambda: house._worker is None)  # it would ask a database that is no longer there


def wait_for(what, seconds=LONG) -> bool:
    since = time.monotonic()
    while time.monotonic() - since < seconds:
        if what():
            return True
        time.sleep(0.05)
    return False


def test_work_is_done_after_the_commit_and_once_for_all_that_asked():
    done, both = [], threading.Event()

    def work():
        done.append(1)
        both.set()

    with transaction.atomic():
        for _ in range(20):
            soon(work)
        time.sleep(0.5)
        assert not done
    assert both.wait(LONG)
    time.sleep(0.5)
    assert done == [1]


def test_what_is_rolled_back_wants_nothing():
    done = []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        soon(lambda: done.append(1))
        raise ZeroDivisionError
    time.sleep(0.6)
    assert not done


def test_a_fault_stops_nothing_else():
    good = threading.Event()

    def bad():
        raise ZeroDivisionError

    soon(bad)
    soon(good.set)
    assert good.wait(LONG)


def test_a_matter_is_found_before_any_round_of_the_jobs():
    mine = small_mine()
    heard("浴室没热水", unit="ZC1")
    scope = mine.scope("triage", clock.today())
    assert wait_for(lambda: queries.find(scope, "热水").total == 1)
