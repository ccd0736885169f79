"""Submissions (提交速度): a real server on loopback, clients with keys of their own, nothing lost."""

from __future__ import annotations

import http.client
import json
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from sangesan.upkeep.bench.figures import Figure, spans
from sangesan.upkeep.bench.places import ROOT, Place, engines, scratch

EACH = {1: 200, 8: 150}  # submissions of every client, by the number of clients
WARM = 30
SECONDS = 60


def measure() -> Iterator[Figure]:
    """Measure 1 and 8 clients on every engine (1 个和 8 个客户端)."""
    for engine in engines():
        with scratch(engine) as place:
            place.inside("mine")
            with server(place) as port:
                Client(port).send(WARM)
                for clients, each in EACH.items():
                    yield from burst(port, clients, each, engine)


def burst(port: int, clients: int, each: int, engine: str) -> list[Figure]:
    """Let clients submit all at once (同时提交), then ask back every receipt together: a look is slow on purpose."""
    crowd = [Client(port) for _ in range(clients)]
    since = time.perf_counter()
    together(partial(client.send, each) for client in crowd)
    took = time.perf_counter() - since
    times = [span for client in crowd for span in client.times]
    together(client.ask_back for client in crowd)
    said = [(number, receipt) for client in crowd for number, receipt in client.accepted]
    lost = sum(client.lost for client in crowd)
    name = f"submissions.{clients}_clients"
    return [
        Figure(f"{name}.accepted", len(said) / took, "1/s", len(said), engine), *spans(name, times, engine),
        Figure(f"{name}.refused", sum(client.refused for client in crowd), "", len(times), engine),
        Figure(f"{name}.lost", lost + len(said) - len({number for number, _ in said}), "", len(said), engine),
    ]


def together(works: Iterable[Callable[[], None]]) -> None:
    """Let all work at once (同时), each in a thread of its own, and wait for the last."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Client:
    """One client (客户端) on a connection of its own."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self.times: list[float] = []
        self.accepted: list[tuple[str, str]] = []
        self.refused = self.lost = 0

    def send(self, count: int) -> None:
        """Submit so many words (提交), one after the other."""
        for turn in range(count):
            body = {"channel": "leaders", "mode": "anonymous", "category": "logistics", "unit": "ZC1",
                    "text": f"四点班升井没热水，第 {turn} 次反映。{secrets.token_hex(8)}"}
            since = time.perf_counter()
            status, said = self._ask("POST", "/api/v1/submissions", json.dumps(body), {
                "Content-Type": "application/json", "Idempotency-Key": secrets.token_urlsafe(24)})
            self.times.append(time.perf_counter() - since)
            if status == 201:
                self.accepted.append((said["number"], said["receipt"]))
            else:
                self.refused += 1

    def ask_back(self) -> None:
        """Count what the server no longer knows (回查)."""
        self.lost = sum(not self.knows(number, receipt) for number, receipt in self.accepted)

    def knows(self, number: str, receipt: str) -> bool:
        """Return whether the server still knows a word (查得到)."""
        status, said = self._ask("GET", "/api/v1/receipts", None, {"X-Receipt": receipt})
        return status == 200 and said["number"] == number

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]):
        self._line.request(method, path, body.encode() if body else None, headers)
        answer = self._line.getresponse()
        return answer.status, json.loads(answer.read())


@contextmanager
def server(place: Place) -> Iterator[int]:
    """Keep a web server on a free port (网页服务) as `sangesan run` does."""
    port, child = start(place)
    try:
        yield port
    finally:
        child.terminate()
        child.wait(20)


def start(place: Place) -> tuple[int, subprocess.Popen]:
    """Start a web server (启动网页服务) in a process group of its own; port and process."""
    from sangesan.upkeep.run import web

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = subprocess.Popen(web("127.0.0.1", port, place.engine), env=place.environment, cwd=ROOT,  # noqa: S603
                             stdout=sys.stderr, start_new_session=True)
    wait(port, child)
    return port, child


def wait(port: int, child: subprocess.Popen) -> None:
    """Wait until the server answers (等候就绪)."""
    until = time.monotonic() + 40
    while time.monotonic() < until and child.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/api/v1/receipts")
            line.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise RuntimeError("the server did not start")
