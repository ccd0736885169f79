"""Finding, reading along and putting out (查找、公开、统计) in a real browser, on a desk and on a phone."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.feedback.matters import services as matters
from sangesan.feedback.pulse import services as pulse
from tests.browser.looking import faults
from tests.builders import heard, person
from tests.busy import busy

pytestmark = pytest.mark.engine("sqlite")  # the steps themselves are proved in their rooms, on each engine


@pytest.mark.usefixtures("read_at_once")
def test_a_leader_finds_a_matter_by_two_characters(walked_mine, enter, page, live_server):
    said = busy(walked_mine)
    heard("浴室没热水，找张大力13903191234反映三次", unit="ZC1")
    matters.index_due()
    enter(page, walked_mine.persons["leader"])
    page.goto("/w/matters/")
    page.fill("#search", "热饭")
    page.press("#search", "Enter")
    page.wait_for_selector("mark")
    assert page.locator("mark").first.inner_text() == "热饭"
    assert not (found := faults(page, "search")), found
    page.fill("#q", "热水")
    page.click(".find button")
    page.wait_for_selector("mark")
    assert "张大力" not in page.inner_text("main") and "［电话］" in page.inner_text("main")
    page.goto("/w/search/?q=" + said["answered"])
    assert page.url.endswith(f"/w/matters/{said['answered']}/")


def test_search_fits_a_phone(walked_mine, enter, phone):
    busy(walked_mine)
    matters.index_due()
    enter(phone, walked_mine.persons["leader"])
    for words in ("热饭", "综采一队", "水", "没有这样的词"):
        phone.goto("/w/search/?q=" + words)
        assert not (found := faults(phone, f"search {words}")), found


def test_an_answer_is_put_out_by_two_and_read_by_everybody(walked_mine, enter, page):
    said = busy(walked_mine)
    enter(page, walked_mine.persons["triage"])
    page.goto(f"/w/matters/{said['closed']}/")
    page.click("text=公开这个答复")
    page.fill("[name=question]", "洗衣房机器坏了找谁")
    page.fill("[name=answer]", "打后勤科值班电话，当班修理。")
    page.click("main button.main")
    page.wait_for_selector("text=已交另一位同事复看")
    assert not (found := faults(page, "answers desk")), found
    enter(page, walked_mine.persons["cadre"])
    page.goto("/w/answers/")
    page.click("text=同意公开")
    page.wait_for_selector("text=已公开")
    page.goto("/answers/?q=洗衣")
    assert "洗衣房机器坏了找谁" in page.inner_text("main")
    assert not (found := faults(page, "answers")), found


@pytest.mark.usefixtures("read_at_once")
def test_a_frozen_month_is_drawn_and_opens_to_its_list(walked_mine, enter, page):
    for n in range(24):
        person(f"4{n:03}", f"工友{n}", walked_mine.units["ZC1J"])
        heard(f"工资条第{n}次看不懂", unit="ZC1", category="pay")
        heard(f"轮休第{n}次被取消", unit="ZC1", category="hours")
    pulse.freeze_due(date(2026, 12, 3))
    enter(page, walked_mine.persons["leader"])
    page.goto("/w/pulse/")
    assert not (found := faults(page, "figures")), found
    page.click("main .bar-line a >> nth=0")
    assert "month=2026-11" in page.url and "共 24 条" in page.inner_text("main, .page-head")
