"""Handing over (移交) while the night, a round or a person is at the same thing: it happens once, and nobody fails."""

from __future__ import annotations

import pytest

from sangesan.execution.contacts import services as contacts
from sangesan.execution.contacts.models import Pair
from sangesan.execution.duties import services
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.services import merge_units
from sangesan.procedures.succession import take_over
from tests.at_once import together
from tests.builders import hire, small_mine
from tests.duties import owed
from tests.routines import confirm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mine(noon):
    confirm(2026)
    mine = small_mine()
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "2002", head=True)
    contacts.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ")
    return mine


def left(mine):
    """Leave things open (留下未办的): what goes over, and what recurs and falls away; then the unit merges."""
    goes = [owed(mine, hours=72, code=str(n)) for n in range(4)]
    falls = [owed(mine, hours=24, code=f"R{n}", lapses=True) for n in range(4)]
    merge_units(olds=[mine.units["ZC1"]], new=mine.units["ZC2"], actor=SYSTEM)
    return goes, falls


def kinds(duty):
    return [row.kind for row in history(duty.subject)]


def test_the_night_and_a_round_hand_over_once(mine):
    goes, falls = left(mine)
    found = together(lambda: take_over(clock.today()), lambda: take_over(clock.today()))
    assert not [one for one in found if isinstance(one, Exception)], found
    assert [kinds(duty) for duty in goes] == [["duty.handed_over"]] * 4
    assert [kinds(duty) for duty in falls] == [["duty.cancelled"]] * 4
    assert [pair.unit.code for pair in Pair.objects.filter(until=None)] == ["ZC2"]


def test_who_settles_something_or_ends_a_pair_at_that_moment_and_the_handing_over_leave_one_result(mine):
    goes, falls = left(mine)
    pair, actor = Pair.objects.get().pk, mine.scope("chief").actor
    found = together(
        lambda: take_over(clock.today()), lambda: services.complete(duty=goes[0], actor=actor),
        lambda: services.complete(duty=falls[3], actor=actor),
        lambda: contacts.end(scope=mine.scope("cadre"), pair=pair))
    assert not [one for one in found if isinstance(one, Exception) and not isinstance(one, Conflict)], found
    assert kinds(goes[0]) in (["duty.done"], ["duty.handed_over", "duty.done"])
    whose = {"duty.done": "ZC1", "duty.handed_over": "ZC2"}[kinds(goes[0])[0]]
    done = next(row for row in history(goes[0].subject) if row.kind == "duty.done")
    assert done.unit.split("/")[-2] == whose, "a fact names whose it was by then"
    assert kinds(falls[3]) in (["duty.done"], ["duty.cancelled"])
    assert [kinds(duty) for duty in goes[1:]] == [["duty.handed_over"]] * 3
    assert Pair.objects.filter(until=None).count() <= 1
