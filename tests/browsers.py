"""A real browser for the tests (浏览器): Debian's Chromium driven by playwright, without its windows where it is there.

Fixtures: `page` at 1440×900, `phone` at 390×844, `plain` a phone without script. The first
two fail a test in which a page raised an error in its script or asked another server for anything.
"""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.db import connections

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]
PATIENCE = 60_000
"""Milliseconds until what never comes is a failure (最久等待): on however busy a machine."""


def chromium() -> str | None:
    """Return the path of Chromium (浏览器路径): SANGESAN_CHROMIUM, or what the machine has.

    First the one that has no windows: pages are the same in it, and it takes less than half of the processor.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("SANGESAN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """One Chromium for the session; without it the test is skipped, and under CI it fails.

    Playwright keeps an event loop in this thread, and Django knows connections by thread and loop: one
    that was opened before would stay open and unseen, and no copy be taken of the database it is on.
    """
    path = chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: under CI=true no browser test may be skipped")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    connections.close_all()
    with sync_playwright() as play:
        chrome = play.chromium.launch(executable_path=path, args=QUIET)
        yield chrome
        chrome.close()


def _open(browser, live_server, width: int, height: int, phone: bool):
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=phone, is_mobile=phone, locale="zh-CN",
        timezone_id="Asia/Shanghai", base_url=live_server.url, reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page, faults, home = context.new_page(), [], urlsplit(live_server.url).netloc
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: faults.append(f"asks {asked.url}") if _foreign(asked.url, home) else None)
    yield page
    context.close()
    assert not faults, faults


def _foreign(url: str, home: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != home


@pytest.fixture
def page(browser, live_server):
    """A page on the desk (桌面页), 1440×900."""
    yield from _open(browser, live_server, 1440, 900, phone=False)


@pytest.fixture
def phone(browser, live_server):
    """A page on the phone (手机页), 390×844."""
    yield from _open(browser, live_server, 390, 844, phone=True)


@pytest.fixture
def plain(browser, live_server):
    """A phone whose browser runs no script (无脚本手机), 390×844."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="zh-CN",
        base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
