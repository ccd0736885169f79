"""Walking through the pages (走页面): signing in without typing, and a clock that the server reads too.

The live server answers in threads of its own, which `clock.at` does not reach; `set_clock` stops
the clock for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings

from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from tests.builders import Mine, person, post, small_mine
from tests.signing import signed_in

TUESDAY = "2026-11-24 10:00"
_KEEPERS = [("security", "安全管理员", Role.SECURITY_ADMIN), ("auditor", "审计管理员", Role.AUDITOR)]


@pytest.fixture
def set_clock(monkeypatch) -> Callable[[str], datetime]:
    """Return what stops the clock (停表) at a local moment, in the test and in the server."""

    def stop(text: str) -> datetime:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.LOCAL)
        monkeypatch.setattr(clock, "wall", lambda: moment)
        return moment

    return stop


@pytest.fixture
def walked_mine(transactional_db, set_clock) -> Mine:
    """Return the small mine (小矿) on a Tuesday morning, its calendar confirmed, its three administrators there."""
    set_clock(TUESDAY)
    calendar.seed(year=2026)
    calendar.confirm(year=2026, actor=SYSTEM)
    mine = small_mine()
    for number, (code, title, role) in enumerate(_KEEPERS, start=2001):
        keeper = mine.persons[code] = person(str(number), f"钱{title[0]}", mine.units["QSL"])
        mine.posts[code] = post(code, title, mine.units["QSL"], role, keeper)
    return mine


@pytest.fixture
def enter(live_server) -> Callable:
    """Return what lets a person in (登录): the session of a signed-in client, put into the browser."""

    def let_in(page, who, look: str = "") -> None:
        key = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: key} | ({"look": look} if look else {})
        page.context.clear_cookies()
        page.context.add_cookies([
            {"name": name, "value": value, "domain": live_server.thread.host, "path": "/w/"}
            for name, value in cookies.items()
        ])

    return let_in


def pick(page, name: str, value: str) -> None:
    """Tap a tile (点选): its input lies invisibly over it."""
    page.locator(f"[name={name}][value='{value}']").check(force=True)
