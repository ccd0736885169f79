"""A paper from the desk to its reader in a real browser (文书): issued, taken as PDF, read by receipt."""

from __future__ import annotations

import pytest

from sangesan.organization.documents.models import Document
from tests.browser.looking import faults
from tests.browser.test_report import sign_in
from tests.builders import small_mine
from tests.feedback.matters import papers

# The steps themselves are proved in their rooms, on each engine.
pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.django_db(transaction=True)]


@pytest.mark.chapter("P2b")
def test_an_officer_issues_a_notice_and_the_speaker_takes_it_home_by_receipt(page):
    mine = small_mine()
    said = papers.ready(mine, "accepted")
    sign_in(page, mine.persons["triage"])
    page.goto(f"/w/matters/{said.number}/papers/accepted/")
    page.get_by_role("link", name="去设置").click()
    page.get_by_label("机关名称").fill("青石岭矿信访办公室")
    page.get_by_label("机关代字").fill("青矿信")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存发文机关").wait_for()
    found = faults(page, "templates")
    page.goto(f"/w/matters/{said.number}/")
    page.get_by_role("link", name="受理告知书", exact=True).click()
    page.get_by_label("反映事项").wait_for()
    found += faults(page, "issuing")
    page.get_by_label("反映事项").fill("夜班食堂没有热饭")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载预览").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-") and not Document.objects.exists()
    page.get_by_role("button", name="印发", exact=True).click()
    page.get_by_text("已印发 青矿信〔").wait_for()
    found += faults(page, "issued")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载 受理告知书").first.click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    page.goto("/w/documents/register/")
    found += faults(page, "register")
    page.context.clear_cookies()
    page.goto("/receipt/")
    page.fill("[name=code]", said.receipt)
    page.click("button.main")
    page.get_by_text("看受理告知书全文").click()
    page.get_by_text("夜班食堂没有热饭").wait_for()
    found += faults(page, "receipt with a paper")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载受理告知书").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-") and said.receipt not in page.url
    assert not found, "\n".join(found)
