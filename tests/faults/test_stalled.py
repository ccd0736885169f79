"""Phones whose network goes in the middle of a sending (断网的手机): the real server stays there for everybody else."""

from __future__ import annotations

import socket
import sys
import time
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

pytestmark = [
    pytest.mark.engine("sqlite"), pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
BEGUN = ("POST /mailbox/leaders/ HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n"
         "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntext=")


def test_three_times_as_many_stalled_senders_as_threads_hold_nobody_up(house):
    _process, address, _database = house
    at = urlsplit(address)
    with ExitStack() as stack:
        for _ in range(36):
            sender = stack.enter_context(socket.create_connection((at.hostname, at.port)))
            sender.sendall(BEGUN.format(at.netloc).encode())
        time.sleep(1)  # a thread that reads would read by now
        with urllib.request.urlopen(f"{address}/", timeout=20) as page:
            assert page.status == 200 and "调度电话" in page.read().decode()
