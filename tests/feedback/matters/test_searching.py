"""Search sees what the permission query sees, and nothing else (检索权限)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Unindexed
from sangesan.method.authority import Role
from tests.builders import heard, hire, person, post, small_mine
from tests.feedback.matters.roads import answered, dispatched
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
MARK = "檀香木梳"


@pytest.fixture
def mine(noon):
    mine = small_mine()
    mine.persons["inspector"] = person("1099", "钱守正", mine.units["QSL"])
    mine.posts["inspector"] = post("inspector", "纪检监察员", mine.units["QSL"], Role.INSPECTOR,
                                   mine.persons["inspector"])
    return mine


def found(mine, code, words):
    services.index_due()
    return [hit.matter.number for hit in queries.find(mine.scope(code), words).hits]


def everybody(mine, words):
    return {code for code in mine.posts if found(mine, code, words)}


@pytest.mark.chapter("V4")
def test_a_word_is_found_by_exactly_those_who_may_read_it(mine):
    said = dispatched(mine, text=f"有人拿走{MARK}")
    services.index_due()
    for code in mine.posts:
        sees = queries.visible(mine.scope(code)).filter(number=said.number).exists()
        assert bool(found(mine, code, MARK)) == sees, code
    assert {"leader", "handler", "triage"} <= everybody(mine, MARK)
    assert not {"correspondent", "admin", "assessor", "inspector"} & everybody(mine, MARK)


@pytest.mark.chapter("V4")
def test_an_accusation_is_found_by_inspectors_only_at_once(mine):
    said = heard(f"有人拿走{MARK}", unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    assert "leader" in everybody(mine, MARK)
    services.accuse(scope=mine.scope("triage"), number=said.number)
    assert [h for c in mine.posts if c != "inspector" for h in queries.find(mine.scope(c), MARK).hits] == []
    assert everybody(mine, MARK) == {"inspector"}
    assert queries.searching.INDEX.count() == 0


@pytest.mark.chapter("V4")
def test_whom_a_matter_is_about_neither_finds_nor_counts_it(mine):
    said = heard(f"队长拿走{MARK}", unit="ZC1")
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["chief"])
    assert found(mine, "chief", MARK) == [] and queries.find(mine.scope("chief"), MARK).total == 0
    assert found(mine, "triage", MARK) == [said.number]


def test_a_call_for_help_is_found_by_nobody_who_searches(mine):
    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1097")
    heard(f"活着没意思，不想活了，{MARK}", unit="ZC1")
    assert not {"leader", "triage", "handler", "cadre", "inspector"} & everybody(mine, MARK)
    assert queries.searching.INDEX.count() == 0


def test_what_waits_for_its_batch_is_not_found(mine):
    heard(f"有人拿走{MARK}", unit="ZC1", mode="anonymous")
    assert everybody(mine, MARK) == set()
    services.release_due(now=Matter.objects.get().release_at)
    assert "triage" in everybody(mine, MARK)


def test_a_withdrawn_word_is_found_no_more(mine):
    said = heard(f"有人拿走{MARK}", unit="ZC1")
    assert "triage" in everybody(mine, MARK)
    services.withdraw(code=said.receipt)
    assert found(mine, "triage", "拿走") == []


@pytest.mark.parametrize(("words", "hit"), [
    ("热水", True), ("没热 热水", True), ("凉水", False), ("综采一队", True), ("后勤科", True), ("陈小河", True),
    ("cxh", True), ("zcyd", True), ("ysmrs", True), ("马六", False), ("ml", False), ("办好了", True),
    ("水", False), ("，。", False), ("", False),
])
def test_a_matter_is_found_by_words_unit_handler_and_initials_never_by_its_speaker(mine, words, hit):
    said = answered(mine, text="浴室没热水，零点班")
    assert found(mine, "leader", words) == ([said.number] if hit else [])


def test_a_matter_is_found_by_a_part_of_its_number(mine):
    said = dispatched(mine, text="浴室没热水")
    assert found(mine, "leader", said.number[5:10].lower()) == [said.number]


def test_a_unit_that_gets_a_matter_finds_it_and_one_that_lost_it_does_not(mine):
    said = dispatched(mine, text=f"有人拿走{MARK}")
    assert found(mine, "handler", MARK) == [said.number]
    services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我们")
    services.rule(scope=mine.scope("triage"), number=said.number, reason="改派", lead=mine.units["LZ"].pk)
    assert queries.find(mine.scope("handler"), MARK).hits == []
    assert found(mine, "handler", MARK) == []


def test_every_change_waits_as_a_row_and_is_taken_up_once(mine):
    dispatched(mine, text="浴室没热水")
    assert Unindexed.objects.exists()
    assert services.index_due() == 1 and services.index_due() == 0 and not Unindexed.objects.exists()


def test_an_upgrade_that_covers_more_takes_every_matter_up_anew(mine):
    one, two = heard("浴室水凉", unit="ZC1"), heard("罚款不给条子", unit="HQ")
    services.index_due()
    step = import_module("sangesan.feedback.matters.migrations.0011_cover_again").Migration.operations[0]
    with connection.cursor() as cursor:
        cursor.execute(step.sql)
        cursor.execute(step.sql)
    assert set(Unindexed.objects.values_list("matter__number", flat=True)) == {one.number, two.number}
    assert services.index_due() == 2 and not Unindexed.objects.exists()


def test_pages_go_on_where_the_last_one_ended_and_counts_stop(mine, monkeypatch):
    monkeypatch.setattr(queries.searching, "CAP", 12)
    numbers = {heard(f"第{n}次没热水", unit="ZC1").number for n in range(15)}
    services.index_due()
    scope, seen, after = mine.scope("triage"), [], ""
    while True:
        page = queries.find(scope, "热水", after=after, limit=4)
        seen, after = seen + [hit.matter.number for hit in page.hits], page.after
        assert (page.total, page.capped) == (12, True)
        if not after:
            break
    assert sorted(seen) == sorted(numbers)
    for cursor in ("x", "-1", "9" * 40, "١٢"):
        queries.find(scope, "热水", after=cursor)


def test_a_search_costs_the_same_few_queries_for_one_hit_and_for_many(mine, django_assert_max_num_queries):
    for n in range(30):
        heard(f"第{n}次没热水", unit="ZC1")
    services.index_due()
    scope = mine.scope("triage")
    with django_assert_max_num_queries(6):
        assert queries.find(scope, "热水").total == 30


@pytest.mark.chapter("V4")
def test_the_number_of_the_register_and_of_the_paper_from_above_are_found_by_who_may_read_the_matter(mine):
    letter = dispatched(mine, channel="letter", register="L-1")
    other = dispatched(mine, channel="letter", register="L-10")
    above = dispatched(mine, channel="upper", extra={"document": "集信转〔2026〕12 号", "sender": "集团信访办"})
    for words, number in (("L-1", letter.number), ("Ｌ-1", letter.number), ("集信转〔2026〕12 号", above.number)):
        assert found(mine, "triage", words) == [number], words
        for code in mine.posts:
            sees = queries.visible(mine.scope(code)).filter(number=number).exists()
            assert bool(found(mine, code, words)) == sees, (code, words)
    first, *rest = found(mine, "triage", "L-10")
    assert first == other.number and all("10" in number for number in rest), "a drawn number may hold it as well"
    assert found(mine, "triage", "L-2") == []
    page = signed_in(mine.persons["triage"]).get("/w/search/", {"q": "L-1"}).content.decode()
    assert letter.number in page and other.number not in page
