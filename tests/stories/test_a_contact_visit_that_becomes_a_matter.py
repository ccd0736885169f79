"""A contact visit that becomes a matter (联系点的问题变成事项): found, reported, answered, told, counted once."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.execution.contacts import queries
from sangesan.execution.contacts import services as contacts
from sangesan.execution.contacts.models import Visit
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.procedures import nightly, reactions
from tests.builders import hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2d", "P1b")]


def test_what_a_cadre_hears_on_his_round_is_answered_and_told_to_the_unit(noon):
    mine = small_mine()
    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2001", head=True)
    with clock.at(date(2026, 11, 2)):
        pair = contacts.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ", on=24)
        nightly.run(date(2026, 11, 1))

    labour = signed_in(mine.persons["labour"])
    form = labour.get(f"/w/contacts/{pair.pk}/visit/").context["form"]
    labour.post(f"/w/contacts/{pair.pk}/visit/", {
        "outcome": "matter", "text": "升井以后没有热水，第三次听到", "form": "site", "day": "2026-11-24", "heard": "6",
        "key": form.initial["key"]})
    visit, matter = Visit.objects.get(), Matter.objects.get()
    assert f"/w/contacts/{pair.pk}/visit/" not in labour.get("/w/todo/").content.decode() and visit.steps.count() == 3

    for who, step, said in (("triage", services.grade, {"urgency": 2, "importance": 2}),
                            ("triage", services.dispatch, {"lead": mine.units["HQ"].pk}),
                            ("handler", services.sign_in, {}), ("handler", services.draft, {"text": "锅炉已修好"}),
                            ("logistics", services.approve, {})):
        step(scope=mine.scope(who), number=matter.number, **said)
    reactions.run()
    assert "已转为事项" in labour.get(f"/w/visits/{visit.pk}/").content.decode()
    chief = signed_in(mine.persons["chief"])
    chief.post(f"/w/visits/{visit.pk}/confirm/", {"words": "班前会上讲了"})

    table = queries.board(mine.scope("cadre"), date(2026, 11, 1))
    assert table.sums == {"pairs": 1, "came": 1, "found": 1, "whole": 1, "missed": 0}
    kinds = [fact.kind for fact in history(visit.subject)]
    assert sorted(kinds) == ["visit.fed_back", "visit.made", "visit.registered", "visit.reported", "visit.settled"]
    assert Matter.objects.count() == 1
