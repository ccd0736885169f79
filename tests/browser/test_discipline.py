"""The discipline mailbox in a real browser (纪检监察信箱): keys are made, the box opened and letters read."""

from __future__ import annotations

import re

import pytest

from sangesan.feedback.sealed.models import Key, SealedMatter
from tests.browser.looking import faults
from tests.feedback.matters.test_conflicts import kinds
from tests.sealing import with_inspectors
from tests.walking import pick

pytestmark = pytest.mark.engine("sqlite")  # the steps themselves are proved in their rooms, on each engine

LETTER = "掘进材料采购收回扣，有三张条子"


class Wire:
    """Everything a page sends (流量), so that a secret can be looked for in it."""

    def __init__(self, page) -> None:
        self.sent: list[str] = []
        page.on("request", lambda asked: self.sent.append(asked.url + str(asked.headers) + (asked.post_data or "")))

    def holds(self, secret: str) -> bool:
        bare = secret.replace("-", "")
        return any(part in said for said in self.sent for part in (secret, bare, secret.lower(), bare.lower()))


def new_key(page) -> str:
    """Make a key on the open page (生成钥匙): write it down, type it back."""
    page.locator("[data-start] button").click()
    page.wait_for_selector("[data-shown] .code:visible")
    code = page.inner_text("[data-code]").strip()
    page.fill("[data-back]", code.replace("-", "")[-8:])
    page.locator("[data-shown] form button").click()
    page.wait_for_url("**/w/discipline/keys/")
    return code


def approve(page, secret: str, word: str) -> None:
    page.locator("[data-approve] input").first.fill(secret)
    page.get_by_role("button", name=word).click()


@pytest.fixture
def mine(walked_mine):
    return with_inspectors(walked_mine)


@pytest.mark.chapter("V4")
def test_a_letter_goes_from_a_phone_without_script_to_an_inspector_and_back(mine, enter, page, plain):
    wire, seen = Wire(page), []
    enter(page, mine.persons["inspector"])
    page.goto("/w/discipline/")
    seen += faults(page, "before")
    page.click("text=启用信箱")
    page.fill("[name=upper]", "集团公司纪委")
    page.fill("[name=upper_contact]", "0319-1234567")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("[data-start]")
    seen += faults(page, "founding")
    paper = new_key(page)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", paper)
    phrase = new_key(page)
    assert len(phrase.replace("-", "")) == 20
    page.wait_for_selector("[data-approve] input")
    seen += faults(page, "keys")
    approve(page, phrase, "用纸质钥匙同意")
    page.get_by_text("纸质钥匙不对").wait_for()
    approve(page, paper, "用纸质钥匙同意")
    page.get_by_text("有效", exact=True).nth(1).wait_for()
    assert Key.objects.filter(state="active").count() == 2

    plain.goto("/")
    plain.click("text=纪检监察信箱")
    plain.fill("[name=about]", "掘进材料员")
    plain.fill("[name=text]", LETTER)
    pick(plain, "mode", "named")
    plain.fill("[name=name]", "马六")
    plain.click("button.main")
    receipt = plain.inner_text(".receipt").strip()
    number = SealedMatter.objects.get().number

    page.goto("/w/discipline/")
    page.fill("#phrase", "WRONG" * 4)
    page.get_by_role("button", name="解锁").click()
    page.get_by_text("口令不对").wait_for()
    page.get_by_role("link", name="开箱").click()
    page.fill("#own", phrase)
    page.fill("#paper", paper.lower().replace("-", " "))
    seen += faults(page, "opening")
    page.get_by_role("button", name="开箱").click()
    page.get_by_text("去看信").click()
    page.fill("#phrase", phrase)
    page.get_by_role("button", name="解锁").click()
    page.get_by_text("已解锁").wait_for()
    page.get_by_role("button", name="打开").click()
    page.get_by_text(LETTER).wait_for()
    assert page.get_by_text("马六").is_visible()
    seen += faults(page, "letter")
    page.fill("#answer", "已经受理，由专人核查")
    page.get_by_role("button", name="受理并告知", exact=True).click()
    page.get_by_text("已经受理，由专人核查").wait_for()
    page.locator('[data-state="figures"] dt:text-is("核查中") + dd:text-is("1")').wait_for()
    page.locator(".row-end [data-state]:has-text('核查中')").wait_for()
    assert SealedMatter.objects.get().state == "handling"
    for secret in (phrase, paper, LETTER, "专人核查"):
        assert not wire.holds(secret), "the wire holds what must not leave the browser"
    page.get_by_role("button", name="锁上").click()
    assert not page.get_by_text(LETTER).is_visible()

    plain.goto("/receipt/")
    plain.fill("[name=code]", receipt)
    plain.click("button.main")
    assert "已经受理，由专人核查" in plain.inner_text("main")
    plain.fill("[name=text]", "还有一张条子")
    plain.get_by_role("button", name="密封补充").click()
    assert "已经密封" in plain.inner_text("main") and number in plain.inner_text("main")
    assert not seen, "\n".join(seen)


@pytest.mark.chapter("V4")
def test_a_letter_about_a_leader_is_given_back_and_not_kept(mine, enter, page, plain):
    from tests.sealing import founded

    founded(mine)
    seen = []
    page.goto("/discipline/")
    seen += faults(page, "mailbox")
    page.fill("[name=about]", "矿长")
    page.fill("[name=text]", LETTER)
    page.click("button.main")
    page.wait_for_selector("#given")
    assert page.input_value("#given") == LETTER and "集团公司纪委" in page.inner_text("main")
    seen += faults(page, "upper")
    page.goto("/discipline/")
    page.fill("[name=text]", "这事矿长也知道，材料员收了钱")
    page.click("button.main")
    page.wait_for_selector("[name=not_upper]")
    seen += faults(page, "named")
    page.check("[name=not_upper]")
    page.click("button.main")
    page.wait_for_selector(".receipt")
    seen += faults(page, "sent")
    assert SealedMatter.objects.count() == 1 and not kinds(SealedMatter.objects.get().number)
    assert not seen, "\n".join(seen)
