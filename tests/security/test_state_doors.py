"""Steps from outside (security.md, Cases: state, rights, load): each only by whom it is for, and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from config import menu
from sangesan.feedback.intake.services import report, submit
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Rating, Submission
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.lifecycle import TRANSITIONS
from sangesan.organization.people.models import Appointment
from tests.builders import heard, post, small_mine
from tests.signing import signed_in

GIVEN = {
    "urgency": "2", "importance": "2", "lead": "后勤科 HQ", "reason": "理由", "text": "话", "remark": "改", "days": "3",
    "told": "去向", "into": "2026-AAAAAA", "agreed": "1", "reached": "1", "units": "ZC1", "submission": "1",
}


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def plain_menu(monkeypatch):
    """Count nothing beside the menu (菜单不计数): hundreds of refusals are looked at for what they refuse."""
    monkeypatch.setattr(menu, "counts_for", lambda scope: {"notices": 0, "todo": 0, "triage": 0, "calls": 0})


def steps():
    return sorted({t.action for t in TRANSITIONS} | {"identity", "judge", "__class__", "take", "claim"})


@pytest.mark.django_db
@pytest.mark.usefixtures("plain_menu")
def test_no_step_is_open_to_whom_the_matter_is_closed(mine):
    said = heard(unit="HQ")
    before = Matter.objects.values().get()
    for code in ("chief", "secretary", "correspondent", "assessor", "admin"):
        client = signed_in(mine.persons[code])
        assert client.post("/w/matters/2026-AAAAAA/grade/", GIVEN).status_code == 404
        for action in steps():
            assert client.post(f"/w/matters/{said.number}/{action}/", GIVEN).status_code == 404, (code, action)
    assert Matter.objects.values().get() == before
    assert not history(f"matters/{said.number}")


@pytest.mark.django_db
@pytest.mark.usefixtures("plain_menu")
def test_no_step_is_open_to_whom_the_power_is_missing(mine):
    said = heard(unit="ZC1")
    before = Matter.objects.values().get()
    for code in ("leader", "duty", "chief", "secretary"):
        client = signed_in(mine.persons[code])
        for action in steps():
            answer = client.post(f"/w/matters/{said.number}/{action}/", GIVEN)
            assert answer.status_code in (403, 404, 409, 422), (code, action)
    assert Matter.objects.values().get() == before


@pytest.mark.django_db
def test_whoever_answered_or_approved_does_not_rate_it_as_its_speaker(mine):
    said = report(scope=mine.scope("chief"), text="热水器坏了", key="k" * 24, unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    services.sign_in(scope=mine.scope("secretary"), number=said.number)
    services.draft(scope=mine.scope("secretary"), number=said.number, text="修好了")
    services.approve(scope=mine.scope("chief"), number=said.number)
    client = signed_in(mine.persons["chief"])
    assert "/rate/" not in client.get(f"/w/report/mine/{said.number}/").content.decode()
    assert client.post(f"/w/report/mine/{said.number}/rate/", {"rating": "satisfied"}).status_code == 409
    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_a_report_of_another_is_as_if_it_were_not(mine):
    said = report(scope=mine.scope("chief"), text="热水器坏了", key="k" * 24, unit="ZC1")
    client = signed_in(mine.persons["secretary"])
    for path in (f"/w/report/mine/{said.number}/", "/w/report/mine/2026-AAAAAA/", "/w/report/mine/%ED%A0%80/"):
        assert client.get(path).status_code == 404
        assert client.post(path + "withdraw/").status_code == 404
    assert Matter.objects.get().state == "received"


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_fifty_numbers_and_one_key_gets_one():
    small_mine()

    def speak(n, key=""):
        try:
            return submit(channel="leaders", mode="anonymous", text=f"第{n}句", key=key or f"{n:030}")
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        many = list(pool.map(speak, range(50)))
        same = list(pool.map(lambda _: speak(99, "k" * 24), range(10)))
    assert len({one.number for one in many}) == len({one.receipt for one in many}) == 50
    assert len({(one.number, one.receipt) for one in same}) == 1 and sum(one.fresh for one in same) == 1
    assert Matter.objects.count() == Submission.objects.count() == 51


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.TRIAGE, Role.LEADER, Role.CADRE, Role.HANDLER, Role.AUDITOR])
@pytest.mark.parametrize("kind", ["concurrent", "acting"])
def test_an_administrator_cannot_give_himself_a_post_that_reads_matters(mine, role, kind):
    target = post("target", "目标岗位", mine.units["QSL"], role)
    client = signed_in(mine.persons["admin"])
    answer = client.post("/w/organization/posts/target/appoint/", {
        "person": mine.persons["admin"].work_number, "kind": kind, "day": "2026-11-24"})
    assert answer.status_code == 422 and "三员必须分设" in answer.content.decode()
    assert not Appointment.objects.filter(post=target).exists()
