"""Whatever was acknowledged survives the server's sudden death, on PostgreSQL as on SQLite."""

import os
import signal
import threading
import time

import pytest

from sangesan.upkeep.bench.places import scratch
from sangesan.upkeep.bench.submissions import Client, start

CLIENTS = 6


def submit_until_it_dies(port: int) -> list[Client]:
    """Let clients submit until the line breaks (提交到断线)."""
    crowd = [Client(port) for _ in range(CLIENTS)]

    def send(client):
        try:
            client.send(10_000)
        except OSError:
            pass

    threads = [threading.Thread(target=send, args=[client], daemon=True) for client in crowd]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30
    while sum(len(client.accepted) for client in crowd) < 60 and time.monotonic() < until:
        time.sleep(0.02)
    return crowd


@pytest.mark.engine("postgresql")  # test_kill.py does it on SQLite
def test_no_acknowledged_submission_is_lost_when_the_server_is_killed():
    with scratch("postgresql") as place:
        place.inside("mine")
        port, child = start(place)
        crowd = submit_until_it_dies(port)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait(60)
        time.sleep(0.5)
        said = [pair for client in crowd for pair in client.accepted]
        port, child = start(place)
        try:
            again = Client(port)
            assert len(said) >= 60
            assert len({number for number, _ in said}) == len(said)
            assert all(again.knows(number, receipt) for number, receipt in said)
            again.send(3)
            assert len(again.accepted) == 3
        finally:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(60)
