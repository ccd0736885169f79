"""A short walk per role (各岗位一程): each of ux.md's jobs in the browser, its taps counted."""

from __future__ import annotations

import re

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.queries import history
from sangesan.organization.accounts.models import Account
from sangesan.organization.units.models import Unit
from tests.builders import heard
from tests.busy import sent
from tests.organization.roster.workbooks import workbook
from tests.walking import pick

NEW = "Mei-Kuang-2027"


def test_a_leader_supervises_what_is_late_in_three_taps(walked_mine, enter, set_clock, phone):
    number = sent(walked_mine, "候车室漏雨")
    set_clock("2026-12-03 08:00")
    enter(phone, walked_mine.persons["leader"])
    phone.goto("/w/")
    phone.locator(".rows a.btn", has_text="督办").first.tap()  # 1
    phone.wait_for_url(f"**/w/matters/{number}/**")
    form = phone.locator("form[action$='/supervise/']")
    if not form.locator("textarea").is_visible():
        phone.locator("summary", has_text="督办").tap()  # 2
    form.locator("textarea").fill("今天下班前到现场")
    form.locator("button").last.tap()  # 3
    phone.wait_for_selector(".messages")
    assert Matter.objects.get().supervised_at is not None
    assert "matter.supervised" in [fact.kind for fact in history(f"matters/{number}")]


def test_triage_is_done_by_keys_alone(walked_mine, enter, page):
    first, second = heard("食堂没有热饭", unit="HQ").number, heard("路灯不亮", unit="HQ").number
    enter(page, walked_mine.persons["triage"])
    page.goto("/w/triage/")
    page.keyboard.press("j")
    picked = page.locator("li.picked a.row-title").get_attribute("href")
    number = next(n for n in (first, second) if n in picked)
    with page.expect_navigation():
        page.keyboard.press("b")
    assert number in page.url and page.locator("[name=urgency][value='2']").is_checked()
    page.locator("#act button.main").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    matter = Matter.objects.get(number=number)
    assert (matter.state, matter.grade, matter.lead.code) == ("dispatched", "B", "HQ")
    assert Matter.objects.exclude(number=number).get().state == "received"


@pytest.mark.chapter("N5")
def test_a_correspondent_reports_in_three_taps_after_the_text(walked_mine, enter, phone):
    enter(phone, walked_mine.persons["correspondent"])
    phone.goto("/w/")
    assert phone.url.endswith("/w/report/")
    phone.fill("[name=text]", "检修班的工具柜没有锁")
    phone.locator(".pick", has=phone.locator("[name=category]")).nth(1).tap()  # 1
    phone.locator(".pick", has=phone.locator("[name=hint]")).nth(1).tap()  # 2
    phone.locator("button[form=report]").tap()  # 3
    phone.wait_for_selector(".receipt")
    matter = Matter.objects.get()
    assert (matter.channel, matter.state) == ("correspondent", "received")
    assert matter.unit.code == "ZC1", "the team, not the crew: a crew of six would tell who spoke"


@pytest.mark.chapter("P2a")
def test_a_letter_is_registered_and_its_slip_handed_over(walked_mine, enter, page):
    enter(page, walked_mine.persons["triage"])
    page.goto("/w/register/")
    page.wait_for_url("**/w/register/letter/")
    page.fill("[name=day]", "2026-11-23")
    page.fill("[name=text]", "来信反映家属楼暖气不热")
    page.fill("[name=name]", "马六家属")
    page.select_option("[name=kind]", "request")
    page.locator("form#register button.main").click()
    page.wait_for_selector(".receipt")
    receipt = page.inner_text(".receipt").strip()
    assert receipt not in page.url and page.locator("[data-print]").is_visible()
    matter = Matter.objects.get()
    assert (matter.channel, str(matter.received_day)) == ("letter", "2026-11-23")
    page.goto("/receipt/")
    page.fill("[name=code]", receipt)
    page.click("button.main")
    assert matter.number in page.inner_text("main")


