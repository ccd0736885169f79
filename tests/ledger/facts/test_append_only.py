"""Append-only: the database itself refuses, and only erasure by retention has a door."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from sangesan.foundation import append_only, clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.audit.services import expire, note
from sangesan.ledger.evidence.models import Evidence
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts import queries, services
from sangesan.ledger.facts.models import Body, Erasure, Fact
from sangesan.method.facts import Actor, MatterClosed
from tests.ledger.tampering import unguarded

CHIEF = Actor.post("chief")
TABLES = {
    "facts_fact": "kind = 'x'", "facts_body": "unit = ''", "facts_seal": "size = 0", "facts_erasure": "record_id = 1",
    "evidence_evidence": "kind = 'x'", "evidence_erasure": "record = 1", "audit_auditentry": "event = 'x'",
}


@pytest.fixture
def ids(db, noon):
    """Two facts with words, one of them erased, all sealed; one audit entry."""
    ids = [services.record(MatterClosed(subject=f"matters/{n}", unit="QSL/", grade="C", in_time=1, occurred_at=noon),
                           actor=CHIEF, words="已办结") for n in range(2)]
    services.erase_body(ids[1], reason="retention")
    services.seal()
    note("identity.opened", subject="matters/0")
    return ids


def refused(sql, *parameters):
    """Run SQL and say whether the database refused it as append-only."""
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed_or_deleted(ids, table):
    refused(f"UPDATE {table} SET {TABLES[table]}")
    refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.engine("sqlite")  # INSERT OR REPLACE is its own
@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced(ids, table):
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.engine("sqlite")  # INSERT OR REPLACE is its own
def test_no_second_reversal_replaces_the_first(ids):
    answer = services.reverse(ids[0], reason="wrong_unit", actor=CHIEF)
    columns = "salt, content, kind, day, subject, unit, line, actor, occurred_at, recorded_at, quantity, reverses"
    refused(f"INSERT OR REPLACE INTO facts_body (fact_id, {columns}) SELECT 999, {columns} FROM facts_body"
            " WHERE fact_id = %s", answer)


def test_a_body_leaves_only_through_its_door(ids):
    told = Erasure.objects.get(fact=ids[1]).record_id

    assert queries.fact(told).content["fact"] == ids[1]
    assert not Body.objects.filter(pk=ids[1]).exists()
    assert Fact.objects.filter(pk=ids[1]).exists()
    assert Evidence.objects.count() == 1, "the words went with the body"
    with transaction.atomic():
        Erasure.objects.create(fact_id=ids[0], record_id=ids[1])
        refused("DELETE FROM facts_body WHERE fact_id = %s", ids[0])


def test_words_are_erased_and_the_fact_stays(ids):
    digest = str(queries.fact(ids[0]).content["words"])
    services.erase_words(digest, reason="retention")
    assert text_of(digest) is None
    assert queries.fact(ids[0]).content["words"] == digest


def test_a_reversal_is_erased_only_after_what_it_reverses(ids):
    answer = services.reverse(ids[0], reason="wrong_unit", actor=CHIEF)
    with pytest.raises(Conflict):
        services.erase_body(answer, reason="retention")
    services.erase_body(ids[0], reason="retention")
    told = services.erase_body(answer, reason="retention")
    with pytest.raises(Conflict):
        services.erase_body(told, reason="retention")
    assert queries.count(kinds=["matter.closed"]) == 0


def test_the_audit_log_expires_after_twelve_months_and_not_before(db, noon):
    real = clock.datetime.now(clock.UTC)
    with clock.at(real - timedelta(days=400)):
        note("identity.opened")
    with clock.at(real - timedelta(days=300)):
        note("export.made")
    with clock.at(real):
        assert expire() == 1
    assert [e.event for e in AuditEntry.objects.all()] == ["export.made"]


def test_a_migration_puts_back_what_a_rebuilt_table_lost(db):
    with unguarded():
        assert append_only.missing()
        call_command("migrate", verbosity=0)
        assert append_only.missing() == []
