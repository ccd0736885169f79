"""Who is paid by the demo's results: the crews, and those who head their teams, whose own result it is."""

import pytest

from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit
from sangesan.upkeep.demo.appraisal import paid


@pytest.mark.parametrize(("code", "line"), [
    ("ZC1", ["ZC1", "", "1005", "董忠鹏", "1.30", "100", "22"]),
    ("ZC1-2", ["ZC1", "", "1005", "董忠鹏", "1.00", "100", "22"])])
def test_a_secretary_stands_on_the_list_of_the_team_as_its_workers_do(code, line):
    assert paid(Person(work_number="1005", name="董忠鹏", unit=Unit(code=code))) == line
