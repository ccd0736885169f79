"""Transports (推送渠道): what is said to each service and what its answers mean, recorded after its documentation."""

from __future__ import annotations

import ast
import base64
import ssl
import time
from email import message_from_string
from email.header import decode_header, make_header

import pytest

from sangesan.organization.notices.transports import DELIVERED, LATER, REFUSED, SHELF, line
from sangesan.organization.notices.transports.dingtalk_robot import signature
from tests.architecture.tree import files
from tests.organization.notices.certificates import own_certificate
from tests.organization.notices.gateways import Gateway, dripping, postbox, standing

TEXT = "您有新的办理事项，请登录三个三查看（11-24 08:00）。"
TOKEN = {"errcode": 0, "errmsg": "ok", "access_token": "accesstoken000001", "expires_in": 7200}
OK = {"errcode": 0, "errmsg": "ok"}
SENT = {"errcode": 0, "errmsg": "ok", "invaliduser": "", "invalidparty": "", "invalidtag": "", "msgid": "xxxx"}
TASK = {"errcode": 0, "task_id": 256271667526, "request_id": "4jzllmte0wau"}
RESULT = {"errcode": 0, "send_result": {"invalid_user_id_list": ["nobody"], "unread_user_id_list": ["zhang"]}}
GIVEN = {
    "wecom_robot": {"key": "693axxx6-7aoc-4bc4"},
    "wecom_app": {"corp": "wwabc", "agent": "1000002", "secret": "corpsecret"},
    "dingtalk_robot": {"token": "566cc69da782ec", "sign": "SECtest"},
    "dingtalk_app": {"key": "dingkey", "secret": "appsecret", "agent": "1234"},
    "sms": {"secret": "9b11127a9701975c734b8aee81ee3526"},
}
TO = {"wecom_app": ["ZhangSan", "lisi"], "dingtalk_app": ["zhang", "nobody"], "sms": ["15205201314"]}
HTML = (200, {"Content-Type": "text/html"}, b"<html>login</html>", 0)


def send(gateway, name, **more):
    given = {field.name: field.default for field in SHELF[name].FIELDS} | GIVEN[name] | {"base": gateway.base} | more
    return SHELF[name].send(given, TO.get(name, []), TEXT)


def test_every_shelf_has_the_same_parts():
    for name, each in SHELF.items():
        assert (each.NAME, isinstance(each.MANY, int), isinstance(each.ONCE, bool)) == (name, True, True)
        assert str(each.WORD) and callable(each.send) and each.ADDRESS in ("", "wecom", "dingtalk", "phone", "email")
        assert any(field.secret for field in each.FIELDS) and each.FIELDS[0].name == "base"


def test_a_wecom_robot_is_told_one_text(gateway):
    assert send(gateway.says(OK), "wecom_robot").state == DELIVERED
    assert gateway.asked[0]["path"] == "/cgi-bin/webhook/send"
    assert gateway.asked[0]["query"] == {"key": "693axxx6-7aoc-4bc4"}
    assert gateway.asked[0]["body"] == {"msgtype": "text", "text": {"content": TEXT}}


def test_a_wecom_application_asks_for_a_token_and_keeps_it(gateway):
    gateway.says(TOKEN, SENT)
    assert [send(gateway, "wecom_app").state for _twice in range(2)] == [DELIVERED] * 2
    assert gateway.paths == ["/cgi-bin/gettoken", "/cgi-bin/message/send", "/cgi-bin/message/send"]
    fetched, sent = gateway.asked[:2]
    assert fetched["query"] == {"corpid": "wwabc", "corpsecret": "corpsecret"} and fetched["method"] == "GET"
    assert sent["query"] == {"access_token": "accesstoken000001"}
    assert sent["body"] == {
        "touser": "ZhangSan|lisi", "msgtype": "text", "agentid": 1000002, "text": {"content": TEXT},
        "enable_duplicate_check": 1, "duplicate_check_interval": 14400}


@pytest.mark.parametrize("stale", [42001, 40014])
def test_a_token_that_ran_out_is_renewed_once(gateway, stale):
    gateway.says(TOKEN, SENT)
    send(gateway, "wecom_app")
    gateway.says({"errcode": stale, "errmsg": "access_token expired"}, TOKEN | {"access_token": "second"}, SENT)
    assert send(gateway, "wecom_app").state == DELIVERED
    assert [each["query"].get("access_token") for each in gateway.asked] == ["accesstoken000001", None, "second"]


