"""Channels in a real browser (渠道): booking, a box opened by two persons, a kiosk that forgets."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.feedback.intake.models import Opening, Visitor
from sangesan.feedback.intake.services import boxes
from sangesan.feedback.intake.services import reception as receptions
from sangesan.feedback.matters.models import Submission
from sangesan.method.authority import Role
from tests.browser.looking import faults
from tests.builders import hire
from tests.walking import pick

# The steps themselves are proved in their rooms, on each engine.
pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.chapter("P2a")]


def test_a_worker_books_comes_and_follows_one_receipt(walked_mine, enter, phone, page, set_clock):
    triage = walked_mine.scope("triage")
    day = receptions.plan(scope=triage, first=date(2026, 12, 1), months=1, on=16, leaders=["leader"], place="101")[0]
    receptions.announce(scope=triage, reception=day.pk)
    phone.goto("/")
    phone.get_by_role("link", name="信访接待日").tap()
    phone.wait_for_url("**/reception/")
    assert not faults(phone, "reception")
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.get_by_role("link", name="预约").tap()
    pick(phone, "at", "09:20")
    phone.fill("[name=topic]", "工伤待遇")
    phone.click("button.main")
    code = phone.inner_text(".receipt").strip()
    set_clock("2026-12-16 09:30")
    enter(page, walked_mine.persons["triage"])
    page.goto(f"/w/reception/{day.pk}/")
    assert not faults(page, "record")
    page.select_option("[name=booking]", index=1)
    page.fill("[name=text]", "工伤材料四十天没回音")
    pick(page, "outcome", "promised")
    page.fill("[name=promised]", "2026-12-25")
    page.select_option("[name=kind]", "request")
    page.click("#visitor button.main")
    page.wait_for_selector("text=预约时的回执")
    assert Visitor.objects.get().said.day == date(2026, 12, 16)
    phone.goto("/receipt/")
    phone.fill("[name=code]", code)
    phone.click("button.main")
    assert "工伤材料四十天没回音" in phone.inner_text("main")


def test_a_box_is_opened_by_two_persons(walked_mine, enter, page):
    hire(walked_mine, "second", "信访办分办员", "XF", Role.TRIAGE, "3001")
    boxes.hang(scope=walked_mine.scope("triage"), code="BOX1", place="澡堂门口", unit=walked_mine.units["QSL"].pk)
    enter(page, walked_mine.persons["triage"])
    page.goto("/w/boxes/")
    assert not faults(page, "boxes")
    page.get_by_role("link", name="澡堂门口").click()
    page.wait_for_url("**/BOX1/")
    assert not faults(page, "box")
    page.fill("[name=slips]", "1")
    page.click("button.main")
    page.wait_for_selector("text=您已清点")
    enter(page, walked_mine.persons["second"])
    page.goto("/w/boxes/")
    page.get_by_role("link", name="等第二人复核").click()
    page.fill("[name=slips]", "1")
    page.click("button.main")
    page.fill("[name=text]", "更衣箱锁坏了")
    page.select_option("[name=kind]", "request")
    assert not faults(page, "opening")
    page.click("#slip button.main")
    page.wait_for_selector("text=没有留名")
    opening = Opening.objects.get()
    assert (opening.first, opening.second) == (walked_mine.persons["triage"].pk, walked_mine.persons["second"].pk)
    assert Submission.objects.get().channel == "box"


def test_a_kiosk_forgets_each_of_its_users(walked_mine, page):
    page.goto("/kiosk/")
    assert not faults(page, "kiosk")
    page.get_by_role("link", name="矿长书记信箱").click()
    page.wait_for_url("**/kiosk/leaders/")
    assert not faults(page, "kiosk mailbox")
    small = page.evaluate("""[...document.querySelectorAll("main a, main button, main label.pick, .public-foot a")]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 60).map(e => e.outerHTML.slice(0, 80))""")
    assert not small, small
    page.fill("[name=text]", "独一无二的话")
    page.click("button.main")
    code = page.inner_text(".receipt").strip()
    page.get_by_role("link", name="记好了").click()
    page.wait_for_url("**/kiosk/")
    for way in ("back", "forward", "back"):
        page.go_back() if way == "back" else page.go_forward()
        assert code not in page.content() and "独一无二的话" not in page.content()
        assert page.locator("[name=text]").count() == 0 or page.input_value("[name=text]") == ""


def test_a_kiosk_without_script_answers_a_page_once(walked_mine, plain):
    plain.goto("/kiosk/leaders/")
    plain.fill("[name=text]", "独一无二的话")
    plain.click("button.main")
    code = plain.inner_text(".receipt").strip()
    plain.reload()
    assert code not in plain.content() and "这一页已经用过" in plain.inner_text("h1")
    plain.goto("/kiosk/receipt/")
    plain.fill("[name=code]", code)
    plain.click("button.main")
    assert "看完了" in plain.content()
    plain.reload()
    assert "看完了" not in plain.content() and Submission.objects.count() == 1


def test_a_kiosk_nobody_uses_starts_anew(walked_mine, page):
    page.clock.install()
    page.goto("/kiosk/leaders/")
    page.fill("[name=text]", "写到一半走了")
    page.clock.run_for(110_000)
    assert "秒没有操作" in page.inner_text("[data-left]")
    asked = []
    page.on("request", lambda one: asked.append(one.url) if one.is_navigation_request() else None)
    page.clock.run_for(18_000)
    page.wait_for_url("**/kiosk/")
    assert len(asked) == 1, "who asks again cuts off what was on its way"
    assert "写到一半走了" not in page.content()
