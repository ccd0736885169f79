"""A server that is killed in the middle of a burst (强行终止): what was acknowledged is there."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import sqlite3
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.engine("sqlite"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
INIT = [
    "--name", "试验矿", "--code", "SY",
    "--system", "1", "甲一", "--security", "2", "乙二", "--auditor", "3", "丙三",
]


def descendants(pid: int) -> list[int]:
    """Return a process and all below it, as the kernel knows them."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in descendants(int(child)))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def say(address: str) -> str:
    body = json.dumps({"channel": "leaders", "mode": "anonymous", "text": "零点班升井没有热水"}).encode()
    request = urllib.request.Request(address + "/api/v1/submissions", body, {
        "Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(16)})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["number"]


def test_what_was_acknowledged_survives_a_kill(house):
    process, address, database = house
    acknowledged: list[str] = []

    def speak() -> None:
        try:
            while True:
                acknowledged.append(say(address))
        except (OSError, ValueError):
            return

    speakers = [threading.Thread(target=speak) for _ in range(4)]
    for one in speakers:
        one.start()
    while len(acknowledged) < 20 and any(one.is_alive() for one in speakers):
        time.sleep(0.01)
    for pid in descendants(process.pid):
        os.kill(pid, signal.SIGKILL)
    for one in speakers:
        one.join(60)
    with closing(sqlite3.connect(database)) as kept:
        there = {number for (number,) in kept.execute("SELECT number FROM matters_matter")}
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(acknowledged) >= 20 and set(acknowledged) <= there
