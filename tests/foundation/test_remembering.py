"""What tests remember of the product's questions is what they would be told if they asked again."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from sangesan.feedback.matters.queries.veil import roster
from sangesan.organization.units.models import Unit
from tests.builders import person, small_mine
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted():
    calls = []

    @remembered
    def count(kind):
        calls.append(kind)
        return Unit.objects.filter(kind=kind).count()

    return count, calls


def test_it_is_asked_once_until_what_it_was_read_from_is_written(counted):
    count, calls = counted
    mine = small_mine()
    assert count("team") == count("team") == 2 and calls == ["team"]
    person("3001", "钱多", mine.units["ZC1"])
    assert count("team") == 2 and calls == ["team"]
    Unit.objects.filter(code="ZC2").update(kind="office")
    assert count("team") == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE units_unit SET kind = 'team' WHERE code = 'ZC2'")
    assert count("team") == 2 and calls == ["team"] * 3


def test_what_is_taken_back_is_forgotten_too(counted):
    count, _calls = counted
    small_mine()
    with pytest.raises(RuntimeError), transaction.atomic():
        Unit.objects.filter(code="ZC2").update(kind="office")
        assert count("team") == 1
        raise RuntimeError
    assert count("team") == 2


def test_one_that_asks_another_is_forgotten_with_it(counted):
    count, _calls = counted
    small_mine()
    both = remembered(lambda: count("team") + count("crew"))
    assert count("team") == 2 and both() == 3
    Unit.objects.filter(code="ZC1J").update(kind="office")
    assert both() == 2


def test_while_queries_are_counted_each_is_asked(counted, django_assert_num_queries):
    count, _calls = counted
    small_mine()
    count("team")
    with django_assert_num_queries(2):
        count("team")
        count("team")


def test_the_roster_knows_who_came_a_moment_ago():
    mine = small_mine()
    assert roster().meant("王安民和钱多多") == {"王安民"}
    person("3001", "钱多多", mine.units["ZC1"])
    assert roster().meant("王安民和钱多多") == {"王安民", "钱多多"}


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_asks_each_time(counted):
    count, calls = counted
    small_mine()
    assert count("team") == count("team") == 2 and calls == ["team"] * 2
