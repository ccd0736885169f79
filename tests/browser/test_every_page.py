"""Every page (每一页): open to all eyes in every look, never wider than its screen, nothing that leads nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.browser.looking import faults
from tests.busy import busy

pytestmark = pytest.mark.engine("sqlite")
"""What a page looks like, no database changes; that it opens on each is proved where its room is tested."""

ROLES = ("leader", "triage", "handler", "logistics", "correspondent", "duty", "admin", "security", "auditor")
MANY_STEPS = {"handler": "extending", "logistics": "review", "triage": "answered"}
WANTED = {
    "desk:today", "desk:todo", "desk:help", "matters:triage", "matters:list", "matters:detail", "results:index",
    "results:statement", "intake:report", "intake:mine", "intake:entry", "intake:behalf", "notices:index",
    "accounts:me",
    "accounts:index", "audit:log", "upkeep:health", "organization:tree", "organization:unit", "organization:imports",
    "organization:people", "organization:person",
}
_LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
_FILES = (".xlsx", ".txt", ".csv", ".pdf", ".docx", ".zip")


def test_public_pages_are_open_to_all_eyes(walked_mine, page):
    said = busy(walked_mine)
    found = crawl(page, ["/"], seen := set())
    assert {"intake:leaders", "intake:union", "intake:receipt", "intake:privacy", "intake:outside"} <= seen
    found += crawl(page, ["/w/login/"], seen, staff=True)
    page.goto("/mailbox/leaders/")
    page.evaluate("document.forms[0].submit()")
    page.wait_for_selector(".summary")
    found += faults(page, "mailbox refused")
    page.fill("[name=text]", "浴室水凉")
    page.click("button.main")
    page.wait_for_selector(".receipt")
    found += faults(page, "sent")
    page.goto("/receipt/")
    page.fill("[name=code]", said["receipt"])
    page.click("button.main")
    page.wait_for_selector(".steps")
    found += faults(page, "receipt")
    assert page.goto("/nowhere/").status == 404
    found += faults(page, "not found")
    assert not found, "\n".join(found)


def test_staff_pages_are_open_to_all_eyes(walked_mine, enter, page):
    said = busy(walked_mine)
    found, seen = [], set()
    for role in ROLES:
        enter(page, walked_mine.persons[role])
        if role in MANY_STEPS:
            seen.discard("matters:detail")
        found += crawl(page, ["/w/", f"/w/matters/{said[MANY_STEPS.get(role, 'handling')]}/"], seen, staff=True)
    assert WANTED <= seen, WANTED - seen
    assert not found, "\n".join(found)


def crawl(page, waiting: list[str], seen: set[str], *, staff: bool = False) -> list[str]:
    """Follow the links (沿链接走) to one page of each kind, and look at it."""
    found, asked, told = [], {kind(path) for path in waiting}, {}
    while waiting:
        address = waiting.pop(0)
        try:
            answer = page.goto(address)
        except Exception as fault:
            if "Download is starting" not in str(fault):
                raise
            continue
        if answer.status >= 400 and address in told:
            found.append(f"{told[address]} leads to {address}, which says {answer.status}")
        here = urlsplit(page.url).path
        if kind(here) not in seen:
            seen.add(kind(here))
            found += faults(page, here)
        for link in page.evaluate(_LINKS):
            scheme, _host, target, query, _part = urlsplit(link)
            if scheme == "tel":
                continue
            if kind(target) not in seen | asked and not target.endswith(_FILES) and staff == target.startswith("/w/"):
                asked.add(kind(target))
                waiting.append(f"{target}?{query}")
                told[waiting[-1]] = here
    return found


def kind(path: str) -> str:
    """Return which page an address shows (页面名)."""
    return resolve(path).view_name
