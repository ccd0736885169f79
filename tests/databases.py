"""The test database: migrated once per state of the code, and a copy for every test that commits (测试库).

Django empties the tables after such a test; the ledger's triggers refuse that, and they are
right. So the migrated database serves as a template: a test that commits works on a copy,
which is thrown away whole. SQLite copies the file, PostgreSQL clones the database.

What was migrated is kept for later runs and for the workers beside this one, with a hash of all that makes
it: migrating takes longer than most of what is then tested. SQLite keeps a file beside the other caches of the
tests, PostgreSQL one database for each checkout, its hash in the comment.
"""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction

from tests import remembering

needs_tools = pytest.mark.skipif(
    connection.vendor == "postgresql" and not shutil.which("pg_dump") and os.environ.get("CI") != "true",
    reason="PostgreSQL's client is not installed")
"""Where copies are made by the engine's own programs (备份工具): under CI nothing is skipped, it fails."""

_template: dict[str, str] = {}
_making = None
_turns = itertools.count()
"""Each copy has a name of its own: a thread of the product may still hold the one before."""


def use_copy(suffix: str = "copy") -> None:
    """Let the default connection work on a fresh copy of the template (启用副本)."""
    connection = connections["default"]
    assert not connection.in_atomic_block, "a world stands here: see `standing`"
    remembering.end()
    name = _template.setdefault(connection.vendor, str(connection.settings_dict["NAME"]))
    copy = f"{name}_{suffix}{next(_turns)}"
    connections.close_all()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name)) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(name, copy)
    else:
        _clone(name, copy)
    connection.settings_dict["NAME"] = copy
    _stubs().unlink(missing_ok=True)


def clear_out(name: str) -> None:
    """End what is still in a database (清场), on PostgreSQL: nobody may be there when it is copied or dropped.

    The stream of a page that was left asks once more, and by then of the template.
    """
    if connections["default"].vendor == "postgresql":
        _administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                    " AND usename = current_user")


def _drop(name: str) -> None:
    """Drop a database on PostgreSQL (删库).

    Not WITH (FORCE): that is refused to a common user while the server's own vacuum is there, for which a plain
    DROP waits.
    """
    _alone(name, f'DROP DATABASE IF EXISTS "{name}"')


def _alone(name: str, statement: str) -> None:
    """Do what nobody may be in a database for (独占), whoever of ours is still in it or comes once more."""
    for last in (False, False, True):
        clear_out(name)
        try:
            return _administer(statement)
        except OperationalError:  # somebody came between the two
            if last:
                raise


def drop_copy() -> None:
    """Go back to the template and throw the copy away (丢弃副本)."""
    connection = connections["default"]
    copy = str(connection.settings_dict["NAME"])
    _stubs().unlink(missing_ok=True)
    connections.close_all()
    connection.settings_dict["NAME"] = _template[connection.vendor]
    if connection.vendor == "sqlite":
        for tail in ("", "-wal", "-shm", "-turn"):
            Path(copy + tail).unlink(missing_ok=True)
    else:
        _drop(copy)


def _stubs() -> Path:
    """Return where the stubs of the copy's seals stand (副本的存根): a name may have been used in an earlier run."""
    from sangesan.ledger.facts import stubs

    return stubs.place()


def state() -> str:
    """Return the hash of all that makes the tables (库结构的摘要)."""
    digest = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for source in sorted(Path(settings.ROOT, "sangesan").rglob("*.py")):
        if source.parent.name == "migrations" or source.name in ("apps.py", "append_only.py"):
            digest.update(f"{source.relative_to(settings.ROOT)}\n".encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def kept() -> Path:
    """Return where the migrated file of this state of the code is kept (已迁移的库), on SQLite."""
    return Path(settings.ROOT, ".pytest_cache", f"migrated-{state()}.sqlite3")


def take_kept() -> bool:
    """Lay what is kept where the test database will be (取用); whether there was any.

    Whoever finds none migrates; the others wait for that instead of migrating too.
    """
    global _making
    connection, ready = connections["default"], kept()
    aim = connection.settings_dict["TEST"]
    ready.parent.mkdir(exist_ok=True)
    _making = open(ready.with_name(f"migrated-{connection.vendor}.lock"), "w")  # held until it is kept
    fcntl.flock(_making, fcntl.LOCK_EX)
    found = ready.exists() if connection.vendor == "sqlite" else _kept_state() == state()
    if found and connection.vendor == "sqlite":
        shutil.copyfile(ready, aim["NAME"])
    elif found:
        _clone(settings.KEPT, aim["NAME"])
    if found:
        aim["MIGRATE"] = False
        _making.close()
    return found


def _kept_state() -> str:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                       [settings.KEPT])
        return (cursor.fetchone() or [""])[0] or ""


def _clone(source: str, name: str) -> None:
    _drop(name)
    _alone(source, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def lend(place: Path) -> None:
    """Lay the kept file where a real command will look (借出), if there is one: it need not migrate again."""
    if kept().exists():
        shutil.copyfile(kept(), place)


def keep() -> None:
    """Keep what was migrated now for later runs (留存), in place of that of earlier states of the code.

    Where no test of a run asks for the database, none was made: an empty one that is kept would serve all later runs.
    """
    name, ready = str(connections["default"].settings_dict["NAME"]), kept()
    if name != connections["default"].settings_dict["TEST"]["NAME"]:
        _making.close()
        return
    if connections["default"].vendor == "sqlite":
        making = ready.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(name)) as made:
            made.execute("VACUUM INTO ?", [str(making)])
        for former in ready.parent.glob("migrated-*.sqlite3"):
            former.unlink(missing_ok=True)
        making.replace(ready)
    else:
        connections.close_all()
        _clone(name, settings.KEPT)
        _administer(f"COMMENT ON DATABASE \"{settings.KEPT}\" IS '{state()}'")
    _making.close()


def leave(taken: bool) -> None:
    """Leave nothing of this run on PostgreSQL but what is kept (收场): what was not created is not dropped."""
    name = str(connections["default"].settings_dict["NAME"])
    connections.close_all()
    clear_out(name)
    if taken and connections["default"].vendor == "postgresql":
        _drop(name)


@contextmanager
def standing(blocker) -> Iterator[None]:
    """Let what is made within stand for all tests of a module (共用的世界), each of which rolls back to it.

    Only where no test of the module commits: such a one would be given a copy of a database without it.
    """
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


def _administer(*statements: str) -> None:
    """Run statements outside any database of the tests."""
    with connections["default"]._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
