"""The board in the browser (预警板): it changes by itself while somebody looks, by stream or by asking."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.warning.queries.board import pulse
from sangesan.feedback.warning.views import board as views
from sangesan.foundation.broadcast import Broadcaster
from tests.browser.looking import faults
from tests.builders import heard

pytestmark = pytest.mark.chapter("N6")
TURN = 16_000
"""Milliseconds after which a board without a stream has asked again."""


@pytest.fixture(autouse=True)
def places(monkeypatch) -> Broadcaster:
    """Give each test places of its own (事件流名额): streams of pages that were left hold theirs a moment longer."""
    fresh = Broadcaster(pulse)
    monkeypatch.setattr(views, "BOARD", fresh)
    return fresh


def look(mine, enter, screen, who: str, path: str = "/w/warning/"):
    """Open the board (打开预警板) at the mine's hour, and mark the page, so that a reload would show."""
    enter(screen, mine.persons[who])
    screen.clock.install(time="2026-11-24T10:00:00+08:00")
    screen.goto(path)
    screen.evaluate("window.same = true")
    return screen


def column(screen, grade: str):
    return screen.locator(f".board-{grade}")


def dispatched(mine, text: str, urgency: int, importance: int) -> str:
    number = heard(text, unit="ZC1").number
    services.grade(scope=mine.scope("triage"), number=number, urgency=urgency, importance=importance)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    return number


def test_what_happens_meanwhile_comes_onto_the_board_by_itself(walked_mine, enter, page):
    mine = walked_mine
    look(mine, enter, page, "leader")
    assert column(page, "a").locator("li").count() == 0
    said = heard("3208面机尾掉渣，还在割煤", unit="ZC1", danger=True)
    page.wait_for_selector(".board-a >> text=险情待确认")
    assert "值班领导确认" in column(page, "a").inner_text()
    services.confirm(scope=mine.scope("duty"), number=said.number)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    page.wait_for_selector(".board-a >> text=剩 29 分")
    assert "签收" in column(page, "a").inner_text() and "1 件，超时 0 件" in column(page, "a").inner_text()
    number = dispatched(mine, "班中餐送得晚", 2, 2)
    page.wait_for_selector(".board-b >> text=班中餐送得晚")
    services.sign_in(scope=mine.scope("handler"), number=number)
    page.wait_for_selector(".board-b >> text=办理中")
    services.draft(scope=mine.scope("handler"), number=number, text="今天起提前半小时送到")
    services.approve(scope=mine.scope("logistics"), number=number)
    page.wait_for_selector(".board-b >> text=没有在办的事项")
    assert page.evaluate("window.same") is True, "it was not loaded anew"
    assert not faults(page, "board")


def test_a_screen_whose_own_clock_is_hours_wrong_counts_by_the_time_of_the_house(walked_mine, enter, page):
    mine = walked_mine
    said = heard("罐笼晃得厉害", unit="ZC1", danger=True)
    services.confirm(scope=mine.scope("duty"), number=said.number)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    enter(page, mine.persons["leader"])
    page.clock.install(time="2026-11-24T13:00:00+08:00")
    page.goto("/w/warning/")
    page.clock.run_for(60_000)
    assert "剩 28 分" in column(page, "a").inner_text() or "剩 29 分" in column(page, "a").inner_text()


def test_clocks_run_down_and_turn_red_on_the_page(walked_mine, enter, page):
    mine = walked_mine
    said = heard("罐笼晃得厉害", unit="ZC1", danger=True)
    services.confirm(scope=mine.scope("duty"), number=said.number)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    look(mine, enter, page, "leader")
    page.clock.run_for(60_000)
    assert "剩 28 分" in column(page, "a").inner_text() or "剩 29 分" in column(page, "a").inner_text()
    page.clock.fast_forward(31 * 60_000)
    page.wait_for_selector(".board-a .bad >> text=已超")


