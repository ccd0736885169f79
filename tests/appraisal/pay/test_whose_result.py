"""By whose result a line is paid (rules 5 and 8): a post-holder's by the own one, a worker's by that of the unit."""

from datetime import date

import pytest

from sangesan.appraisal.pay import queries
from sangesan.appraisal.pay.models import Payout
from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import PersonScore, Run
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import Kind
from sangesan.organization.units.services import close_unit
from tests.appraisal.pay.test_pay import END, corrected, decided, mine, shared, sheet
from tests.appraisal.publication.test_tampered_results import changed
from tests.builders import hire, unit
from tests.facts import at, closed, reopened

pytestmark = pytest.mark.django_db
__all__ = ["decided", "mine"]


@pytest.fixture
def october(mine):
    """综采一队 100.00, 综采二队 50.00, each with a head; final by now."""
    with clock.at(at(date(2026, 9, 20))):
        for team, number in (("ZC1", "1091"), ("ZC2", "1092")):
            hire(mine, f"head-{team}", "代队长", team, Role.CHIEF, number, line="youth", head=True)
            mine.units[f"{team}N"] = unit(f"{team}N", "零点班", Kind.CREW, mine.units[team])
    closed("ZC1", "2026-AAAAA1", day=date(2026, 10, 10))
    closed("ZC2", "2026-AAAAA2", day=date(2026, 10, 10))
    mine.wrong = reopened("ZC2", "2026-AAAAA3", day=date(2026, 10, 12))
    with clock.at(at(date(2026, 11, 2))):
        run = scoring.assess_period(Run.Period.MONTH, END)
        publication.publish_period(scope=mine.scope("assessor"), run=run.pk)
    return run


def factors(mine, run, *rows):
    file = sheet(*((code, number, 1, 100, 31) for code, number in rows))
    return {row.person.work_number: row.factor for row in queries.lines(shared(mine, run, file=file))}


def test_a_post_holder_is_paid_by_the_own_result_down_to_the_cap_and_a_worker_by_the_unit_s_down_to_the_floor(
        mine, october):
    assert factors(mine, october, ("ZC1", "1091"), ("ZC1", "2001"), ("ZC2", "1092"), ("ZC2", "2003")) == {
        "1091": 11_000, "2001": 11_000, "1092": 7_000, "2003": 8_500}


def test_a_post_holder_s_own_result_goes_along_into_another_unit(mine, october):
    assert factors(mine, october, ("ZC1", "1092"), ("ZC1", "2001")) == {"1092": 7_000, "2001": 11_000}


def test_who_works_in_a_unit_without_a_result_is_paid_by_that_of_the_nearest_above(mine, october):
    assert factors(mine, october, ("ZC1N", "2001"), ("ZC2N", "2003")) == {"2001": 11_000, "2003": 8_500}


def test_a_crew_that_ended_within_the_period_is_paid_and_topped_up_by_what_was_above_it(mine, october):
    close_unit(unit=mine.units["ZC2N"], actor=SYSTEM, day=date(2026, 10, 16))
    pool = shared(mine, october, file=sheet(("ZC1", "2001", 1, 100, 31), ("ZC2N", "2003", 1, 100, 15)))
    assert {row.person.work_number: row.factor for row in queries.lines(pool)} == {"2001": 11_000, "2003": 8_500}
    lines, run = queries.lines(pool), corrected(mine)
    assert [row.pk for row in lines if row.person.work_number == "2003"] == list(queries.owed(pool, run, lines))


def test_what_was_shared_out_otherwise_before_is_topped_up_by_no_correction_that_did_not_move_it(mine, october):
    """Before, a unit that ended and had no result got the full factor, whatever was above it."""
    close_unit(unit=mine.units["ZC1N"], actor=SYSTEM, day=date(2026, 10, 16))
    pool = shared(mine, october, file=sheet(("ZC1N", "2001", 1, 100, 15), ("ZC2", "2003", 1, 100, 31)))
    for row in Payout.objects.filter(pool=pool, unit=mine.units["ZC1N"]):
        changed(Payout, of=row.pk, factor=10_000)
    lines, run = queries.lines(pool), corrected(mine)
    assert [row.pk for row in lines if row.person.work_number == "2003"] == list(queries.owed(pool, run, lines))


def test_a_veto_takes_the_floating_part_of_its_post_holder_also_where_no_result_is(mine, october):
    for who, vetoed in (("w1", True), ("w2", False)):
        PersonScore.objects.create(run=october, person=mine.persons[who], final=None, days=31, vetoed=vetoed,
                                   statement={})
    assert factors(mine, october, ("ZC1", "2001"), ("ZC1", "2002")) == {"2001": 0, "2002": 11_000}
