"""The day promised at a reception (接待承诺) cuts the promise of handling, and the matter's page and history say so."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from sangesan.feedback.intake.models import Visitor
from sangesan.feedback.intake.services import booking
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Overdue, Submission
from sangesan.feedback.matters.queries.clocking import changes
from sangesan.feedback.matters.queries.owing import missed
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from tests.builders import heard, small_mine
from tests.feedback.intake.visits import AT, EVENING, announced, on_the_day
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
NEXT = datetime(2026, 12, 17, 9, tzinfo=clock.LOCAL)
PROMISED = date(2026, 12, 21)


@pytest.fixture
def mine(noon):
    return small_mine()


def promised(mine, day=PROMISED, *, at=NEXT):
    """A visitor who was promised a result by a day, graded C and dispatched at a moment."""
    said = on_the_day(mine, announced(mine), outcome="promised", promised=day)
    with clock.at(at):
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    return said


def due(said):
    return f"{clock.local(Matter.objects.get(number=said.number).due_at):%m-%d %H:%M}"


def capped(said):
    return [(c.event, c.reason, f"{clock.local(c.after):%m-%d}")
            for c in changes(Matter.objects.get(number=said.number)) if c.reason == "接待承诺"]


def page_of(mine, said, at=NEXT):
    with clock.at(at):
        return signed_in(mine.persons["handler"]).get(f"/w/matters/{said.number}/").content.decode()


def test_what_a_visitor_was_promised_cuts_the_promise_of_handling_and_staff_read_why(mine):
    said = promised(mine)
    matter = Matter.objects.get()
    assert due(said) == "12-21 18:00" and capped(said) == [("不晚于", "接待承诺", "12-21")]
    assert matter.plan_due is None or matter.plan_due <= matter.due_at
    assert "接待承诺 2026-12-21 给结果；办理时限不晚于这一天。" in page_of(mine, said)
    with clock.at(NEXT + timedelta(days=5)):
        assert list(Matter.objects.filter(missed(clock.now()))) == [matter]


def test_a_day_off_that_was_promised_means_the_working_day_before_it(mine):
    assert due(promised(mine, date(2026, 12, 20))) == "12-18 18:00"


def test_a_later_day_than_the_grade_promises_changes_nothing(mine):
    said = promised(mine, date(2027, 2, 10))
    assert due(said) > "01-01" and not capped(said)


def test_what_is_dispatched_after_the_promised_day_is_late_from_the_start_but_only_its_result(mine):
    late = datetime(2026, 12, 28, 9, tzinfo=clock.LOCAL)
    said = promised(mine, at=late)
    matter = Matter.objects.get()
    assert due(said) == "12-21 18:00" and capped(said) == [("不晚于", "接待承诺", "12-21")]
    assert matter.sign_in_due > late and matter.first_answer_due > late
    assert "接待承诺 2026-12-21 给结果；派单时这一天已过，没有按时。" in page_of(mine, said, late)
    with clock.at(late + timedelta(hours=1)):
        assert list(Matter.objects.filter(missed(clock.now()))) == [matter]
        services.record_overdue(day=clock.today())
    assert list(Overdue.objects.values_list("clock", flat=True)) == ["due"]


def test_a_promise_that_was_kept_or_broken_does_not_make_the_next_round_late(mine):
    said, handler = promised(mine), mine.scope("handler")
    with clock.at(NEXT + timedelta(days=11)):
        services.sign_in(scope=handler, number=said.number)
        services.draft(scope=handler, number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        assert Matter.objects.get().answered_late
        services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没有解决")
        assert Matter.objects.get().due_at > clock.now() + timedelta(days=1) and len(capped(said)) == 1


def test_what_is_joined_brings_the_promised_day(mine):
    said = on_the_day(mine, announced(mine), outcome="promised", promised=PROMISED)
    with clock.at(NEXT):
        other, triage = heard(unit="ZC1"), mine.scope("triage")
        services.grade(scope=triage, number=other.number, urgency=1, importance=1)
        services.dispatch(scope=triage, number=other.number, lead=mine.units["HQ"].pk)
        services.merge(scope=triage, number=said.number, into=other.number)
    assert due(other) == "12-21 18:00" and capped(other) == [("不晚于", "接待承诺", "12-21")]


def test_what_only_was_explained_promises_nothing(mine):
    said = on_the_day(mine, announced(mine))
    with clock.at(NEXT):
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    assert not capped(said) and "接待承诺" not in page_of(mine, said)


def test_what_was_promised_before_it_was_kept_with_the_words_caps_too_where_the_day_is_still_to_come(mine):
    """On upgrade: the promise that runs ends by that day from now on, and nobody is late by a day that is over."""
    said = promised(mine)
    matter, far = Matter.objects.get(), datetime(2099, 1, 5, 18, tzinfo=clock.LOCAL)
    for day, due_at in ((date(2020, 1, 6), far), (date(2098, 12, 22), datetime(2098, 12, 22, 18, tzinfo=clock.LOCAL))):
        Visitor.objects.update(promised=day)
        Submission.objects.update(extra={})
        Matter.objects.update(due_at=far)
        import_module("sangesan.feedback.intake.migrations.0006_promises").cap(apps, None)
        matter.refresh_from_db()
        kept = {"promised": "2098-12-22"} if due_at < far else {}
        assert (matter.due_at, Submission.objects.get().extra) == (due_at, kept)
    assert ("调整", "接待承诺", matter.due_at) in [(c.event, c.reason, c.after) for c in changes(matter)]
    assert "接待承诺 2098-12-22 给结果；办理时限不晚于这一天。" in page_of(mine, said)
    Matter.objects.update(state="closed", due_at=far)
    Submission.objects.update(extra={})
    import_module("sangesan.feedback.intake.migrations.0006_promises").cap(apps, None)
    assert Submission.objects.get().extra == {} and Matter.objects.get().due_at == far, "what is over stays as it was"


def test_the_speaker_reads_that_the_promised_day_is_over_until_there_is_an_answer(mine):
    said = on_the_day(mine, announced(mine), outcome="promised", promised=PROMISED)
    assert "2026-12-21 给结果" in receipt(said, NEXT) and "已超" not in receipt(said, NEXT)
    late = NEXT + timedelta(days=7)
    assert '2026-12-21 给结果 <span class="tag bad" title="时限 2026-12-21">已超 3 天</span>' in receipt(said, late)
    with clock.at(late):
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
        services.sign_in(scope=mine.scope("handler"), number=said.number)
        services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没有解决")
    assert Matter.objects.get().answered_at is None and "接待时答应您" not in receipt(said, late + timedelta(days=3))


def receipt(said, at):
    with clock.at(at):
        return Client().post("/receipt/", {"code": said.receipt}).content.decode()


def test_no_promise_lies_beyond_the_law(mine):
    reception = announced(mine)
    with pytest.raises(UserError, match="2027-02-15 当日及以前"):
        on_the_day(mine, reception, outcome="promised", promised=date(2027, 2, 16))
    assert not Visitor.objects.exists()
    on_the_day(mine, reception, outcome="promised", promised=date(2027, 2, 15))
    assert Visitor.objects.get().promised == date(2027, 2, 15)


def test_a_booking_that_nobody_took_down_says_so_once_the_day_is_over(mine, client):
    reception = announced(mine)
    code = booking.book(key="b" * 32, reception=reception.pk, at=AT, mode="named", name="马六")
    before = client.post("/receipt/", {"code": code}).content.decode()
    assert "到时凭这张回执来" in before and "确认取消" in before
    with clock.at(EVENING):
        after = client.post("/receipt/", {"code": code}).content.decode()
    assert "没有接待记录" in after and "凭这张回执补登记" in after and "确认删除姓名" in after
    assert "到时凭这张回执来" not in after and "确认取消" not in after
