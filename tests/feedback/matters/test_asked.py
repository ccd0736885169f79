"""The day a body above asked for (要求办结) cuts the promise of handling, wherever it begins, and the page says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sangesan.feedback.intake.services import register
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.clocking import changes
from sangesan.foundation import clock
from sangesan.method.deadlines import LOCAL
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import dispatched
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
PAPER = {"sender": "集团公司信访办", "document": "集信转〔2026〕12 号"}


@pytest.fixture
def mine(noon):
    return small_mine()


def asked(mine, day="2026-12-03", *, grade=(1, 1), lead="HQ"):
    """A paper from above that wants it done by a day, graded C and dispatched."""
    said = register(scope=mine.scope("triage"), channel="upper", text="供暖费归谁管", key=f"{day}{lead}" * 3,
                    name="王五", extra=PAPER | {"deadline": date.fromisoformat(day)})
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=grade[0], importance=grade[1])
    if lead:
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units[lead].pk)
    return said


def due(said):
    return f"{clock.local(Matter.objects.get(number=said.number).due_at):%m-%d %H:%M}"


def capped(said):
    return [(c.event, c.reason, f"{clock.local(c.after):%m-%d}")
            for c in changes(Matter.objects.get(number=said.number)) if c.reason == "上级要求"]


@pytest.mark.chapter("P2b")
def test_what_the_body_above_asked_for_cuts_the_promise_and_the_page_says_who_asked(mine):
    said = asked(mine)
    assert due(said) == "12-03 18:00" and due(dispatched_c(mine)) > "12-03 18:00"
    assert capped(said) == [("不晚于", "上级要求", "12-03")]
    matter = Matter.objects.get(number=said.number)
    assert matter.plan_due is None or matter.plan_due <= matter.due_at
    page = signed_in(mine.persons["handler"]).get(f"/w/matters/{said.number}/").content.decode()
    assert "来文要求 2026-12-03 办结；办理时限不晚于这一天。要求的单位：集团公司信访办 集信转〔2026〕12 号。" in page


def dispatched_c(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    return said


def test_a_day_off_that_was_asked_for_means_the_working_day_before_it(mine):
    assert due(asked(mine, "2026-12-06")) == "12-04 18:00"


def test_a_later_day_than_the_grade_promises_changes_nothing(mine):
    said = asked(mine, "2026-12-20", grade=(2, 2))
    assert due(said) == due(dispatched(mine)) and not capped(said)


def test_transfer_regrading_and_reopening_begin_no_promise_beyond_it(mine):
    said, triage = asked(mine, grade=(2, 2)), mine.scope("triage")
    before = due(said)
    services.regrade(scope=triage, number=said.number, urgency=1, importance=1, reason="已缓")
    services.agree(scope=mine.scope("leader"), number=said.number)
    assert (before, due(said)) == ("12-01 18:00", "12-03 18:00") and capped(said)
    services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我科")
    services.rule(scope=triage, number=said.number, reason="归劳资科", lead=mine.units["LZ"].pk)
    assert due(said) == "12-03 18:00"


def test_an_answered_matter_opened_again_is_promised_for_the_same_day(mine):
    said, handler = asked(mine), mine.scope("handler")
    services.sign_in(scope=handler, number=said.number)
    services.draft(scope=handler, number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    with clock.at(clock.now() + timedelta(days=1)):
        services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
        services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="还没有解决")
        assert due(said) == "12-03 18:00" and len(capped(said)) == 2


def test_a_day_that_is_over_at_the_dispatch_leaves_the_grade_s_time_and_the_page_says_so(mine):
    said = asked(mine, lead="")
    with clock.at(datetime(2026, 12, 4, 9, tzinfo=LOCAL)):
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
        assert Matter.objects.get().due_at > clock.now() + timedelta(days=1) and not capped(said)
        page = signed_in(mine.persons["handler"]).get(f"/w/matters/{said.number}/").content.decode()
    assert "来文要求 2026-12-03 办结；派单时这一天已过，办理时限照等级起算。" in page


def test_what_is_joined_brings_the_day_that_was_asked_for(mine):
    other, said = dispatched_c(mine), asked(mine, lead="")
    services.merge(scope=mine.scope("triage"), number=said.number, into=other.number)
    assert due(other) == "12-03 18:00" and capped(other) == [("不晚于", "上级要求", "12-03")]
