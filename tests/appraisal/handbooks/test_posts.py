"""Who held which post stands in the books, whether it was decided here or came with an import."""

from datetime import date

import pytest

from sangesan.appraisal.handbooks import queries, services
from sangesan.appraisal.handbooks.services import pieces
from sangesan.ledger.facts import services as ledger
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Coverage, Kind
from tests.appraisal.handbooks.test_books import book, held, part
from tests.appraisal.handbooks.test_orders import words
from tests.builders import START, post, small_mine, unit

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]


@pytest.fixture
def mine(noon):
    return small_mine()


def told(found, section):
    return [(line.day, line.word, line.words) for line in part(found, section).lines]


def test_who_held_the_posts_of_a_branch_stands_in_its_book_without_a_fact_of_it(mine):
    before = post("ZB1-ZZ", "组织委员", mine.units["ZB1"], Role.MEMBER, mine.persons["handler"], line="party",
                  kind="concurrent")
    Appointment.objects.filter(post=before).update(until=date(2026, 5, 1))
    assert told(book(mine), "duties") == [
        (START, "综采一队党支部书记", ("刘志远，专任",)),
        (START, "综采一队党支部 组织委员", ("陈小河，兼任，到 2026-04-30",))]
    assert told(queries.book_for(mine.scope("secretary"), "ZB1", "branch", 2025), "duties") == []


def test_the_union_s_posts_stand_in_the_union_book_of_the_branch_beside_it_and_in_its_own(mine):
    workshop = unit("GH1", "综采一队分会", Kind.BRANCH, mine.units["QSL"], "union")
    Coverage.objects.create(branch=workshop, unit=mine.units["ZC1"], since=START)
    post("GH1-ZX", "分会主席", workshop, Role.UNION, mine.persons["chief"], head=True, line="union", kind="concurrent")
    for found in (book(mine, "union"), queries.book_for(mine.scope("leader"), "GH1", "union", 2026)):
        assert told(found, "organisation") == [(START, "综采一队分会 分会主席", ("张大力，兼任",))]


def test_a_meeting_of_the_workshop_union_stands_in_the_union_book_of_the_branch_and_is_not_missing_there(mine):
    workshop = unit("GH1", "综采一队分会", Kind.BRANCH, mine.units["QSL"], "union")
    Coverage.objects.create(branch=workshop, unit=mine.units["ZC1"], since=START)
    held(series="union", unit="QSL/GH1/", words="研究困难补助")
    ledger.seal(date(2025, 12, 30))
    found = part(book(mine, "union"), "committee")
    assert [line.day for line in found.lines] == [date(2026, 3, 5)]
    assert 3 not in {gap.since for gap in found.gaps} and 2 in {gap.since for gap in found.gaps}
    assert not part(book(mine), "organisation_life").lines, "the branch's own book is not filled by it"


def test_outside_eyes_read_the_posts_and_not_who_holds_them(mine):
    printed = services.copying.printed(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=2026,
                                       mask=pieces.masker())
    masked = "".join(words(printed).split())
    assert "综采一队党支部书记" in masked and "刘志远，专任" not in masked
