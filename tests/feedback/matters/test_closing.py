"""Who closes (办结人): the grading table says, and B takes two."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation.errors import Conflict
from tests.builders import small_mine
from tests.feedback.matters.roads import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def ready(mine, **parts):
    said = answered(mine, **parts)
    services.rate(code=said.receipt, rating="satisfied", solved="yes")
    return said.number


@pytest.mark.chapter("N6")
def test_b_closes_when_the_branch_and_the_office_agree(mine):
    number = ready(mine)
    assert services.close(scope=mine.scope("secretary"), number=number).state == "answered"
    with pytest.raises(Conflict):
        services.close(scope=mine.scope("secretary"), number=number)
    assert services.close(scope=mine.scope("cadre"), number=number).state == "closed"


def test_where_no_branch_answers_two_of_the_office_close(mine):
    number = ready(mine)
    services.close(scope=mine.scope("cadre"), number=number)
    assert services.close(scope=mine.scope("triage"), number=number).state == "closed"


def test_whoever_agreed_has_no_duty_left(mine):
    number = ready(mine)
    services.close(scope=mine.scope("cadre"), number=number)
    left = {task.name for task in queries.todo(mine.scope("cadre")) if task.matter.number == number}
    assert "办结" not in left and Matter.objects.get(number=number).state == "answered"
