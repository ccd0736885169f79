"""A payment changed behind the triggers is told to whom it was paid, and found by `verify` and on the pool's page."""

from datetime import date

import pytest

from sangesan.appraisal.pay import services
from sangesan.appraisal.pay.models import Payout, Pool
from sangesan.appraisal.pay.queries import intact
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.upkeep.verify import results
from tests.appraisal.pay.test_pay import corrected, decided, mine, october, shared
from tests.appraisal.publication.test_tampered_results import changed, removed
from tests.builders import post
from tests.facts import at
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["decided", "mine", "october"]


@pytest.fixture
def miner(mine):
    """Give one of those who are paid a post, so that he may sign in (有岗的职工)."""
    return post("zc2-miner", "采煤工", mine.units["ZC2"], Role.MEMBER, mine.persons["w3"])


def told(mine):
    """Return whether each of these is told (可见): who was paid, payroll on the pool's page, `verify`."""
    pool = Pool.objects.get()
    pages = [signed_in(mine.persons[who]).get(url).content.decode()
             for who, url in (("w3", "/w/pay/mine/"), ("payroll", f"/w/pay/{pool.number}/"))]
    assert "综采二队" in pages[0]
    return {"可能被改动过" in page for page in pages} | {any(pool.number in said for said in results())}


@pytest.mark.parametrize("topped_up", [False, True])
def test_nothing_is_told_of_what_nobody_changed(mine, october, miner, topped_up):
    pool = shared(mine, october)
    if topped_up:
        corrected(mine)
        with clock.at(at(date(2026, 12, 1))):
            services.adjust(scope=mine.scope("payroll"), number=pool.number)
    assert told(mine) == {False}


@pytest.mark.parametrize("which", ["own", "unit", "top_up", "turned"])
def test_a_changed_payment_is_told_to_whom_it_was_paid(mine, october, miner, which):
    pool = shared(mine, october)
    corrected(mine)
    with clock.at(at(date(2026, 12, 1))):
        first, second = services.adjust(scope=mine.scope("payroll"), number=pool.number)
    rows = {"own": Payout.objects.get(person=mine.persons["w3"], adjusts=None), "top_up": first, "turned": first,
            "unit": Payout.objects.get(person=None, unit=mine.units["ZC2"])}
    changed(Payout, of=rows[which].pk, cents=rows[which].cents + 100)
    if which == "turned":
        changed(Payout, of=second.pk, cents=second.cents - 100)
    assert told(mine) == {True}


def test_the_own_page_always_looks_at_the_newest_pool_however_many_lines_it_holds(
        mine, october, miner, monkeypatch):
    shared(mine, october)
    monkeypatch.setattr(intact, "MOST", 1)
    assert told(mine) == {False}
    for who, more in (("w3", 100), ("w4", -100)):
        row = Payout.objects.get(person=mine.persons[who], adjusts=None)
        changed(Payout, of=row.pk, cents=row.cents + more)
    assert told(mine) == {True}, "the unit's lines add up as before"


@pytest.mark.parametrize("values", [{"reserve": 0}, {"record": 1}])
def test_a_pool_whose_reserve_or_fact_was_changed_is_found_by_verify(mine, october, values):
    pool = shared(mine, october)
    changed(Pool, of=pool.pk, **values)
    assert any(pool.number in said for said in results())


def test_a_unit_s_factor_that_does_not_give_what_it_got_is_found_by_verify(mine, october):
    pool = shared(mine, october)
    changed(Payout, of=Payout.objects.get(person=None, unit=mine.units["ZC2"]).pk, factor=11_000)
    assert any(pool.number in said for said in results())


def test_a_pool_that_was_taken_away_is_found_by_verify(mine, october):
    shared(mine, october)
    assert list(results()) == []
    removed(Payout, Pool)
    assert ["奖惩兑现" in said and "不见了" in said for said in results()] == [True]
