"""Intake (受理速度): words of real length through the public door, and how soon category and likeness are ready."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

import psycopg

from .figures import Figure, spans
from .places import Place, engines, scratch
from .submissions import EACH, Client, burst, server

ALONE = 40
"""Submissions that come one at a time, each looked at before the next (逐件提交)."""
LONGEST, BEHIND = 20.0, 120.0
"""Seconds after which a suggestion counts as missing: for one alone, and after the crowd (最长等候)."""


def measure() -> Iterator[Figure]:
    """Measure 8 clients at once, then one after the other until it was looked at (同时提交、逐件等建议)."""
    for engine in engines():
        with scratch(engine) as place:
            place.inside("mine")
            with server(place) as port:
                Client(port).send(30)
                for figure in burst(port, 8, EACH[8], engine):
                    yield Figure(figure.name.replace("submissions", "intake"), figure.value, figure.unit, figure.n,
                                 figure.engine)
                said = _count(place, "matters_submission")
                missing = said - _looked_at(place, said, BEHIND)
                yield Figure("intake.8_clients.without_suggestion", missing, "", said, engine)
                times = _alone(place, port)
                yield from spans("intake.suggestion", times, engine)
                yield Figure("intake.suggestion.missing", ALONE - len(times), "", ALONE, engine)


def _alone(place: Place, port: int) -> list[float]:
    """Return the spans from the answer to a submission until its suggestion stands (提出建议用时)."""
    client, times = Client(port), []
    for _turn in range(ALONE):
        expected = _count(place, "matters_submission") + 1
        client.send(1)
        since = time.perf_counter()
        if _looked_at(place, expected, LONGEST) >= expected:
            times.append(time.perf_counter() - since)
    return times


def _looked_at(place: Place, expected: int, seconds: float) -> int:
    """Wait until so many were looked at, but no longer, and return how many were (已提建议件数)."""
    end = time.perf_counter() + seconds
    while (found := _count(place, "triage_suggestion")) < expected and time.perf_counter() < end:
        time.sleep(0.02)
    return found


def _count(place: Place, table: str) -> int:
    """Count rows from outside the server (库外计数)."""
    if place.url:
        with psycopg.connect(place.url) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
    with sqlite3.connect(place.data / "sangesan.sqlite3") as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
