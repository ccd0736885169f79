"""Matters are de-identified three years after they are over: words and names go, figures and facts stay."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import connection

from sangesan.feedback.intake.models import Booking, Reception, Visitor
from sangesan.feedback.intake.services.reception import clear_results
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Attachment, Matter, Message, Review, Submission
from sangesan.feedback.matters.queries.photos import shelf
from sangesan.feedback.matters.queries.searching import INDEX
from sangesan.feedback.speakers.models import Identity, Opening, Receipt
from sangesan.feedback.triage.models import Suggestion
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.evidence.models import Evidence
from sangesan.ledger.facts import services as ledger
from sangesan.ledger.facts.queries import history
from sangesan.ledger.facts.verify import verify
from sangesan.organization.remarks.models import Remark
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered, handled
from tests.files import jpeg

pytestmark = pytest.mark.django_db
MARK = "檀香木梳丢在更衣室"
THREE_YEARS = timedelta(days=3 * 365 + 2)


@pytest.fixture
def mine(noon, settings, tmp_path):
    settings.DATA = tmp_path
    return small_mine()


def over(mine, **parts):
    """A matter that was answered and closed as unrated, its speakers' deeds recorded."""
    said = answered(mine, text=MARK, mode="confidential", place="更衣室三号柜", **parts)
    services.open_identity(scope=mine.scope("triage"), number=said.number,
                           submission=Submission.objects.get(matter__number=said.number).pk, reason=f"核实{MARK}")
    Matter.objects.filter(number=said.number).update(title=MARK, told=MARK)
    with clock.at(clock.now() + timedelta(days=16)):
        services.record_speakers(clock.today())
        services.close_unrated(clock.today())
    assert Matter.objects.get(number=said.number).state == "closed"
    return said


def later(days=16):
    return clock.at(clock.now() + THREE_YEARS + timedelta(days=days))


def held():
    """Every text of every table of ours, but the append-only ones of the ledger."""
    found = []
    for table in connection.introspection.table_names():
        if table.startswith(("matters_", "speakers_", "triage_", "intake_", "evidence_", "search_")):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [(table, bytes(v).decode(errors="replace") if isinstance(v, bytes | memoryview) else str(v))
                          for row in cursor.fetchall() for v in row]
    return found


@pytest.mark.chapter("V3")
def test_a_closed_matter_loses_words_and_names_after_three_years_and_not_before(
        mine, django_capture_on_commit_callbacks):
    said = over(mine, photos=[jpeg()])
    services.index_due()
    before = Matter.objects.get(number=said.number)
    receipt = Receipt.objects.get()
    kinds = [f.kind for f in history(f"matters/{said.number}")]
    assert [p for p in shelf().rglob("*") if p.is_file()]
    with later(days=0):
        assert services.clear_old(clock.today()) == 0
    with later(), django_capture_on_commit_callbacks(execute=True):
        assert services.clear_old(clock.today()) == 1
        services.index_due()
        INDEX.tidy()  # as on Sundays

    after = Matter.objects.get(number=said.number)
    assert not [(table, text) for table, text in held() if "檀香" in text or "木梳" in text or "更衣" in text]
    assert (after.title, after.place, after.told) == ("内容已按保存期限清除", "", "")
    kept = ("category", "unit_id", "lead_id", "grade", "state", "due_at", "answered_at", "closed_at", "received_day")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert not Identity.objects.exists() and not Opening.objects.exists() and not Attachment.objects.exists()
    assert not [p for p in shelf().rglob("*") if p.is_file()]
    assert not Evidence.objects.exists() and not Suggestion.objects.exists()
    assert Submission.objects.get().extra == {} and set(Message.objects.values_list("text", flat=True)) == {""}
    assert INDEX.count() == 0
    assert [f.kind for f in history(f"matters/{said.number}")] == [*kinds, "matter.cleared"]
    assert Receipt.objects.get().code == receipt.code
    assert [(e.event, e.detail) for e in AuditEntry.objects.filter(event="matters.cleared")] == [
        ("matters.cleared", {"count": 1})]


