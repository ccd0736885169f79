"""The report page where something is wrong (出错时的上报): no room, somebody else signed in, something on the way."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters.models import Matter, Submission
from sangesan.foundation import hpke
from tests.browser.test_outbox import MARK, ready, state, states, until, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chapter("N5")]
CLOSED = """IDBFactory.prototype.open = () => {
  const asked = {};
  setTimeout(() => { asked.error = new DOMException("closed", "UnknownError"); asked.onerror?.(); });
  return asked;
}"""
FULL = "void (IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); })"
ALONE = "delete ServiceWorkerRegistration.prototype.sync"
"""What waits goes out by the page alone (只由页面发送): else the browser may send it, past what the test put in."""
SET = """(off) => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Date.now()); }
    static now() { return Real.now() + off; }
  };
}"""
"""The clock of the phone is set on by so many milliseconds (拨钟)."""
SAYS = """(status) => {
  globalThis.real = fetch;
  globalThis.met = 0;
  globalThis.fetch = (address, asked) => !String(address).endsWith("/w/report/outbox/") ? real(address, asked)
    : (met += 1, Promise.resolve(new Response("<h1>no</h1>", { status })));
}"""
"""Something on the way answers for the server (途中代答), in the page: a route is passed by where a worker stands."""


def test_a_phone_that_allows_no_storage_sends_with_network_and_keeps_the_words_without(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    phone.add_init_script(CLOSED)
    phone.goto("/w/report/")
    phone.context.set_offline(True)
    phone.get_by_label("什么事").fill("长" * 10_001)
    phone.locator(".bar button").tap()
    phone.get_by_text("写的话超过 10000 个字").wait_for()
    assert len(phone.get_by_label("什么事").input_value()) == 10_001
    phone.get_by_label("什么事").fill(MARK)
    phone.locator(".bar button").tap()
    phone.get_by_text("没有存下，可能是手机空间不够").wait_for()
    assert phone.get_by_label("什么事").input_value() == MARK
    phone.context.set_offline(False)
    phone.locator(".bar button").tap()
    phone.wait_for_selector(".receipt")
    assert Matter.objects.get().title == MARK


@pytest.mark.parametrize("blank", [" \n\u3000\t", "\u200b\ufeff", "\x1f\ufdd0\ufffd"], ids=["blank", "unseen", "not"])
def test_a_report_of_nothing_to_be_seen_is_not_kept_on_the_phone(walked_mine, enter, phone, blank):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.context.set_offline(True)
    phone.get_by_label("什么事").fill(blank)
    phone.locator(".bar button").tap()
    phone.get_by_text("里还没有写字，没有存下。请写几个字再提交").wait_for()
    assert phone.evaluate("outbox.all().then((all) => all.length)") == 0
    write(phone, "👷")
    assert state(phone) == "已存本机"
    assert phone.evaluate("outbox.all().then((all) => all.length)") == 1


def test_a_queue_goes_out_though_the_phone_has_no_room_to_note_it(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    phone.add_init_script(ALONE)
    ready(phone)
    phone.context.set_offline(True)
    write(phone, MARK)
    phone.evaluate(FULL)
    phone.context.set_offline(False)
    phone.evaluate("outbox.flush()")
    assert Submission.objects.count() == 1
    assert phone.evaluate("outbox.all().then((all) => all.length)") == 0, "what is known to be there needs no row"


def test_what_is_written_in_somebodys_page_is_his_whoever_signed_in_meanwhile(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    enter(phone, walked_mine.persons["secretary"])
    other = phone.context.new_page()
    other.goto("/w/report/")
    other.wait_for_function(
        "outbox.about().then((offer) => offer?.account === document.getElementById('outbox').dataset.account)")
    write(phone, MARK)
    phone.get_by_text("登录已经过期").wait_for()
    assert state(phone) == "已存本机" and not Matter.objects.exists()
    phone.context.set_offline(True)
    write(phone, f"{MARK}又一件")
    phone.context.set_offline(False)
    other.reload()
    other.get_by_text("另有 2 条是用别的账号写的").wait_for()
    assert not Matter.objects.exists()
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    until(phone, "已收到")
    phone.wait_for_function("outbox.all().then((all) => all.every((one) => one.state === 'received'))")
    assert sorted(Matter.objects.values_list("title", flat=True)) == [MARK, f"{MARK}又一件"]


def test_a_clock_set_right_by_a_year_between_writing_and_sending_loses_neither_report_nor_its_state(
        walked_mine, enter, phone, settings):
    enter(phone, walked_mine.persons["correspondent"])
    phone.add_init_script(ALONE)
    ready(phone)
    phone.context.set_offline(True)
    for years, text in ((-1, MARK), (2, f"{MARK}又一件")):
        phone.evaluate(SET, years * 365 * 86400_000)
        write(phone, text)
    phone.evaluate(SET, -365 * 86400_000)
    settings.SPEAKER_KEYS = {"outbox": 2}  # the server seals with another key meanwhile
    phone.context.set_offline(False)
    phone.evaluate("outbox.flush()")
    phone.evaluate("outbox.flush()")
    phone.evaluate("outbox.ask()")
    assert states(phone) == ["received", "received"] and Submission.objects.count() == 2


def test_who_signed_in_anew_meanwhile_sends_what_stands_in_the_old_page(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.get_by_label("什么事").fill(MARK)
    phone.context.clear_cookies()
    other = phone.context.new_page()
    enter(other, walked_mine.persons["correspondent"])
    other.goto("/w/help/")  # a page with a form: the token is another one now
    phone.locator(".bar button").tap()
    phone.wait_for_selector(".receipt")
    assert Matter.objects.get().title == MARK


def test_what_the_server_can_not_open_is_tried_again_the_next_day(walked_mine, enter, phone, monkeypatch):
    enter(phone, walked_mine.persons["correspondent"])
    phone.add_init_script(ALONE)
    ready(phone)
    phone.context.set_offline(True)
    write(phone, MARK)
    with monkeypatch.context() as lost:  # the server was set up anew, and its secrets come later
        lost.setattr(hpke, "unseal", lambda *_args, **_more: None)
        phone.context.set_offline(False)
        phone.evaluate("outbox.flush()")
        phone.evaluate("outbox.flush()")
        assert states(phone) == ["refused"] and phone.get_by_text("以后每天再试一次").count() == 1
    phone.evaluate("outbox.flush()")
    assert states(phone) == ["refused"], "not before a day has gone by"
    phone.evaluate(SET, 25 * 3600_000)
    phone.evaluate("outbox.flush()")
    assert states(phone) == ["received"] and Submission.objects.count() == 1


@pytest.mark.parametrize("status", [200, 403, 409, 413, 422, 500])
def test_what_something_on_the_way_answers_is_no_answer_and_the_report_goes_later(walked_mine, enter, phone, status):
    enter(phone, walked_mine.persons["correspondent"])
    phone.add_init_script(ALONE)
    ready(phone)
    phone.context.set_offline(True)
    write(phone, MARK)
    phone.evaluate(SAYS, status)
    phone.context.set_offline(False)
    phone.evaluate("outbox.flush()")
    phone.evaluate("outbox.flush()")  # the first may have been the one that found no network
    assert phone.evaluate("met") > 0, "it went out"
    assert not phone.locator("[data-draft-note]").count(), "no draft is left of what was sealed"
    kept = phone.evaluate("outbox.all().then((all) => all.map((one) => [one.state, !one.sealed]))")
    assert kept == [["saved", False]]
    phone.evaluate("void (globalThis.fetch = real)")
    phone.evaluate("outbox.flush()")
    assert Submission.objects.count() == 1


def test_a_page_that_stands_in_for_the_server_takes_nothing_from_the_phone_it_seals_with(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.context.set_offline(True)
    phone.goto("/w/report/")
    phone.evaluate("void (globalThis.fetch = async () => new Response('<h1>请先登录上网</h1>', { status: 200 }))")
    for text in (MARK, f"{MARK}又一件"):
        write(phone, text)
        phone.evaluate("outbox.flush()")
    assert states(phone) == ["saved", "saved"]


def test_a_restored_report_is_about_the_unit_that_was_chosen(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.get_by_label("什么事").fill(MARK)
    chosen = "ZC2"
    assert phone.locator("[name=unit]").input_value() != chosen
    phone.locator("[name=unit]").select_option(chosen)
    phone.wait_for_selector("[data-draft-note]")
    phone.wait_for_function(f"Object.values(sessionStorage).some((one) => one.includes({chosen!r}))")
    phone.reload()
    assert phone.get_by_label("什么事").input_value() == MARK
    assert phone.locator("[name=unit]").input_value() == chosen


def test_a_photo_the_phone_cannot_read_stays_there_with_its_place_in_it(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    ready(phone)
    phone.get_by_label("什么事").fill(MARK)
    heic = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic\0\0\0\0mif1heicExif"}
    phone.locator("input[name=photos]").set_input_files([heic])
    phone.get_by_text("有照片读不出来，没有放进来").wait_for()
    assert phone.locator(".photos img").count() == 0
    assert phone.evaluate("document.querySelector('input[name=photos]').files.length") == 0
    phone.locator(".bar button").tap()
    phone.wait_for_selector(".receipt")
    assert Matter.objects.get().title == MARK
