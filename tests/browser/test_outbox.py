"""The outbox in a real browser with the network cut (断网上报): kept sealed, sent once, wiped on the way out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest

from sangesan.feedback.matters.models import Attachment, Matter, Recording, Submission
from sangesan.foundation import clock
from tests.browser.test_report import accessible, photo
from tests.browsers import PATIENCE, QUIET, chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chapter("N5")]
MARK = "罐笼门闩松动标记词"
DUMP = """async () => {
  const base = await new Promise((done) => { const asked = indexedDB.open("outbox"); asked.onsuccess = () => done(asked.result); });
  const all = {};
  for (const name of base.objectStoreNames) {
    all[name] = await new Promise((done) => { const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
  }
  base.close();
  const plain = (x) => x instanceof Uint8Array ? new TextDecoder("latin1").decode(x) : x;
  const shelves = [];
  for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) shelves.push(new URL(one.url).pathname);
  return [JSON.stringify(all, (_, x) => plain(x)), JSON.stringify({ ...localStorage, ...sessionStorage }), shelves];
}"""  # noqa: E501
QUEUE = """async (texts) => {
  const form = document.getElementById("report");
  for (const text of texts) {
    form.elements.text.value = text;
    const before = (await outbox.all()).length;
    form.requestSubmit();
    while ((await outbox.all()).length === before) await new Promise((go) => setTimeout(go, 5));
  }
}"""

ACTIVE = """async () => {
  for (let turn = 0; turn < 600; turn++) {
    if ((await navigator.serviceWorker.getRegistration())?.active?.state === "activated") return true;
    await new Promise((go) => setTimeout(go, 50));
  }
  return false;
}"""


def ready(page) -> None:
    """Open the report page (打开上报页) and wait until it would open without network too.

    A page that loads while the worker claims its pages is passed over by it; one opened after that is not.
    """
    page.goto("/w/report/")
    assert page.evaluate(ACTIVE)
    if not page.evaluate("Boolean(navigator.serviceWorker.controller)"):
        page.goto("/w/report/")
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")


def write(page, text: str, *, hints: int = 0) -> None:
    page.get_by_label("什么事").fill(text)
    page.locator(".bar button").tap()
    page.locator("#outbox .tag").first.wait_for()


def state(page) -> str:
    return page.locator("#outbox .tag").first.inner_text()


def until(page, words: str) -> None:
    page.locator("#outbox .tag", has_text=words).first.wait_for()


def states(page) -> list[str]:
    return page.evaluate("outbox.all().then((all) => all.map((one) => one.state))")


def test_without_network_a_report_waits_sealed_and_goes_out_once_on_return(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.context.set_offline(True)
    phone.goto("/w/report/")
    phone.get_by_text("现在没有网络").wait_for()
    accessible(phone)
    assert "孙二虎" not in phone.content(), "the page without network knows nobody"
    phone.locator("label.pick", has_text="工时休假").tap()
    phone.locator("input[name=photos]").set_input_files([photo()])
    phone.locator(".photos img").wait_for()
    write(phone, MARK)
    until(phone, "已存本机")
    assert phone.get_by_label("什么事").input_value() == "" and not phone.locator(".photos img").count()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(phone)
    kept, tabs, shelves = phone.evaluate(DUMP)
    code = json.dumps(MARK.encode().decode("latin1"))[1:-1]
    for trace in (MARK, code, "hours", "photo"):
        assert trace not in kept and trace not in tabs, trace
    assert json.loads(kept)["reports"][0].keys() == {"id", "account", "key", "sealed", "day", "at", "state", "why"}
    assert "/w/report/offline/" in shelves and len(shelves) <= 7, shelves
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    until(phone, "已收到")
    matter = Matter.objects.get()
    assert (matter.category, matter.title) == ("hours", MARK) and Attachment.objects.count() == 1
    assert json.loads(phone.evaluate(DUMP)[0])["reports"][0]["sealed"] is None
    Matter.objects.update(answered_at=clock.now())
    phone.goto("/w/report/")
    until(phone, "已答复")
    phone.locator("#outbox button", has_text="清除").tap()
    phone.locator("#outbox").wait_for(state="hidden")
    assert Submission.objects.count() == 1


def test_a_session_that_ended_meanwhile_keeps_the_report_and_asks_to_sign_in(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.context.clear_cookies()
    write(phone, MARK)
    phone.get_by_text("登录已经过期").wait_for()
    assert state(phone) == "已存本机" and not Matter.objects.exists()
    enter(phone, walked_mine.persons["secretary"])
    ready(phone)
    phone.get_by_text("另有 1 条是用别的账号写的").wait_for()
    assert not phone.locator("#outbox .tag").count()
    assert not Matter.objects.exists(), "another account never sends it"
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    until(phone, "已收到")
    assert Matter.objects.get().title == MARK


def gone(phone) -> bool:
    """Return whether nothing is left (已清除); the browser deletes after the page has let go, so wait a little."""
    for _ in range(600):
        left = phone.evaluate("Promise.all([indexedDB.databases(), caches.keys(),"
                              "navigator.serviceWorker.getRegistrations()])")
        if not any(left):
            return True
        phone.wait_for_timeout(100)
    return False


def test_signing_out_wipes_the_phone_and_asks_before(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.context.set_offline(True)
    write(phone, MARK)
    phone.context.clear_cookies()  # before the network is back, or the phone would send at once
    phone.context.set_offline(False)
    enter(phone, walked_mine.persons["secretary"])  # whose login never sends it either
    phone.goto("/w/report/")
    phone.get_by_text("另有 1 条是用别的账号写的").wait_for()
    asked = []
    phone.on("dialog", lambda box: (asked.append(box.message), box.accept()))
    phone.goto("/w/help/")
    phone.evaluate("document.querySelector('[data-leave]').requestSubmit()")
    phone.wait_for_url("**/w/login/**")
    assert asked and "1 条上报没有发出" in asked[0]
    assert gone(phone), "something of the account was left on the phone"
    assert not Matter.objects.exists()


def test_a_voice_note_leaves_the_phone_as_plain_samples(walked_mine, enter, browser, live_server):
    speaking = browser.browser_type.launch(executable_path=chromium(), args=[
        *QUIET, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"])
    context = speaking.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True,
                                   base_url=live_server.url, permissions=["microphone"])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    enter(page, walked_mine.persons["correspondent"])
    page.goto("/w/report/")
    page.get_by_role("button", name="录一段话").tap()
    page.get_by_text("录音中").wait_for()
    page.wait_for_timeout(1600)
    page.get_by_role("button", name="录音中").tap()
    page.get_by_role("button", name="删去录音").wait_for()
    accessible(page)
    page.get_by_label("什么事").fill(MARK)
    page.locator(".bar button").tap()
    page.wait_for_selector(".receipt")
    assert 1 <= Recording.objects.get().seconds <= 3
    page.goto("/w/report/")
    page.get_by_role("button", name="录一段话").tap()
    page.get_by_text("结束 1 ").wait_for()
    page.get_by_label("什么事").fill(f"{MARK}又一件")
    page.locator(".bar button").tap()  # while it still records
    page.wait_for_selector(".receipt")
    assert Recording.objects.count() == 2, "what was being said when 上报 was pressed goes along"
    number = Matter.objects.get(title=MARK).number
    enter(page, walked_mine.persons["triage"])
    page.goto(f"/w/matters/{number}/")
    page.wait_for_function("document.querySelector('audio').play().then(() => true)")
    accessible(page)
    speaking.close()


def test_what_the_page_loads_stays_small(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    sizes = {}
    phone.on("response", lambda answer: sizes.update({answer.url.split("?")[0].rsplit("/", 1)[-1]: answer}))
    ready(phone)
    names = [name for name in sizes if name.endswith(".js")]
    assert sorted(names) == ["frame.js", "script.js"], "the recorder is fetched when it is wanted"


def test_published_answers_are_looked_at_without_losing_a_word(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.get_by_label("什么事").fill(MARK)
    phone.get_by_role("button", name="先看看有没有相近的公开答复").tap()
    phone.wait_for_url("**/answers/like/")
    phone.go_back()
    assert phone.get_by_label("什么事").input_value() == MARK and not Matter.objects.exists()


class Phone:
    """A phone of its own (手机): a browser with a profile on the disk, which can be killed."""

    def __init__(self, play, profile, address: str) -> None:
        self.profile, self.address, self.play = profile, address, play
        self.open()

    def open(self) -> None:
        self.context = self.play.launch_persistent_context(
            str(self.profile), executable_path=chromium(), args=QUIET, base_url=self.address, locale="zh-CN",
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.pages[0]

    def kill(self) -> None:
        """Kill the browser (强行终止) as a phone does whose battery ends."""
        found = subprocess.run(["pgrep", "-f", f"user-data-dir={self.profile}"], capture_output=True, text=True)
        for pid in map(int, found.stdout.split()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.3)
        try:
            self.context.close()
        except Exception:  # it is dead: that is the point
            return


@pytest.fixture
def own_phone(browser, live_server, tmp_path):
    made = Phone(browser.browser_type, tmp_path / "profile", live_server.url)
    yield made
    made.kill()


def delivered() -> int:
    """Return how many have come in (已到达), each counted once."""
    texts = list(Submission.objects.values_list("text", flat=True))
    assert len(texts) == len(set(texts)), "none comes in twice"
    return len(texts)


def until_delivered(page, wanted: int, *, all_of_them: bool = True) -> None:
    for _ in range(1_200):
        if delivered() >= wanted and (not all_of_them or set(states(page)) <= {"received", "answered"}):
            return
        page.wait_for_timeout(50)
    raise AssertionError((delivered(), states(page)))


def test_a_hundred_of_a_hundred_arrive_once_though_the_browser_is_killed_twice(walked_mine, enter, own_phone):
    reporter, texts = walked_mine.persons["correspondent"], [f"{MARK}第{n}件" for n in range(100)]
    enter(own_phone.page, reporter)
    ready(own_phone.page)
    own_phone.context.set_offline(True)
    own_phone.page.goto("/w/report/")
    own_phone.page.evaluate(QUEUE, texts)
    assert states(own_phone.page) == ["saved"] * 100
    own_phone.kill()
    own_phone.open()
    enter(own_phone.page, reporter)
    own_phone.page.goto("/w/report/")
    until_delivered(own_phone.page, 30, all_of_them=False)
    own_phone.kill()
    assert delivered() < 100, "it was killed in the middle"
    own_phone.open()
    enter(own_phone.page, reporter)
    own_phone.page.goto("/w/report/")
    until_delivered(own_phone.page, 60, all_of_them=False)
    own_phone.context.set_offline(True)
    own_phone.page.wait_for_timeout(300)
    own_phone.context.set_offline(False)
    own_phone.page.evaluate("outbox.flush()")
    until_delivered(own_phone.page, 100)
    assert sorted(Submission.objects.values_list("text", flat=True)) == sorted(texts)
