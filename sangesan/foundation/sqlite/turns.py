"""Turns (轮次): who writes next, in the order of asking.

SQLite lets writers sleep and try again, so a newcomer often overtakes one who has waited long;
single writes were seen to wait two seconds. Here threads stand in a queue, and processes pass a
turnstile of two file locks: whoever waits for the pen holds the turnstile, so the one who just
wrote can't snatch the pen back. SQLite's own lock stays the guard of correctness; a turn only
decides the order, so on any doubt (timeout, odd file system) one simply goes ahead.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

PAUSE = 0.001  # seconds between two looks at another process's lock
TURNSTILE, PEN = 0, 1  # the bytes of the lock file


class Pen:
    """The pen of one database (写笔): at most one holder among threads and processes.

    >>> pen = Pen(None)
    >>> pen.take(1), pen.give_back()
    (True, None)
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: int | None = None
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the pen (排队) at most so long; False: go ahead without it."""
        until = time.monotonic() + seconds
        if not self._queue(until):
            return False
        if self._path is None or self._pass(until):
            return True
        self._next()
        return False

    def give_back(self) -> None:
        """Hand the pen (交笔) to whoever waits longest."""
        if self._file is not None:
            self._unlock(PEN)
        self._next()

    @property
    def waiting(self) -> int:
        """How many threads stand in the queue (排队人数)."""
        return len(self._waiting)

    def _queue(self, until: float) -> bool:
        with self._guard:
            if not self._held:
                self._held = True
                return True
            ticket = threading.Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        if ticket.acquire(timeout=max(0.0, until - time.monotonic())):
            return True
        with self._guard:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                return False
        return True  # the pen was handed over in the very last moment

    def _next(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False

    def _pass(self, until: float) -> bool:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not self._lock(TURNSTILE, until):
            return False
        try:
            return self._lock(PEN, until)
        finally:
            self._unlock(TURNSTILE)

    def _lock(self, byte: int, until: float) -> bool:
        while True:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
                return True
            except OSError:
                if time.monotonic() > until:
                    return False
                time.sleep(PAUSE)

    def _unlock(self, byte: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, byte)


_pens: dict[str, Pen] = {}
_guard = threading.Lock()


def pen(name: str, *, in_memory: bool) -> Pen:
    """Return the pen of a database (取笔), one for each file in this process."""
    with _guard:
        if name not in _pens:
            _pens[name] = Pen(None if in_memory else Path(f"{name}-turn"))
        return _pens[name]


def forget() -> None:
    """Forget all pens (换新笔): a forked child begins with its own."""
    global _guard
    _guard = threading.Lock()
    _pens.clear()


os.register_at_fork(after_in_child=forget)
