"""Phones whose network goes in the middle of a sending (断网的手机): the real server stays there for everybody else."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

from tests.faults.test_kill import house, pytestmark  # noqa: F401

BEGUN = ("POST /leaders/ HTTP/1.1\r\nHost: {0}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
         "Content-Length: 1000\r\n\r\ntext=")


def test_three_times_as_many_stalled_senders_as_threads_hold_nobody_up(house):  # noqa: F811
    _process, address, _database = house
    at = urlsplit(address)
    with ExitStack() as stack:
        for _ in range(36):
            sender = stack.enter_context(socket.create_connection((at.hostname, at.port)))
            sender.sendall(BEGUN.format(at.netloc).encode())
        with urllib.request.urlopen(f"{address}/", timeout=20) as page:
            assert page.status == 200 and "调度电话" in page.read().decode()
