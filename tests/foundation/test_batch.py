"""Group commit: one COMMIT for many writers, everyone gets their own outcome after it."""

import threading
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.utils import load_backend

from sangesan.foundation import batch, clock


@pytest.fixture
def file_database(tmp_path, django_db_blocker, monkeypatch):
    """A scratch SQLite file in place of the default database."""
    settings = {**connections.settings["default"], "ENGINE": "sangesan.foundation.sqlite",
                "NAME": str(tmp_path / "scratch.sqlite3"),
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"}}
    with django_db_blocker.unblock():
        kept = connections["default"]
        monkeypatch.setitem(connections.settings, "default", settings)
        connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
        monkeypatch.setattr(batch, "_writer", None)
        execute("CREATE TABLE note (word TEXT UNIQUE)")
        yield Path(settings["NAME"])
        connections["default"].close()
        connections["default"] = kept


def execute(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else None


def note(word):
    return lambda: execute("INSERT INTO note VALUES (%s)", word)


def words():
    return {row[0] for row in execute("SELECT word FROM note")}


def together(*writes):
    """Run writes from threads of their own; return each result or error."""
    outcomes = [None] * len(writes)

    def one(place, write):
        try:
            outcomes[place] = batch.run(write)
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(writes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_everyone_gets_their_own_result(file_database):
    def write(number):
        def inner():
            note(str(number))()
            return number * 2
        return inner

    assert together(*(write(n) for n in range(40))) == [n * 2 for n in range(40)]
    assert len(words()) == 40


def test_one_error_harms_nobody_else(file_database):
    def fails():
        note("半截")()
        raise ValueError("不行")

    outcomes = together(note("一"), fails, note("二"), note("一"))
    assert isinstance(outcomes[1], ValueError)
    assert sum(isinstance(o, IntegrityError) for o in outcomes) == 1
    assert words() == {"一", "二"}


def test_a_result_is_given_only_after_the_commit(file_database):
    batch.run(note("一"))
    other = load_backend("sangesan.foundation.sqlite").DatabaseWrapper(connection.settings_dict, "other")
    with other.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM note").fetchone() == (1,)
    other.close()


def test_a_lost_transaction_is_everyones_error(file_database):
    with pytest.raises(DatabaseError):
        batch.run(lambda: connection.connection.rollback())  # gone under everyone's feet
    batch.run(note("后来"))
    assert words() == {"后来"}


def test_the_clock_goes_along(file_database):
    with clock.at(date(2026, 4, 1)):
        assert batch.run(clock.today) == date(2026, 4, 1)


def test_inside_a_transaction_it_joins_in(file_database):
    with pytest.raises(ValueError), transaction.atomic():
        batch.run(note("一"))
        raise ValueError
    assert words() == set()


@pytest.mark.django_db(transaction=True)
def test_on_any_database_it_runs_in_a_transaction():
    assert batch.run(lambda: connection.in_atomic_block)
