"""One's own statement: of published periods, for the person alone."""

from datetime import date

import pytest
from django.db import transaction

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.rules import sources
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, Actor, DutyDone
from sangesan.organization.calendar import services as days
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Unit, UnitEdge
from tests.builders import small_mine
from tests.facts import altered, at, closed, overdue
from tests.periods import IN, in_force, month
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
SOLVED = {"code": "solved", "name": "解决属实", "weight": 10_000,
          "tallies": [{"kind": "matter.closed", "good": True}, {"kind": "matter.reopened"}]}


@pytest.fixture
def mine(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    return small_mine()


@pytest.fixture
def october(mine):
    row = rules.draft(code="period", version=1, name="月度考核", indicators=[SOLVED], links=[])
    rules.put_in_force(rule_set=row.pk, since=date(2026, 1, 1))
    closed("ZC1", day=date(2026, 10, 10))
    return scoring.assess_period(Run.Period.MONTH, date(2026, 10, 31))


def test_a_person_sees_the_own_statement_once_it_is_published_and_no_other(mine, october):
    assert queries.own_statements(mine.scope("chief")) == []
    services.publish_period(scope=mine.scope("assessor"), run=october.pk)
    [told] = queries.own_statements(mine.scope("chief"))
    assert told.final == 10_000 and [s.post.code for s in told.stretches] == ["chief"]
    text = signed_in(mine.persons["chief"]).get("/w/results/own/").content.decode()
    assert "综采一队队长" in text and "100.00" in text
    crew = signed_in(mine.persons["correspondent"]).get("/w/results/own/").content.decode()
    # The rules it was reckoned by stand beside it and open, for everybody they judge.
    chief, rule = signed_in(mine.persons["chief"]), "/w/rules/period/1/"
    for page in ("/w/results/own/", f"/w/results/{october.pk}/", f"/w/results/{october.pk}/ZC1/"):
        assert f'href="{rule}"' in chief.get(page).content.decode(), page
    assert "解决属实" in signed_in(mine.persons["correspondent"]).get(rule).content.decode()
    assert "本期没有得分" in crew and f"/w/results/{october.pk}/" not in crew, "nothing leads to what is not there"
    for other in ("矿长", "综采一队党支部书记"):
        assert other not in text.partition("<main")[2]


def test_w10_shares_of_posts_over_the_whole_are_told_to_whoever_holds_them(mine):
    in_force()
    closed("ZC1", day=IN)
    Appointment.objects.create(person=mine.persons["logistics"], post=mine.posts["chief"], kind="acting", share=3_000,
                               since=date(2026, 10, 1), until=None)
    services.publish_period(scope=mine.scope("assessor"), run=month().pk)
    pages = [signed_in(mine.persons[post]).get("/w/results/own/").content.decode() for post in ("logistics", "chief")]
    assert ["份额合计超过一个全岗" in page for page in pages] == [True, False]


def test_a_post_without_a_result_is_said_to_be_left_out_of_the_mean(mine):
    in_force()
    closed("ZC1", day=IN)
    Appointment.objects.create(person=mine.persons["chief"], post=mine.posts["correspondent"], kind="concurrent",
                               share=3_000, since=date(2026, 10, 1), until=None)
    run = month()
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    said = {who: "没有得分的岗位不参加平均" in signed_in(mine.persons[who]).get("/w/results/own/").content.decode()
            for who in ("chief", "secretary", "correspondent")}
    assert said == {"chief": True, "secretary": False, "correspondent": False}


def test_what_one_did_oneself_opens_on_the_own_statement_and_nowhere_else(mine):
    walked = {"code": "walked", "name": "走动检查", "weight": 1_000, "target": "post", "method": "ratio", "planned": 2,
              "tallies": sources.BY_SLUG["walk_round"].by["ratio"](0)}
    row = rules.draft(code="period", version=1, name="月度考核", indicators=[SOLVED, walked], links=[])
    rules.put_in_force(rule_set=row.pk, since=date(2026, 1, 1))
    closed("ZC1", day=date(2026, 10, 10))
    with transaction.atomic():
        walk = record(DutyDone(subject="duties/1", unit="QSL/CM/ZC1/", occurred_at=at(date(2026, 10, 9)), rule="R-1",
                               reason="walk_round"), actor=Actor.post("chief"))
    run = scoring.assess_period(Run.Period.MONTH, date(2026, 10, 31))
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    [told] = queries.own_statements(mine.scope("chief"))
    [stretch] = told.stretches
    assert told.final == 8_500 and stretch.said == "单位 100.00 × 70% + 本人 50.00 × 30%"
    assert [(e.name, e.score, len(e.facts)) for e in stretch.own] == [("走动检查", 5_000, 1)]
    text = signed_in(mine.persons["chief"]).get("/w/results/own/").content.decode()
    assert "走动检查" in text and "与封存不符" not in text
    altered(walk)
    assert f"第 {walk} 条" in signed_in(mine.persons["chief"]).get("/w/results/own/").content.decode()
    assert "走动检查" not in signed_in(mine.persons["leader"]).get(f"/w/results/{run.pk}/ZC1/").content.decode()


def test_only_the_assessor_publishes_a_period_and_only_once(mine, october):
    for post in ("chief", "leader", "cadre"):
        with pytest.raises(Forbidden):
            services.publish_period(scope=mine.scope(post), run=october.pk)
    services.publish_period(scope=mine.scope("assessor"), run=october.pk)
    with pytest.raises(Conflict):
        services.publish_period(scope=mine.scope("assessor"), run=october.pk)
    with pytest.raises(NotFound):
        services.publish_period(scope=mine.scope("assessor"), run=999)


def test_a_month_stands_on_its_own_page_for_staff_and_for_everybody(mine, october, client):
    staff = signed_in(mine.persons["assessor"])
    assert "公布结果" in staff.get(f"/w/results/{october.pk}/").content.decode()
    assert client.get(f"/results/{october.pk}/").status_code == 404
    assert staff.post(f"/w/results/{october.pk}/publish/").status_code == 302
    assert "异议期到 2026-11-27" in staff.get(f"/w/results/{october.pk}/").content.decode()
    text = client.get(f"/results/{october.pk}/").content.decode()
    assert "综采一队" in text and "2026-10-01" in text and "/w/" not in text
    assert client.get(f"/results/{october.pk}/ZC1/").status_code == 200


def test_a_unit_that_closed_within_a_month_stands_on_its_page_and_opens(mine, client):
    Unit.objects.filter(code="ZC2").update(closed=date(2026, 10, 16))
    UnitEdge.objects.filter(child__code="ZC2").update(until=date(2026, 10, 16))
    overdue("ZC2", "2026-AAAAA8", day=IN)
    in_force()
    run = month()
    staff = signed_in(mine.persons["assessor"])
    assert staff.get(f"/w/results/{run.pk}/").content.decode().count("已撤销") == 1
    assert staff.get(f"/w/results/{run.pk}/ZC2/").status_code == 200
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    text = client.get(f"/results/{run.pk}/").content.decode()
    assert "综采二队" in text and text.count("已撤销") == 1 and "每日结果" in text and "前一天" not in text
    assert signed_in(mine.persons["assessor"]).get(f"/w/results/{run.pk}/").content.decode().count("已撤销") == 1
    assert client.get(f"/results/{run.pk}/ZC2/").status_code == 200
    assert [one.code for one in queries.statement_for(mine.scope("leader"), run.pk, "ZC2").above] == ["CM"]
    closed("ZC1", "2026-AAAAA9", day=IN)
    [second] = scoring.revise_periods(date(2026, 11, 23))
    services.publish_period(scope=mine.scope("assessor"), run=second.pk)
    assert "本期结果已更正" in client.get(f"/results/{second.pk}/").content.decode()


def test_a_period_over_a_year_whose_calendar_nobody_confirmed_is_not_published(mine):
    made = rules.draft(code="period", version=2, name="季度考核", indicators=[SOLVED], links=[])
    rules.put_in_force(rule_set=made.pk, since=date(2025, 1, 1))
    closed("ZC1", day=date(2025, 12, 15))
    run = scoring.assess_period("month", date(2025, 12, 31))
    with pytest.raises(Conflict, match="没有公布") as refused:
        services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    assert "2025 年日历没有核定" in refused.value.why and "先核定日历" in refused.value.next
    assert queries.published(run) is None
    days.seed(year=2025)
    days.confirm(year=2025, actor=SYSTEM)
    assert services.publish_period(scope=mine.scope("assessor"), run=run.pk) == run
