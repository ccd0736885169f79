"""One matter all the way (一件事走到底): heard → graded → dispatched → answered → rated → closed →
ledger → first daily result → the page of the leader.

Once through the pages with the clock stopped; once in a real browser, by a worker with a phone and staff at desks.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from sangesan.appraisal.rules.services import ship
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.ledger.facts.verify import verify
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.signing import signed_in
from tests.walking import pick

ANSWER = "从今晚起夜班窗口有热菜热汤"
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

    # the speaker reads and rates by receipt; triage and the secretary close
    page = public.post("/receipt/", {"code": receipt}).content.decode()
    assert "从今晚起夜班窗口有热菜热汤" in page
    public.post("/receipt/rate/", {"code": receipt, "rating": "satisfied", "solved": "yes"})
    assert_goes_on(posts["triage"].post(f"/w/matters/{number}/close/"))
    assert_goes_on(signed_in(mine.persons["secretary"]).post(f"/w/matters/{number}/close/"))
    assert Matter.objects.get().state == "closed"

    # the night: ledger, result, seal
    day = clock.today()
    with clock.at(clock.now() + timedelta(hours=15)):
        nightly.run(day)
        kinds = [fact.kind for fact in history(f"matters/{number}")]
        assert sorted(kinds) == sorted([
            "matter.received", "matter.described", "matter.graded", "matter.dispatched", "matter.signed_in",
            "matter.first_answered", "matter.answered", "matter.rated", "matter.closed"])
        assert not list(verify())
        results = signed_in(mine.persons["assessor"]).get("/w/results/")
        assert results.status_code == 200 and "后勤科" in results.content.decode()

        # the leader's first page
        today = signed_in(mine.persons["leader"]).get("/w/today/")
        assert today.status_code == 200 and WORDS not in public.get("/").content.decode()


def assert_goes_on(answer) -> None:
    assert answer.status_code == 302, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))[:800]


@pytest.mark.chapter("N1", "N3", "N6", "P1c", "P2a", "P2b", "S3c")
def test_one_matter_goes_all_the_way_in_a_browser(walked_mine, enter, set_clock, phone, page):
    people = walked_mine.persons
    receipt = speaks(phone)
    number = Matter.objects.get().number
    assert Matter.objects.get().state == "received"

    # an anonymous letter waits until the next batch, so that its moment says nothing
    set_clock("2026-11-25 09:00")
    services.release_due()

    enter(page, people["triage"])
    page.goto("/w/triage/")
    page.click(f"a[href*='{number}'].row-title")
    pick(page, "urgency", "2")
    pick(page, "importance", "2")
    page.wait_for_selector("#suggested .grade.B")
    page.fill("#judge_lead", "后勤科 HQ")
    step(page, "judge")
    assert (Matter.objects.get().state, Matter.objects.get().grade) == ("dispatched", "B")

    enter(page, people["handler"])
    page.goto("/w/todo/")
    page.click(f"a[href='/w/matters/{number}/'] >> nth=0")
    step(page, "sign_in")
    page.fill("#first_answer_text", "已收到，今晚去看")
    step(page, "first_answer")
    page.fill("#draft_text", ANSWER)
    step(page, "draft")
    assert Matter.objects.get().state == "review"
    assert not page.locator("form[action$='/approve/']").count(), "who drafts may not approve"

    enter(page, people["logistics"])
    page.goto(f"/w/matters/{number}/")
    assert ANSWER in page.inner_text("main")
    step(page, "approve")

    answered_and_rated(phone, receipt)

    enter(page, people["handler"])
    page.goto(f"/w/matters/{number}/")
    assert not page.locator("form[action$='/close/']").count(), "who handles may not close"
    for who in ("cadre", "triage"):
        enter(page, people[who])
        page.goto(f"/w/matters/{number}/")
        step(page, "close")
    assert Matter.objects.get().state == "closed"

    set_clock("2026-11-26 00:30")
    nightly.run(clock.today() - timedelta(days=1))
    set_clock("2026-11-26 07:30")
    facts = {fact.kind: fact for fact in history(f"matters/{number}")}
    assert sorted(facts) == sorted(f"matter.{kind}" for kind in (
        "received", "graded", "dispatched", "signed_in", "first_answered", "answered", "rated", "closed"))
    assert facts["matter.rated"].content["solved"] == "yes" and facts["matter.received"].actor == "speaker"
    assert facts["matter.closed"].actor == "post:triage" and facts["matter.answered"].actor == "post:logistics"
    assert not list(verify())

    leads_from_the_first_page_to_the_facts(page, enter, people["leader"], number)


def speaks(phone) -> str:
    """Write an anonymous letter from a phone (匿名写信) and keep the receipt."""
    phone.goto("/")
    phone.click("a.road.first")
    phone.fill("[name=text]", WORDS)
    phone.click("button.main")
    receipt = phone.inner_text(".receipt").strip()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]", receipt)
    assert receipt not in phone.url and not phone.context.cookies()
    return receipt


def answered_and_rated(phone, receipt: str) -> None:
    """Read the answer by the receipt, typed as people type, and rate it (查回执、评价)."""
    phone.goto("/")
    phone.click("a.road[href='/receipt/']")
    phone.fill("[name=code]", receipt.lower().replace("-", " "))
    phone.click("button.main")
    assert ANSWER in phone.inner_text("main")
    pick(phone, "rating", "satisfied")
    pick(phone, "solved", "yes")
    phone.click("#rate button.main")
    phone.wait_for_selector(".note.success")
    assert Matter.objects.get().rated == "satisfied"


def leads_from_the_first_page_to_the_facts(page, enter, leader, number: str) -> None:
    """Go from the leader's first page to the result, its points, their facts, the matter (今日情况)."""
    enter(page, leader)
    page.goto("/w/")
    assert page.url.endswith("/w/today/")
    page.click("text=打开 11-25 结果")
    page.locator("tr", has_text="后勤科").locator("a >> nth=0").click()
    facts = page.inner_text("main")
    assert "办结" in facts and "100.00" in facts
    page.click(f"a[href='/w/matters/{number}/'] >> nth=0")
    assert ANSWER in page.inner_text("main") and "办结" in page.inner_text(".page-head")


def step(page, action: str) -> None:
    """Press the button of a step (办理一步) and wait until it is said to be done."""
    with page.expect_navigation():
        page.locator(f"form[action$='/{action}/']").locator("button.main, button:not([data-insert])").last.click()
    assert page.locator(".messages .success, .messages .note.success").count(), page.inner_text("main")[:600]
