"""A correspondent reports from the phone in a real browser (快速上报): three taps after the text."""

from __future__ import annotations

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from sangesan.feedback.matters.models import Attachment, Matter
from tests.builders import small_mine
from tests.signing import PASSWORD, account

# The steps themselves are proved in their rooms, on each engine.
pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.django_db(transaction=True)]


def sign_in(page, person) -> None:
    account(person)
    page.goto("/w/login/")
    page.get_by_label("工号").fill(person.work_number)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/w/**")


def accessible(page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["target"] for n in v["nodes"]]) for v in found]


def photo() -> dict:
    kept = BytesIO()
    Image.effect_noise((3200, 2400), 20).convert("RGB").save(kept, "JPEG", quality=95)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def wait_until_small(page) -> None:
    for _try in range(600):
        if page.evaluate("document.querySelector('input[name=photos]').files[1]?.name") == "photo.jpg":
            return
        page.wait_for_timeout(100)
    raise AssertionError("the photos were not made smaller")


@pytest.mark.chapter("N5")
def test_a_report_takes_three_taps_after_the_text(phone):
    mine = small_mine()
    sign_in(phone, mine.persons["correspondent"])
    phone.goto("/w/report/")
    accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_label("什么事").fill("副井候罐又等了四十多分钟，夜班二十多人衣服是湿的")
    phone.locator("label.pick", has_text="工时休假").tap()
    phone.locator("label.pick", has_text="重要").tap()
    phone.locator(".bar button").tap()
    phone.wait_for_selector(".receipt")
    accessible(phone)
    matter = Matter.objects.get()
    assert (matter.category, matter.hint, matter.grade, matter.unit.code) == ("hours", 2, "", "ZC1")
    phone.get_by_role("link", name="我的上报").tap()
    phone.get_by_text(matter.number).wait_for()
    accessible(phone)


def test_photos_are_made_smaller_before_they_are_sent_and_words_outlive_a_reload(phone):
    mine = small_mine()
    sign_in(phone, mine.persons["correspondent"])
    phone.goto("/w/report/")
    phone.get_by_label("什么事").fill("架棚歪了，锚杆断两根")
    phone.wait_for_timeout(900)
    phone.reload()
    assert phone.get_by_label("什么事").input_value() == "架棚歪了，锚杆断两根"
    sent = photo()
    phone.locator("input[name=photos]").set_input_files([sent, sent])
    wait_until_small(phone)
    phone.get_by_role("button", name="移除照片 2").tap()
    sizes = phone.evaluate("[...document.querySelector('input[name=photos]').files].map((file) => file.size)")
    assert len(sizes) == 1 and sizes[0] < len(sent["buffer"])
    phone.locator(".bar button").tap()
    phone.wait_for_selector(".receipt")
    kept = Attachment.objects.get()
    assert (kept.width, kept.height) == (2000, 1500)
    phone.goto("/w/report/")
    assert phone.get_by_label("什么事").input_value() == ""


@pytest.mark.parametrize("who", ["correspondent", "triage"])
def test_the_pages_of_intake_are_accessible_at_the_desk(page, who):
    mine = small_mine()
    sign_in(page, mine.persons[who])
    page.goto("/w/report/" if who == "correspondent" else "/w/register/")
    accessible(page)
    if who == "triage":
        page.get_by_label("内容").fill("丈夫住院三个月，大病救助咋申请")
        page.get_by_label("姓名").fill("家属")
        page.get_by_label("目的").select_option("求助")
        page.get_by_role("button", name="登记", exact=True).click()
        page.wait_for_selector(".receipt")
        accessible(page)
        page.get_by_role("link", name="登记下一件").click()
        page.wait_for_url("**/w/register/letter/?day=*")
