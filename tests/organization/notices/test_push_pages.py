"""Pages of push (推送页面): who may set it up, what is never shown, one's own choice, the printed list."""

import json
import re

import pytest

from sangesan.foundation import door
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.authority import Role
from sangesan.organization.notices import outlets
from sangesan.organization.notices.models import Choice, Notice
from sangesan.organization.notices.queries import listing
from sangesan.organization.notices.services import notify
from sangesan.organization.notices.transports import SHELF
from sangesan.organization.people.models import Person
from sangesan.upkeep import doctor
from tests.builders import hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
OK = {"errcode": 0, "errmsg": "ok"}


@pytest.fixture
def mine():
    made = small_mine()
    hire(made, "system", "系统管理员", "QSL", Role.SYSTEM_ADMIN, "2001")
    return made


def robot(gateway, **more):
    return {"base": gateway.base, "key": "robotkey-9f"} | more


def test_only_the_system_administrator_sets_push_up(mine, gateway):
    for code in ("chief", "triage", "leader", "duty"):
        client = signed_in(mine.persons[code])
        assert client.get("/w/notices/push/").status_code == 404
        for path in ("wecom_robot/", "wecom_robot/test/", "wecom_robot/off/"):
            assert client.post(f"/w/notices/push/{path}", robot(gateway)).status_code == 404
        assert client.post("/w/notices/push/address/", {"address": "https://evil.example/"}).status_code == 404
    assert outlets.present() == outlets.Outlets()
    client = signed_in(mine.persons["system"])
    assert all(client.get(f"/w/notices/push/{name}/").status_code == 200 for name in SHELF)
    assert client.get("/w/notices/push/nothing/").status_code == 404


def test_a_channel_is_set_tested_and_turned_off(mine, gateway):
    client = signed_in(mine.persons["system"])
    assert client.post("/w/notices/push/wecom_robot/test/").status_code == 422, "not on yet"
    assert client.post("/w/notices/push/wecom_robot/", robot(gateway)).status_code == 302
    client.post("/w/notices/push/address/", {"address": "https://ssz.mine.example/w/"})
    gateway.says(OK)
    page = client.post("/w/notices/push/wecom_robot/test/", follow=True).content.decode()
    assert "对方已收下测试" in page and "robotkey-9f" not in page
    assert re.fullmatch(r"这是三个三的推送测试，不用处理（[\d: -]+）。https://ssz\.mine\.example/w/",
                        gateway.asked[0]["body"]["text"]["content"])
    gateway.says({"errcode": 93000})
    page = client.post("/w/notices/push/wecom_robot/test/")
    assert page.status_code == 422 and "密钥不对，或者已经失效（93000）" in page.content.decode()
    client.post("/w/notices/push/wecom_robot/off/")
    assert outlets.present().channels == {}
    assert list(AuditEntry.objects.order_by("pk").values_list("event", "subject")) == [
        ("push.configured", "push/wecom_robot"), ("push.configured", "push"), ("push.tested", "push/wecom_robot"),
        ("push.tested", "push/wecom_robot"), ("push.off", "push/wecom_robot")]
    assert "robotkey" not in json.dumps(list(AuditEntry.objects.values()), default=str)


def test_a_secret_is_kept_when_the_field_is_left_empty_and_never_shown(mine, gateway):
    client = signed_in(mine.persons["system"])
    client.post("/w/notices/push/wecom_robot/", robot(gateway))
    assert client.post("/w/notices/push/wecom_robot/", robot(gateway, key="")).status_code == 302
    assert outlets.present().channels["wecom_robot"]["key"] == "robotkey-9f"
    for path in ("wecom_robot/", ""):
        assert "robotkey-9f" not in client.get(f"/w/notices/push/{path}").content.decode()
    refused = client.post("/w/notices/push/wecom_robot/", robot(gateway, base="http://10.0.0.1", key="typed-9f"))
    assert refused.status_code == 422 and "typed-9f" not in refused.content.decode()
    moved = client.post("/w/notices/push/wecom_robot/", robot(gateway, base="https://else.example", key=""))
    assert moved.status_code == 422 and "重新填一遍" in moved.content.decode(), "no other house is handed what is kept"
    assert outlets.present().channels["wecom_robot"]["base"] == gateway.base


