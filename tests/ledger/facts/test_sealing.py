"""Sealing: batches, the chain, two at once; and what the public and a speaker can check."""

import json
import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connections, transaction

from sangesan.foundation import clock
from sangesan.ledger.facts import queries, services, signing
from sangesan.ledger.facts.models import Fact, Seal
from sangesan.ledger.facts.verify import verify
from sangesan.method import merkle
from sangesan.method.facts import SPEAKER, Actor, MatterClosed, MatterRated

CHIEF = Actor.post("chief")


def work(number=0):
    entry = MatterClosed(subject=f"matters/{number}", grade="C", in_time=1, occurred_at=clock.now())
    return services.record(entry, actor=CHIEF)


def spoken(count=2):
    rated = (MatterRated(subject=f"matters/{n}", occurred_at=clock.now(), rating="basic") for n in range(count))
    return services.record_batch((entry, SPEAKER) for entry in rated)


@pytest.mark.django_db
def test_work_is_sealed_at_any_time_and_speakers_once_a_day(noon):
    work(), spoken(), work()
    assert services.seal_work() == [1]
    assert services.seal_work() == []
    assert services.seal() == [2]
    work(), spoken()
    assert services.seal() == [3], "what speakers did later waits for the next closing"
    with clock.at(noon + timedelta(days=1)):
        assert services.seal() == [4]
    sealed = [(s.stream, s.size) for s in Seal.objects.order_by("number")]
    assert sealed == [("work", 2), ("speaker", 2), ("work", 1), ("speaker", 2)]
    assert verify() == []


@pytest.mark.django_db
def test_seals_are_chained_and_signed(noon):
    for n in range(3):
        work(n)
        services.seal_work()
    before = signing.GENESIS
    for seal in queries.seals():
        assert bytes(seal.previous) == before
        signed = queries.proving.signed_part(seal)
        assert signing.verified(signing.public_key(), signed, seal.signature)
        assert not signing.verified(signing.public_key(), signed + b" ", seal.signature)
        before = bytes(seal.digest)
    assert queries.published()[0].digest == before.hex()
    assert len(signing.fingerprint()) == 39


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 8, 13])
def test_a_speaker_can_prove_that_the_fact_is_in_a_published_seal(noon, size):
    ids = spoken(size)
    assert queries.proof_of(ids[0]) is None, "not sealed yet"
    services.seal()
    for fact_id in ids:
        p = queries.proof_of(fact_id)
        commitment = sha256(bytes.fromhex(p.salt) + p.body.encode()).digest()
        assert merkle.proves([bytes.fromhex(h) for h in p.path], leaf=merkle.leaf(commitment), index=p.index,
                             size=p.size, root=bytes.fromhex(p.root))
        assert json.loads(p.signed)["root"] == p.root
        assert signing.verified(signing.public_key(), p.signed.encode(), bytes.fromhex(p.signature))
        assert sha256(p.signed.encode() + bytes.fromhex(p.signature)).hexdigest() == p.digest
        assert p.digest in [r.digest for r in queries.published()]


@pytest.mark.django_db(transaction=True)
def test_two_seals_at_once_seal_nothing_twice(noon):
    with transaction.atomic():
        for n in range(20):
            work(n)
    numbers, start = [], threading.Barrier(4)

    def run():
        with clock.at(noon):
            start.wait()
            numbers.append(services.seal_work())
        connections.close_all()

    run_together(run, 4)
    assert sorted(numbers) == [[], [], [], [1]]
    assert verify() == []


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_the_cutoff_never_passes_a_fact_still_in_flight(noon):
    seen, stop = [], threading.Event()

    def write():
        with clock.at(noon):
            for n in range(40):
                with transaction.atomic():
                    for _ in range(n % 4 + 1):
                        work(n)
        connections.close_all()

    def watch():
        while not stop.is_set():
            upto = queries.cutoff()
            seen.append((upto, set(Fact.objects.filter(pk__lte=upto).values_list("pk", flat=True))))
            stop.wait(0.005)
        connections.close_all()

    watcher = threading.Thread(target=watch)
    watcher.start()
    run_together(write, 3)
    stop.set()
    watcher.join()
    kept = set(Fact.objects.values_list("pk", flat=True))
    assert len(seen) > 3
    for upto, then in seen:
        assert then == {pk for pk in kept if pk <= upto}


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_bare_maximum_would_miss_a_lower_id(noon):
    drawn, go = threading.Event(), threading.Event()

    def slow():
        with clock.at(noon), transaction.atomic():
            work(1)
            drawn.set()
            go.wait(60)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    drawn.wait(60)
    with transaction.atomic():
        higher = work(2)
    assert queries.count() == 1
    threading.Timer(0.2, go.set).start()
    assert queries.cutoff() == higher
    assert queries.count() == 2, "the cutoff waited for the lower id"
    thread.join()


def run_together(target, count):
    threads = [threading.Thread(target=target) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