def test_clearing_twice_clears_nothing_twice_and_the_ledger_still_holds(mine):
    over(mine)
    with later():
        ledger.seal()
        assert services.clear_old(clock.today()) == 1
        assert services.clear_old(clock.today()) == 0
        ledger.seal()
    assert verify() == []


def test_an_open_reviewed_or_supervised_matter_is_never_cleared(mine):
    handled(mine, text="还在办的")
    looked, watched = over(mine), over(mine)
    first, second = (Matter.objects.get(number=one.number) for one in (looked, watched))
    Review.objects.create(matter=first, unit=first.unit, asked_on=clock.today(), text="要求复查", recorded=True)
    second.supervisions.create(trigger="late", state="open", opened_at=clock.now())
    with later():
        assert services.clear_old(clock.today()) == 0
        second.supervisions.update(state="ended")
        assert services.clear_old(clock.today()) == 1


def test_what_left_the_ordinary_flow_is_not_for_this_rule(mine):
    said = over(mine)
    Matter.objects.filter(number=said.number).update(kind="care")
    with later():
        assert services.clear_old(clock.today()) == 0


def test_a_joined_matter_goes_with_the_one_it_was_joined_to(mine):
    said, other = over(mine), heard(MARK, unit="ZC1")
    services.record_speakers(clock.today())
    Matter.objects.filter(number=other.number).update(
        state="merged", parent=Matter.objects.get(number=said.number))
    with later():
        assert services.clear_old(clock.today()) == 1
    assert set(Submission.objects.values_list("text", flat=True)) == {""}
    assert not Identity.objects.exists()


def test_instructions_on_it_lose_their_words(mine):
    said = over(mine)
    remark = Remark.objects.create(about=f"matters/{said.number}", text=MARK, answer=MARK, fact=0, path="QSL/",
                                   giver=mine.persons["leader"], by=mine.posts["leader"], to=mine.posts["logistics"],
                                   due=clock.today(), given_at=clock.now())
    with later():
        services.clear_old(clock.today())
    remark.refresh_from_db()
    assert {remark.text, remark.answer} == {"内容已按保存期限清除"}


def test_what_came_of_a_visit_goes_with_the_matter(mine):
    said = over(mine)
    day = Reception.objects.create(unit=mine.units["QSL"], day=clock.today(), post=mine.posts["leader"], place="101")
    receipt = Receipt.objects.create(code="x", keep_until=clock.today())
    booking = Booking.objects.create(reception=day, at=time(9), receipt=receipt, mode="named", topic=MARK)
    visitor = Visitor.objects.create(reception=day, booking=booking, outcome="explained", result=MARK,
                                     said=Submission.objects.get(matter__number=said.number))
    assert clear_results() == 0
    with later():
        services.clear_old(clock.today())
        assert (clear_results(), clear_results()) == (1, 0)
    visitor.refresh_from_db(), booking.refresh_from_db()
    assert (visitor.result, booking.topic) == ("内容已按保存期限清除", "")


def test_the_years_are_a_setting(mine, settings):
    settings.RETENTION_YEARS = 5
    over(mine)
    with later():
        assert services.clear_old(clock.today()) == 0
    with clock.at(clock.now() + timedelta(days=5 * 365 + 30)):
        assert services.clear_old(clock.today()) == 1


def test_a_withdrawn_matter_is_cleared_too(mine):
    said = heard(MARK, unit="ZC1")
    services.record_speakers(clock.today())
    services.withdraw(code=said.receipt)
    services.record_speakers(clock.today())
    with later():
        assert services.clear_old(clock.today()) == 1


def test_pages_say_what_was_cleared_and_offer_no_step(mine, client):
    said = over(mine)
    with later():
        services.clear_old(clock.today())
        matter = queries.matter_for(mine.scope("triage"), said.number)
        assert queries.standing(mine.scope("triage"), matter).steps == []
        with pytest.raises(Conflict):
            services.reopen(scope=mine.scope("triage"), number=said.number, reason="unsolved", text="重新办")
        found = queries.opened(said.receipt)
        assert found is not None and found.steps == []
        page = client.post("/receipt/", {"code": said.receipt})
        assert "内容已按保存期限清除" in page.content.decode()
