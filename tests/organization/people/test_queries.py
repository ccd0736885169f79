"""What a post reaches (权限范围)."""

import pytest

from sangesan.method.authority import Action
from tests.builders import small_mine

pytestmark = pytest.mark.django_db


def test_a_secretary_reaches_the_units_the_branch_covers(noon):
    mine = small_mine()
    reach = mine.scope("secretary").units_for(Action.SEE)
    assert mine.units["ZC1"].pk in reach and mine.units["ZC2"].pk not in reach


def test_a_leader_reaches_the_whole_mine(noon):
    mine = small_mine()
    assert mine.scope("leader").units_for(Action.SEE) == {mine.units["QSL"].pk}


def test_an_administrator_sees_no_matter(noon):
    mine = small_mine()
    assert not mine.scope("admin").can(Action.SEE)
