"""How often the pages of objections ask the database: as often for many as for one."""

import pytest

from sangesan.appraisal.publication import queries
from sangesan.foundation import door
from tests.appraisal.publication.test_appeals import mine
from tests.appraisal.publication.test_omitted import objected, october, visited

pytestmark = pytest.mark.django_db
__all__ = ["mine", "october"]


def test_a_door_to_an_objection_measures_no_line_anew(mine, october, django_assert_max_num_queries):
    made = objected(mine, october)
    for number in range(3):
        visited(number=number)
    assert len(queries.appeal_for(mine.scope("cadre"), made.number).late) == 3
    for post, opens in (("cadre", True), ("chief", True), ("logistics", False)):
        scope = mine.scope(post)
        with django_assert_max_num_queries(6):
            assert bool(door.open(scope, made.subject)) == opens
