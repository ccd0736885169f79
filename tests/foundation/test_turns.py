"""Writing on SQLite is fair: turns are taken in the order of asking and never lost."""

import subprocess
import sys
import textwrap
import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from sangesan.foundation.sqlite.base import DatabaseWrapper
from sangesan.foundation.sqlite.turns import Pen


@pytest.fixture
def open_database(tmp_path):
    """Open further connections to one scratch file, as threads of a server do."""
    made = []

    def connect():
        settings = connection.settings_dict | {
            "NAME": str(tmp_path / "scratch.sqlite3"), "ENGINE": "sangesan.foundation.sqlite",
            "CONN_HEALTH_CHECKS": False, "OPTIONS": {
                "transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": "PRAGMA journal_mode=WAL",
            },
        }
        made.append(DatabaseWrapper(settings, alias=f"scratch{len(made)}"))
        made[-1].inc_thread_sharing()
        return made[-1]

    first = connect()
    first.ensure_connection()
    first.connection.execute("CREATE TABLE note (word TEXT)")
    yield connect
    for one in made:
        one.close()


def begin(database):
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(database, *, commit=True):
    (database.commit if commit else database.rollback)()
    database.set_autocommit(True)


@pytest.fixture(autouse=True)
def own_connections(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_threads_write_in_the_order_of_asking(tmp_path):
    pen, order, threads = Pen(tmp_path / "turn"), [], []
    pen.take(1)

    def write(number):
        pen.take(60)
        order.append(number)
        pen.give_back()

    for number in range(12):
        threads.append(threading.Thread(target=write, args=[number]))
        threads[-1].start()
        while pen.waiting <= number:
            time.sleep(0.001)
    pen.give_back()
    for thread in threads:
        thread.join(60)
    assert order == list(range(12))


def test_who_gives_up_leaves_the_queue(tmp_path):
    pen = Pen(tmp_path / "turn")
    assert pen.take(1)
    assert not pen.take(0.02)
    pen.give_back()
    assert pen.take(1)


def test_the_one_who_just_wrote_lets_another_process_go_first(tmp_path):
    script = """
        import sys, time
        from pathlib import Path
        from sangesan.foundation.sqlite.turns import Pen
        pen, order = Pen(Path(sys.argv[1])), open(sys.argv[2], "ab", buffering=0)
        print("here", flush=True)
        sys.stdin.readline()
        for _ in range(30):
            assert pen.take(60)
            order.write(b"o")
            time.sleep(0.005)
            pen.give_back()
    """
    order = tmp_path / "order"
    other = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "turn"), str(order)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    assert other.stdout.readline() == "here\n"
    pen = Pen(tmp_path / "turn")
    other.stdin.write("go\n")
    other.stdin.flush()
    with open(order, "ab", buffering=0) as ours:
        while other.poll() is None:  # both are greedy: each asks again at once
            assert pen.take(60)
            ours.write(b"u")
            time.sleep(0.005)
            pen.give_back()
    assert other.returncode == 0
    written = order.read_text()
    # A busy machine may let one of them come late now and then; in turns they'd change 60 times, snatching a few.
    assert written.count("ou") + written.count("uo") >= 30, written


@pytest.mark.parametrize("commit", [True, False])
def test_a_turn_ends_with_the_transaction(open_database, commit):
    one, two = open_database(), open_database()
    for database in (one, two, one):
        begin(database)
        end(database, commit=commit)


def test_a_closed_or_forgotten_connection_gives_its_turn_back(open_database):
    one, two = open_database(), open_database()
    begin(one)
    one.close()
    begin(two)
    end(two)
    three = DatabaseWrapper(two.settings_dict, alias="lost")
    begin(three)
    three.connection.close()
    del three
    begin(two)
    end(two)


def test_a_failed_begin_gives_its_turn_back(open_database):
    one, two = open_database(), open_database()
    one.ensure_connection()
    one.connection.execute("BEGIN IMMEDIATE")  # behind the queue's back
    with pytest.raises(DatabaseError):
        begin(one)
    one.connection.rollback()
    begin(two)
    end(two)


def test_single_statements_take_turns_too(open_database):
    one, two = open_database(), open_database()
    begin(one)
    written = threading.Event()

    def write():
        with two.cursor() as cursor:
            cursor.execute("INSERT INTO note VALUES ('二')")
        written.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert not written.wait(0.05)
    with one.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES ('一')")
    end(one)
    assert written.wait(60)
    thread.join()
    with one.cursor() as cursor:
        assert cursor.execute("SELECT word FROM note").fetchall() == [("一",), ("二",)]


@pytest.mark.django_db(transaction=True)
def test_many_threads_with_nested_transactions_and_errors_never_lock_up():
    def work():
        for turn in range(10):
            try:
                with transaction.atomic():
                    with transaction.atomic():
                        if turn % 3 == 0:
                            raise ValueError
            except ValueError:
                pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
