"""The backend (数据库后端) that Django loads: a transaction takes its turn before it begins.

The turn lasts from BEGIN IMMEDIATE to COMMIT or ROLLBACK; nested atomics are savepoints and
need none. A single writing statement outside a transaction takes a turn for itself. A
connection that dies in between gives its turn back.
"""

from __future__ import annotations

import weakref
from pathlib import Path

from django.db.backends.sqlite3 import base

from . import turns

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "VACUUM")


class Turn:
    """The turn of one connection (一次轮次): taken once, given back once."""

    def __init__(self) -> None:
        self._pen: turns.Pen | None = None

    def take(self, pen: turns.Pen, seconds: float) -> None:
        if self._pen is None and pen.take(seconds):
            self._pen = pen

    def give_back(self) -> None:
        pen, self._pen = self._pen, None
        if pen is not None:
            pen.give_back()


class DatabaseCreation(base.DatabaseWrapper.creation_class):
    """Takes the lock file away (清理) together with a test database."""

    def _destroy_test_db(self, test_database_name, verbosity):
        super()._destroy_test_db(test_database_name, verbosity)
        if not self.is_in_memory_db(test_database_name):
            Path(f"{test_database_name}-turn").unlink(missing_ok=True)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection, polite to its neighbours."""

    creation_class = DatabaseCreation

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._turn = Turn()
        self.execute_wrappers.append(self._politely)
        weakref.finalize(self, self._turn.give_back)

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._turn.give_back()
            raise

    def _commit(self):
        super()._commit()
        self._turn.give_back()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._turn.give_back()

    def _close(self):
        try:
            super()._close()
        finally:
            self._turn.give_back()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        seconds = self.settings_dict["OPTIONS"].get("timeout", 5)
        self._turn.take(turns.pen(name, in_memory=self.is_in_memory_db()), seconds)

    def _politely(self, execute, sql, params, many, context):
        if self.in_atomic_block or not sql.lstrip()[:7].upper().startswith(WRITES):
            return execute(sql, params, many, context)
        self._take_turn()
        try:
            return execute(sql, params, many, context)
        finally:
            self._turn.give_back()
