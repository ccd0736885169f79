"""One matter all the way (一件事走到底): heard → graded → dispatched → answered → rated → closed →
ledger → first daily result → the page of the leader. N3 N6 P1c P2 P2b S3c of the chapter.

Once through pages and services with the clock stopped, once in a real browser.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from sangesan.appraisal.rules.services import ship
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.ledger.facts.verify import verify
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.signing import PASSWORD, account, signed_in

WORDS = "夜班食堂只有凉馒头，连着三天了"


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


@pytest.mark.chapter("N1", "P2a", "P2b")
@pytest.mark.django_db(transaction=True)
def test_one_matter_goes_all_the_way_through_the_pages(noon):
    mine = small_mine()
    ship()
    posts = {code: signed_in(mine.persons[code]) for code in ("triage", "handler", "logistics")}
    public = Client()

    # heard: anonymously, without a cookie; the receipt stands in the answer only
    form = public.get("/mailbox/leaders/").content.decode()
    sent = public.post("/mailbox/leaders/", {"key": hidden(form, "key"), "mode": "confidential", "text": WORDS,
                                             "name": "马六", "contact": "138****0000", "unit": "ZC1"})
    assert sent.status_code == 200 and not public.cookies, sent.content.decode()
    receipt = re.search(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]", sent.content.decode())[0]
    number = Matter.objects.get().number

    # graded and dispatched in one go
    assert number in posts["triage"].get("/w/triage/").content.decode()
    assert_goes_on(posts["triage"].post(f"/w/matters/{number}/judge/", {
        "urgency": 2, "importance": 2, "category": "logistics", "lead": "后勤科 HQ", "back": "triage"}))

    # signed for, a first word, the answer, its approval by another
    for who, action, data in (
        ("handler", "sign_in", {}),
        ("handler", "first_answer", {"text": "已收到，今晚到食堂看"}),
        ("handler", "draft", {"text": "从今晚起夜班窗口有热菜热汤"}),
        ("logistics", "approve", {}),
    ):
        assert_goes_on(posts[who].post(f"/w/matters/{number}/{action}/", data))

    # the speaker reads and rates by receipt; triage closes
    page = public.post("/receipt/", {"code": receipt}).content.decode()
    assert "从今晚起夜班窗口有热菜热汤" in page
    public.post("/receipt/rate/", {"code": receipt, "rating": "satisfied", "solved": "yes"})
    assert_goes_on(posts["triage"].post(f"/w/matters/{number}/close/"))
    assert Matter.objects.get().state == "closed"

    # the night: ledger, result, seal
    day = clock.today()
    with clock.at(clock.now() + timedelta(hours=15)):
        nightly.run(day)
        kinds = [fact.kind for fact in history(f"matters/{number}")]
        assert sorted(kinds) == sorted([
            "matter.received", "matter.graded", "matter.dispatched", "matter.signed_in", "matter.first_answered",
            "matter.answered", "matter.rated", "matter.closed"])
        assert not list(verify())
        results = signed_in(mine.persons["assessor"]).get("/w/results/")
        assert results.status_code == 200 and "后勤科" in results.content.decode()

        # the leader's first page
        today = signed_in(mine.persons["leader"]).get("/w/today/")
        assert today.status_code == 200 and WORDS not in public.get("/").content.decode()


def assert_goes_on(answer) -> None:
    assert answer.status_code == 302, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))[:800]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_matter_goes_all_the_way_in_a_browser(page, settings):
    settings.DEMO = True  # the second factor is off in the demo
    mine = small_mine()
    for code in ("triage", "handler", "logistics"):
        account(mine.persons[code])

    page.goto("/mailbox/leaders/")
    page.fill("[name=text]", WORDS)
    page.click("button.main")
    receipt = page.inner_text(".receipt").strip()
    assert receipt not in page.url
    number = Matter.objects.get().number

    enter(page, "1002")
    page.goto(f"/w/triage/?pick={number}")
    for name in ("urgency", "importance"):
        page.locator(f"[name={name}][value='2']").check(force=True)
    page.wait_for_selector("#suggested .grade.B")
    page.fill("#judge_lead", "后勤科 HQ")
    page.click("#act button.main")
    page.wait_for_selector(".messages")

    enter(page, "1005")
    page.goto(f"/w/matters/{number}/")
    page.click("form[action$='/sign_in/'] button")
    page.fill("#first_answer_text", "已收到，今晚去看")
    page.click("form[action$='/first_answer/'] button.main")
    page.click("form[action$='/draft/'] [data-insert]")
    page.click("form[action$='/draft/'] button.main")
    page.wait_for_selector("text=待审核")

    enter(page, "1006")
    page.goto(f"/w/matters/{number}/")
    page.click("form[action$='/approve/'] button")
    page.wait_for_selector("text=已答复")

    page.goto("/receipt/")
    page.fill("[name=code]", receipt.lower())
    page.click("button.main")
    page.locator("[name=rating][value=satisfied]").check(force=True)
    page.click("#rate button.main")
    page.wait_for_selector("text=评价已经收到")

    enter(page, "1002")
    page.goto(f"/w/matters/{number}/")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector(".messages")
    assert Matter.objects.get().state == "closed"


def enter(page, number: str) -> None:
    """Sign in as another person (换人登录)."""
    page.context.clear_cookies()
    page.goto("/w/login/")
    page.fill("[name=work_number]", number)
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url(lambda url: "/login/" not in url)
