"""Placing (存放次序): where rows lie in a file of SQLite, so that their place tells no order.

A page is filled from its end: each row, and each entry of an index, lies below those that came before, and the log
(WAL) holds every commit in turn. Random keys hide nothing of that. Written anew, all lies in the order of its keys.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection

LARGEST = 512 * 1024**2
"""Larger files are left as they are (过大不重写): nobody could write for half a minute. PostgreSQL is for them."""


def replace() -> bool:
    """Write the database anew by night (重写存放) and empty its log; False where it is not done."""
    if connection.vendor != "sqlite" or too_large():
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store=FILE")  # beside the data, and not in memory
        try:
            anew(cursor)
        finally:
            cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def too_large() -> bool:
    """Return whether the file is too large for that (是否过大)."""
    return Path(connection.settings_dict["NAME"]).stat().st_size > LARGEST


def anew(file: Any) -> None:
    """Write a whole file anew in the order of its keys (重写), given what executes there.

    What was erased goes with it, out of the index of words and out of pages that are free.
    """
    tables = file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'").fetchall()
    for (name,) in tables:
        let_go(file, name)
    file.execute("VACUUM")


def let_go(file: Any, index: str) -> None:
    """Let an index of words go of what was taken out of it (清除残留): FTS5 keeps it until its parts are merged."""
    file.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608 - a name can't be a parameter