def test_a_number_that_stands_behind_another_is_the_one_that_counts(gateway):
    gateway.says(TOKEN, TASK, RESULT)
    send(gateway, "dingtalk_app")
    behind = {"errcode": 88, "sub_code": "40014", "sub_msg": "不合法的access_token"}
    gateway.says(behind, TOKEN | {"access_token": "second"}, TASK, RESULT)
    assert send(gateway, "dingtalk_app").state == DELIVERED, "a token that is no longer good is renewed"
    found = send(gateway.says(behind | {"sub_code": "60020"}), "dingtalk_app")
    assert (found.state, found.fault, found.number) == (LATER, "place", 60020)
    found = send(gateway.says({"errcode": 88}), "dingtalk_app")
    assert (found.state, found.fault) == (LATER, "rate")


def test_a_token_that_is_always_refused_is_not_asked_for_without_end(gateway):
    gateway.says(TOKEN, {"errcode": 42001})
    found = send(gateway, "wecom_app")
    assert (found.state, found.fault, len(gateway.asked)) == (LATER, "secret", 2)


def test_members_named_as_invalid_are_refused_and_the_others_are_not(gateway):
    gateway.says(TOKEN, SENT | {"invaliduser": "zhangsan", "unlicenseduser": ""})
    found = send(gateway, "wecom_app")
    assert (found.state, found.refused) == (DELIVERED, {"ZhangSan"}), "the answer has small letters"
    gateway.says({"errcode": 81013, "errmsg": "user & party & tag all invalid"})
    assert send(gateway, "wecom_app").state == REFUSED


def test_a_dingtalk_robot_signs_with_its_secret_and_the_time(gateway):
    assert send(gateway.says(OK), "dingtalk_robot").state == DELIVERED
    said = gateway.asked[0]
    assert said["path"] == "/robot/send" and said["query"]["access_token"] == "566cc69da782ec"
    assert said["query"]["sign"] == signature(said["query"]["timestamp"], "SECtest")
    assert len(said["query"]["timestamp"]) == 13 and len(base64.b64decode(said["query"]["sign"])) == 32
    assert said["body"] == {"msgtype": "text", "text": {"content": TEXT}}


def test_a_dingtalk_notification_goes_to_staff_and_its_result_is_looked_at(gateway):
    found = send(gateway.says(TOKEN, TASK, RESULT), "dingtalk_app")
    assert (found.state, found.refused) == (DELIVERED, {"nobody"})
    assert gateway.paths == ["/gettoken", "/topapi/message/corpconversation/asyncsend_v2",
                             "/topapi/message/corpconversation/getsendresult"]
    assert gateway.asked[0]["query"] == {"appkey": "dingkey", "appsecret": "appsecret"}
    assert gateway.asked[1]["body"] == {"agent_id": "1234", "userid_list": "zhang,nobody",
                                        "msg": {"msgtype": "text", "text": {"content": TEXT}}}
    assert gateway.asked[2]["body"] == {"agent_id": "1234", "task_id": 256271667526}


def test_a_dingtalk_notification_sent_before_has_arrived_before(gateway):
    assert send(gateway.says(TOKEN, {"errcode": 143106}), "dingtalk_app").state == DELIVERED


def test_a_short_message_is_a_form_filled_in_from_the_settings(gateway):
    gateway.says({"code": 0, "msg": "发送成功", "count": 1, "fee": 0.05, "unit": "RMB", "mobile": "15205201314",
                  "sid": 3310228982})
    assert send(gateway, "sms").state == DELIVERED
    assert gateway.asked[0]["body"] == {"apikey": GIVEN["sms"]["secret"], "mobile": "15205201314",
                                        "text": "【三个三】" + TEXT}


