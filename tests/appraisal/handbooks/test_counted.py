"""Sections of which only numbers are told (只列件数): matters to whoever may read them, help to every reader."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from sangesan.appraisal.handbooks import queries
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.facts import Actor
from tests.builders import small_mine
from tests.facts import answered, at, overdue
from tests.periods import in_force
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
SHUT = "件数只给可以查看这些事项的人列出"


def helped(n: int) -> None:
    told = facts.CareGiven(subject=f"outreach/{n}", unit="QSL/DW/ZB1/", line="union", occurred_at=at(date(2026, 4, n)),
                           quantity=1, form="help", help="money")
    with transaction.atomic():
        record(told, actor=Actor.post("secretary"))


def on_paper(found) -> dict[str, list[list[str]]]:
    """Return the rows of each section (各篇的行) as they are printed."""
    return {part["word"].partition(". ")[2]: part["rows"] for part in queries.sheet_of(found)["parts"]}


@pytest.mark.chapter("S3a")
def test_how_often_help_was_given_is_told_to_whoever_may_not_read_matters(noon):
    mine = small_mine()
    for n in range(1, 6):
        helped(n)
        answered("ZC1", f"2026-AAAAA{n}")
    found = queries.book_for(mine.scope("assessor"), "ZB1", "union", 2026)
    parts = {one.section.slug: one for one in found.parts}
    assert [n for _word, n in parts["hardship"].numbers] == [5] and not parts["hardship"].shut
    assert parts["proposals"].numbers == [] and parts["proposals"].shut
    paper = on_paper(found)
    assert [row[2] for row in paper["困难帮扶"]] == ["5 件次"]
    assert SHUT in paper["职工事项与提案"][0][2]
    page = signed_in(mine.persons["assessor"]).get("/w/books/ZB1/union/").content.decode()
    assert page.count(SHUT) == 1 and "5 件次" in page


@pytest.mark.chapter("V7")
def test_the_evidence_of_an_indicator_tells_no_number_of_matters_to_whoever_may_not_read_them(noon):
    mine = small_mine()
    in_force()
    for n in range(6):
        overdue("ZC1", f"2026-AAAAA{n}")
    for post, told in (("cadre", "6 件次"), ("assessor", SHUT)):
        parts = queries.evidence_for(mine.scope(post), "ZB1", 2026)["parts"]
        rows = next(one for one in parts if one["word"].endswith(" 按期答复"))["rows"]
        assert len(rows) == 1 and told in rows[0][2], post
