"""The yearly duties of organisation life and what the league does have a place in the branch book."""

from datetime import date

import pytest
from django.db import transaction

from sangesan.appraisal.handbooks import queries
from sangesan.ledger.facts.services import record
from sangesan.method import books, facts
from sangesan.method.facts import Actor
from tests.builders import small_mine
from tests.facts import at


@pytest.mark.django_db
@pytest.mark.chapter("S3a")
@pytest.mark.parametrize("rule, line, reason, slug", [
    ("DY-ZZ-1", "party", "branch", "life"), ("DY-PY-3", "party", "branch", "review"),
    ("DY-TX-1", "party", "branch", "talks"), ("TW-HD-1", "youth", "youth", "youth")])
def test_what_was_done_for_the_year_and_by_the_league_stands_in_its_section_alone(noon, rule, line, reason, slug):
    mine = small_mine()
    told = facts.DutyDone(subject="duties/1", unit="QSL/DW/ZB1/", line=line, reason=reason, rule=rule,
                          occurred_at=at(date(2026, 10, 5)), quantity=1)
    with transaction.atomic():
        record(told, actor=Actor.post("secretary"))
    book = queries.book_for(mine.scope("secretary"), "ZB1", "branch", 2026)
    assert {one.section.slug: [line.word for line in one.lines] for one in book.parts
            if one.lines and not one.section.posts} == {slug: ["按时办结"]}


@pytest.mark.parametrize("slug", ["life", "review", "talks"])
def test_a_year_without_it_is_listed_as_missing_once_the_year_is_over(slug):
    one = books.section("branch", slug)
    assert not books.gaps(one, [], books.months_due(2026, date(2026, 12, 31)))
    assert [(gap.word, gap.owner) for gap in books.gaps(one, [], books.months_due(2026, date(2027, 1, 5)))] == [
        ("1 月至 12 月", "党支部书记")]
    assert "duty.missed" not in one.kinds