def test_an_administrator_imports_a_workbook_and_undoes_it(walked_mine, enter, page):
    before = Unit.objects.count()
    enter(page, walked_mine.persons["admin"])
    page.goto("/w/organization/import/")
    page.set_input_files("[name=file]", {
        "name": "组织.xlsx", "buffer": mine_of_another_name(),
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
    page.click("form button.main")
    page.wait_for_selector("h1:has-text('导入预览')")
    assert Unit.objects.count() == before, "a preview changes nothing"
    page.click("form[action$='/take/'] button")
    page.wait_for_selector("h1:has-text('导入结果')")
    assert Unit.objects.filter(code="X-T1").exists()
    page.click("form[action$='/undo/'] button")
    page.wait_for_selector("form[action$='/undo/']", state="detached")
    assert Unit.objects.count() == before


def mine_of_another_name() -> bytes:
    """Return a workbook with a team more (工作簿)."""
    return workbook(单位=[
        ["编码*", "名称*", "类别*", "条线", "上级编码", "设立日期", "顺序", "覆盖单位", "班次"],
        ["X-T1", "通风队", "区队", "", "QSL", "2026-01-01", 9, "", ""],
    ], 人员=None, 岗位=None, 任职=None)


def test_the_invited_sets_a_password_that_nobody_else_knows(walked_mine, enter, page, phone):
    enter(page, walked_mine.persons["security"])
    page.goto("/w/accounts/?q=1004")
    page.locator("tr", has_text="张大力").locator("button", has_text="邀请").click()
    code = page.inner_text(".slip code").strip()
    assert re.fullmatch(r"[0-9A-Z-]{16,}", code)
    phone.goto("/w/invitation/")
    phone.fill("[name=code]", code)
    phone.click("button.main")
    phone.fill("[name=work_number]", "1004")
    phone.fill("[name=password]", NEW)
    phone.fill("[name=again]", NEW)
    phone.click("button.main")
    phone.wait_for_url("**/w/todo/")
    assert Account.objects.get(person=walked_mine.persons["chief"]).check_password(NEW)


def test_the_auditor_reads_who_did_what_and_no_matter(walked_mine, enter, page):
    number = sent(walked_mine, "夜班没有热饭")
    enter(page, walked_mine.persons["security"])
    page.goto("/w/accounts/?q=1004")
    page.locator("tr", has_text="张大力").locator("button", has_text="邀请").click()
    page.wait_for_selector(".slip code")
    enter(page, walked_mine.persons["auditor"])
    page.goto("/w/")
    assert page.url.endswith("/w/audit/") and "安全管理员" in page.inner_text("main")
    assert AuditEntry.objects.filter(event="account.invited").exists()
    assert page.goto(f"/w/matters/{number}/").status == 404


@pytest.mark.chapter("P2b")
def test_a_dissatisfied_worker_has_the_matter_taken_up_again(walked_mine, enter, page, phone):
    said = heard("食堂夜班没有热饭", unit="ZC1")
    through(walked_mine, said.number)
    phone.goto("/receipt/")
    phone.fill("[name=code]", said.receipt)
    phone.click("button.main")
    pick(phone, "rating", "dissatisfied")
    pick(phone, "solved", "no")
    phone.click("#rate button.main")
    phone.wait_for_selector(".note.success")
    assert "办理" in phone.inner_text("h1")
    matter = Matter.objects.get()
    assert (matter.state, matter.reopened) == ("handling", 1)
    enter(page, walked_mine.persons["handler"])
    page.goto("/w/todo/")
    assert said.number in page.inner_text("main")


def through(mine, number: str) -> None:
    """Take a matter to its answer (办到答复)."""
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    services.draft(scope=mine.scope("handler"), number=number, text="已安排")
    services.approve(scope=mine.scope("logistics"), number=number)
