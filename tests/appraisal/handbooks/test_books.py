"""The three books: filled from facts entered once, open to their readers, whole on paper."""

import io
import json
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document

from sangesan.appraisal.handbooks import queries, services
from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.rules.library import BRANCH, MORE, UNITS
from sangesan.appraisal.rules.models import Field
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation import door
from sangesan.foundation.errors import NotFound
from sangesan.foundation.print import engine
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts import services as ledger
from sangesan.ledger.facts.services import record
from sangesan.method import books, facts
from sangesan.method.facts import SYSTEM, Actor
from sangesan.method.rounding import points
from sangesan.organization.calendar import services as days
from sangesan.organization.units.models import Coverage, Unit, UnitEdge
from tests.builders import small_mine
from tests.facts import answered, at
from tests.periods import checked, in_force
from tests.periods import month as assessed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
MINUTES = json.dumps({"parts": [{"kind": "p", "text": "先公示后发放，劳资科每月抽查"}], "title": "支部委员会"})
YEAR = 2026


@pytest.fixture
def mine(noon):
    return small_mine()


def held(series="committee", day=date(2026, 3, 5), unit="QSL/DW/ZB1/", words=MINUTES, number=1):
    told = facts.MeetingHeld(subject=f"meetings/{number}", unit=unit, line="party", occurred_at=at(day), quantity=5,
                             series=series, expected=6, decisions=1)
    with transaction.atomic():
        return record(told, actor=Actor.post("secretary"), words=words)


def ordered(unit="QSL/CM/ZC1/"):
    told = facts.RectificationOrdered(subject="rectification/1", unit=unit, occurred_at=at(date(2026, 4, 2)),
                                      due_day="2026-04-30")
    with transaction.atomic():
        return record(told, actor=Actor.post("cadre"))


def book(mine, slug="branch", post="secretary", code="ZB1", year=YEAR):
    return queries.book_for(mine.scope(post), code, slug, year)


def cells_of(file):
    return [cell.text for table in Document(io.BytesIO(file)).tables for row in table.rows for cell in row.cells]


def part(found, slug):
    return next(one for one in found.parts if one.section.slug == slug)


@pytest.mark.chapter("S3a")
def test_what_a_branch_carried_out_of_a_meeting_above_it_stands_in_its_book_and_no_other_duty_does(mine):
    for number, reason in ((1, "decision"), (2, "study")):
        told = facts.DutyLate(subject=f"duties/{number}", unit="QSL/DW/ZB1/", line="party", reason=reason,
                              occurred_at=at(date(2026, 10, 5)), quantity=1)
        with transaction.atomic():
            record(told, actor=Actor.post("secretary"))
    [line] = part(book(mine), "meetings").lines
    assert (line.day, line.word) == (date(2026, 10, 5), "迟办")


@pytest.mark.chapter("S3a")
def test_each_section_names_its_indicators_with_what_they_scored_and_the_results_stand_in_theirs(mine):
    days.seed(year=YEAR)
    days.confirm(year=YEAR, actor=SYSTEM)
    in_force(BRANCH)
    held(day=date(2026, 10, 5))
    checked("ZB1", "QSL/DW/ZB1/", "organisation_life", points=-200)
    run = assessed()
    [one] = part(book(mine), "organisation_life").measures
    assert one.word == "三会一课（10 分）", "nothing is told before it is published"
    publication.publish_period(scope=mine.scope("assessor"), run=run.pk)
    found = book(mine)
    assert part(found, "organisation_life").measures[0].word == "三会一课（10 分）：10 月 80.00"
    [other] = part(book(mine, "union"), "openness").measures
    assert (other.name, other.scores) == ("队务公开", [("10 月", "--")])
    [line] = part(found, "results").lines
    score = standing.scores(run, unit__code="ZB1").get().final
    assert line.word == f"2026 年 10 月考核结果 {points(score)} 分" and line.url == f"/w/results/{run.pk}/ZB1/"
    data = queries.sheet_of(found)
    assert [p["measured"] for p in data["parts"] if p["measured"]].count("三会一课（10 分）：10 月 80.00") == 1
    words = services.word(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR).body
    assert any("三会一课（10 分）" in cell for cell in cells_of(words))
    assert "10 月 80.00" in signed_in(mine.persons["secretary"]).get("/w/books/ZB1/branch/").content.decode()


def test_a_loose_leaf_keeps_the_number_it_has_in_its_book(mine):
    whole, leaf = (queries.sheet_of(book(mine), only)["parts"] for only in ("", "lecture"))
    assert [p["word"] for p in leaf] == [p["word"] for p in whole if p["word"].endswith("党课")] == ["5. 党课"]


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(door, "opened", lambda scope, subjects: set(subjects))


