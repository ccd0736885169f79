"""Group commit (成组提交): many small writes, one COMMIT.

With `synchronous=FULL` the disk decides how many commits fit into a second, not the work in
them. On SQLite a single thread of each process gathers what waits, runs every callable in its
own savepoint and commits once; each caller gets its own result or error, and only after the
commit. On PostgreSQL, which commits in groups by itself, the callable runs in the caller's own
transaction. Callables write and nothing else: whatever takes thought is done before.

The writer follows whoever runs now: no caller waits longer than the commit before his.
"""

from __future__ import annotations

import contextvars
import logging
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction

LIMIT = 64  # callables in one commit
IDLE = 5.0  # seconds without work after which the writer closes its connection
log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass
class Job:
    """One write (一笔写入) with the context of whoever asked, and where its outcome goes."""

    write: Callable[[], Any]
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    future: Future = field(default_factory=Future)
    outcome: Any = None
    error: BaseException | None = None

    def run(self) -> None:
        try:
            with transaction.atomic():
                self.outcome = self.context.run(self.write)
        except BaseException as error:
            self.error = error

    def deliver(self, error: BaseException | None = None) -> None:
        error = self.error or error
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(self.outcome)


class Writer:
    """The writing thread of a process (写入线程)."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._database = None
        threading.Thread(target=self._work, name="writer", daemon=True).start()

    def _work(self) -> None:
        while True:
            try:
                jobs = [self.jobs.get(timeout=IDLE)]
            except queue.Empty:
                connection.close()
                continue
            while len(jobs) < LIMIT and not self.jobs.empty():
                jobs.append(self.jobs.get())
            self._follow()
            commit(jobs)

    def _follow(self) -> None:
        """Leave a database that is no longer the one in the settings."""
        database = connection.settings_dict["NAME"]
        if database != self._database:
            connection.close()
        self._database = database


def commit(jobs: list[Job]) -> None:
    """Run jobs in one transaction (一次提交) and deliver each outcome after the commit."""
    committed, failure = [], DatabaseError("the transaction was rolled back")
    try:
        with transaction.atomic():
            transaction.on_commit(lambda: committed.append(True))
            for job in jobs:
                job.run()
    except BaseException as error:
        failure = error
        log.exception("group commit of %s writes", len(jobs))
        connection.close()
    for job in jobs:
        job.deliver(None if committed else failure)


_writer: Writer | None = None
_guard = threading.Lock()


def run(write: Callable[[], T]) -> T:
    """Write (写入) and return the callable's result once it is committed; its errors pass through.

    Inside a transaction the callable joins it as a savepoint.
    """
    global _writer
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():
        with transaction.atomic():
            return write()
    with _guard:
        if _writer is None or _writer.pid != os.getpid():
            _writer = Writer()
        writer = _writer
    job = Job(write)
    writer.jobs.put(job)
    return job.future.result()
