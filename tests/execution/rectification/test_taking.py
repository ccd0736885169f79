"""Hazards and violations from the system that holds them (外来问题): by interface or by workbook, never typed again."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from sangesan.execution.duties.models import Duty
from sangesan.execution.rectification import queries, services
from sangesan.execution.rectification.models import Delivery, External, Figure, Finding
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.sheets.giving import workbook
from sangesan.ledger.facts.models import Body
from sangesan.organization.accounts.services import make_token
from tests.execution.rectification.inspected import checked_mine
from tests.signing import account

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1d")]
HAZARD = {"id": "AJ-2026-0815", "kind": "hazard", "unit": "ZC1", "day": "2026-11-23", "text": "3208 面风筒漏风",
          "measure": "更换风筒", "due": "2026-11-27", "place": "3208 面", "shift": "零点班"}
BODY = {"source": "safety", "items": [HAZARD]}
KEY = "k" * 24


@pytest.fixture
def mine(noon):
    return checked_mine()


@pytest.fixture
def machine(mine):
    """The safety system, with a token of the safety office (安全系统)."""
    return bearer(mine, "safety")


def bearer(mine, post, action="work.check"):
    token = make_token(account(mine.persons[post]), name="安全系统", actions=[action], days=30)
    return Client(headers={"authorization": f"Bearer {token}"})


def send(machine, body=BODY, key=KEY, to="findings"):
    return machine.post(f"/api/v1/{to}", body, content_type="application/json", headers={"Idempotency-Key": key})


def again(machine, key, **parts):
    return send(machine, {"source": "safety", "items": [HAZARD | parts]}, key * 24)


def kinds():
    return list(Body.objects.filter(kind__regex="^(finding|rectification|inspection)").order_by("pk")
                .values_list("kind", flat=True))


@pytest.mark.chapter("V6")
def test_a_hazard_of_the_safety_system_becomes_an_order_without_being_typed_again(machine, mine):
    answer = send(machine)
    assert (answer.status_code, answer.json()) == (201, {"new": 1, "changed": 0, "same": 0, "past": 0})
    found = Finding.objects.get()
    assert (found.text, found.measure, found.unit.code) == ("3208 面风筒漏风", "更换风筒", "ZC1")
    assert Duty.objects.get() == found.duty and found.duty.nominal == date(2026, 11, 27)
    assert found.duty.origin.kind == "hazard", "assessed by itself (隐患按期整改)"
    assert kinds() == ["inspection.made", "finding.made", "rectification.ordered"]
    chief = queries.detail_of(mine.scope("chief"), found.pk)
    assert chief.does and chief.source.number == "AJ-2026-0815"
    said = machine.get("/api/v1/findings?source=safety").json()
    assert said == [{"id": "AJ-2026-0815", "finding": found.pk, "state": "open", "due": "2026-11-27"}]


def test_the_same_number_is_one_finding_however_often_it_comes(machine):
    assert send(machine).status_code == 201
    assert (replay := send(machine)).status_code == 200 and replay.json()["new"] == 1
    assert again(machine, "n").json() == {"new": 0, "changed": 0, "same": 1, "past": 0}
    assert again(machine, "t", text="3208 面风筒漏风三处").json()["changed"] == 1
    assert Finding.objects.get().text == Duty.objects.get().origin.title == "3208 面风筒漏风三处"
    assert kinds().count("finding.made") == 1 and kinds().count("finding.corrected") == 1


def test_the_same_key_with_another_body_is_refused(machine):
    send(machine)
    other = send(machine, {"source": "safety", "items": [HAZARD | {"id": "AJ-2"}]})
    assert (other.status_code, other.json()["code"]) == (409, "key")
    assert External.objects.count() == 1 == Delivery.objects.count()


def test_it_follows_the_state_its_system_tells_and_back(machine):
    send(machine)
    for key, state, stands in (("d", "done", "done"), ("o", "open", "open"), ("c", "closed", "closed")):
        assert again(machine, key, state=state).json()["changed"] == 1
        assert machine.get("/api/v1/findings?source=safety").json()[0]["state"] == stands
    assert Body.objects.filter(kind="rectification.verified").count() == 1 == Duty.objects.filter(
        happenings__what="done", happenings__withdrawn_at=None).count()
    reopened = again(machine, "x", state="open")
    assert (reopened.status_code, reopened.json()["code"]) == (409, "items.0.state")


def test_a_date_once_ordered_is_never_moved_by_a_machine(machine):
    send(machine)
    moved = again(machine, "m", due="2026-12-20")
    assert (moved.status_code, moved.json()["code"]) == (409, "items.0.due")
    assert Duty.objects.get().nominal == date(2026, 11, 27) and "duty.moved" not in kinds()


def test_what_was_closed_before_it_came_leaves_nothing_to_order(machine):
    assert again(machine, "p", state="closed").json()["past"] == 1
    assert not Finding.objects.exists() and not Duty.objects.exists()


@pytest.mark.chapter("V1")
def test_names_and_numbers_of_persons_are_covered_before_anything_is_kept(machine):
    again(machine, "v", kind="violation", text="张大力未戴自救器，电话 13903191234", place="张大力工作面")
    assert Finding.objects.get().text == "［姓名］未戴自救器，电话 ［电话］"
    assert (External.objects.get().kind, External.objects.get().place) == ("violation", "［姓名］工作面")


@pytest.mark.parametrize("parts, code", [
    ({"unit": "NONE"}, "items.0.unit"), ({"unit": "QSL"}, "items.0.unit"), ({"kind": "rumour"}, "items.0.kind"),
    ({"day": "2026-11-25"}, "items.0.day"), ({"day": "2025-11-23"}, "items.0.day"), ({"day": "昨天"}, "items.0.day"),
    ({"text": " "}, "items.0.text"), ({"text": "长" * 501}, "items.0.text"), ({"text": "a\x00b"}, "items.0.text"),
    ({"due": "2026-11-01"}, "items.0.due"), ({"due": "2026-11-23"}, "items.0.invalid"), ({"id": ""}, "items.0.id"),
    ({"state": "gone"}, "items.0.state"), ({"shift": "早班"}, "items.0.shift"), ({"measure": 5}, "field"),
    ({"unit": "ZC\x001"}, "items.0.unit"), ({"unit": "\ud800"}, "items.0.unit"), ({"due": "\ud800"}, "items.0.due"),
    ({"who": "张三"}, "field"), ({"place": "面" * 61}, "items.0.place"),
])
def test_a_wrong_item_is_told_in_words_and_nothing_is_kept(machine, parts, code):
    good = HAZARD | {"id": "AJ-OK"}
    body = {"source": "safety", "items": [HAZARD | parts, good]}
    answer = send(machine, body)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, code) and set(said) == {"code", "what", "why", "next"}
    assert "Traceback" not in answer.content.decode() and said["why"]
    assert not Finding.objects.exists() and not Delivery.objects.exists() and not kinds()


@pytest.mark.parametrize("raw, key, status", [
    (b"{", KEY, 400), (b"\xff\xfe", KEY, 400), (b"[]", KEY, 400), (b"{}", KEY, 422),
    (b'{"source":"safety","items":[]}', KEY, 422), (b'{"source":"Safety!","items":[]}', KEY, 422),
    (b" " * 300_000, KEY, 413),
    (b'{"source":"s","items":[]}', "", 400),
])
def test_a_body_that_is_none_is_refused_in_words(machine, raw, key, status):
    answer = machine.post("/api/v1/findings", raw, content_type="application/json", headers={"Idempotency-Key": key})
    assert answer.status_code == status and set(answer.json()) == {"code", "what", "why", "next"}


def test_more_than_a_hundred_or_the_same_number_twice_is_refused_whole(machine):
    many = [HAZARD | {"id": f"AJ-{n}"} for n in range(101)]
    assert send(machine, {"source": "safety", "items": many}).json()["code"] == "items"
    assert send(machine, {"source": "safety", "items": [HAZARD, HAZARD]}).json()["code"] == "items.1.id"
    assert not Finding.objects.exists()


def test_only_who_inspects_delivers_and_reads(mine):
    for client, status in ((Client(), 401), (bearer(mine, "chief", "duty.see"), 403)):
        assert send(client).status_code == status == client.get("/api/v1/findings?source=safety").status_code
        assert send(client, {"source": "safety", "items": []}, to="figures").status_code == status
    own = bearer(mine, "chief")
    assert again(own, "c", unit="ZC2").json()["code"] == "items.0.unit"
    with pytest.raises(Forbidden):
        services.take_findings(scope=mine.scope("handler"), source="safety", problems=[])


def test_counts_come_by_interface_too_and_a_correction_reverses_the_old_number(machine):
    row = {"unit": "ZC1", "day": "2026-11-23", "hazards_found": 5, "violations": 1}
    body = {"source": "safety", "items": [row]}
    assert send(machine, body, to="figures").json() == {"new": 2, "changed": 0, "same": 0}
    row["hazards_found"] = 6
    assert send(machine, body, to="figures").json() == {"new": 0, "changed": 1, "same": 1}
    assert Body.objects.filter(kind="fact.reversed").count() == 1
    for wrong in ({"unit": "NONE"}, {"day": "2026-11-25"}, {"violations": -1}, {"violations": 10**30}):
        answer = send(machine, {"source": "safety", "items": [row | wrong]}, to="figures")
        assert answer.status_code == 422 and set(answer.json()) == {"code", "what", "why", "next"}
    assert Figure.objects.count() == 2


HEAD = ("编号", "类别", "单位编码", "检查日期", "内容", "整改要求", "整改期限", "地点", "班次", "状态")
ROW = ("AJ-1", "隐患", "ZC1", "2026-11-23", "风筒漏风", "更换", "2026-11-27", "3208 面", "零点班", "整改中")


def sheet(*rows, head=HEAD):
    return workbook({"隐患清单": [list(head), *map(list, rows)]})


def test_the_same_list_comes_by_workbook_and_once(mine):
    file = sheet(ROW, ("AJ-2", "三违", "ZC2", "2026-11-22", "未敲帮问顶"))
    take = {"scope": mine.scope("safety"), "workbook": file}
    assert services.take_workbook(**take) == {"new": 2, "changed": 0, "same": 0, "past": 0}
    assert services.take_workbook(**take)["same"] == 2 and Finding.objects.count() == 2


@pytest.mark.parametrize("file, why", [
    (sheet(ROW, ("AJ-2", "怪事", "ZC1", "2026-11-22", "x")), "可选"),
    (sheet(ROW, ("AJ-2", "隐患", "ZC9", "2026-11-22", "x")), "第 2 条"),
    (sheet((*ROW, "张三"), head=(*HEAD, "责任人")), "涉及个人"), (b"PK", "工作簿"),
])
def test_one_wrong_row_of_the_list_and_nothing_is_taken(mine, file, why):
    with pytest.raises(UserError) as refused:
        services.take_workbook(scope=mine.scope("safety"), workbook=file)
    assert why in refused.value.why and not Finding.objects.exists()