@pytest.mark.chapter("S3a")
def test_a_fact_entered_once_stands_in_every_book_it_belongs_to_and_brings_its_words(mine, opened):
    held()
    ordered()
    [line] = part(book(mine), "organisation_life").lines
    assert line.day == date(2026, 3, 5) and "应到 6 人，到会 5 人" in line.word
    assert line.words == ("先公示后发放，劳资科每月抽查",)
    for slug, section in (("branch", "rectification"), ("integrity", "rectification"), ("union", "protection")):
        assert [x.word for x in part(book(mine, slug), section).lines] == ["下达整改，限期 2026-04-30"]


@pytest.mark.chapter("S3a")
def test_every_indicator_of_the_library_has_its_place_in_a_book():
    wrong = [(one["code"], one["book"], one["section"]) for one in (*BRANCH, *UNITS, *MORE)
             if books.section(one["book"], one["section"]) is None]
    assert not wrong


@pytest.mark.chapter("S3b")
def test_a_section_of_a_field_that_is_off_stands_in_no_book_until_it_is_switched_on(mine):
    said = {"scope": mine.scope("secretary"), "code": "ZB1", "slug": "union", "year": YEAR}
    assert "计划生育服务" not in str(book(mine, "union"))
    with pytest.raises(NotFound):
        services.pdf(**said, only="family")
    Field.objects.filter(code="family").update(on=True)
    assert book(mine, "union").parts[-1].section.word == "计划生育服务"
    assert services.pdf(**said, only="family").body.startswith(b"%PDF")


def test_each_section_opens_with_its_rule_how_to_do_it_and_whose_duty_it_is():
    for one in books.SECTIONS:
        assert one.rule and one.source and one.frequency and one.steps and one.owner, one
        assert not any(kind.startswith("sealed.") for kind in one.kinds)
    assert len({(one.book, one.slug) for one in books.SECTIONS}) == len(books.SECTIONS)


def test_what_is_missing_is_listed_with_who_owes_it(mine, opened):
    held(day=date(2026, 2, 3))
    ledger.seal(date(2025, 12, 30))
    found = part(book(mine), "organisation_life")
    assert [g.since for g in found.gaps] == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    assert {g.owner for g in found.gaps} == {"党支部书记"}
    assert [g.word for g in part(book(mine), "assembly").gaps] == ["1 月至 3 月", "4 月至 6 月", "7 月至 9 月"]


@pytest.mark.parametrize(("sealed", "months"), [
    (date(2026, 8, 29), ["9 月", "10 月"]), (date(2026, 9, 1), ["9 月", "10 月"]), (date(2026, 11, 2), []), (None, []),
])
def test_nothing_is_missing_before_the_first_sealed_day(mine, opened, sealed, months):
    held(day=date(2026, 2, 3))
    if sealed:
        ledger.seal(sealed)
    found = book(mine)
    assert [g.word for g in part(found, "organisation_life").gaps] == months
    assert part(found, "assembly").gaps == [] and book(mine, year=2025).missing == []


def test_nothing_is_missing_before_the_first_whole_month_of_a_branch(mine, opened):
    held(day=date(2026, 2, 3))
    ledger.seal(date(2025, 12, 30))
    Unit.objects.filter(code="ZB1").update(opened=date(2026, 8, 15))
    assert [g.word for g in part(book(mine), "organisation_life").gaps] == ["9 月", "10 月"]


def test_what_a_unit_did_stays_in_the_book_when_it_comes_to_stand_elsewhere(mine, opened):
    ordered("QSL/CM/ZC1/")
    day = date(2026, 6, 1)
    UnitEdge.objects.filter(child__code="ZC1").update(until=day)
    UnitEdge.objects.create(child=mine.units["ZC1"], parent=mine.units["HQ"], since=day)
    Coverage.objects.filter(branch__code="ZB1").update(until=date(2026, 8, 1))
    for month, path in ((7, "QSL/HQ/ZC1/"), (9, "QSL/HQ/ZC1/")):
        with transaction.atomic():
            record(facts.RectificationOrdered(subject=f"rectification/{month}", unit=path, due_day="2026-12-30",
                                              occurred_at=at(date(2026, month, 2))), actor=Actor.post("cadre"))
    assert [line.day.month for line in part(book(mine), "rectification").lines] == [4, 7]


def test_the_books_of_a_branch_that_ended_stay_with_those_above_it_and_nobody_adds_to_them(mine, opened):
    held(day=date(2026, 2, 3))
    held(day=date(2026, 9, 3), number=2)
    ledger.seal(date(2025, 12, 30))
    Unit.objects.filter(code="ZB1").update(closed=date(2026, 5, 20))
    found = book(mine, post="cadre")
    assert [line.day.month for line in part(found, "organisation_life").lines] == [2]
    assert [g.word for g in part(found, "organisation_life").gaps] == ["1 月", "3 月", "4 月"]
    assert not queries.may_add(mine.scope("secretary"), found.unit)
    assert "已撤销" in signed_in(mine.persons["cadre"]).get("/w/books/").content.decode()
    with pytest.raises(NotFound):
        services.order(scope=mine.scope("cadre"), kind="set", year=2027, code="ZB1")
    Unit.objects.filter(code="ZB1").update(closed=date(2023, 12, 20), opened=date(2023, 1, 1))
    assert "ZB1" not in [unit.code for unit in queries.branches(mine.scope("cadre"))]


