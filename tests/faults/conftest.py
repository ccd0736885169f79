"""A real house for what goes wrong in earnest (真实服务)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests import databases
from tests.faults.test_kill import INIT, ROOT, descendants, free_port, wait_for


@pytest.fixture
def house(tmp_path):
    """A real, empty enterprise served by the real command."""
    environment = os.environ | {
        "SANGESAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", "SANGESAN_RATE": "off",
        "SANGESAN_DATABASE_URL": "",
    }
    call = [sys.executable, "-m", "sangesan"]
    databases.lend(tmp_path / "sangesan.sqlite3")
    subprocess.run([*call, "init", *INIT], cwd=ROOT, env=environment, check=True, capture_output=True)
    port = free_port()
    process = subprocess.Popen([*call, "run", "--no-demo", "--port", str(port)], cwd=ROOT, env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield process, f"http://127.0.0.1:{port}", tmp_path / "sangesan.sqlite3"
    finally:
        for pid in descendants(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait(60)
