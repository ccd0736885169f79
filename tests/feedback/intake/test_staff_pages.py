"""Reporting and registering through the pages: what is typed is kept once, what is wrong is said in words."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from sangesan.feedback.matters import services as handling
from sangesan.feedback.matters.models import Matter, Rating, Submission
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers.models import Identity, Receipt
from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation import clock
from sangesan.method.authority import Role
from tests.builders import Mine, heard, hire, small_mine
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
REPORT, MINE, REGISTER = "/w/report/", "/w/report/mine/", "/w/register/"
KEY = "k" * 32
UNLISTED = "没有这个选项，请从列表里选"
WORDS = "副井候罐又等了四十多分钟，夜班二十多人衣服是湿的"


@pytest.fixture
def mine() -> Mine:
    return small_mine()


@pytest.fixture
def correspondent(mine) -> Client:
    return signed_in(mine.persons["correspondent"])


@pytest.fixture
def office(mine) -> Client:
    return signed_in(mine.persons["triage"])


def report(client, **parts):
    return client.post(REPORT, {"key": KEY, "text": WORDS, "masked": "on", **parts})


def letter(client, channel="letter", **parts):
    said = {"key": KEY, "text": WORDS, "mode": "named", "name": "马六", "kind": "request",
            "day": f"{clock.today():%Y-%m-%d}"}
    return client.post(f"{REGISTER}{channel}/", said | parts)


def receipt_in(answer) -> str:
    return re.search(r'class="receipt">([^<]+)<', answer.content.decode())[1]


def refused(answer, said: str, status: int = 422):
    page = answer.content.decode()
    assert answer.status_code == status and said in page, page
    assert not Submission.objects.exists() and not Receipt.objects.exists() and not Identity.objects.exists()
    return page


@pytest.mark.chapter("N5")
def test_a_correspondent_needs_nothing_but_the_words(correspondent):
    answer = report(correspondent)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    said = Submission.objects.get()
    assert (said.text, said.channel, said.mode, said.matter.state, said.matter.grade) == (
        WORDS, "correspondent", "confidential", "received", "")
    assert said.matter.number in answer.content.decode()


def test_the_form_offers_the_reporters_team_and_not_the_crew(correspondent):
    page = correspondent.get(REPORT).content.decode()
    assert re.search(r'value="ZC1" selected', page) and "综采一队检修班" not in page


def test_a_hint_never_sets_the_grade_and_a_declared_danger_does(mine, correspondent):
    report(correspondent, hint="3", unit="ZC1", category="safety", place="副井口")
    report(correspondent, key="d" * 32, danger="on", text="3208面机尾掉渣，锚杆断两根，还在割煤")
    hinted, declared = Matter.objects.get(danger=False), Matter.objects.get(danger=True)
    assert (hinted.hint, hinted.grade, hinted.place, hinted.unit.code) == (3, "", "副井口", "ZC1")
    assert (declared.grade, declared.provisional) == ("A", True)


def test_the_reporters_name_goes_to_the_vault_only(mine, correspondent):
    report(correspondent)
    report(correspondent, key="n" * 32, text="另一件事", masked="")
    assert {read_identity(i).name for i in Identity.objects.all()} == {"孙二虎"}
    assert sorted(Submission.objects.values_list("mode", flat=True)) == ["confidential", "named"]
    assert not Matter.objects.filter(title__contains="孙二虎").exists()


def test_sent_twice_is_one_report_with_the_same_receipt(correspondent):
    first, again = report(correspondent), report(correspondent)
    assert receipt_in(first) == receipt_in(again)
    assert Matter.objects.count() == 1
    changed = report(correspondent, text="另一份内容")
    assert changed.status_code == 409 and KEY not in changed.content.decode()
    assert "另一份内容" in changed.content.decode()


def test_the_same_words_from_a_second_device_are_no_second_matter(correspondent):
    report(correspondent, text="东风井风筒破了 ")
    again = report(correspondent, text="东风井风筒破了", key="d" * 32)
    assert again.status_code == 200 and Matter.objects.get().number in again.content.decode()
    assert "没有重复登记" in again.content.decode() and 'class="receipt"' not in again.content.decode()
    for n, parts in enumerate(({"text": "东风井风筒又破了"}, {"place": "东风井"}, {"danger": "on"})):
        report(correspondent, **{"text": "东风井风筒破了", "key": f"{n:032}"} | parts)
    assert Matter.objects.count() == 4


@pytest.mark.parametrize(("parts", "said"), [
    ({"text": ""}, "请写几个字"), ({"text": " \n "}, "空"), ({"text": "字" * 20_000}, "10000"),
    ({"text": "空\x00字符"}, "不能保存的字符"), ({"text": "乱\ufffd码"}, "不能保存的字符"),
    ({"unit": "NOWHERE"}, UNLISTED), ({"unit": "ZC1J"}, UNLISTED), ({"category": "none"}, UNLISTED),
    ({"hint": "9"}, UNLISTED), ({"place": "长" * 81}, "最多 80 字，现在 81 字"), ({"place": "\x00"}, "有不能用的字符"),
    ({"key": "short"}, "提交口令"), ({"key": ""}, "提交口令"),
])
def test_wrong_input_is_said_in_words_and_nothing_is_kept(correspondent, parts, said):
    page = refused(report(correspondent, **parts), said)
    if "text" not in parts:
        assert WORDS in page


def test_old_encodings_are_refused_or_read_and_never_garbled(correspondent):
    words, edge = "井下候罐时间太长", b"--edge\r\nContent-Disposition: form-data; name="
    body = b"".join(edge + b'"%s"\r\n\r\n%s\r\n' % pair for pair in (
        (b"key", KEY.encode()), (b"text", words.encode("gb18030")))) + b"--edge--\r\n"
    refused(correspondent.generic("POST", REPORT, body, "multipart/form-data; boundary=edge"), "不能保存的字符")
    answer = correspondent.generic("POST", REPORT, body, "multipart/form-data; boundary=edge; charset=gb18030")
    assert answer.status_code == 200 and Submission.objects.get().text == words


def answered(mine: Mine) -> str:
    """Answer the one report there is (答复); returns its number."""
    number = Matter.objects.get().number
    triage, handler, chief = (mine.scope(p) for p in ("triage", "handler", "logistics"))
    handling.grade(scope=triage, number=number, urgency=1, importance=1)
    handling.dispatch(scope=triage, number=number, lead=mine.units["HQ"].pk)
    handling.sign_in(scope=handler, number=number)
    handling.note(scope=handler, number=number, text="内部进展不给看")
    handling.draft(scope=handler, number=number, text="候罐室今天加了暖风机")
    handling.approve(scope=chief, number=number)
    return number


def test_my_reports_show_state_and_answers_and_nobody_elses(mine, correspondent):
    report(correspondent)
    number = answered(mine)
    other = signed_in(mine.persons["secretary"])
    for address in (MINE, f"{MINE}{number}/"):
        page = correspondent.get(address).content.decode()
        assert number in page and "已答复" in page and "候罐室今天加了暖风机" in page and "内部进展" not in page
    page = other.get(MINE).content.decode()
    assert number not in page and "还没有上报过" in page
    for address in (f"{MINE}{number}/", f"{MINE}2026-AAAAAA/", f"{MINE}x/"):
        assert other.get(address).status_code == 404
    assert other.post(f"{MINE}{number}/rate/", {"rating": "dissatisfied"}).status_code == 404


def test_nobody_is_the_author_of_what_no_account_reported(mine, correspondent):
    said = heard("路灯坏了")
    assert correspondent.get(f"{MINE}{said.number}/").status_code == 404


def test_the_author_rates_the_answer_once_without_the_receipt(mine, correspondent):
    report(correspondent)
    number = answered(mine)
    assert correspondent.post(f"{MINE}{number}/rate/", {}).status_code == 422
    assert correspondent.post(f"{MINE}{number}/rate/", {"rating": "basic", "solved": "no"}).status_code == 302
    rating = Rating.objects.get()
    assert (rating.rating, rating.solved, rating.matter.rated) == ("basic", "no", "basic")
    assert correspondent.post(f"{MINE}{number}/rate/", {"rating": "satisfied"}).status_code == 409
    assert correspondent.post(f"{MINE}{number}/close/", {}).status_code == 404


def test_the_author_adds_a_word_and_may_withdraw(mine, correspondent):
    report(correspondent)
    number = Matter.objects.get().number
    assert correspondent.post(f"{MINE}{number}/reply/", {"text": "今天又等了一小时"}).status_code == 302
    assert correspondent.post(f"{MINE}{number}/reply/", {"text": ""}).status_code == 422
    assert "今天又等了一小时" in correspondent.get(f"{MINE}{number}/").content.decode()
    assert correspondent.post(f"{MINE}{number}/withdraw/", {}).status_code == 302
    assert Matter.objects.get().state == "withdrawn"


def test_no_receipt_stands_in_an_address_or_a_later_page(correspondent):
    code = receipt_in(report(correspondent))
    for page in (MINE, REPORT):
        assert code not in correspondent.get(page).content.decode()


def test_only_those_who_may_come_in(mine, client):
    assert client.get(REPORT).status_code == client.post(REGISTER, {}).status_code == 302
    auditor = signed_in(mine.persons["admin"])
    assert auditor.get(REPORT).status_code == auditor.post(REPORT, {"text": "x", "key": KEY}).status_code == 403
    assert signed_in(mine.persons["correspondent"]).get(REGISTER).status_code == 403
    assert not Submission.objects.exists()


@pytest.mark.chapter("P2a")
def test_a_letter_keeps_the_day_it_was_received_and_the_day_it_was_entered(office):
    received = clock.today() - timedelta(days=3)
    answer = letter(office, day=f"{received}", register="信-2026-031", contact="13800000000", unit="HQ",
                    category="logistics", title="取暖补贴", affected="3")
    assert answer.status_code == 200
    said = Submission.objects.get()
    assert (said.day, said.entered, said.register) == (received, clock.today(), "信-2026-031")
    assert (said.matter.title, said.matter.affected, said.matter.channel) == ("取暖补贴", 3, "letter")
    page = answer.content.decode()
    assert f"{REGISTER}letter/?day={received}" in page and "<svg" in page
    shown = office.get(f"/w/matters/{said.matter.number}/").content.decode()
    assert "<dt>登记号</dt><dd>信-2026-031</dd>" in shown and f"<dt>录入日期</dt><dd>{clock.today()}</dd>" in shown
    following = office.get(f"{REGISTER}visit/?day={received}&mode=anonymous").content.decode()
    assert f'value="{received}"' in following and re.search(r'value="anonymous"[^>]*checked', following)


def test_name_and_contact_go_to_the_vault_only(office):
    letter(office, name="特别的名字", contact="13912345678")
    assert read_identity(Identity.objects.get()).contact == "13912345678"
    kept = str(list(Submission.objects.values())) + str(list(Matter.objects.values()))
    assert "特别的名字" not in kept and "13912345678" not in kept


def test_nothing_of_an_anonymous_person_is_kept(office):
    letter(office, mode="anonymous", name="不该留下", contact="13912345678")
    assert Submission.objects.get().mode == "anonymous" and not Identity.objects.exists()


@pytest.mark.parametrize(("parts", "said"), [
    ({"day": "2999-01-01"}, "今天之后"), ({"day": "1900-01-01"}, "太早"), ({"day": "2026-02-30"}, "日期"),
    ({"day": ""}, "填写"), ({"dated": "1900-01-01"}, "落款日期须在 1950 年到 2099 年之间"),
    ({"name": ""}, "请填姓名或联系方式"), ({"mode": "confidential", "name": ""}, "请填姓名或联系方式"),
    ({"affected": "-1"}, "0"),
    ({"affected": "9" * 30}, "100000"), ({"kind": "x"}, "x"), ({"text": ""}, "请写几个字"),
])
def test_a_wrong_entry_is_said_in_words_and_nothing_is_kept(office, parts, said):
    refused(letter(office, **parts), said)


def test_what_is_to_be_done_at_a_call_is_said_for_a_call(office, mine):
    """Whoever calls stands at no desk: what is to be done with the receipt is said for where they are."""
    assert "念给本人" in letter(office, "phone").content.decode()
    assert "念给本人" not in letter(office, key="m" * 32).content.decode()
    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1097")
    called = letter(office, "phone", key="n" * 32, register="3", text="不想活了").content.decode()
    met = letter(office, key="q" * 32, register="4", text="不想活了").content.decode()
    wrote = office.post("/w/behalf/", {"key": "z" * 32, "text": "活着没意思，不想活了", "mode": "anonymous",
                                       "kind": "request", "window": "other", "by_phone": "on"}).content.decode()
    assert all("不要先挂" in page and "还在身边" not in page for page in (called, wrote)) and "还在身边" in met


def test_a_register_number_is_used_once_for_each_channel(office):
    letter(office, register="31")
    again = letter(office, register="31", key="z" * 32, text="另一封信")
    assert again.status_code == 409 and "31" in again.content.decode()
    assert letter(office, register="３１", key="w" * 32, text="全角的号").status_code == 409
    assert letter(office, register="31", key="y" * 32, text="一次来访", channel="visit").status_code == 200
    assert Submission.objects.count() == 2


def test_a_letter_older_than_ninety_days_is_history_and_the_page_says_so(office):
    answer = letter(office, day=f"{clock.today() - timedelta(days=91)}")
    assert "历史件" in answer.content.decode() and Matter.objects.get().history
    answer = letter(office, day=f"{clock.today() - timedelta(days=90)}", key="w" * 32)
    assert "按历史件登记" not in answer.content.decode()


def test_an_accusation_by_letter_is_for_the_inspectors_alone(office):
    letter(office, kind="accusation", text="检举一件事")
    number = Matter.objects.get().number
    assert office.get(f"/w/matters/{number}/").status_code == 404


def test_whoever_writes_down_an_accusation_that_goes_up_is_told_where_to(mine, office):
    founded(mine)
    leader = mine.persons["leader"].name
    said = {"key": KEY, "text": f"检举{leader}", "mode": "anonymous", "kind": "accusation", "window": "crew"}
    page = refused(office.post("/w/behalf/", said), "请本人交给集团公司纪委（0319-1234567）")
    assert "勾选“反映的不是他”" in html.unescape(page) and f"检举{leader}" in page
    assert not SealedMatter.objects.exists()


@pytest.mark.parametrize("query", [
    "?day=x", "?day=2026-99-99", "?channel=<script>", "?mode=%F0%9F%98%80", "?day=" + "9" * 500])
def test_odd_addresses_of_the_next_entry_do_no_harm(office, query):
    answer = office.get(f"{REGISTER}letter/{query}")
    assert answer.status_code == 200 and "<script>" not in answer.content.decode().replace("<script nonce", "")
    assert f'value="{clock.today()}"' in answer.content.decode()


def test_dates_are_read_as_offices_write_them(office):
    for at, day in enumerate(("2026/11/02", "2026.11.02", "20261102")):
        assert letter(office, day=day, key=f"{at}" * 32, text=f"第{at}封").status_code == 200
    assert set(Submission.objects.values_list("day", flat=True)) == {date(2026, 11, 2)}
