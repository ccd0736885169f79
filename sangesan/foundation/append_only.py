"""Append-only tables (只增表): the database itself refuses to change or delete a row.

An app names its tables in `ready()`; the triggers are put in place after every migration,
because SQLite drops them silently when a migration rebuilds a table. `missing()` says which
are not as they should be. A `door` is a condition over OLD under which one row may be deleted.

SQLite needs a guard before INSERT too: INSERT OR REPLACE deletes the old row without asking the
delete trigger. PostgreSQL needs one against TRUNCATE; its triggers fire ALWAYS, so that a
session acting as a replica does not get past them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections


@dataclass(frozen=True)
class Protected:
    """A protected table (受保护的表): what makes a row the same as NEW, and the door for deleting."""

    table: str
    same: tuple[str, ...]
    door: dict[str, str]


_tables: dict[str, Protected] = {}


def protect(table: str, *, same: Sequence[str] = ("id = NEW.id",), door: str | dict[str, str] = "") -> None:
    """Make a table append-only (设为只增).

    `same` are SQL conditions, one for each unique key; `door` is SQL over OLD, one for both engines or one each.
    """
    doors = dict.fromkeys(("sqlite", "postgresql"), door) if isinstance(door, str) else door
    _tables[table] = Protected(table, tuple(same), doors)


def install(using: str = "default") -> None:
    """Put every trigger in place (装上触发器); harmless when they are there already."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    wrong = set(missing(using))
    with connection.cursor() as cursor:
        for one in _tables.values():
            if one.table in there and wrong & set(triggers(one, connection.vendor)):
                for statement in _statements(one, connection.vendor):
                    cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Return the names of triggers that are absent, altered or switched off (缺失的触发器)."""
    vendor = connections[using].vendor
    wanted = {name: text for one in _tables.values() for name, text in triggers(one, vendor).items()}
    found = _found(using)
    return sorted(name for name, text in wanted.items() if found.get(name) != text)


def triggers(one: Protected, vendor: str) -> dict[str, str]:
    """Return the triggers of a table by name (触发器): SQL on SQLite, function and type on PostgreSQL."""
    t = one.table
    if vendor == "sqlite":
        door = f" WHEN NOT ({one.door['sqlite']})" if one.door.get("sqlite") else ""
        same = " OR ".join(f'EXISTS (SELECT 1 FROM "{t}" WHERE {condition})' for condition in one.same)  # noqa: S608
        refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {t}'); END"
        return {
            f"keep_{t}_update": f'CREATE TRIGGER "keep_{t}_update" BEFORE UPDATE ON "{t}" {refuse}',
            f"keep_{t}_delete": f'CREATE TRIGGER "keep_{t}_delete" BEFORE DELETE ON "{t}"{door} {refuse}',
            f"keep_{t}_insert": f'CREATE TRIGGER "keep_{t}_insert" BEFORE INSERT ON "{t}"'
            f" WHEN {same} {refuse}",
        }
    return {f"keep_{t}_row": f"27 {_function(one)}", f"keep_{t}_truncate": f"34 {_function(one)}"}


def _function(one: Protected) -> str:
    """Return the body of the trigger function (触发器函数) for PostgreSQL."""
    door = one.door.get("postgresql")
    allowed = f"IF TG_OP = 'DELETE' THEN IF {door} THEN RETURN OLD; END IF; END IF; " if door else ""
    return f"BEGIN {allowed}RAISE EXCEPTION 'append-only: {one.table}' USING ERRCODE = '23001'; END"


def _statements(one: Protected, vendor: str) -> list[str]:
    """Return what installs the triggers of one table (安装语句)."""
    t, names = one.table, triggers(one, vendor)
    if vendor == "sqlite":
        return [s for name, text in names.items() for s in (f'DROP TRIGGER IF EXISTS "{name}"', text)]
    return [
        f'CREATE OR REPLACE FUNCTION "keep_{t}"() RETURNS trigger LANGUAGE plpgsql AS $keep${_function(one)}$keep$',
        *(f'DROP TRIGGER IF EXISTS "{name}" ON "{t}"' for name in names),
        f'CREATE TRIGGER "keep_{t}_row" BEFORE UPDATE OR DELETE ON "{t}" FOR EACH ROW EXECUTE FUNCTION "keep_{t}"()',
        f'CREATE TRIGGER "keep_{t}_truncate" BEFORE TRUNCATE ON "{t}" EXECUTE FUNCTION "keep_{t}"()',
        *(f'ALTER TABLE "{t}" ENABLE ALWAYS TRIGGER "{name}"' for name in names),
    ]


def _found(using: str) -> dict[str, str]:
    """Return the triggers as the database holds them (现有触发器), in the shape of `triggers`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, tgtype || ' ' || prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND tgenabled = 'A'"
                " AND tgqual IS NULL AND pg_table_is_visible(pg_class.oid)"
                " AND tgname IN ('keep_' || relname || '_row', 'keep_' || relname || '_truncate')"
            )
        return dict(cursor.fetchall())


def stored(column: str, vendor: str) -> str:
    """Return SQL for a column as it is stored (原样), as text, for verification.

    SQLite keeps whatever bytes it is given, even those that are no date and no UTF-8; read as a
    BLOB they reach us unharmed instead of stopping the reader.
    """
    return f"CAST({column} AS BLOB)" if vendor == "sqlite" else f"CAST({column} AS text)"


def as_text(value: object) -> str:
    """Return what `stored` gave as a string (转为文字); PostgreSQL's time zone mark is taken off."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text.removesuffix("+00")


def as_bytes(value: object) -> bytes:
    """Return a stored binary value as bytes (转为字节), whatever type it was turned into."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
