"""What a speaker of a group reads (群体事项的回执): true for each of them, and nothing of who did it."""

from __future__ import annotations

import pytest
from django.test import Client

from sangesan.feedback.matters import services
from tests.builders import small_mine
from tests.feedback.matters.roads import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def group(mine):
    """Two who speak together, answered: the receipts of both."""
    said = answered(mine, channel="visit", others=[("马六", "")], extra={"heads": 2, "representatives": 2})
    return said.number, said.receipt, said.more[0]


def page(receipt):
    return Client().post("/receipt/", {"code": receipt}).content.decode()


def rated(receipt, rating):
    services.rate(code=receipt, rating=rating)


def test_whoever_was_satisfied_reads_why_it_is_handled_anew_and_the_own_rating(mine, group):
    _number, satisfied, other = group
    rated(satisfied, "satisfied")
    assert "有反映人不满意" not in page(satisfied)
    rated(other, "dissatisfied")
    assert "有反映人不满意，事项重新办理。您的评价（满意）已记下" in page(satisfied)
    assert "有反映人不满意" not in page(other), "one's own word is no news"


def test_whoever_did_not_rate_reads_why_and_of_no_rating(mine, group):
    _number, silent, other = group
    rated(other, "dissatisfied")
    assert "有反映人不满意，事项重新办理。办好以后再答复您。" in page(silent)


def test_what_staff_opened_again_is_not_laid_to_another_speaker(mine, group):
    number, satisfied, _other = group
    rated(satisfied, "satisfied")
    services.call_back(scope=mine.scope("triage"), number=number, reached=False)
    services.reopen(scope=mine.scope("triage"), number=number, reason="not_solved", text="还没有解决")
    assert "有反映人不满意" not in page(satisfied)


def test_once_it_is_answered_anew_nothing_is_said_of_it_any_more(mine, group):
    number, satisfied, other = group
    rated(satisfied, "satisfied")
    rated(other, "dissatisfied")
    services.draft(scope=mine.scope("handler"), number=number, text="又办了一遍")
    services.approve(scope=mine.scope("logistics"), number=number)
    assert "有反映人不满意" not in page(satisfied) and "又办了一遍" in page(satisfied)