def test_a_reversed_fact_leaves_the_book(mine, opened):
    ledger.reverse(held(), reason="wrong_record", actor=Actor.post("secretary"))
    assert part(book(mine), "organisation_life").lines == []


def test_words_and_addresses_stand_in_it_only_when_the_door_opens(mine, monkeypatch):
    monkeypatch.setattr(door, "opened", lambda scope, subjects: set())
    held()
    [line] = part(book(mine), "organisation_life").lines
    assert line.url == "" and line.words == ()


def test_of_matters_only_numbers_are_told_and_of_fewer_than_five_nothing(mine):
    for n in range(4):
        answered("ZC1", f"2026-AAAAA{n}")
    assert part(book(mine), "answers").numbers == [("答复", None)]
    answered("ZC1", "2026-AAAAA8")
    found = part(book(mine), "answers")
    assert found.numbers == [("答复", 5)] and found.lines == []
    blind = part(book(mine, post="assessor"), "answers")  # four of the five may be the assessor's own
    assert blind.numbers == [] == blind.lines and blind.shut


@pytest.mark.parametrize("post", ["handler", "correspondent", "chief", "triage", "admin"])
def test_a_book_opens_for_its_branch_and_those_above_and_for_nobody_else(mine, post):
    for reader in ("secretary", "cadre", "leader", "assessor"):
        assert book(mine, post=reader).unit.code == "ZB1"
    with pytest.raises(NotFound):
        book(mine, post=post)
    client = signed_in(mine.persons[post])
    assert client.get("/w/books/ZB1/branch/").status_code == 404
    assert client.post("/w/books/ZB1/branch/pdf/", {"year": YEAR}).status_code == 404


@pytest.mark.parametrize("parts", [{"code": "ZC1"}, {"slug": "other"}, {"year": 1999}, {"year": 2027}, {"code": "X"}])
def test_what_is_no_book_is_not_found(mine, parts):
    with pytest.raises(NotFound):
        book(mine, **parts)


def test_the_whole_book_is_printed_with_contents_seal_and_signatures_and_noted(mine, opened):
    held()
    ledger.seal(date(2026, 11, 23))
    made = services.pdf(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR)
    assert made.body.startswith(b"%PDF") and made.name == "branch-ZB1-2026.pdf"
    data = queries.sheet_of(book(mine))
    assert data["roots"] and not engine.lost(data)
    assert len(engine.pages(services.copying.PAPER, data, ppi=20)) == len(data["parts"]) + 3
    assert AuditEntry.objects.filter(event="document.taken", subject="books/ZB1-branch").get().detail == {"form": "pdf"}


def test_each_section_prints_as_a_loose_leaf(mine, opened):
    held()
    leaf = queries.sheet_of(book(mine), "organisation_life")
    assert [p["word"] for p in leaf["parts"]] == ["3. 支部委员会"]
    assert len(engine.pages(services.copying.PAPER, leaf, ppi=20)) == 1
    with pytest.raises(NotFound):
        services.pdf(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR, only="absent")


def test_word_for_editing_holds_the_same_words(mine, opened):
    held()
    made = services.word(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR)
    assert "先公示后发放，劳资科每月抽查" in cells_of(made.body)


def test_the_pages_guide_from_the_rule_to_the_next_step(mine):
    held()
    ledger.seal(date(2025, 12, 30))
    client = signed_in(mine.persons["secretary"])
    assert "综采一队党支部" in client.get("/w/books/").content.decode()
    text = client.get("/w/books/ZB1/branch/").content.decode()
    assert "支部委员会每月至少召开一次" in text and 'href="/w/meetings/"' in text and "缺：" in text
    assert "自 2026-01-01 起，按整月计" in text
    seen = signed_in(mine.persons["assessor"]).get("/w/books/ZB1/branch/").content.decode()
    assert "支部委员会每月至少召开一次" in seen and 'href="/w/duties/"' in text and 'href="/w/duties/"' not in seen
    assert client.get("/w/books/ZB1/branch/?year=20x6").status_code == 400
    for form, kind in (("pdf", "application/pdf"), ("word", "wordprocessingml")):
        answer = client.post(f"/w/books/ZB1/branch/{form}/", {"year": YEAR})
        assert answer.status_code == 200 and kind in answer["Content-Type"]
    assert client.get("/w/books/ZB1/branch/pdf/").status_code == 405


def test_a_book_asks_as_often_for_many_entries_as_for_few(mine, opened, django_assert_num_queries):

    held()
    with CaptureQueriesContext(connection) as few:
        book(mine)
    for n in range(2, 12):
        held(number=n, day=date(2026, n - 1, 9))
    with django_assert_num_queries(len(few)):
        book(mine)
