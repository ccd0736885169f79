"""Company (掩护): no proof tells a speaker how many others spoke that day, nor that any wrote to the inspectors."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from sangesan.foundation import clock
from sangesan.ledger.facts import queries, services
from sangesan.ledger.facts.models import Fact, Seal
from sangesan.ledger.facts.services import sealing
from sangesan.ledger.facts.verify import verify
from sangesan.method.company import BATCH, company
from sangesan.method.facts import SPEAKER, MatterReceived, SealedReceived
from sangesan.procedures.nightly import STEPS

MINE = {"occurred_at": None, "channel": "leaders", "mode": "anonymous", "category": "other"}


def spoken(count, sealed=0):
    """Record own test letters and letters to the inspectors (登记反映); return the ids of the own ones."""
    today = clock.today()
    own = [MatterReceived(subject=f"matters/{n}", **MINE | {"occurred_at": today}) for n in range(count)]
    others = [SealedReceived(subject=f"discipline/{n}", occurred_at=today) for n in range(sealed)]
    return services.record_batch((entry, SPEAKER) for entry in [*own, *others])[:count]


@pytest.mark.django_db
def test_a_proof_tells_no_number_of_those_who_spoke_that_day(noon):
    own = spoken(1, sealed=2)
    kept = services.keep_company(clock.today())
    assert services.keep_company(clock.today()) == 0, "twice is once"
    services.seal(clock.today())
    assert queries.proof_of(own[0]).size == 3 + kept == BATCH * -(-(3 + kept) // BATCH)
    assert verify() == []
    with clock.at(noon + timedelta(days=1)):
        services.keep_company(clock.today()), services.seal(clock.today())
    assert Seal.objects.filter(stream="speaker").count() == 2, "nor does a day on which nobody spoke look otherwise"
    assert services.keep_company(clock.today()) == 0 and verify() == []
    assert not Fact.objects.filter(kind="company.kept", stream="work").exists()


def test_one_letter_more_changes_the_size_by_chance_only_however_many_of_the_others_one_wrote():
    for mine in range(40):
        with_, without = (Counter(n + company(n, Random(seed)) for seed in range(400)) for n in (mine + 1, mine))
        assert sum((with_ - without).values()) < 400 / 6, mine
        assert all(size % BATCH == 0 for size in with_ | without)


@pytest.mark.django_db
def test_what_a_night_left_unsealed_has_its_company_and_those_who_spoke_since_have_theirs(noon):
    """A seal of so many that a multiple of sixteen and five are in it told of the five."""
    spoken(3)
    services.keep_company(clock.today())
    with clock.at(noon + timedelta(days=1)):
        own = spoken(5)
        assert services.keep_company(clock.today()) >= 11 and services.keep_company(clock.today()) == 0
        services.seal_speakers(clock.today())
        assert queries.proof_of(own[0]).size % BATCH == 0 == services.keep_company(clock.today())


@pytest.mark.django_db
def test_whoever_seals_a_moment_after_another_adds_no_second_seal_of_the_few_who_spoke_between(noon, monkeypatch):
    cutoff = sealing.cutoff

    def slow():
        monkeypatch.setattr(sealing, "cutoff", cutoff)
        services.seal_speakers(clock.today())
        spoken(1)
        return cutoff()

    spoken(3)
    monkeypatch.setattr(sealing, "cutoff", slow)
    assert services.seal_speakers(clock.today()) == [] and Seal.objects.filter(stream="speaker").count() == 1


def test_the_closing_keeps_company_as_soon_as_all_speakers_are_recorded():
    """Each later step that assesses tells up to which fact of the ledger it looked: company is among them by then."""
    words = [str(step.word) for step in STEPS]
    at = words.index("掩护反映条目")
    assert set(words[at - 2:at]) == {"登记反映与评价", "登记纪检件"}
    assert [step.ended for step in STEPS[at - 2:at + 1]] == [True] * 3 == [
        STEPS[words.index("封存反映条目")].ended] * 3
