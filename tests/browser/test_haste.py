"""Whoever is in haste (心急的人): presses before the photos are small, presses twice; what leaves is what should."""

from __future__ import annotations

import pytest

from tests.browser.test_outbox import MARK, ready, until
from tests.browser.test_report import photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chapter("N5")]
SLOW = """() => {
  const [made, seal] = [createImageBitmap, hpke.seal];
  globalThis.createImageBitmap = (...all) => new Promise((go) => setTimeout(go, 500)).then(() => made(...all));
  globalThis.sizes = [];
  hpke.seal = (...all) => { sizes.push(all[1].length); return seal(...all); };
}"""


def test_whoever_presses_at_once_sends_no_photo_as_the_camera_made_it(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.context.set_offline(True)
    phone.goto("/w/report/")
    phone.evaluate(SLOW)
    taken = photo()
    phone.get_by_label("什么事").fill(MARK)
    phone.locator("input[name=photos]").set_input_files([taken, taken])
    phone.evaluate("for (const _ of [1, 2]) document.querySelector('.bar button').click()")
    until(phone, "已存本机")
    assert len(phone.evaluate("sizes")) == 1, "two taps are one report"
    assert phone.evaluate("sizes[0]") < len(taken["buffer"])
    assert not phone.locator(".photos img").count()