def test_a_board_without_a_place_asks_now_and_then_and_outlives_a_cut_network(
        walked_mine, enter, phone, places, monkeypatch):
    mine = walked_mine
    monkeypatch.setattr(places, "_most", 0)
    look(mine, enter, phone, "leader")
    phone.wait_for_load_state("networkidle")
    dispatched(mine, "更衣室没有热水", 2, 2)
    assert "更衣室没有热水" not in column(phone, "b").inner_text()
    phone.context.set_offline(True)
    phone.clock.run_for(TURN)
    assert "更衣室没有热水" not in column(phone, "b").inner_text()
    phone.context.set_offline(False)
    phone.clock.run_for(TURN)
    phone.wait_for_selector(".board-b >> text=更衣室没有热水")
    assert phone.evaluate("window.same") is True


def test_a_board_whose_stream_never_comes_through_asks_instead(walked_mine, enter, page):
    """A network that cuts the stream, again and again, leaves the browser trying and the board as it was."""
    mine, tried = walked_mine, []
    page.route("**/stream/", lambda route: (tried.append(1), route.abort()))
    look(mine, enter, page, "leader")
    page.wait_for_load_state("networkidle")
    dispatched(mine, "更衣室没有热水", 2, 2)
    page.clock.run_for(TURN)
    page.wait_for_selector(".board-b >> text=更衣室没有热水")
    assert tried and page.evaluate("window.same") is True


@pytest.mark.parametrize("path", ["/w/warning/", "/w/warning/?screen=1"])
def test_a_board_that_nobody_answers_any_more_says_so(walked_mine, enter, page, places, monkeypatch, path):
    """A board that stands still looks like a quiet night (断线提示)."""
    mine, cut = walked_mine, page.locator("#cut")
    monkeypatch.setattr(places, "_most", 0)
    look(mine, enter, page, "leader", path)
    page.wait_for_load_state("networkidle")
    page.clock.run_for(TURN)
    page.wait_for_load_state("networkidle")
    assert cut.is_hidden()
    page.context.set_offline(True)
    for _turn in range(4):
        page.clock.run_for(TURN)
    page.wait_for_selector("#cut:has-text('与服务器断开了')")
    assert not faults(page, "board cut off")
    page.context.set_offline(False)
    page.clock.run_for(TURN)
    page.wait_for_selector("#cut", state="hidden")


def test_on_a_phone_the_gravest_stands_first_and_opens_with_one_tap(walked_mine, enter, phone):
    mine = walked_mine
    number = dispatched(mine, "九号候罐室漏风", 3, 3)
    dispatched(mine, "建议食堂添一个菜", 1, 1)
    dispatched(mine, "班中餐送得晚", 2, 2)
    look(mine, enter, phone, "leader")
    tops = [column(phone, grade).bounding_box()["y"] for grade in "abc"]
    assert tops == sorted(tops) and len(set(tops)) == 3
    assert not faults(phone, "board on a phone")
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.tap("text=九号候罐室漏风")
    phone.wait_for_url(f"**/w/matters/{number}/")


def test_who_sees_less_has_less_on_the_board_and_the_big_screen_says_no_title(walked_mine, enter, page):
    mine = walked_mine
    number = heard("队长派活看关系，工资条看不懂", unit="ZC1").number
    services.concern(scope=mine.scope("triage"), number=number, units=[mine.units["ZC1"].pk])
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    look(mine, enter, page, "chief")
    assert page.locator("#board li").count() == 0, "whom it is about has nothing on the board"
    page.goto("about:blank")
    look(mine, enter, page, "leader", "/w/warning/?screen=1")
    assert number in page.inner_text("main") and "工资条" not in page.content()
    dispatched(mine, "班车改点要等一小时", 2, 2)
    page.wait_for_selector(".board-b li >> nth=1")
    assert "班车" not in page.content() and not faults(page, "big screen")


def test_the_board_is_read_without_script(walked_mine, enter, browser, live_server):
    dispatched(walked_mine, "洗衣机坏了两台", 1, 1)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    plain = context.new_page()
    enter(plain, walked_mine.persons["leader"])
    plain.goto("/w/warning/")
    assert "洗衣机坏了两台" in plain.inner_text(".board-c")
    assert 'http-equiv="refresh"' in plain.content(), "it is read anew every minute"
    context.close()
