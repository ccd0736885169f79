"""A finding from discovery to verification (问题从查出到销号), through the pages of each who has a part in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties.models import Duty
from sangesan.execution.rectification.models import Finding
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.procedures import nightly
from tests.execution.rectification.inspected import checked_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1d", "P1b")]


def test_found_ordered_moved_late_done_sent_back_done_and_verified_by_another_shift(noon):
    mine = checked_mine()
    safety, chief, night = (signed_in(mine.persons[code]) for code in ("safety", "chief", "night"))

    form = safety.get("/w/inspections/new/").context["form"]
    answer = safety.post("/w/inspections/new/", {"form": "walk", "unit": "ZC1", "place": "3208 面", "day": "2026-11-24",
                                                 "shift": "检修班", "key": form.initial["key"]})
    form = safety.get(answer.url).context["form"]
    safety.post(answer.url, {"text": "机尾风筒漏风", "measure": "换风筒", "key": form.initial["key"]})
    finding = Finding.objects.get()
    page = f"/w/findings/{finding.pk}/"
    assert page in chief.get("/w/todo/").content.decode(), "what was ordered waits on the chief's desk"

    chief.post(f"{page}ask/", {"due": "2026-11-30", "why": "material", "text": "风筒没到货"})
    safety.post(f"{page}decide/", {"agreed": "yes"})
    duty = Duty.objects.get()
    assert clock.local(duty.due).strftime("%m-%d") == "11-30" and duty.nominal.isoformat() == "2026-11-27"

    with clock.at(noon + timedelta(days=7)):
        nightly.run((noon + timedelta(days=6)).date())
        safety, chief, night = (signed_in(mine.persons[code]) for code in ("safety", "chief", "night"))
        assert "已超期" in safety.get("/w/findings/").content.decode()
        chief.post(f"{page}done/", {"text": "已换"})
        safety.post(f"{page}verify/", {"passed": "no", "text": "接头还漏"})
        chief.post(f"{page}done/", {"text": "接头重做"})
        safety.post(f"{page}name/", {"post": "night"})
        assert "等我验收" in night.get("/w/findings/").content.decode()
        night.post(f"{page}verify/", {"passed": "yes"})
        assert "已销号" in chief.get(page).content.decode()

    kinds = [fact.kind for fact in history(finding.subject)]
    assert sorted(kinds) == ["finding.made", "rectification.done", "rectification.done", "rectification.ordered",
                             "rectification.returned", "rectification.verified"]
    told = [fact.kind for fact in history(duty.subject)]
    assert told.count("duty.moved") == told.count("duty.missed") == 1 and told.count("duty.late") == 2
