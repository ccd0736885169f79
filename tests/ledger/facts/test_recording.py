"""Recording: what a fact may hold, when it is kept, how it is answered."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import transaction

from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts import queries, services
from sangesan.ledger.facts.models import Body, Fact
from sangesan.method.facts import SPEAKER, SYSTEM, Actor, MatterClosed, MatterGraded, MatterRated, MatterReceived

CHIEF = Actor.post("chief")


def closed(number="2026-K7Q4MX", at=None, **parts):
    return MatterClosed(subject=f"matters/{number}", unit="QSL/CM/ZC1/", grade="B", in_time=1,
                        occurred_at=at or datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC), **parts)


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_recorded_only_in_the_callers_transaction(noon):
    with pytest.raises(transaction.TransactionManagementError):
        services.record(closed(), actor=CHIEF)
    assert queries.count() == 0


@pytest.mark.django_db
def test_the_bytes_are_the_same_on_every_database(noon):
    pk = services.record(closed(), actor=CHIEF)
    body = Body.objects.get(pk=pk)
    assert bytes(body.content) == (
        b'{"actor":"post:chief","grade":"B","in_time":1,"kind":"matter.closed","line":"",'
        b'"occurred_at":"2026-11-24T01:02:03Z","quantity":1,"reason":"","recorded_at":"2026-11-24T02:00:00Z",'
        b'"reverses":0,"subject":"matters/2026-K7Q4MX","unit":"QSL/CM/ZC1/"}'
    )
    assert bytes(Fact.objects.get(pk=pk).commitment) == sha256(bytes(body.salt) + bytes(body.content)).digest()


@pytest.mark.django_db
def test_what_a_speaker_does_keeps_the_day_only(noon):
    rated = MatterRated(subject="matters/2026-K7Q4MX", occurred_at=noon, rating="satisfied")
    heard = MatterReceived(subject="matters/2026-AAAAAA", occurred_at=noon, channel="letter", mode="named")
    for pk in services.record_batch([(rated, SPEAKER), (heard, CHIEF)]):
        row = queries.fact(pk)
        assert row.content["occurred_at"] == row.content["recorded_at"] == "2026-11-24"
        assert row.occurred_at == Body.objects.get(pk=pk).recorded_at == datetime(2026, 11, 23, 16, tzinfo=UTC)
        assert Fact.objects.get(pk=pk).stream == "speaker"


@pytest.mark.django_db
def test_a_batch_is_recorded_in_random_order(noon):
    batch = [(MatterRated(subject=f"matters/{n}", occurred_at=noon, rating="basic"), SPEAKER) for n in range(30)]
    ids = services.record_batch(batch)
    assert ids != sorted(ids)
    assert [queries.fact(pk).subject for pk in ids] == [f"matters/{n}" for n in range(30)]


@pytest.mark.chapter("V1")
@pytest.mark.django_db
@pytest.mark.parametrize("parts", [
    {"reason": "他不服从管理"}, {"reason": "did not obey"}, {"reason": "x" * 81}, {"unit": "青石岭矿/"},
    {"unit": "QSL"}, {"number": "张三"}, {"number": "a b"}, {"line": "行政"}, {"reason": "late\n"}, {"reason": "a\x00"},
])
def test_free_text_and_names_are_refused(noon, parts):
    entry = closed(**{"number": "2026-K7Q4MX"} | {k: v for k, v in parts.items() if k != "unit"})
    object.__setattr__(entry, "unit", parts.get("unit", "QSL/"))
    with pytest.raises(ValueError, match="no slug"):
        services.record(entry, actor=CHIEF)
    assert queries.count() == 0


@pytest.mark.django_db
def test_only_integers_strings_and_aware_moments_are_kept(noon):
    for parts in ({"quantity": 1.5}, {"quantity": None}, {"at": datetime(2026, 11, 24)}, {"quantity": 2**63}):
        with pytest.raises((TypeError, ValueError)):
            services.record(closed(**parts), actor=CHIEF)


@pytest.mark.chapter("V6")
@pytest.mark.django_db
def test_a_wrong_fact_is_answered_once_and_stays(noon):
    wrong = services.record(closed(), actor=CHIEF)
    answer = services.reverse(wrong, reason="wrong_unit", actor=CHIEF)
    assert [r.kind for r in queries.history("matters/2026-K7Q4MX")] == ["matter.closed", "fact.reversed"]
    assert queries.count(kinds=["matter.closed"]) == 0
    assert queries.count(kinds=["matter.closed"], include_reversed=True) == 1
    assert queries.count(kinds=["matter.closed"], upto=wrong) == 1, "a later reversal changes no earlier cutoff"
    with pytest.raises(Conflict):
        services.reverse(wrong, reason="again", actor=CHIEF)
    with pytest.raises(Conflict):
        services.reverse(answer, reason="after_all", actor=CHIEF)
    with pytest.raises(NotFound):
        services.reverse(answer + 99, reason="nothing", actor=CHIEF)


@pytest.mark.django_db
def test_words_are_bound_by_a_salted_digest(noon):
    one = services.record(closed(), actor=CHIEF, words="已修好热水器,王师傅验收")
    two = services.record(closed(), actor=CHIEF, words="已修好热水器,王师傅验收")
    first, second = queries.fact(one).content["words"], queries.fact(two).content["words"]
    assert first != second
    assert text_of(first) == text_of(second) == "已修好热水器,王师傅验收"
    late = services.attach(one, "会议纪要", actor=CHIEF)
    assert text_of(queries.fact(late).content["words"]) == "会议纪要"
    assert queries.fact(late).content["fact"] == one


@pytest.mark.django_db
def test_entries_are_chosen_by_kind_unit_day_and_cutoff(noon):
    def graded(unit, day):
        return services.record(MatterGraded(subject="matters/X", unit=unit, occurred_at=day, grade="C", table="2026.1"),
                               actor=SYSTEM)

    ids = [graded("QSL/CM/ZC1/", date(2026, 11, 1)), graded("QSL/CM/ZC10/", date(2026, 11, 2)),
           graded("QSL/CM/", date(2026, 11, 3)), graded("qsl/cm/zc1/", date(2026, 11, 3))]

    def found(**parts):
        return [r.id for r in queries.entries(**parts)]

    assert found(unit_prefix="QSL/CM/ZC1/") == ids[:1]
    assert found(unit_prefix="QSL/CM/") == ids[:3]
    assert found(days=(date(2026, 11, 2), date(2026, 11, 3)), kinds=["matter.graded"]) == ids[1:]
    assert found(upto=ids[1]) == ids[:2]
    assert found(kinds=["matter.closed"]) == []
    assert [r.id for r in queries.after(ids[0], ids[2])] == ids[1:3]
    assert json.dumps(next(queries.entries()).content)
