"""The frame of every page (页面框架): parts say what they mean without colour, faults are plain, nothing leaks."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig
from django.template import engines
from django.test import RequestFactory

from sangesan.foundation import api, clock, drawing, pages
from sangesan.foundation.errors import UserError
from sangesan.foundation.middleware import answer
from tests.builders import small_mine
from tests.signing import signed_in

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def drawn(source: str, **context) -> str:
    return engines["django"].from_string(source).render(context, request=RequestFactory().get("/w/x/?state=open"))


def test_a_grade_says_letter_shape_word_and_colour():
    said = drawn('{% grade "A" %}')
    assert "紧急" in said and "<path" in said and ">A</text>" in said and 'class="grade A"' in said
    assert drawn('{% grade "" %}') == ""


@pytest.mark.parametrize(("due", "words", "tone"), [
    (NOON + timedelta(hours=1, minutes=20), "剩 1 小时 20 分", "warn"),
    (NOON - timedelta(minutes=35), "已超 35 分钟", "bad"),
    (NOON + timedelta(days=5, hours=3), "剩 5 天", ""),
])
def test_a_deadline_is_said_as_time_left(due, words, tone):
    with clock.at(NOON):
        said = drawn("{% deadline due %}", due=due)
    assert words in said and f'class="tag {tone}"' in said


def test_a_met_deadline_says_in_time_or_how_late():
    assert "按时" in drawn("{% deadline due done %}", due=NOON, done=NOON)
    assert "晚 2 小时" in drawn("{% deadline due done %}", due=NOON, done=NOON + timedelta(hours=2))


@pytest.mark.parametrize(("late", "words"), [(0, "按时"), (1, "晚 1 天"), (97, "晚 97 天")])
def test_what_is_due_on_a_day_and_met_on_another_is_late_by_the_days_between(late, words):
    last, met = NOON.date(), clock.local(NOON).replace(hour=0, minute=0) + timedelta(days=late)
    assert f">{words}<" in drawn("{% deadline due done %}", due=last, done=met)
    with clock.at(met):
        unmet = drawn("{% deadline due %}", due=last)
    assert f">{words.replace('晚', '已超').replace('按时', '剩 1 天')}<" in unmet, "and so before it is met"


def test_no_data_is_two_dashes():
    assert drawn("{{ a|number }}{{ a|moment }}{{ a|points }}", a=None) == "------"


def test_moments_stand_in_the_time_of_the_mine():
    assert drawn("{{ at|moment }} {{ at|weekday }}", at=NOON) == "2026-11-20 12:00 周五"


def test_filters_stay_in_the_address_of_the_next_page():
    said = drawn('{% pager total=1480 after="k" %}')
    assert "共 1,480 条" in said and "?state=open&amp;after=k" in said


class Answer(forms.Form):
    text = forms.CharField(label="答复", help_text="写清怎么办")


def test_an_error_stands_at_the_top_and_at_its_field():
    said = drawn("{% error_summary form %}{% field form.text %}", form=Answer({}))
    assert 'href="#id_text"' in said and 'id="id_text_error"' in said
    assert 'aria-describedby="id_text_help id_text_error"' in said and "请填写这一项" in said


def test_words_are_escaped_wherever_they_stand():
    evil = '<script>"&'
    said = drawn(
        '{% icon "bell" evil %}{% chip evil "act" %}{% empty evil evil %}{% key evil 1 evil evil %}'
        '{% trail evil "/" evil %}'
        "{% line_chart points evil evil evil evil %}{% board tiles evil %}{% steps steps %}{% timeline entries %}",
        evil=evil, points=[(evil, 3), (evil, 4)], tiles=[{"word": evil, "value": 1}],
        steps=[{"word": evil, "state": "now", "note": evil}], entries=[{"word": evil, "text": evil, "quote": evil}],
    )
    assert "<script" not in said


def test_a_value_that_is_not_shown_leaves_a_gap():
    chart = drawing.line([("1", 4), ("2", None), ("3", 5)])
    assert chart.path.count("M") == 2 and [d.label for d in chart.dots] == ["1", "3"]


def test_tiles_keep_the_order_they_were_given():
    said = drawn("{% board tiles %}", tiles=[{"word": w, "value": v} for w, v in (("甲", 1), ("乙", 9), ("丙", 4))])
    assert re.findall(">([甲乙丙])<", said) == ["甲", "乙", "丙"]


@pytest.mark.parametrize("path", ["/nope/", "/nope/../../etc"])
def test_an_absent_page_is_a_plain_404(path, client):
    response = client.get(path)
    assert response.status_code == 404 and "没有找到" in response.content.decode()


def test_too_large_a_sending_says_so():
    response = pages.bad_request(RequestFactory().post("/mailbox/leaders/"), RequestDataTooBig())
    assert response.status_code == 413 and "太大" in response.content.decode()


def test_a_fault_says_what_why_and_next_as_page_part_and_json():
    fault = UserError("没有保存", why="内容是空的", next="请写几个字再提交")
    page = answer(RequestFactory().post("/x/"), fault)
    part = answer(RequestFactory().post("/w/x/", headers={"HX-Request": "true"}), fault)
    machine = answer(RequestFactory().post("/api/v1/x"), fault)
    for response in (page, part):
        assert response.status_code == 422
        assert all(word in response.content.decode() for word in ("没有保存", "内容是空的", "请写几个字再提交"))
    assert b"<html" not in part.content and machine.headers["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_a_broken_page_answers_without_database_or_trace(monkeypatch):
    monkeypatch.setattr("sangesan.desk.views.pages.firsts.guides", lambda scope: 1 / 0)
    client = signed_in(small_mine().persons["leader"])
    client.raise_request_exception = False
    response = client.get("/w/help/")
    assert response.status_code == 500 and "Traceback" not in response.content.decode()


def test_pages_forbid_inline_scripts_and_strangers(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "http" not in policy


def test_public_pages_set_no_cookie_load_no_script_and_stay_small(client):
    response = client.get("/")
    page = response.content.decode()
    sheet = gzip.compress(Path(finders.find("frame/frame.css")).read_bytes(), 9)
    assert not response.cookies and "<script" not in page
    assert len(sheet) <= 8 * 1024 and len(gzip.compress(response.content)) + len(sheet) <= 15 * 1024
    assert "井下险情先打调度电话，有权停止作业撤人" in page[:page.index("<header")]


def test_our_own_script_is_small():
    assert Path(finders.find("frame/frame.js")).stat().st_size <= 10 * 1024


def test_a_static_name_works_before_and_after_collecting():
    assert drawn("{% load static %}{% static 'frame/frame.css' %}").startswith("/static/frame/frame")


def test_the_look_is_kept_for_staff_pages_only():
    request = RequestFactory().post("/w/look/", {"theme": "dark", "size": "large", "next": "https://evil.example/"})
    response = pages.look(request)
    assert response.url == "/w/" and response.cookies["look"]["path"] == "/w/"
    assert response.cookies["look"].value == "dark-large"


@pytest.mark.django_db
def test_a_step_opened_from_the_address_bar_says_where_to_go(client):
    for path in ("/discipline/add/", "/receipt/rate/"):
        said = client.get(path)
        assert said.status_code == 405 and said["Allow"] == "POST"
        assert "不能从地址直接打开" in said.content.decode()


@pytest.mark.parametrize("refuse", [lambda request: pages.bad_request(request, RequestDataTooBig()), api.too_large])
def test_who_sends_too_much_may_finish_and_gets_the_answer(refuse):
    request = RequestFactory().post("/x/", b"a" * 3_000_000, content_type="application/json")
    assert refuse(request).status_code == 413
    assert request.read(1) == b""
