"""Suspension, supervision and review in the browser (挂起、督办、复查): each by whom it is for, with a phone too."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.method.authority import Role
from tests.browser.looking import faults
from tests.builders import person, post
from tests.feedback.matters.roads import answered, handled

pytestmark = pytest.mark.engine("sqlite")  # the steps themselves are proved in their rooms, on each engine


def take(page, number, action, text="", button=0):
    """Open a matter, and take a step with some words (办一步)."""
    page.goto(f"/w/matters/{number}/")
    form = page.locator(f"form[action$='/{action}/']")
    if not form.locator("button").last.is_visible():
        page.locator("details", has=form).locator("summary").first.click()
    if text:
        form.locator("textarea").first.fill(text)
    form.locator("button").last.click()
    page.wait_for_selector(".messages")


@pytest.mark.chapter("P2b")
def test_a_suspension_is_asked_for_and_approved_at_two_desks(walked_mine, enter, page):
    said = handled(walked_mine)
    enter(page, walked_mine.persons["handler"])
    take(page, said.number, "ask_pause", "等上级公司批复")
    enter(page, walked_mine.persons["logistics"])
    page.goto("/w/todo/")
    assert "批准挂起" in page.content()
    take(page, said.number, "pause")
    assert Matter.objects.get().state == "suspended"
    page.locator("#clocks summary").click()
    assert "暂停" in page.locator("#clocks").inner_text() and not faults(page, "paused")
    enter(page, walked_mine.persons["handler"])
    take(page, said.number, "resume")
    assert Matter.objects.get().due_at is not None


def test_supervision_goes_from_the_leader_to_the_unit_and_back(walked_mine, enter, phone):
    said = handled(walked_mine)
    enter(phone, walked_mine.persons["leader"])
    take(phone, said.number, "supervise", "三日内报结果")
    enter(phone, walked_mine.persons["handler"])
    take(phone, said.number, "write_back", "已换新锅炉")
    enter(phone, walked_mine.persons["leader"])
    take(phone, said.number, "end_supervision")
    assert Matter.objects.get().supervisions.get().state == "ended"
    assert not faults(phone, "supervised")


def test_a_review_is_asked_by_receipt_and_decided_above_with_both_opinions_in_sight(walked_mine, enter, page, phone):
    mine = walked_mine
    mine.persons["party"] = person("3001", "高远", mine.units["QSL"])
    post("party", "党委书记", mine.units["QSL"], Role.LEADER, mine.persons["party"])
    said = answered(mine)
    phone.goto("/receipt/")
    phone.fill("[name=code]", said.receipt)
    phone.click("button.main")
    phone.locator("summary", has_text="申请复查").tap()
    phone.locator("form[action$='/review/'] textarea").fill("没有听我说")
    phone.locator("form[action$='/review/'] button").tap()
    phone.wait_for_selector("text=申请已经收到")
    assert not faults(phone, "asked")
    enter(page, mine.persons["party"])
    page.goto("/w/todo/")
    assert "复查" in page.content()
    page.goto(f"/w/matters/{said.number}/")
    assert "没有听我说" in page.content() and "办好了" in page.content() and not faults(page, "review")
    take(page, said.number, "redo", "未听取本人意见，责令重新办理")
    assert Matter.objects.get().state == "handling"
    services.draft(scope=mine.scope("handler"), number=said.number, text="已当面听取意见，补发三百元")
    enter(page, mine.persons["logistics"])
    page.goto(f"/w/matters/{said.number}/")
    assert "责令重新办理后的答复" in page.content() and not faults(page, "redone")
