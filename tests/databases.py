"""A copy of the test database for every test that commits (测试库副本).

Django empties the tables after such a test; the ledger's triggers refuse that, and they are
right. So the migrated database serves as a template: a test that commits works on a copy,
which is thrown away whole. SQLite copies the file, PostgreSQL clones the database.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connections

_template: dict[str, str] = {}
_turns = itertools.count()
"""Each copy has a name of its own: a thread of the product may still hold the one before."""


def use_copy(suffix: str = "copy") -> None:
    """Let the default connection work on a fresh copy of the template (启用副本)."""
    connection = connections["default"]
    name = _template.setdefault(connection.vendor, str(connection.settings_dict["NAME"]))
    copy = f"{name}_{suffix}{next(_turns)}"
    connections.close_all()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name)) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(name, copy)
    else:
        _administer(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    connection.settings_dict["NAME"] = copy


def drop_copy() -> None:
    """Go back to the template and throw the copy away (丢弃副本)."""
    connection = connections["default"]
    copy = str(connection.settings_dict["NAME"])
    connections.close_all()
    connection.settings_dict["NAME"] = _template[connection.vendor]
    if connection.vendor == "sqlite":
        for tail in ("", "-wal", "-shm", "-turn"):
            Path(copy + tail).unlink(missing_ok=True)
    else:
        _administer(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _administer(*statements: str) -> None:
    """Run statements outside any database of the tests."""
    with connections["default"]._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
