"""A notice from the mine to the crew with one gap (层层传达): coverage names the unit, the night reminds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.publicity.models import Campaign
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries, history
from sangesan.organization.notices.models import Notice
from sangesan.procedures import nightly
from tests.publicities import crews
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1a")]


def test_a_notice_goes_down_and_the_one_crew_that_did_not_hear_it_is_named(noon):
    mine, start = crews(), clock.now()
    units = [str(mine.units["ZB1"].pk), str(mine.units["ZC2"].pk)]
    cadre, secretary, crew, chief2 = (signed_in(mine.persons[who]) for who in ("cadre", "secretary", "crew", "chief2"))
    cadre.post("/w/publicity/new/", {
        "title": "冬季防冻", "message": "更衣室暖气今天开通。", "starts": "2026-11-24", "ends": "2026-12-24",
        "places": ["preshift", "board"], "units": units})
    plan = Campaign.objects.get()
    home = f"/w/publicity/{plan.pk}/"
    secretary.post(f"{home}{mine.units['ZB1'].pk}/pass/")
    chief2.post(f"{home}{mine.units['ZC2'].pk}/pass/")
    crew.post(f"{home}{mine.units['ZC1J'].pk}/pass/")

    told = cadre.get(home).content.decode()
    assert "2 个单位，收到 1 个，传达 1 个" in told and "还缺：综采一队零点班" in told
    assert "还缺：综采一队党支部" not in told
    assert "零点班班长" not in told.split("</header>")[-1]
    assert "更衣室暖气" in crew.get("/w/publicity/sheet/").content.decode()
    for n in range(2, 7):
        with clock.at(start + timedelta(days=n)):
            nightly.run(clock.today() - timedelta(days=1))
    reminded = Notice.objects.filter(kind="notice.waiting")
    assert {row.person_id for row in reminded} == {mine.persons["night"].pk} and reminded.count() == 2
    missed, = [fact for fact in entries(kinds=["duty.missed"]) if fact.content.get("reason") == "notice_pass"]
    assert missed.unit.endswith("ZC1L/")
    assert sum(fact.kind == "notice.passed_on" for fact in history(plan.subject)) == 3
