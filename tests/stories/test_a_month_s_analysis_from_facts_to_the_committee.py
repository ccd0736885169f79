"""A month's analysis (一个月的思想状况分析): said by many and by few, drafted, studied, decided, assembled."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.execution.analysis.models import Analysis
from sangesan.execution.duties.models import Duty
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.organization.units.models import Coverage
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import committee, held
from tests.signing import signed_in
from tests.talks import spoke

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2a", "N7", "V7")]


def test_from_what_was_said_to_what_the_committee_reads(noon):
    mine = committee(small_mine())
    Coverage.objects.create(branch=mine.units["ZB2"], unit=mine.units["ZC2"], since=date(2020, 1, 1))
    spoke(25, "logistics")
    spoke(3, "conduct")
    spoke(2, "pay", unit="ZC2")
    duty = owed(mine, "ZB1", "party", kind="analysis", subject="routines/YFX", title="月分析", hours=24 * 12)
    for day in (date(2026, 11, 24), date(2026, 11, 30)):
        with clock.at(date.fromordinal(day.toordinal() + 1)):
            nightly.run(day)

    with clock.at(date(2026, 12, 3)):
        secretary = signed_in(mine.persons["secretary"])
        home = secretary.get(f"/w/analyses/of/{duty.pk}/")["Location"]
        shown = secretary.get(home).content.decode()
        assert "后勤：25 件" in shown and "干部作风" not in shown and "28 件" not in shown
        secretary.post(home, {"causes": "夜班留饭没有定人", "advice": "定一名师傅留到两点"})
        meeting = held(mine, by="secretary", unit="ZB1", series="analysis", chair="secretary",
                       decisions=(("夜班留饭定到人", "secretary", 5),))
        secretary.post(f"{home}finish/", {"meeting": meeting.subject})
        assert Duty.objects.get(origin__kind="decision").origin.title == "夜班留饭定到人"
        assert duty.happenings.get().what == "done"

    with clock.at(date(2026, 12, 7)):
        nightly.run(date(2026, 12, 6))
        party = signed_in(mine.persons["party"])
        listed = party.get("/w/analyses/?month=2026-11").content.decode()
        assert "综采一队党支部" in listed and "已研究 1 份" in listed
        whole = Analysis.objects.get(unit=mine.units["DW"])
        page = party.get(f"/w/analyses/{whole.pk}/").content.decode()
        assert "定一名师傅留到两点" in page and "劳动报酬" not in page and "干部作风" not in page
        book = signed_in(mine.persons["secretary"]).get("/w/books/").status_code
    assert book == 200
    facts = [fact.content for fact in entries(kinds=["analysis.finished"])]
    assert [(fact["month"], fact["meeting"]) for fact in facts] == [("2026-11", meeting.subject)]
