"""How often the pages of objections ask the database: as often for many as for one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.appraisal.publication import queries
from sangesan.appraisal.publication.models import Appeal
from sangesan.appraisal.publication.queries import appeals
from sangesan.appraisal.publication.queries.recorded import recorded_by
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock, door
from sangesan.ledger.facts import queries as ledger
from sangesan.method.authority import Role
from sangesan.method.facts import DutyDone
from sangesan.organization.people.models import Appointment
from tests.appraisal.publication.test_appeals import mine
from tests.appraisal.publication.test_omitted import noted, objected, october, visited
from tests.builders import hire
from tests.periods import IN

pytestmark = pytest.mark.django_db
__all__ = ["mine", "october"]


def test_a_door_to_an_objection_measures_no_line_anew(mine, october, django_assert_max_num_queries):
    made = objected(mine, october)
    for number in range(3):
        visited(number=number)
    assert len(queries.appeal_for(mine.scope("cadre"), made.number).late) == 3
    for post, opens in (("cadre", True), ("chief", True), ("logistics", False)):
        scope = mine.scope(post)
        with django_assert_max_num_queries(8):
            assert bool(door.open(scope, made.subject)) == opens


def test_who_recorded_a_year_s_line_is_asked_at_once(mine, django_assert_num_queries):
    for n in range(12):
        noted(DutyDone, f"duties/{n}", by=("chief", "secretary")[n % 2], day=IN - timedelta(days=n), rule="LH-1",
              reason="meeting")
    rows = list(ledger.entries(kinds=["duty.done"]))
    with django_assert_num_queries(1):
        assert recorded_by(rows) == {mine.persons["chief"].pk, mine.persons["secretary"].pk}


def test_who_left_a_post_before_a_fact_recorded_none_of_it(mine):
    Appointment.objects.filter(post=mine.posts["chief"]).update(until=IN)
    hire(mine, "acting", "代队长", "ZC1", Role.CHIEF, "1093")
    Appointment.objects.create(post=mine.posts["chief"], person=mine.persons["acting"], kind="acting", since=IN)
    noted(DutyDone, "duties/1", by="chief", rule="LH-1", reason="meeting")
    assert recorded_by(ledger.entries(kinds=["duty.done"])) == {mine.persons["acting"].pk}


def test_what_waits_to_be_decided_is_found_in_as_many_questions_for_many_as_for_one(mine, october):
    objected(mine, october)
    scopes = [mine.scope(post) for post in ("cadre", "assessor")]

    def asked():
        with CaptureQueriesContext(connection) as made:
            found = [len(appeals._undecided(scope)) for scope in scopes]
        return found, len(made)

    one = asked()
    before = [scoring.assess_period(Run.Period.MONTH, end) for end in (date(2026, 8, 31), date(2026, 9, 30))]
    for run in (*before, october):
        for n in range(4):
            Appeal.objects.create(number=f"{run.pk}-{n}", run=run, unit=mine.units[("ZC1", "ZC2", "HQ", "LZ")[n]],
                                  indicator="answers", person=mine.persons["chief"], post="chief",
                                  filed_at=clock.now(), record=1)
    many = asked()
    assert (one[0], many[0]) == ([1, 1], [13, 13]) and many[1] <= one[1]
