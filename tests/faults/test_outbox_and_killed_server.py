"""A server that is killed while a phone empties its outbox (强行终止): every report is there, and once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests import databases
from tests.browser.test_outbox import DUMP, QUEUE, ready, states
from tests.browsers import PATIENCE
from tests.faults.test_kill import INIT, ROOT, descendants, free_port, wait_for

pytestmark = [
    pytest.mark.engine("sqlite"), pytest.mark.chapter("N5"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
PASSWORD = "Qsl@2026demo"
HIRE = """
import django; django.setup()
from tests.builders import post
from tests.signing import account
from sangesan.method.authority import Role
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit
one = Person.objects.create(work_number="9", name="孙二虎", unit=Unit.objects.first(), since="2026-01-01")
post("reporter", "信息员", one.unit, Role.CORRESPONDENT, one)
account(one)
"""


class Server:
    """The real command on a real folder (真实服务), which can be killed."""

    def __init__(self, data) -> None:
        self.environment = os.environ | {
            "SANGESAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings", "SANGESAN_DATABASE_URL": ""}
        self.database, self.port = data / "sangesan.sqlite3", free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        databases.lend(self.database)
        for call in (["-m", "sangesan", "init", *INIT], ["-c", HIRE]):
            subprocess.run([sys.executable, *call], cwd=ROOT, env=self.environment, check=True, capture_output=True)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sangesan", "run", "--no-demo", "--port", str(self.port)], cwd=ROOT,
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(f"{self.address}/healthz")

    def kill(self) -> None:
        for pid in descendants(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(60)

    def texts(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as kept:
            return [text for (text,) in kept.execute("SELECT text FROM matters_submission")]


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path)
    yield made
    made.kill()


def test_no_report_is_lost_or_doubled_when_the_server_is_killed_midway(server, browser):
    context = browser.new_context(base_url=server.address, viewport={"width": 390, "height": 844}, is_mobile=True,
                                  has_touch=True, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page, wanted = context.new_page(), [f"罐笼门闩松动第{n}件" for n in range(60)]
    page.goto("/w/login/?next=/w/report/")
    page.get_by_label("工号").fill("9")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    ready(page)
    context.set_offline(True)
    page.evaluate(QUEUE, wanted)
    context.set_offline(False)
    page.evaluate("void outbox.flush()")
    for _ in range(3_000):
        if len(server.texts()) >= 15:
            break
        page.wait_for_timeout(20)
    server.kill()
    page.wait_for_timeout(500)
    assert 15 <= len(server.texts()) < 60 and "received" in states(page), "it was killed in the middle"
    server.start()
    for _ in range(100):
        page.evaluate("Promise.race([outbox.flush(), new Promise((done) => setTimeout(done, 5000))])")
        if set(states(page)) == {"received"}:
            break
    assert sorted(server.texts()) == sorted(wanted)
    assert "罐笼" not in page.evaluate(DUMP)[0]
    context.close()
