"""The union's mailbox (工会信箱): the union line reads first, then hands on; nothing is left lying."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services.union import pass_on_due
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.method.authority import Role
from sangesan.organization.units.models import Coverage, Kind, Line
from tests.builders import START, heard, person, post, small_mine, unit
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


def with_union():
    """Return the small mine with a union that covers it (有工会的小矿)."""
    mine = small_mine()
    union = mine.units["GH"] = unit("GH", "青石岭矿工会", Kind.COMMITTEE, mine.units["QSL"], Line.UNION)
    Coverage.objects.create(branch=union, unit=mine.units["QSL"], since=START)
    mine.persons["union"] = person("3090", "许工会", union)
    mine.posts["union"] = post("union", "工会干事", union, Role.UNION, mine.persons["union"], line=Line.UNION)
    return mine


@pytest.fixture
def mine(noon):
    return with_union()


def sees(mine, post, number):
    return queries.visible(mine.scope(post)).filter(number=number).exists()


def test_only_the_union_reads_it_until_it_hands_it_on(mine):
    number = heard("想让工会管管加班", unit="ZC1", channel="union").number
    others = ("triage", "leader", "chief", "secretary", "duty")
    assert sees(mine, "union", number) and not any(sees(mine, who, number) for who in others)
    assert [m.number for m in queries.triage_queue(mine.scope("union"))] == [number]
    assert queries.triage_queue(mine.scope("triage")) == []
    assert {t.name for t in queries.todo(mine.scope("union"))} == {"定级"}
    with pytest.raises(NotFound):
        services.grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)
    union = mine.scope("union")
    services.grade(scope=union, number=number, urgency=2, importance=2)
    assert not any(sees(mine, who, number) for who in others)
    services.dispatch(scope=union, number=number, lead=mine.units["LZ"].pk)
    assert all(sees(mine, who, number) for who in ("union", *others))
    with pytest.raises(Forbidden):
        services.regrade(scope=union, number=number, urgency=3, importance=3, reason="急")
    services.regrade(scope=mine.scope("triage"), number=number, urgency=3, importance=3, reason="急")


def test_the_unions_pages_triage_it_and_others_find_nothing(mine):
    number = heard("想让工会管管加班", unit="ZC1", channel="union", mode="confidential").number
    union, office = signed_in(mine.persons["union"]), signed_in(mine.persons["triage"])
    assert number in union.get("/w/triage/").content.decode()
    for address in (f"/w/matters/{number}/", f"/w/matters/{number}/identity/", f"/w/matters/{number}/grade/"):
        method = office.get if address.endswith(f"{number}/") else office.post
        assert method(address, {"urgency": 1, "importance": 1, "reason": "x"}).status_code in (404, 422), address
    assert Matter.objects.get().state == "received"
    assert number not in office.get("/w/matters/").content.decode() + office.get("/w/triage/").content.decode()
    assert number in union.get("/w/matters/").content.decode()


def test_a_danger_told_to_the_union_waits_for_nobody(mine):
    number = heard("架棚要倒", unit="ZC1", channel="union", danger=True).number
    assert sees(mine, "duty", number) and sees(mine, "triage", number)


def test_without_a_union_officer_the_office_reads_it(noon):
    mine = small_mine()
    assert sees(mine, "triage", heard("没人管的信", channel="union").number)


def test_what_the_union_leaves_lying_goes_to_the_office(mine):
    number = heard("想让工会管管加班", unit="ZC1", channel="union").number
    today = clock.today()
    assert pass_on_due(day=today + timedelta(days=3)) == 0 and not sees(mine, "triage", number)
    assert pass_on_due(day=today + timedelta(days=6)) == 1 and sees(mine, "triage", number)
    assert pass_on_due(day=today + timedelta(days=6)) == 0
    services.grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)


def test_an_accusation_among_the_unions_letters_goes_to_the_inspectors(mine):
    number = heard("队长收礼", unit="ZC1", channel="union").number
    services.accuse(scope=mine.scope("union"), number=number)
    assert not sees(mine, "union", number) and not sees(mine, "triage", number)


def test_what_the_union_declines_stays_with_the_union(mine):
    number = heard("与单位无关的事", unit="ZC1", channel="union").number
    services.decline(scope=mine.scope("union"), number=number, reason="not_ours", told="请找社区")
    assert sees(mine, "union", number) and not sees(mine, "triage", number)


def test_the_one_it_is_about_never_reads_it_first(mine):
    mine.persons["chair"] = person("3091", "分会主席", mine.units["ZC1"])
    chair = mine.posts["chair"] = post("chair", "分会主席", mine.units["ZC1"], Role.UNION, mine.persons["chair"])
    number = heard("分会活动费没见账", unit="ZC1", channel="union").number
    assert sees(mine, "chair", number)
    services.concern(scope=mine.scope("union"), number=number, posts=[chair.code])
    assert not sees(mine, "chair", number) and sees(mine, "union", number)


@pytest.mark.parametrize(("words", "read"), [
    ("工会领导截留慰问品", False), ("工会的人截留慰问品", False),
    ("请工会管管截留慰问品的事", True), ("工会慰问品很好", True), ("队工会截留慰问品", True),
    ("春节工会送礼包没收到", True)])
def test_who_accuses_the_union_as_a_whole_in_its_own_box_is_not_read_by_it(mine, words, read):
    number = heard(words, unit="ZC1", channel="union").number
    assert sees(mine, "union", number) is read
    pass_on_due(day=clock.today() + timedelta(days=30))
    assert sees(mine, "triage", number), "it does not stay with nobody"
