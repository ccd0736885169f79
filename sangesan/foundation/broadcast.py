"""Broadcasting (广播): one thread of a process asks whether something has changed and tells all who listen.

A stream holds a thread of the web server, so only a few are let in, each for a minute; whoever is
turned away polls. What is sent is a stamp and nothing else, of what the one who listens may see: after a
change each stream looks for itself, and says nothing where it means nothing to it. The page then asks, with
its own rights.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from django.db import connections

MINUTE, BEAT = 60, 10


class Broadcaster:
    """Asks every few seconds while somebody listens (广播者); `most` streams at once in a process."""

    def __init__(self, ask: Callable[[], str], *, most: int = 4, every: float = 2) -> None:
        self._ask, self._most, self._every = ask, most, every
        self._changed = threading.Condition()
        self._listening, self._running, self.stamp = 0, False, ""

    def join(self) -> bool:
        """Take a place (占一个名额), False when all are taken."""
        with self._changed:
            if self._listening >= self._most:
                return False
            self._listening += 1
            if not self._running:
                self._running = True
                threading.Thread(target=self._work, name="broadcast", daemon=True).start()
            return True

    def leave(self) -> None:
        """Give the place back (让出名额)."""
        with self._changed:
            self._listening -= 1

    def stream(self, own: Callable[[], str], seconds: float = MINUTE) -> Iterator[bytes]:
        """Return server-sent events (事件流) for a minute: one's own stamp at once, when it changes, and as a beat.

        A page that hears no stamp for longer than a beat knows that it is cut off, and asks by itself.
        """
        events = self._events(own, seconds)
        next(events)  # begun: what is closed before anybody read it gives its place back too
        return events

    def _events(self, own: Callable[[], str], seconds: float) -> Iterator[bytes]:
        until, heard, told, word, beat = time.monotonic() + seconds, "", "", "", 0.0
        try:
            yield b""
            connections.close_all()  # a stream needs no database but to look, and a pool has few connections
            yield b"retry: 3000\n\n"
            beat = time.monotonic() + BEAT
            while time.monotonic() < until:
                with self._changed:
                    if self.stamp in ("", heard):
                        self._changed.wait(max(0.0, beat - time.monotonic()))
                    now = self.stamp
                if now not in ("", heard):
                    heard, word = now, _looked(own, word)
                if word == told and time.monotonic() < beat:
                    continue  # what changed is none of this one's, and not even the moment is told
                yield f"event: changed\ndata: {word}\n\n".encode() if word else b": beat\n\n"
                told, beat = word, time.monotonic() + BEAT
        finally:
            self.leave()

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._listening:
                    self._running, self.stamp = False, ""
                    break
            try:
                stamp = self._ask()
            except Exception:  # the database is away for a moment: nothing is known, so nothing is told
                stamp = self.stamp
            with self._changed:
                if stamp != self.stamp:
                    self.stamp = stamp
                    self._changed.notify_all()
            time.sleep(self._every)
        connections.close_all()


def _looked(own: Callable[[], str], before: str) -> str:
    """Look what one's own stamp is now (看一眼); the one before while the database is away."""
    try:
        return own()
    except Exception:
        return before
    finally:
        connections.close_all()
