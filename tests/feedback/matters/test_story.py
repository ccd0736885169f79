"""The story of a matter (办理过程) says what each step was, and not only of which kind."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.clocking import clocks
from sangesan.feedback.matters.queries.picture import story
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.feedback.matters.roads import answered, dispatched, handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def told():
    return [line["word"] for line in story(Matter.objects.get())]


def test_going_on_after_a_suspension_is_not_told_as_another_one(mine):
    said = handled(mine)
    services.ask_pause(scope=mine.scope("handler"), number=said.number, reason="等上级批复")
    services.pause(scope=mine.scope("logistics"), number=said.number)
    services.resume(scope=mine.scope("handler"), number=said.number)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    assert told()[-3:] == ["挂起", "恢复办理", "调级为 A 级"]


def test_a_return_and_its_ruling_a_supervision_and_its_end_are_told_apart(mine):
    said = dispatched(mine)
    services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我科")
    services.rule(scope=mine.scope("triage"), number=said.number, reason="食堂归后勤科")
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.supervise(scope=mine.scope("leader"), number=said.number, text="三日内报结果")
    services.write_back(scope=mine.scope("handler"), number=said.number, text="已修好")
    services.end_supervision(scope=mine.scope("leader"), number=said.number)
    words = told()
    assert [w for w in words if w in ("退回", "裁定由原单位办")] == ["退回", "裁定由原单位办"]
    assert [w for w in words if "督办" in w] == ["督办", "回告督办结果", "结束督办"]


def test_a_review_says_how_it_ended_and_a_re_review_that_it_is_one(mine):
    said = answered(mine)
    services.review(code=said.receipt, text="不服")
    services.uphold(scope=mine.scope("leader"), number=said.number, text="原答复适当")
    services.review(code=said.receipt, text="还是不服")
    services.pass_up(scope=mine.scope("triage"), number=said.number, unit="集团信访办", day=clock.today(), way="report")
    services.upper_change(scope=mine.scope("triage"), number=said.number, day=clock.today(), text="补发当月奖金")
    assert [w for w in told() if w.startswith(("复查", "复核"))] == ["复查维持", "复核变更"]


def test_that_a_clock_begins_or_is_met_is_no_change_and_what_one_step_moves_is_one(mine):
    said = dispatched(mine)
    shown = [clocks(Matter.objects.get())["moved"]]
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    shown.append(clocks(Matter.objects.get())["moved"])
    assert shown == [0, 1]
