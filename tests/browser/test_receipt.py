"""A speaker says on the receipt page that later words are about whoever has the matter in hand (说的是在办的人)."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from tests.browser.looking import faults
from tests.builders import heard

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.chapter("V4")]


@pytest.mark.parametrize(("wide", "high"), [(390, 844), (1440, 900)])
def test_the_tick_is_seen_before_the_button_and_takes_the_matter_from_them(walked_mine, page, wide, high):
    said = heard("浴室水凉", unit="ZC1")
    services.judge(scope=walked_mine.scope("triage"), number=said.number, urgency=2, importance=2,
                   lead=walked_mine.units["HQ"].pk)
    page.set_viewport_size({"width": wide, "height": high})
    page.goto("/receipt/")
    page.fill("[name=code]", said.receipt)
    page.click("button.main")
    tick = page.get_by_label("说的是正在办这件事的人")
    form = page.locator("form[action$='/receipt/reply/']")
    assert not tick.is_checked() and "办这件事的单位和经办人看得到" in form.inner_text()
    label, words, button = (form.locator(way).bounding_box() for way in (".choice", "textarea", "button"))
    assert words["y"] < label["y"] < button["y"] and label["x"] + label["width"] <= wide and label["height"] >= 24
    tick.check()
    form.evaluate("form => { form.noValidate = true }")
    form.locator("button").click()
    page.wait_for_selector("[aria-invalid=true]")
    assert tick.is_checked(), "a refused form keeps it"
    assert not faults(page, f"receipt ticked {wide}")
    page.set_viewport_size({"width": wide, "height": high})
    form.locator("textarea").fill("写答复的人拿了两条烟")
    form.locator("button").click()
    page.wait_for_selector(".note.success")
    assert "由信访办另行安排" in page.inner_text(".note.success") and not tick.count()
    assert Matter.objects.get(number=said.number).state == "returned"
    assert not queries.visible(walked_mine.scope("logistics")).filter(number=said.number).exists()
    assert not faults(page, f"receipt taken back {wide}")
