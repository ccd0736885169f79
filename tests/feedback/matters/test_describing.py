"""Correction of a registration (更正登记): what stood there before can be read afterwards."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.ledger.facts.queries import history
from tests.builders import heard, small_mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def corrections(said):
    return [fact for fact in history(f"matters/{said.number}") if fact.kind == "matter.described"]


def test_a_correction_leaves_what_stood_there_before(mine):
    said = heard(unit="ZC1")
    before = Matter.objects.get()
    services.describe(scope=mine.scope("triage"), number=said.number, category="pay", kind="appeal", affected=3,
                      unit=mine.units["ZC2"].pk)
    [fact] = corrections(said)
    kept = {name: fact.content[name] for name in ("category_before", "category", "kind_before", "kind_now",
                                                  "moved_from", "affected_before", "affected", "reason")}
    assert kept == {"category_before": before.category, "category": "pay", "kind_before": before.kind,
                    "kind_now": "appeal", "moved_from": "ZC1", "affected_before": 0, "affected": 3,
                    "reason": "category+kind+affected+unit_id"}
    assert fact.actor == "post:triage"


def test_former_words_stay_with_the_matter_and_out_of_the_ledger(mine):
    said = heard(unit="ZC1")
    was = Matter.objects.get().title
    services.describe(scope=mine.scope("triage"), number=said.number, title="夜班食堂没有热饭")
    [fact] = corrections(said)
    assert fact.content["reason"] == "title" and was not in str(fact.content)
    told = [line for line in queries.story(Matter.objects.get()) if line["kind"] == "matter.described"]
    assert [(line["word"], line["note"], line["quote"]) for line in told] == [
        ("更正登记", "信访办分办员", f"原标题：{was}")]


def test_what_changes_nothing_leaves_nothing(mine):
    said = heard(unit="ZC1")
    matter = Matter.objects.get()
    services.describe(scope=mine.scope("triage"), number=said.number, category=matter.category, title=matter.title)
    assert not corrections(said)
