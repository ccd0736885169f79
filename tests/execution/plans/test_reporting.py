"""Daily reports (每日述职): drafted from facts, one sentence at most, answered; a missing one costs nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from sangesan.execution.duties import services as duties
from sangesan.execution.plans import queries, services
from sangesan.execution.plans.models import Report
from sangesan.foundation import clock, door
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM, MatterAnswered
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from tests.builders import START, hire, small_mine
from tests.duties import owed
from tests.meetings import committee, held
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1b")]


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def told(mine, who="secretary", **parts) -> Report:
    return services.report(scope=mine.scope(who), post=who, **parts)


def test_the_day_s_own_facts_are_the_report(mine):
    held(mine, by="secretary", unit="ZB1", series="committee")
    duties.complete(duty=owed(mine, "ZB1", "party"), actor=mine.scope("secretary").actor)
    duties.complete(duty=owed(mine, "ZC2", title="别队的"), actor=mine.scope("leader").actor)
    made = told(mine)
    assert (made.told, made.sentence, made.to) == ("按时办结 1 件，开会 1 次", "", "party")
    fact = next(entries(kinds=["report.given"]))
    assert (fact.content["needs"], fact.unit) == (0, "QSL/DW/ZB1/")


def test_a_branch_tells_what_was_answered_where_its_people_work(mine):
    for n, unit in enumerate(("QSL/CM/ZC1/", "QSL/CM/ZC1/ZC1J/", "QSL/CM/ZC2/", "QSL/CM/ZC1/", "QSL/DW/ZB1/")):
        with transaction.atomic():
            record(MatterAnswered(subject=f"matters/2026-B{n}", unit=unit, occurred_at=clock.now(), in_time=1,
                                  quantity=int(n < 3)), actor=SYSTEM)
    assert told(mine).told == "答复职工事项 2 件", "what weighs nothing may be kept from a reader, and is not told"


def test_who_reports_nothing_is_nowhere_to_be_found(mine):
    with clock.at(clock.now() + timedelta(days=3)):
        assert queries.inbox(mine.scope("party"), clock.today()) == ([], [], {})
        page = signed_in(mine.persons["party"]).get("/w/reports/").content.decode()
    assert "刘志远" not in page and "未报" not in page and "缺报" not in page
    assert not list(entries(kinds=["report.given"]))


def test_a_zero_report_is_refused(mine):
    with pytest.raises(UserError, match="没有事就不用报"):
        told(mine)


def test_what_asks_for_help_reaches_the_superior_and_is_answered_once(mine):
    made = told(mine, sentence="两名信息员长期夜班，想换到检修班", needs=True)
    assert [n.person_id for n in Notice.objects.filter(kind="report.needs")] == [mine.persons["party"].pk]
    assert queries.inbox(mine.scope("party"), clock.today())[0] == [made]
    services.answer(scope=mine.scope("party"), report=made.pk, text="已同劳资科说好，下周一换")
    made.refresh_from_db()
    assert made.answer == "已同劳资科说好，下周一换" and list(entries(kinds=["evidence.attached"]))
    with pytest.raises(Conflict):
        services.answer(scope=mine.scope("party"), report=made.pk, text="再答")


def test_a_report_without_a_need_disturbs_nobody(mine):
    told(mine, sentence="一切正常")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("parts", [
    {"sentence": "长" * 201}, {"sentence": "坏\x00字"}, {"needs": True}, {"sentence": "", "needs": True},
])
def test_what_cannot_be_is_refused(mine, parts):
    with pytest.raises(UserError):
        told(mine, **parts)
    assert not Report.objects.exists()


def test_a_day_is_reported_once_by_a_post_and_for_no_other(mine):
    told(mine, sentence="一")
    with pytest.raises(Conflict):
        told(mine, sentence="二")
    with pytest.raises(Forbidden):
        services.report(scope=mine.scope("secretary2"), post="secretary", sentence="冒名")
    with pytest.raises(Forbidden):
        services.report(scope=mine.scope("admin"), post="admin", sentence="无权")


def test_a_report_is_seen_by_its_two_ends_alone(mine):
    made = told(mine, sentence="一")
    seen = {who for who in mine.persons if door.open(mine.scope(who), f"reports/{made.pk}")}
    assert seen == {"secretary", "party"}
    with pytest.raises(NotFound):
        services.answer(scope=mine.scope("cadre"), report=made.pk, text="越级")
    with pytest.raises(Forbidden):
        services.answer(scope=mine.scope("secretary"), report=made.pk, text="自问自答")
    assert signed_in(mine.persons["cadre"]).get(f"/w/reports/{made.pk}/").status_code == 404


def test_it_is_told_and_answered_in_the_browser(mine):
    web, above = signed_in(mine.persons["secretary"]), signed_in(mine.persons["party"])
    sent = {"post": "secretary", "sentence": "浴室锅炉明天停一天，请协调错峰", "needs": "on"}
    assert web.post("/w/reports/", sent).status_code == 302
    address = f"/w/{Report.objects.get().subject}/"
    assert "请协调错峰" in above.get("/w/reports/").content.decode()
    assert above.post(address, {"text": "已协调"}).status_code == 302
    assert "上级答复" in web.get(address).content.decode()
    assert web.post("/w/reports/", {"post": "secretary", "sentence": "又一条"}).status_code == 422


def test_each_post_reports_to_its_own_superior_and_never_to_oneself(mine):
    hire(mine, "manager", "采煤副总", "CM", Role.CHIEF, "3001", head=True)
    secretary = mine.persons["secretary"]
    for code in ("chief", "manager"):  # a secretary who is also head of the team, then of the specialty above it
        Appointment.objects.create(person=secretary, post=mine.posts[code], since=START, kind="concurrent")
    assert told(mine, sentence="支部的事").to == "party"
    made = services.report(scope=mine.scope("secretary"), post="chief", sentence="队里的事")
    assert made.to == "leader", "the specialty is one's own, so it goes to the mine"
    page = signed_in(secretary).get("/w/reports/").content.decode()
    assert "今天已经报过" not in page and 'value="manager"' in page and 'value="chief"' not in page


def test_a_post_nobody_holds_receives_no_report(mine):
    Appointment.objects.filter(post=mine.posts["party"]).update(until=clock.today())
    with pytest.raises(UserError, match="上一级没有负责人"):
        told(mine, sentence="一")
    assert not Report.objects.exists()
