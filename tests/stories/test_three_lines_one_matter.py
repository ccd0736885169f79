"""The same matter comes by the Party's, the union's and the league's network and is counted once (P2)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.test import Client

from sangesan.feedback.intake import services as intake
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.pulse.services import freezing
from sangesan.foundation import clock
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from sangesan.organization.units.models import Coverage, Kind, Line
from sangesan.procedures import nightly
from tests.builders import START, heard, person, post, small_mine, unit
from tests.doors import receipts
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.mark.chapter("P2")
def test_a_matter_that_comes_by_three_lines_is_handled_and_counted_once_and_everybody_gets_the_answer():
    mine = small_mine()
    triage = mine.scope("triage")
    party = heard("零点班食堂只有凉馒头", unit="ZC1", channel="correspondent")
    union = heard("夜里食堂没有热饭", unit="ZC1", channel="letter")
    youth = heard("零点班吃不上热饭", unit="ZC1", channel="phone")
    for other in (union, youth):
        services.merge(scope=triage, number=other.number, into=party.number)
    services.grade(scope=triage, number=party.number, urgency=2, importance=2)
    services.dispatch(scope=triage, number=party.number, lead=mine.units["HQ"].pk)
    assert queries.triage_waiting(triage) == 0 and queries.duties_waiting(mine.scope("handler")) == 1
    services.sign_in(scope=mine.scope("handler"), number=party.number)
    services.draft(scope=mine.scope("handler"), number=party.number, text="有热饭了")
    services.approve(scope=mine.scope("logistics"), number=party.number)
    kinds = Counter(Fact.objects.values_list("kind", flat=True))
    assert (kinds["matter.dispatched"], kinds["matter.answered"], kinds["matter.merged"]) == (1, 1, 2)
    assert Matter.objects.exclude(state="merged").count() == 1
    for said in (party, union, youth):
        assert [m.text for m in queries.heard(said.receipt).messages] == ["有热饭了"]


def with_lines(mine):
    """Give the mine its union and its league (工会、团委), each with an officer."""
    for code, name, line, role, number in (("GH", "青石岭矿工会", Line.UNION, Role.UNION, "3090"),
                                           ("TW", "青石岭矿团委", Line.YOUTH, Role.YOUTH, "3091")):
        made = mine.units[code] = unit(code, name, Kind.COMMITTEE, mine.units["QSL"], line)
        Coverage.objects.create(branch=made, unit=mine.units["QSL"], since=START)
        mine.persons[code] = person(number, name[-2:] + "干事", made)
        mine.posts[code] = post(code, f"{name}干事", made, role, mine.persons[code], line=line)
    return mine


@pytest.mark.chapter("P2")
def test_an_entry_of_the_union_and_one_of_the_league_join_the_party_s_though_each_began_by_itself():
    """Party: a correspondent. Union: its mailbox, read and sent on by the union first. League: its officer."""
    mine = with_lines(small_mine())
    said = {"unit": "ZC1", "category": "logistics", "kind": "request"}
    party = intake.report(scope=mine.scope("correspondent"), key="p" * 32, text="零点班食堂只有凉馒头",
                          mode="named", **said)
    union = Client().post("/mailbox/union/", {"key": "u" * 32, "mode": "named", "name": "马六",
                                              "text": "夜里食堂没有热饭", "unit": "ZC1", "category": "logistics"})
    code = receipts(union)[0]
    youth = intake.report(scope=mine.scope("TW"), key="y" * 32, text="青工说零点班吃不上热饭", mode="named", **said)
    first, theirs = party.number, Submission.objects.get(channel="union").matter.number
    triage, handler = mine.scope("triage"), mine.scope("handler")
    services.grade(scope=triage, number=first, urgency=2, importance=2)
    services.dispatch(scope=triage, number=first, lead=mine.units["HQ"].pk)
    assert not queries.visible(triage).filter(number=theirs).exists(), "the union reads its letters first"
    services.grade(scope=mine.scope("GH"), number=theirs, urgency=3, importance=1)
    services.dispatch(scope=mine.scope("GH"), number=theirs, lead=mine.units["HQ"].pk)
    assert queries.duties_waiting(handler) == 2, "two lines, two desks, until somebody sees that it is one"
    services.merge(scope=triage, number=theirs, into=first)
    services.merge(scope=triage, number=youth.number, into=first)
    assert queries.duties_waiting(handler) == 1
    services.sign_in(scope=handler, number=first)
    services.draft(scope=handler, number=first, text="从今晚起有热菜热汤")
    services.approve(scope=mine.scope("logistics"), number=first)

    with clock.at(clock.now() + timedelta(days=40)):
        for day in (date(2026, 11, 24), clock.today() - timedelta(days=1)):
            nightly.run(day)
        assert "从今晚起有热菜热汤" in Client().post("/receipt/", {"code": code}).content.decode()
        for who, number in (("correspondent", first), ("TW", youth.number)):
            page = signed_in(mine.persons[who]).get(f"/w/report/mine/{number}/").content.decode()
            assert "从今晚起有热菜热汤" in page, "each line's own reporter reads the one answer"
    kinds = Counter(Fact.objects.values_list("kind", flat=True))
    assert (kinds["matter.answered"], kinds["matter.merged"], kinds["matter.overdue"]) == (1, 2, 0)
    counted = freezing.count(date(2026, 11, 1))
    assert {name: len(modes) for name, modes in counted["channel"].items() if modes} == {"correspondent": 2, "union": 1}
    assert sum(map(len, counted["unit"].values())) == 3, "three spoke, and no word is counted under two lines"
    assert Matter.objects.exclude(state="merged").count() == 1
