"""The staff pages in a real browser (工作页面): typed words survive, keys work, the look is kept."""

from __future__ import annotations

import re

import pytest

from sangesan.feedback.matters import services
from tests.builders import heard, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.django_db(transaction=True)]  # what a browser does by itself


@pytest.fixture
def mine():
    return small_mine()


def enter(page, person):
    client = signed_in(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value,
                               "url": f"{page.url_of}/w/"}])


@pytest.fixture
def desk(page, live_server):
    page.url_of = live_server.url
    return page


@pytest.fixture
def handled(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    return said.number


def test_words_typed_before_a_session_ends_are_there_after_signing_in_again(desk, mine, handled):
    enter(desk, mine.persons["handler"])
    desk.goto(f"/w/matters/{handled}/")
    field = desk.locator("#act textarea:visible").first
    field.fill("已经去食堂看了，今晚起有热饭")
    desk.wait_for_selector("[data-draft-note]")
    desk.context.clear_cookies(name="sessionid")
    desk.locator("#act button.main:visible").first.click()
    desk.wait_for_url(re.compile("/w/login/"))
    enter(desk, mine.persons["handler"])
    desk.goto(f"/w/matters/{handled}/")
    assert desk.locator("#act textarea:visible").first.input_value() == "已经去食堂看了，今晚起有热饭"


def test_words_typed_by_one_are_not_put_before_another_who_signs_in_after_them_in_the_same_tab(desk, mine):
    enter(desk, mine.persons["correspondent"])
    desk.goto("/w/report/")
    field = desk.locator("#report textarea")
    field.fill("我想说的还没有写完")
    desk.wait_for_selector("[data-draft-note]")
    enter(desk, mine.persons["secretary"])  # the first one's session had ended
    desk.goto("/w/report/")
    assert field.input_value() == ""
    enter(desk, mine.persons["correspondent"])
    desk.goto("/w/report/")
    assert field.input_value() == ""


def test_a_draft_is_dropped_once_it_was_taken(desk, mine, handled):
    enter(desk, mine.persons["handler"])
    desk.goto(f"/w/matters/{handled}/")
    desk.locator("#act textarea:visible").first.fill("已收到")
    desk.wait_for_selector("[data-draft-note]")
    desk.locator("#act button.main:visible").first.click()
    desk.wait_for_load_state()
    assert desk.evaluate("Object.keys(sessionStorage).filter((k) => k.startsWith('draft:')).length") == 0


def test_a_draft_sent_within_its_pause_stays_one_that_was_sent_however_long_the_answer_takes(desk, mine, handled):
    enter(desk, mine.persons["handler"])
    desk.clock.install()
    desk.goto(f"/w/matters/{handled}/")
    desk.evaluate("addEventListener('submit', (event) => event.preventDefault())")  # the answer is long in coming
    desk.locator("#first_answer_text").fill("已收到")
    desk.locator("form[action$='/first_answer/'] button.main").click()
    desk.clock.run_for(1_000)
    sent = "Object.entries(sessionStorage).filter(([k]) => k.startsWith('draft:')).map(([, v]) => JSON.parse(v).sent)"
    assert desk.evaluate(sent) == [True]


def test_triage_moves_with_j_and_k_and_picks_a_grade_with_a_letter(desk, mine):
    for text in ("夜班食堂只有凉馒头", "更衣室暖气不热"):
        heard(text, unit="ZC1")
    enter(desk, mine.persons["triage"])
    desk.goto("/w/triage/")
    picked = desk.locator("[data-row].picked a.row-title")
    first = picked.inner_text()
    desk.keyboard.press("j")
    assert picked.inner_text() != first
    desk.keyboard.press("k")
    assert picked.inner_text() == first
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "search"


def test_the_dark_look_and_large_type_are_kept(desk, mine):
    enter(desk, mine.persons["leader"])
    desk.goto("/w/today/")
    desk.locator("details.me summary").click()
    desk.get_by_role("button", name="深色").click()
    desk.locator("details.me summary").click()
    desk.get_by_role("button", name="大字").click()
    root = desk.locator("html")
    assert (root.get_attribute("data-theme"), root.get_attribute("data-size")) == ("dark", "large")
    assert desk.url.endswith("/w/today/")


def test_a_phone_asks_for_little_and_shows_its_menu_without_script(browser, live_server, mine):
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False,
                                  base_url=live_server.url)
    page = context.new_page()
    page.url_of, asked = live_server.url, []
    enter(page, mine.persons["handler"])
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/w/todo/")
    assert len([url for url in asked if "favicon" not in url and "mark.svg" not in url]) <= 4
    page.locator("nav.bottom a", has_text="菜单").click()
    assert page.locator("#menu").is_visible()
    context.close()
