"""What lies beside a matter (旁录): asked in one question, and only what is there is read."""

from __future__ import annotations

import pytest
from django.db.models import prefetch_related_objects

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.access import LOOKED_AT, situation
from sangesan.feedback.matters.queries.alongside import NAMES, Alongside
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered, handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def test_a_step_asks_for_nothing_that_is_not_there(mine, django_assert_max_num_queries):
    matter, person = Matter.objects.get(number=heard(unit="ZC1").number), mine.persons["handler"].pk
    with django_assert_max_num_queries(3):  # which there are, who handled it, its terms
        situation(matter, person)


def test_each_kind_is_found_and_what_is_written_later_by_the_next_look(mine):
    matter = Matter.objects.get(number=handled(mine).number)
    before = Alongside(matter)
    assert before.answers == [] and before.terms
    services.draft(scope=mine.scope("handler"), number=matter.number, text="办好了")
    assert before.answers == [] and [row.outcome for row in Alongside(matter).answers] == ["waiting"]
    assert situation(matter).drafted_minutes == 0
    assert queries.handlers(matter) == {mine.persons["handler"].pk}


def test_what_was_fetched_for_many_is_read_there_and_says_the_same(mine, django_assert_num_queries):
    matter = Matter.objects.get(number=answered(mine).number)
    asked, fetched = situation(matter), Matter.objects.get(pk=matter.pk)
    prefetch_related_objects([fetched], *LOOKED_AT)
    with django_assert_num_queries(0):
        assert situation(fetched) == asked
    assert {name: len(getattr(Alongside(fetched), name)) for name in NAMES} == {
        name: getattr(matter, name).count() for name in NAMES}
