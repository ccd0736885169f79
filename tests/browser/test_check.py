"""Checking a proof in a browser (核对存证): on the page, and from one file without any server."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.foundation import clock
from sangesan.ledger.facts import queries
from sangesan.ledger.facts.services import seal
from tests.browser.looking import faults
from tests.builders import heard

pytestmark = pytest.mark.engine("sqlite")  # the steps themselves are proved in their rooms, on each engine


@pytest.fixture
def proof(walked_mine, live_server, tmp_path):
    said = heard("浴室水凉", unit="ZC1")
    for n in range(4):
        heard(f"第{n}件", unit="HQ")
    services.record_speakers(clock.today())
    seal()
    return said.receipt


def download(page, receipt, tmp_path):
    page.goto("/receipt/")
    page.fill("[name=code]", receipt)
    page.click("button.main")
    with page.expect_navigation():
        page.locator("form[action$='/proof/'] button").click()
    assert not faults(page, "proof")
    with page.expect_download() as given:
        page.click("button.main")
    path = tmp_path / "proof.json"
    given.value.save_as(path)
    return path


def test_a_proof_is_checked_on_the_page_and_a_changed_one_found(page, proof, tmp_path):
    path = download(page, proof, tmp_path)
    page.goto("/ledger/check/")
    assert not faults(page, "check")
    root = queries.published()[0]
    page.set_input_files("[type=file]", path)
    page.fill("textarea", " ".join(root.groups))
    page.click("button.main")
    page.wait_for_selector("[data-whole]", state="visible")
    assert page.locator("[data-step=published] b").inner_text() == "相符"
    changed = tmp_path / "changed.json"
    changed.write_text(path.read_text().replace("2026-", "2027-", 1))
    page.set_input_files("[type=file]", changed)
    page.click("button.main")
    page.wait_for_selector("[data-step=content][data-right=no]")
    assert not page.locator("[data-whole]").is_visible()
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    page.set_input_files("[type=file]", broken)
    page.click("button.main")
    page.wait_for_selector("[data-broken]", state="visible")


def test_the_checker_works_from_one_file_without_a_server(page, proof, tmp_path):
    path = download(page, proof, tmp_path)
    page.goto("/ledger/check/")
    with page.expect_download() as given:
        page.locator("a[href$='check.html']").click()
    checker = tmp_path / "check.html"
    given.value.save_as(checker)
    page.goto(checker.as_uri())
    page.set_input_files("[type=file]", path)
    page.click("button")
    page.wait_for_selector("[data-whole]", state="visible")
