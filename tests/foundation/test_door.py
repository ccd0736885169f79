"""Doors (门): one subject or many, and what is closed is as what is not there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sangesan.execution.duties.models import Duty
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import door
from tests.builders import heard, small_mine
from tests.duties import owed

pytestmark = pytest.mark.django_db
ODD = ["", "matters", "matters/", "matters/\x00", "duties/", "duties/x", "duties/-1", "duties/" + "9" * 19,
       "duties/" + "9" * 40, "duties/１", "nothing/1", "/"]


@pytest.fixture
def subjects(noon, read_at_once):
    mine = small_mine()
    numbers = [heard(unit=code).number for code in ("ZC1", "ZC2", "HQ")]
    duties = [owed(mine, unit=code).pk for code in ("ZC1", "ZC2")]
    return mine, [f"matters/{number}" for number in numbers] + [f"duties/{pk}" for pk in duties]


@pytest.mark.parametrize("who", ["leader", "triage", "secretary", "chief", "correspondent", "admin"])
def test_many_doors_open_as_each_of_them_does(subjects, who):
    mine, known = subjects
    scope = mine.scope(who)
    assert door.opened(scope, known + ODD) == {one for one in known if door.open(scope, one) is not None}


def test_two_ways_to_write_one_key_open_alike(subjects):
    mine, _known = subjects
    Duty.objects.filter(pk=owed(mine).pk).update(id=7)
    assert door.opened(mine.scope("leader"), {"duties/7", "duties/007"}) == {"duties/7", "duties/007"}


def test_doors_of_both_kinds_differ_by_who_asks(subjects):
    mine, known = subjects
    assert door.opened(mine.scope("leader"), known) == set(known)
    assert door.opened(mine.scope("admin"), known) == set()


def test_what_can_be_no_key_opens_nothing(subjects):
    mine, _known = subjects
    assert all(door.open(mine.scope("leader"), one) is None for one in ODD)


def test_a_thousand_doors_ask_no_more_than_one(subjects, django_assert_max_num_queries):
    mine, known = subjects
    scope = mine.scope("leader")
    with django_assert_max_num_queries(12):
        door.opened(scope, known + [f"matters/2026-{n:06}" for n in range(900)] + [f"duties/{n}" for n in range(900)])
    assert Matter.objects.count() == 3


def test_a_process_that_loads_no_addresses_has_its_doors_hung_too():
    said = ("import django; django.setup(); import sys; from sangesan.foundation import door;"
            "print('config.urls' in sys.modules, 'matters' in door._shelves, 'topics' in door._shelves)")
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True,
                          env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"})
    assert done.stdout.split() == ["False", "True", "True"], "or a job, a command and the demo find every door closed"
