"""A line of a book says what it was, not only that something was done: which duty, which study, who visited whom."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction

from sangesan.execution.study import services as study
from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.facts import Actor
from sangesan.organization.units.models import Kind
from tests.appraisal.handbooks.test_books import book, part
from tests.builders import small_mine, unit
from tests.duties import owed
from tests.facts import at

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]
DAY = date(2026, 10, 5)


@pytest.fixture
def mine(noon):
    return small_mine()


def told(fact):
    with transaction.atomic():
        return record(fact, actor=Actor.post("secretary"))


def lines(mine, section, slug="branch"):
    return [line.word for line in part(book(mine, slug), section).lines]


def test_a_decision_carried_out_late_is_named(mine):
    duty = owed(mine, "ZB1", "party", title="奖金先公示后发放")
    told(facts.DutyLate(subject=duty.subject, unit="QSL/DW/ZB1/", line="party", reason="decision", occurred_at=at(DAY)))
    assert lines(mine, "meetings") == ["奖金先公示后发放，迟办"]


def test_what_crews_did_names_each_crew_and_what_the_team_did_itself_needs_no_name(mine):
    crew = unit("ZC1-9", "零点班", Kind.CREW, mine.units["ZC1"])
    for n, (code, path) in enumerate((("ZC1", "QSL/CM/ZC1/"), (crew.code, f"QSL/CM/ZC1/{crew.code}/"))):
        mine.units[crew.code] = crew
        duty = owed(mine, code, title="接收并传达：雨季三防")
        told(facts.DutyDone(subject=duty.subject, unit=path, reason="notice_pass",
                            occurred_at=at(DAY + timedelta(days=n))))
    assert lines(mine, "duties_done", "integrity") == [
        "接收并传达：雨季三防，按时办结", "零点班 接收并传达：雨季三防，按时办结"]


def test_a_study_day_says_what_was_studied_where_and_by_how_many(mine):
    made = study.plan(scope=mine.scope("chief"), unit="ZC1", of="safety", day=clock.today(), at=time(9),
                      theme="顶板事故案例")
    study.hold(scope=mine.scope("chief"), session=made.pk, heads=12)
    assert lines(mine, "study") == ["安全活动日：顶板事故案例，综采一队 12 人参加"]


def test_a_visit_says_which_office_came_to_which_unit(mine):
    told(facts.VisitMade(subject="visits/1", unit="QSL/CM/ZC1/", counterpart="QSL/LZ/", found=0, form="visit",
                         occurred_at=at(DAY), quantity=4))
    assert lines(mine, "contact") == ["有联系：劳资科到综采一队"]


def test_the_book_on_integrity_takes_what_was_done_for_integrity_and_no_training_in_the_trade(mine):
    told(facts.StudyHeld(subject="study/1", unit="QSL/CM/ZC1/", of="skill", occurred_at=at(DAY), quantity=9))
    duty = owed(mine, "ZB1", "party", title="廉洁风险点检查")
    told(facts.DutyDone(subject=duty.subject, unit="QSL/DW/ZB1/", line="party", reason="integrity",
                        occurred_at=at(DAY)))
    assert lines(mine, "education", "integrity") == ["廉洁风险点检查，按时办结"]


def test_what_a_team_posted_stands_in_the_book_on_integrity_and_in_the_union_s(mine):
    told(facts.OpennessPosted(subject="openness/1", unit="QSL/CM/ZC1/", month="2026-09", version=1,
                              occurred_at=at(DAY + timedelta(days=1))))
    assert lines(mine, "openness", "integrity") == lines(mine, "openness", "union") == ["队务公开：2026-09，综采一队"]
