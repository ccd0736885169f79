"""The same matter comes by the Party's, the union's and the league's network and is counted once (P2)."""

from collections import Counter

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.ledger.facts.models import Fact
from tests.builders import heard, small_mine

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
