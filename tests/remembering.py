"""What is remembered for seconds (短时记忆), in tests: for as long as nothing it was read from is written.

A test makes what the product must find in the same second, so nothing may be kept by the clock. Most of what is
remembered (the roster, who reads first, the table in force, the calendar) is written once by a test and asked at every
step of it: an answer is kept with the tables it was read from, and forgotten when one of them is written. Only in a
test that rolls back, and for its own thread; a test that commits asks each time, so does one while it counts queries,
and one that sets MEMORY_SECONDS tries the product's own memory.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable
from functools import cache, lru_cache, wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

from sangesan.foundation import clock, memory

real = memory.remembered
_READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|BEGIN|PRAGMA|SET|EXPLAIN)\b", re.IGNORECASE)
_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_kept: dict[Hashable, tuple[Any, frozenset[str]]] = {}
_reading: list[set[str]] = []
_on = False


def remembered(work: Callable) -> Callable:
    """Remember what a function returned (测试中的短时记忆) until what it was read from is written."""
    by_the_clock = real(work)

    @wraps(work)
    def recall(*values: Hashable) -> Any:
        if settings.MEMORY_SECONDS:
            return by_the_clock(*values)
        if not _on or connection.force_debug_cursor or threading.current_thread() is not threading.main_thread():
            return work(*values)
        key = (recall, clock.today(), *values)
        found = _kept.get(key) or _read(key, work, values)
        for around in _reading[-1:]:
            around |= found[1]
        return found[0]

    def forget() -> None:
        by_the_clock.forget()
        for key in [key for key in _kept if key[0] is recall]:
            del _kept[key]

    recall.forget = forget
    return recall


def _read(key: Hashable, work: Callable, values: tuple) -> tuple[Any, frozenset[str]]:
    _reading.append(set())
    try:
        result = work(*values)
    finally:
        tables = frozenset(_reading.pop())
    if tables:
        _kept[key] = result, tables
    return result, tables


def _watch(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    """Note which tables are read (记下所读), and forget what was read from one that is written."""
    if _reading and threading.current_thread() is threading.main_thread():
        _reading[-1].update(_tables(sql))
    if not _kept or _READS.match(sql):
        return execute(sql, params, many, context)
    try:
        return execute(sql, params, many, context)
    finally:
        written = _tables(sql) if _WRITES.match(sql) else frozenset()
        for key in [key for key, (_result, read) in _kept.items() if not written or read & written]:
            del _kept[key]


@cache
def _ours() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))


@lru_cache(maxsize=4096)
def _tables(sql: str) -> frozenset[str]:
    return _ours().intersection(re.findall(r"\w+", sql))


def begin() -> None:
    """Begin a test (开始一个测试): nothing is known from the one before."""
    global _on
    _kept.clear()
    _on = True


def end() -> None:
    """Remember nothing (不再记忆): what comes is committed, and others may write it."""
    global _on
    _kept.clear()
    _on = False


def install() -> None:
    """Take the place of the product's memory (替换), before a module of the house is read."""
    memory.remembered = remembered
    connection_created.connect(_beside, dispatch_uid="remembering")


def _beside(sender: type, connection: Any, **_more: Any) -> None:
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)
