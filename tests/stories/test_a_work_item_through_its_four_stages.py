"""A work item through its four stages (工作项走完四个环节): from a meeting's decision to what was learned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties.models import Happening
from sangesan.execution.meetings.models import Item
from sangesan.execution.work.models import WorkItem
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries, history
from sangesan.method.authority import Role
from sangesan.procedures import nightly
from tests.builders import hire, small_mine
from tests.meetings import committee, held
from tests.signing import signed_in
from tests.works import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1", "P1e")]


def test_a_decision_becomes_a_chain_no_link_of_which_is_skipped(noon):
    mine = committee(small_mine())
    hire(mine, "crew", "检修班班长", "ZC1J", Role.CREW_LEADER, "2021", head=True)
    held(mine, decisions=(("入冬前把热水和暖气弄好", "logistics", 40),))
    duty = Item.objects.get(what="decision").duty

    logistics, leader = (signed_in(mine.persons[who]) for who in ("logistics", "leader"))
    assert f"/w/work/new/?from=duties/{duty.pk}" in logistics.get(f"/w/duties/{duty.pk}/").content.decode()
    given = {"title": "冬季防冻", "aim": "三处都有热水", "due": "2026-12-20", "lead": "logistics",
             "units": [str(mine.units["HQ"].pk)], "cause": duty.subject}
    logistics.post("/w/work/new/", given)
    item = WorkItem.objects.get()
    home = f"/w/work/{item.pk}/"

    refused = logistics.post(f"{home}leave/guide/", follow=True)
    assert "还有 1 步没有办结" in refused.content.decode() and item.stages.get(slug="guide").left_at is None
    for stage, who, words in (("guide", logistics, "在科里的早会上讲了"), ("supervise", leader, "到锅炉房看过"),
                              ("execute", logistics, "热水全天供应")):
        step = waiting(item, stage)[0]
        who.post(f"{home}steps/{step.duty_id}/", {"words": words})
        (leader if stage == "execute" else logistics).post(f"{home}leave/{stage}/")
    with clock.at(clock.now() + timedelta(days=3)):
        logistics = signed_in(mine.persons["logistics"])
        assert "计划" in logistics.get(f"{home}review/").content.decode()
        logistics.post(f"{home}review/", {"words": "先查锅炉再供水"})
    item.refresh_from_db()
    assert (item.stage, item.learned) == ("ended", "先查锅炉再供水")
    assert [f.kind for f in history(item.subject)] == ["chain.started", *["chain.passed"] * 4, "chain.ended"]
    assert Happening.objects.get(duty=duty).what == "done"
    assert sum(f.subject == duty.subject for f in entries(kinds=["duty.done"])) == 1
    nightly.run(clock.today())
    assert not list(entries(kinds=["duty.missed"]))