def test_a_gateway_of_another_shape_needs_no_line_of_code(gateway):
    found = send(gateway.says({"status": "OK"}), "sms", method="json", result="status", good="OK",
                 fields="phone={to}\ncontent={text}", headers="Authorization=Bearer {secret}")
    assert found.state == DELIVERED and gateway.asked[0]["body"] == {"phone": "15205201314", "content": TEXT}
    assert gateway.asked[0]["headers"]["Authorization"] == f"Bearer {GIVEN['sms']['secret']}"
    assert send(gateway.says({"code": "0"}), "sms", method="get", fields="m={to}").state == DELIVERED
    assert gateway.asked[0]["method"] == "GET" and gateway.asked[0]["query"] == {"m": "15205201314"}
    where = f"{gateway.says({'code': '0'}).base}/sms?action=send"
    assert send(gateway, "sms", base=where, method="get", fields="m={to}").state == DELIVERED
    assert gateway.asked[0]["query"] == {"action": "send", "m": "15205201314"}
    assert send(gateway, "sms", headers="X=值").fault == "setting"


@pytest.mark.parametrize(("name", "answers", "fault"), [
    ("wecom_robot", [{"errcode": 93000, "errmsg": "invalid webhook url"}], "secret"),
    ("wecom_robot", [{"errcode": 45009, "errmsg": "api freq out of limit"}], "rate"),
    ("wecom_app", [{"errcode": 40001, "errmsg": "invalid credential"}], "secret"),
    ("wecom_app", [TOKEN, {"errcode": 60020, "errmsg": "not allow to access from your ip"}], "place"),
    ("wecom_app", [TOKEN, {"errcode": 45009}], "rate"),
    ("dingtalk_robot", [{"errcode": 310000, "errmsg": "sign not match"}], "secret"),
    ("dingtalk_robot", [{"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}], "rate"),
    ("dingtalk_app", [{"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"}], "secret"),
    ("dingtalk_app", [TOKEN, {"errcode": 143103}], "rate"),
    ("sms", [(400, {}, b'{"http_status_code": 400, "code": -1, "msg": "x"}', 0)], "secret"),
    ("sms", [(400, {}, b'{"code": 33, "msg": "x"}', 0)], "rate"),
    ("sms", [{"code": 9999}], "unknown"),
    ("wecom_robot", [{"errcode": 4711}], "unknown"),
])
def test_what_can_be_put_right_is_tried_later(gateway, name, answers, fault):
    found = send(gateway.says(*answers), name)
    assert (found.state, found.fault, found.unsure) == (LATER, fault, False)


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize(("status", "said", "wait"), [
    (429, "120", 120), (503, "Tue, 24 Nov 2026 02:03:00 GMT", 180), (429, "999999999999999999999", 6 * 3600),
    (429, "-5", 0), (429, "soon", 0), (503, "Tue, 24 Nov 2026 01:00:00 GMT", 0), (429, "١٢٠", 0), (200, "120", 0),
])
def test_how_long_the_other_side_wants_no_message_is_understood(gateway, noon, name, status, said, wait):
    found = send(gateway.says((status, {"Retry-After": said.encode().decode("latin-1")}, b"", 0)), name)
    assert (found.state, found.wait) == (LATER, wait)


def test_a_wrong_number_is_refused_for_good(gateway):
    found = send(gateway.says((400, {}, b'{"code": 2, "msg": "x", "detail": "mobile"}', 0)), "sms")
    assert (found.state, found.fault) == (REFUSED, "address")


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize(("answer", "fault"), [
    ((500, {}, b"broken", 0), "server"), ((429, {}, b"", 0), "rate"), (HTML, "answer"),
    ((404, {}, b"<p>", 0), "answer"),
    ((200, {}, b"[1]", 0), "answer"), ((200, {}, b"", 0), "answer"), ((200, {}, b"[" * 60_000, 0), "answer"),
    ((200, {}, b"x" * 400_000, 0), "huge"), ((302, {"Location": "http://127.0.0.1:1/"}, b"", 0), "redirect"),
    ((307, {"Location": "https://elsewhere.example/"}, b"", 0), "redirect"),
])
def test_bad_answers_lose_nothing_and_lead_nowhere(gateway, name, answer, fault):
    found = send(gateway.says(answer), name)
    assert (found.state, found.fault, len(gateway.asked)) == (LATER, fault, 1)


@pytest.mark.parametrize(("answer", "unsure"), [
    ((500, {}, b"", 0), True), ((504, {}, b"", 0), True), ((200, {}, b"OK", 0), True), ({"msg": "x"}, True),
    ((503, {}, b"", 0), False), ((429, {}, b"", 0), False), ((404, {}, b"<p>", 0), False), ({"code": 33}, False),
])
def test_only_an_answer_that_says_it_was_not_taken_leaves_no_doubt(gateway, answer, unsure):
    assert send(gateway.says(answer), "sms").unsure is unsure


def test_an_answer_without_a_number_is_never_taken_for_good(gateway):
    for said in ({}, {"errcode": None}, {"errcode": False}, {"errcode": "zero"}, {"errcode": []}):
        assert send(gateway.says(said), "wecom_robot").state == LATER
        assert send(gateway.says(TOKEN | {"access_token": said}), "wecom_app").state == LATER


def test_waiting_has_an_end_and_then_nobody_knows(gateway, monkeypatch):
    monkeypatch.setattr(line, "PATIENCE", 0.2)
    found = send(gateway.says((200, {}, b"{}", 0.6)), "sms")
    assert (found.fault, found.unsure) == ("timeout", True)


@pytest.mark.parametrize("part", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-A: b\r\nX-A:",
                                  b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n{"])
def test_an_answer_that_drips_has_an_end_as_well(monkeypatch, part):
    monkeypatch.setattr(line, "PATIENCE", 0.3)
    with standing(dripping(part)) as server:
        since = time.monotonic()
        found = send(server, "wecom_robot")
    assert (found.fault, found.unsure) == ("timeout", True) and time.monotonic() - since < 3


def test_nobody_there_means_that_nothing_was_said():
    with standing(Gateway()) as gone:
        pass
    found = send(gone, "sms")
    assert (found.fault, found.unsure) == ("closed", False)


@pytest.mark.parametrize("base", [
    "http://10.0.0.8", "ftp://127.0.0.1", "https://", "https://a b", "https://a@b", "http://[", "",
])
def test_only_https_or_this_machine_is_asked(gateway, base):
    assert send(gateway, "wecom_robot", base=base).fault == "address"


def test_a_certificate_nobody_vouches_for_is_not_believed(tmp_path, gateway):
    server = Gateway().says(OK)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(tmp_path))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_said: None
    with standing(server):
        found = send(server, "wecom_robot", base=f"https://127.0.0.1:{server.server_port}")
    assert (found.fault, server.asked) == ("tls", [])


def mail(box, **more):
    given = {"base": "127.0.0.1", "port": str(box.server_address[1]), "security": "none", "user": "", "secret": "",
             "sender": "ssz@mine.example"} | more
    return SHELF["email"].send(given, ["zhang@mine.example"], TEXT)


def test_an_e_mail_is_one_letter_to_one_person_with_a_general_subject():
    with postbox() as box:
        assert mail(box).state == DELIVERED
    assert box.heard[1:4] == ["mail FROM:<ssz@mine.example>", "rcpt TO:<zhang@mine.example>", "data"]
    letter = message_from_string("\n".join(box.heard[4:-1]))
    assert letter["To"] == "zhang@mine.example" and letter.get_payload() == TEXT
    assert str(make_header(decode_header(letter["Subject"]))) == "三个三提醒"


@pytest.mark.parametrize(("verdicts", "state", "fault"), [
    ({"RCPT": "550 no such user"}, REFUSED, "address"), ({"RCPT": "451 later"}, LATER, "rate"),
    ({"MAIL": "530 sender"}, LATER, "unknown"), ({"DATA": "452 full"}, LATER, "rate"),
])
def test_a_mail_server_is_understood(verdicts, state, fault):
    with postbox(**verdicts) as box:
        found = mail(box)
    assert (found.state, found.fault) == (state, fault)


def test_a_mail_password_that_is_wrong_is_tried_later():
    with postbox(AUTH="535 no") as box:
        assert mail(box, user="u", secret="wrong").fault == "secret"


def test_a_mail_server_that_greets_without_an_end_is_left(monkeypatch):
    monkeypatch.setattr(line, "PATIENCE", 0.3)
    with standing(dripping(b"220-welcome\r\n")) as server:
        since = time.monotonic()
        found = mail(server)
    assert (found.state, found.unsure) == (LATER, True) and time.monotonic() - since < 3


def test_mail_without_encryption_is_for_this_machine_only():
    with postbox() as box:
        assert mail(box, base="10.0.0.1").fault == "setting" and box.heard == []


def test_no_shelf_writes_a_log():
    for path in files(".py", "sangesan/organization/notices/transports"):
        named = [alias.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import)
                 for alias in node.names]
        assert "logging" not in named and "print(" not in path.read_text(), path
