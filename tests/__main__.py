"""`make test` (测试): the suite on every engine that is there, and what was run, said at the end.

Under CI=true a missing PostgreSQL or Chromium is a failure, not a reason to leave something out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import psycopg

from tests.browsers import chromium

ROOT = Path(__file__).resolve().parent.parent
LOCAL = [
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres://sangesan:sangesan@127.0.0.1:5432/postgres",
]


def postgres() -> tuple[str, str]:
    """Return an address of PostgreSQL that lets us in (可用的数据库), or '' and why not."""
    named = os.environ.get("SANGESAN_TEST_POSTGRES", "")
    why = ""
    for address in [named] if named else LOCAL:
        try:
            with psycopg.connect(address, connect_timeout=3, autocommit=True) as connection:
                allowed = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            if allowed and allowed[0]:
                return address, ""
            why = "its user may not create databases"
        except psycopg.Error as fault:
            why = str(fault).strip().splitlines()[0]
    return "", why


def begin(arguments: list[str], address: str = "", *, more: int = 0,
          said: IO[bytes] | int | None = None) -> subprocess.Popen[bytes]:
    """Start the suite on one engine (开跑) with a worker for each core and `more`; no address means SQLite."""
    environment = os.environ | {"SANGESAN_DATABASE_URL": address, "PYTHONDONTWRITEBYTECODE": ""}
    # Each worker reads all tests, teaches its own model and starts its own browser: no more than keep the cores busy.
    # In the order of the tests themselves: by size, files of one or two long walks through a browser would come last.
    workers = ["-n", str(min(4, (os.cpu_count() or 1) + more)), "--dist", "loadscope", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said)


def followed(suite: subprocess.Popen[bytes]) -> list[bytes]:
    """Pass on what a suite says while it says it (边跑边说), and return what it said of faults when it is over."""
    said: list[bytes] = []
    for line in suite.stdout or ():
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        said.append(line)
    first = next((place for place, line in enumerate(said) if b"= FAILURES =" in line or b"= ERRORS =" in line), 0)
    return said[first:] if suite.wait() else []


def main() -> int:
    """Run all, then say in one line each what was run and what was not."""
    must = os.environ.get("CI") == "true"
    arguments, told, good = sys.argv[1:], [], True

    def say(name: str, ran: bool, ok: bool, why: str = "") -> None:
        nonlocal good
        good = good and (ok if ran else not must)
        told.append(f"  {name:<11}{'passed' if ran and ok else 'FAILED' if ran else 'NOT RUN: ' + why}")

    browser, (address, why) = chromium(), postgres()
    # Both at once: each waits a good part of its time, for its disk or its browser, where the other can work.
    with tempfile.TemporaryFile() as said:
        other = begin(arguments, address, said=said) if address else None
        suite = begin(arguments, more=0 if address else 1, said=subprocess.PIPE)
        faults = followed(suite)
        say("SQLite", True, suite.returncode == 0)
        say("PostgreSQL", bool(other), bool(other) and other.wait() == 0, why)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
    # Once more, below what the other engine said: of a long record often only the end is kept.
    sys.stdout.buffer.writelines(faults)
    sys.stdout.buffer.flush()
    # The browser tests ran with the others: without Chromium they skipped themselves, under CI they failed.
    told.append(f"  {'browser':<11}{'ran with each' if browser else 'NOT RUN: Chromium is not installed'}")
    print("\nmake test ran:", *told, sep="\n")  # noqa: T201
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
