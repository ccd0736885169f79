"""Rules from the field, tried on a period that is over: the amounts are those of the sources, and nothing is stored."""

import pytest

from sangesan.appraisal.scoring.queries import presets
from sangesan.foundation.errors import Forbidden
from sangesan.ledger.facts.queries import total
from tests.builders import small_mine, unit
from tests.facts import BELOW
from tests.periods import checked, in_force, month
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3d")]
HAND = {"code": "hand", "name": "登记", "weight": 1_000, "method": "deduct", "full": 10_000, "cap": 10_000, "tallies": [
    {"kind": "matter.overdue", "as": "bad", "points": 1}], "kinds": ["team", "branch"]}
PAGE = "/w/assessments/trial/field/"


@pytest.fixture
def run(noon):
    mine = small_mine()
    for code, above in (("ZC3", "CM"), ("ZC4", "CM"), ("ZB2", "DW"), ("ZB3", "DW")):
        unit(code, code, "team" if code.startswith("ZC") else "branch", mine.units[above],
             "administration" if code.startswith("ZC") else "party")
    in_force([HAND], links=[{"share": 1}])
    for code, path, lost in (("ZC1", BELOW["ZC1"], 350), ("ZC2", BELOW["ZC2"], 580), ("ZC3", "QSL/CM/ZC3/", 580),
                             ("ZC4", "QSL/CM/ZC4/", 1_000), ("ZB1", "QSL/DW/ZB1/", 1_900),
                             ("ZB2", "QSL/DW/ZB2/", 2_800)):
        checked(code, path, "hand", points=-lost)
    return mine, month()


def asked(run, which, base=200_000, purse=(100_000, 60_000, 30_000)):
    return presets.tried(run[0].scope("assessor"), run[1].pk, which, base, purse)


def test_a_branch_below_ninety_costs_its_secretary_and_the_general_branch_the_mean(run):
    before, found = total(), asked(run, "secretary")
    assert [(r.unit.code, r.cents) for r in found["rows"]] == [("ZB1", -13_000), ("ZB2", -26_000), ("ZB3", 0)]
    assert [cents for _word, cents in found["parts"]] == [-13_000, -7_800, -5_200] and total() == before


def test_w16_units_of_one_division_in_one_place_share_what_their_places_win(run):
    found = {r.unit.code: (r.place, r.cents) for r in asked(run, "prizes")["rows"]}
    assert found == {"ZC1": (1, 100_000), "ZC2": (2, 45_000), "ZC3": (2, 45_000), "ZC4": (4, 0)}


def test_bands_move_so_much_for_each_head_and_deputies_their_share(run):
    assert {r.unit.code: r.cents for r in asked(run, "per_head")["rows"]}["ZC1"] == 1_300 * 2
    assert [cents for _word, cents in asked(run, "deputy", base=10_000)["parts"]] == [8_500, 8_000, 6_500]


def test_the_page_is_for_those_who_draft_and_says_a_slip_plainly(run):
    mine = run[0]
    page = signed_in(mine.persons["assessor"]).get(PAGE).content.decode()
    assert "-130.00" in page and "-78.00" in page and "职代会决定" in page
    assert "450.00" in signed_in(mine.persons["assessor"]).get(PAGE + "?rule=prizes").content.decode()
    for wrong in ("rule=x", "base=-1", "purse=a", "run=99999999999999999999999", "purse=" + "9" * 50):
        assert signed_in(mine.persons["assessor"]).get(f"{PAGE}?{wrong}").status_code == 422
    assert signed_in(mine.persons["chief"]).get(PAGE).status_code == 403
    with pytest.raises(Forbidden):
        presets.tried(mine.scope("leader"), 0, "prizes", 0, ())
