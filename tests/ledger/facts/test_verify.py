"""Verification: any change is found, and the first bad fact is named."""

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangesan.foundation import append_only, clock
from sangesan.ledger.facts import queries, services
from sangesan.ledger.facts.chain import read_deposit, signed_here
from sangesan.ledger.facts.models import Body, Fact, Seal
from sangesan.ledger.facts.verify import verify
from sangesan.method.facts import SPEAKER, SYSTEM, Actor, MatterClosed, MatterRated
from tests.ledger.tampering import flip, for_a_moment, put, unguarded, values

CHIEF = Actor.post("chief")
COLUMNS = {
    "facts_fact": ["id", "kind", "day", "stream", "commitment"],
    "facts_body": ["fact_id", "salt", "content", "kind", "day", "subject", "unit", "line", "actor", "occurred_at",
                   "recorded_at", "quantity", "reverses"],
    "facts_seal": ["number", "day", "stream", "size", "upto", "root", "previous", "signature", "digest"],
    "facts_erasure": ["fact_id", "record_id"],
    "evidence_evidence": ["digest", "kind", "day", "salt", "content"],
    "evidence_erasure": ["digest", "record"],
}
EVERY = [(table, column) for table, columns in COLUMNS.items() for column in columns]


@pytest.fixture
def ledger(db, noon):
    """Three days of facts: words, a reversal, erased bodies and words; the last facts not yet sealed."""
    for day in range(3):
        with clock.at(noon + timedelta(days=day)):
            ids = [services.record(
                MatterClosed(subject=f"matters/{day}-{n}", unit="QSL/CM/ZC1/", line="party", reason="done", grade="C",
                             in_time=1, occurred_at=clock.now()), actor=CHIEF, words=f"已办结 {n}") for n in range(3)]
            services.record_batch(
                [(MatterRated(subject=f"matters/{day}-{n}", occurred_at=clock.now(), rating="basic"), SPEAKER)
                 for n in range(3)])
            services.reverse(ids[0], reason="wrong_unit", actor=CHIEF)
            if day < 2:
                services.seal()
            services.erase_body(ids[1], reason="retention")
            services.erase_words(str(queries.fact(ids[2]).content["words"]), reason="retention")
    return ids


def test_an_untouched_ledger_has_no_problem(ledger):
    assert verify() == []
    assert Seal.objects.count() == 4


@pytest.mark.parametrize(("table", "column"), EVERY)
def test_a_flipped_bit_is_found_in_every_column(ledger, table, column):
    for row, value in values(table, column)[:3]:
        assert_found(table, column, row, value, 5)


def test_any_flipped_bit_is_found(ledger):
    @settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(EVERY), st.integers(0, 10**6), st.integers(0, 4000))
    def check(place, nth, bit):
        kept = values(*place)
        row, value = kept[nth % len(kept)]
        assert_found(*place, row, value, bit)

    check()


def assert_found(table, column, row, value, bit):
    try:
        with for_a_moment() as cursor:
            with transaction.atomic():
                put(cursor, table, column, row, flip(value, bit))
            problems = [p for p in verify() if "触发器" not in p.what]
            assert problems, f"{table}.{column} {value!r} bit {bit}"
            if table == "facts_body" and column not in ("fact_id",):
                assert problems[0].fact, problems
    except (IntegrityError, DataError):
        pass  # the database itself refused the value


def test_the_first_bad_fact_is_named(ledger):
    fourth, third = list(Body.objects.order_by("pk")[2:4])
    with for_a_moment() as cursor:
        for body in (third, fourth):
            cursor.execute("UPDATE facts_body SET unit = 'QSL/' WHERE fact_id = %s", [body.pk])
        assert verify()[0].fact == fourth.pk


def test_a_bad_fact_is_named_before_the_batch_it_is_in(ledger):
    last = Seal.objects.filter(size__gt=3).first().upto
    with for_a_moment() as cursor:
        cursor.execute("UPDATE facts_fact SET commitment = %s WHERE id = %s", [b"\0" * 32, last])
        found = verify()
    assert [p.fact for p in found[:2]] == [last, last] and "内容与封存值不符" in str(found[0]), found


def test_a_sealed_fact_that_is_gone_is_named(ledger):
    gone = Fact.objects.order_by("pk")[3].pk
    with for_a_moment() as cursor:
        cursor.execute("DELETE FROM facts_body WHERE fact_id = %s", [gone])
        cursor.execute("DELETE FROM facts_fact WHERE id = %s", [gone])
        assert verify()[0].fact == gone


def test_a_fact_slipped_into_a_sealed_batch_is_found(ledger):
    with for_a_moment() as cursor:
        late = services.record(MatterRated(subject="matters/late", occurred_at=clock.now(), rating="basic"),
                               actor=SYSTEM)
        cursor.execute("UPDATE facts_body SET fact_id = -5 WHERE fact_id = %s", [late])
        cursor.execute("UPDATE facts_fact SET id = -5 WHERE id = %s", [late])
        assert "塞入" in str(verify()[0])


def test_a_body_taken_away_without_a_fact_that_tells_of_it_is_named(ledger):
    with for_a_moment() as cursor:
        cursor.execute("DELETE FROM facts_body WHERE fact_id = %s", [ledger[0]])
        assert [p.fact for p in verify()][0] == ledger[0]


def test_a_missing_trigger_is_found_and_put_back(ledger):
    with for_a_moment():
        assert any("触发器" in p.what for p in verify())
        append_only.install()
        assert verify() == []


def test_history_written_anew_and_signed_again_is_exposed_by_a_deposited_root(ledger, noon):
    deposit = "# 每日总根\n" + "\n".join(str(r) for r in queries.published())
    assert verify(read_deposit(deposit)) == []
    with for_a_moment() as cursor:
        cursor.execute("DELETE FROM facts_seal")
        body = Body.objects.order_by("pk").first()
        cursor.execute("DELETE FROM facts_body WHERE fact_id = %s", [body.pk])
        cursor.execute("DELETE FROM facts_fact WHERE id = %s", [body.pk])
        services.seal(noon.date())
        assert any("寄存" in p.what for p in verify(read_deposit(deposit)))


def test_the_last_facts_cut_off_are_seen_where_the_engine_keeps_count(ledger):
    with for_a_moment() as cursor:
        last = services.record(MatterRated(subject="matters/last", occurred_at=clock.now(), rating="basic"),
                               actor=SYSTEM)
        cursor.execute("DELETE FROM facts_body WHERE fact_id = %s", [last])
        cursor.execute("DELETE FROM facts_fact WHERE id = %s", [last])
        found = [p for p in verify() if "末尾" in p.what]
        assert bool(found) == (connection.vendor == "sqlite")


def test_without_the_old_keys_the_last_seal_is_known_for_anothers(ledger, settings, tmp_path):
    assert signed_here()
    settings.DATA = tmp_path
    assert not signed_here()


def test_a_deposit_that_is_none_is_refused():
    with pytest.raises(ValueError, match="第 2 行"):
        read_deposit("2026-11-24 1 " + "ab" * 32 + "\nhello\n")


def test_unguarded_puts_the_triggers_back(ledger):
    with unguarded():
        pass
    assert verify() == []
