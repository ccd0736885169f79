"""Stubs of seals: seals taken out of the database, or made anew after a change, are found on both engines."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from sangesan.foundation import append_only, clock
from sangesan.ledger.facts import services, stubs
from sangesan.ledger.facts.models import Fact, Seal
from sangesan.ledger.facts.verify import verify
from sangesan.method.facts import Actor, MatterClosed
from sangesan.upkeep.verify import verify as command
from tests.ledger.tampering import flip, for_a_moment, put, values

CHIEF = Actor.post("chief")


@pytest.fixture
def sealed(db, noon, settings, tmp_path, django_capture_on_commit_callbacks):
    """Three seals of two facts each, with their stubs, and a fact that is not sealed yet."""
    settings.DATA = tmp_path
    for hour in range(3):
        with clock.at(noon + timedelta(hours=hour)), django_capture_on_commit_callbacks(execute=True):
            facts(hour, 2)
            services.seal_work()
    facts(9, 1)


def facts(hour, count):
    for n in range(count):
        services.record(MatterClosed(subject=f"matters/{hour}-{n}", grade="C", in_time=1, occurred_at=clock.now()),
                        actor=CHIEF)


def take_away(cursor, number):
    """Take the seals from a number on out of the database."""
    cursor.execute("DELETE FROM facts_seal WHERE number >= %s", [number])


def change(cursor, number):
    """Take a seal and all that follow away, and a fact that it held; more are recorded in its place."""
    former = Seal.objects.get(number=number - 1).upto
    take_away(cursor, number)
    gone = Fact.objects.filter(pk__gt=former).order_by("pk").first().pk
    cursor.execute("DELETE FROM facts_body WHERE fact_id = %s", [gone])
    cursor.execute("UPDATE facts_fact SET commitment = %s WHERE id = %s", [bytes(32), gone])


def put_back(cursor):
    """Put the triggers back, as a careful hand would."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    append_only.install()


def told():
    """What the command says, and that it ends with 1."""
    given = CliRunner().invoke(command)
    assert given.exit_code == 1, given.output
    return given.output


def test_untouched_seals_fit_their_stubs(sealed):
    assert verify() == []
    assert [one.number for one in stubs.listed()] == [1, 2, 3]
    assert stubs.place().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [3, 2, 1])
def test_the_last_seals_taken_away_are_named(sealed, number):
    with for_a_moment() as cursor:
        take_away(cursor, number)
        put_back(cursor)
        found = [str(p) for p in verify()]
        assert found == [f"封存存根表明曾有第 {n} 封，现在没有" for n in range(number, 4)]
        assert f"第 {number} 封" in told()


def test_the_last_seal_taken_away_with_its_facts_changed_is_named(sealed):
    with for_a_moment() as cursor:
        change(cursor, 3)
        put_back(cursor)
        assert any("第 3 封，现在没有" in p.what for p in verify())
        told()


@pytest.mark.parametrize("number", [3, 2, 1])
def test_sealed_anew_by_the_server_itself_it_still_does_not_fit(
        sealed, number, django_capture_on_commit_callbacks):
    """Whoever has only the database records other facts and lets the server seal them."""
    with for_a_moment() as cursor:
        take_away(cursor, number)
        with django_capture_on_commit_callbacks(execute=True):
            facts(20, 1)
            services.seal_work()
            for hour in range(21, 25):
                facts(hour, 1)
                services.seal_work()
        put_back(cursor)
        found = verify()
        assert str(found[0]) == f"第 {number} 封与封存存根不符：此前的台账被改写过"
        assert len(stubs.listed()) == number + 4


def test_what_a_crash_left_without_a_stub_gets_one_with_the_next_seal(
        sealed, django_capture_on_commit_callbacks):
    text = stubs.place().read_text()
    stubs.place().write_text(text[: len(text) - 30])  # the last line was torn
    with django_capture_on_commit_callbacks(execute=True):
        services.seal_work()
    assert [one.number for one in stubs.listed()] == [1, 2, 3, 4]
    assert verify() == []


def test_a_seal_undone_with_its_transaction_leaves_no_stub(sealed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        services.seal_work()
    assert [one.number for one in stubs.listed()] == [1, 2, 3]


def test_stubs_set_aside_are_kept(sealed):
    aside = stubs.set_aside()
    assert aside.read_text().count("\n") == 3
    assert stubs.listed() == []
    assert stubs.keep() == 3
    assert verify() == []


@pytest.mark.parametrize("column", ["root", "size", "day", "previous", "signature", "digest", "upto", "stream"])
def test_the_command_names_the_seal_that_was_changed(sealed, column):
    row = next(row for row, number in values("facts_seal", "number") if number == 2)
    value = dict(values("facts_seal", column))[row]
    with for_a_moment() as cursor:
        put(cursor, "facts_seal", column, row, flip(value, 3))
        put_back(cursor)
        assert "第 2 封" in told().splitlines()[-1]