@pytest.mark.parametrize(("name", "given"), [
    ("wecom_robot", {"base": "http://10.0.0.1"}), ("wecom_robot", {"base": "javascript:alert(1)"}),
    ("wecom_robot", {"base": "https://a.example/\r\nX: y"}), ("wecom_robot", {"key": ""}),
    ("wecom_robot", {"key": "x" * 400}), ("wecom_robot", {"key": "a\x00b"}),
    ("email", {"port": "99999"}), ("email", {"port": "x"}), ("email", {"security": "hope"}),
    ("sms", {"secret": "apikey-9f", "headers": "Authorization=apikey-9f"}),
    ("sms", {"method": "DELETE"}), ("sms", {"fields": "x" * 3000}), ("sms", {"fields": "text={text}"}),
    ("wecom_robot", {"base": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"}),
    ("wecom_robot", {"key": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"}),
])
def test_wrong_settings_are_refused_and_nothing_is_kept(mine, name, given):
    whole = {field.name: field.default or "word" for field in SHELF[name].FIELDS} | given
    answer = signed_in(mine.persons["system"]).post(f"/w/notices/push/{name}/", whole)
    assert answer.status_code == 422 and outlets.present().channels == {}


def test_failures_stand_on_the_health_page(mine, gateway):
    found = {finding.word: finding for finding in doctor.examine()}["推送"]
    assert found.well and found.said == "没有启用"
    assert "推送" in signed_in(mine.persons["system"]).get("/w/health/").content.decode()


def test_everybody_chooses_for_themselves(mine, gateway):
    outlets.keep(address="", channels={"wecom_app": {"base": gateway.base}, "sms": {}, "wecom_robot": {}})
    chief = mine.persons["chief"]
    client = signed_in(chief)
    page = client.get("/w/notices/reach/").content.decode()
    assert "企业微信应用" in page and "短信" in page and "群机器人" not in page
    given = {"channel": "wecom_app", "wecom": "zhangdali", "dingtalk": "", "phone": "", "email": ""}
    assert client.post("/w/notices/reach/", given).status_code == 302
    assert Choice.objects.get().channel == "wecom_app" and Person.objects.get(pk=chief.pk).wecom == "zhangdali"
    assert client.post("/w/notices/reach/", given | {"channel": ""}).status_code == 302
    assert Choice.objects.get().channel == ""
    assert client.post("/w/notices/reach/", given | {"channel": "auto"}).status_code == 302
    assert not Choice.objects.exists()
    assert AuditEntry.objects.filter(event="person.addresses").count() == 1
    assert not Person.objects.exclude(pk=chief.pk).exclude(wecom="").exists()


@pytest.mark.parametrize("given", [
    {"channel": "sms"}, {"channel": "sms", "phone": "0319-2068001"}, {"channel": "wecom_robot"}, {"channel": "nothing"},
    {"wecom": "a|b"}, {"dingtalk": "a,b"}, {"email": "a@b\nBcc: c@d.ef"}, {"phone": "<script>"}, {"wecom": "x" * 90},
])
def test_what_can_not_reach_anybody_is_refused(mine, given):
    outlets.keep(address="", channels={"sms": {}, "wecom_robot": {}})
    answer = signed_in(mine.persons["chief"]).post("/w/notices/reach/", {"channel": "auto"} | given)
    assert answer.status_code == 422 and "<script>" not in answer.content.decode()
    assert not Choice.objects.exists() and not Person.objects.exclude(wecom="", dingtalk="", email="").exists()


def tell(mine, code, kind, n=1):
    for one in range(n):
        notify(persons=[mine.persons[code].pk], kind=kind, subject=f"matters/2026-{kind[-4:].upper()}{one:02}")


@pytest.fixture
def open_doors(monkeypatch):
    """Let the matters that are told of here, which there are not, open like any others (开门)."""
    ask = door.opened
    monkeypatch.setattr(door, "opened", lambda scope, subjects: ask(scope, subjects) | set(subjects))


@pytest.mark.chapter("N7", "V5")
def test_the_printed_list_counts_by_post_and_says_no_more(mine, open_doors):
    tell(mine, "chief", "matter.dispatched", 3)
    tell(mine, "chief", "matter.due_soon")
    for kind in ("care.arrived", "sealed.received", "account.invited", "result.published", "report.answered"):
        tell(mine, "chief", kind)
    unit, lines = listing.listed(mine.scope("chief"), "ZC1")
    assert (unit.code, [line.said for line in lines]) == ("ZC1", ["3 件待签收，1 件将到期"])
    client = signed_in(mine.persons["chief"])
    page = client.get("/w/notices/lists/ZC1/").content.decode().split("</header>")[-1]
    assert "3 件待签收，1 件将到期" in page and "2026-" not in re.sub(r"2026-\d\d-\d\d", "", page)
    assert mine.persons["chief"].name not in re.sub(r"<header.*?</header>|<nav.*?</nav>", "", page, flags=re.S)
    assert "/w/notices/lists/ZC1/" in client.get("/w/notices/lists/").content.decode()
    Notice.objects.update(read_at="2026-11-24T02:00Z")
    assert listing.listed(mine.scope("chief"), "ZC1")[1] == []


def test_nobody_prints_the_list_of_a_unit_out_of_reach(mine):
    client = signed_in(mine.persons["chief"])
    for code in ("HQ", "QSL", "DW", "nothing"):
        assert client.get(f"/w/notices/lists/{code}/").status_code == 404
    outsider = signed_in(mine.persons["system"])
    assert outsider.get("/w/notices/lists/ZC1/").status_code == 404
    assert "/lists/ZC1/" not in outsider.get("/w/notices/lists/").content.decode()


def test_the_list_of_a_mine_asks_no_question_per_post(mine, open_doors, django_assert_max_num_queries):
    for code in mine.persons:
        tell(mine, code, "matter.dispatched", 2)
    scope = mine.scope("leader")
    with django_assert_max_num_queries(7):
        lines = listing.listed(scope, "QSL")[1]
    assert len(lines) == len(mine.persons)
