"""Light pages (轻页面): small, few requests, and whole without JavaScript for whoever speaks up."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest

from sangesan.feedback.matters.models import Matter
from tests.busy import busy
from tests.stories.test_a_day_at_every_desk import through
from tests.walking import pick

pytestmark = pytest.mark.engine("sqlite")  # what goes over the line and what needs script is the same on every engine
KB = 1024


def weigh(page, path: str) -> tuple[int, int]:
    """Return bytes on the line and requests (字节数、请求数).

    Files weigh what they do once compressed; the icon, which a browser fetches once for all, is no request of a page.
    """
    page.goto("about:blank")
    answers = []

    def keep(answer) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", keep)
    weights = [(_weight(a), urlsplit(a.url).path) for a in answers if a.status < 300]
    return sum(w for w, _path in weights), sum(not path.endswith("/mark.svg") for _w, path in weights)


def _weight(answer) -> int:
    if "/static/" in answer.url:
        return len(gzip.compress(answer.body(), 9))
    return answer.request.sizes()["responseBodySize"]


def test_public_pages_and_first_pages_of_phones_are_light(walked_mine, enter, phone):
    busy(walked_mine)
    for path in ("/", "/mailbox/leaders/", "/receipt/", "/privacy/"):
        size, requests = weigh(phone, path)
        assert size <= 15 * KB and requests <= 4, (path, size, requests)
    for role in ("leader", "handler", "correspondent"):
        enter(phone, walked_mine.persons[role])
        size, requests = weigh(phone, "/w/")
        assert size <= 50 * KB and requests <= 4, (role, size, requests)


def test_a_worker_needs_no_script(walked_mine, plain):
    plain.goto("/")
    plain.click("a.road.first")
    plain.fill("[name=text]", "夜班食堂只有凉馒头")
    plain.click("summary")
    plain.select_option("[name=unit]", "ZC1")
    assert not plain.locator("[name=name]").is_visible(), "nobody is asked for a name unasked"
    pick(plain, "mode", "confidential")
    plain.fill("[name=name]", "马六")
    plain.fill("[name=contact]", "138****0000")
    plain.click("button.main")
    receipt = plain.inner_text(".receipt").strip()
    through(walked_mine, Matter.objects.get().number)
    plain.goto("/receipt/")
    plain.fill("[name=code]", receipt)
    plain.click("button.main")
    assert "已安排" in plain.inner_text("main")
    pick(plain, "rating", "basic")
    plain.click("#rate button.main")
    plain.wait_for_selector(".note.success")
    assert Matter.objects.get().rated == "basic"


def test_a_handler_works_without_script_too(walked_mine, enter, plain):
    number = busy(walked_mine)["dispatched"]
    enter(plain, walked_mine.persons["handler"])
    plain.goto(f"/w/matters/{number}/")
    plain.click("form[action$='/sign_in/'] button")
    plain.fill("#first_answer_text", "今晚到现场看")
    plain.click("form[action$='/first_answer/'] button.main")
    plain.wait_for_selector(".messages")
    matter = Matter.objects.get(number=number)
    assert matter.state == "handling" and matter.first_answered_at is not None
