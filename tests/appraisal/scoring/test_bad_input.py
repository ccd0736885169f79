"""What is entered wrongly: refused with what, why and next, or counted for nobody; nothing half done."""

from datetime import date

import pytest
from django.db import transaction

from sangesan.appraisal.rules import library, queries, services
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import PersonScore, Run
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.queries import total
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Unit
from tests.builders import small_mine, unit
from tests.facts import at, closed, overdue
from tests.periods import ANSWERS, IN, SOLVED, finals, in_force, month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(noon):
    return small_mine()


def told(fault):
    """Return what a refusal says (退回的话); it always says why and what next."""
    assert fault.value.what and fault.value.why and fault.value.next
    return f"{fault.value.what} {fault.value.why}"


@pytest.mark.parametrize("section", ["", "absent"])
def test_an_indicator_without_a_place_in_a_book_keeps_the_draft_from_being_decided(mine, section):
    nowhere = {**library.START, "indicators": [{**library.START["indicators"][0], "section": section},
                                               *library.START["indicators"][1:]]}
    row = services.draft(code="period", version=1, **nowhere)
    with pytest.raises(UserError, match="没有登记") as fault:
        services.decide(scope=mine.scope("assessor"), rule_set=row.pk, digest=queries.whole(row),
                        meeting="十届三次", document="青职代〔2026〕3 号", decided_on=date(2026, 11, 20))
    assert "没有写明在三册中的位置" in told(fault)


def test_weights_that_sum_to_zero_are_not_saved():
    with pytest.raises(UserError, match="没有保存") as fault:
        services.draft(code="period", version=1, name="零", indicators=[SOLVED | {"weight": 0}], links=[])
    assert "权重之和为零" in told(fault)


def test_units_that_read_each_other_in_a_circle_are_named_and_no_run_is_made():
    in_force([SOLVED], contacts={"kind": "duty.fell_due"})
    closed("HQ", day=IN)
    with transaction.atomic():
        record(facts.DutyFellDue(subject="duties/1", unit="QSL/CM/ZC1/", counterpart="QSL/CM/", reason="contact",
                                 occurred_at=at(IN)), actor=SYSTEM)
    with pytest.raises(Conflict, match="没有核算") as fault:
        month()
    assert "绕成了圈" in told(fault) and not Run.objects.exists()


def test_a_late_contact_that_would_make_a_circle_leaves_the_run_as_it_is():
    in_force([SOLVED], contacts={"kind": "duty.fell_due"})
    closed("HQ", day=IN)
    run = month()
    with transaction.atomic():
        record(facts.DutyFellDue(subject="duties/1", unit="QSL/CM/ZC1/", counterpart="QSL/CM/", reason="contact",
                                 occurred_at=at(IN)), actor=SYSTEM)
    with pytest.raises(Conflict, match="没有核算") as fault:
        scoring.revise_period(run)
    assert "绕成了圈" in told(fault) and list(Run.objects.all()) == [run]
    assert scoring.recompute(run.pk).agrees


def test_a_person_with_two_posts_over_the_whole_is_marked_and_counted_by_share(mine):
    in_force([SOLVED])
    closed("ZC1", day=IN)
    Appointment.objects.create(person=mine.persons["logistics"], post=mine.posts["chief"], kind="acting", share=3_000,
                               since=date(2026, 10, 1), until=None)
    row = PersonScore.objects.get(run=month(), person=mine.persons["logistics"])
    assert row.statement["over"]
    assert not PersonScore.objects.get(run=row.run, person=mine.persons["leader"]).statement["over"]


def test_a_fact_for_a_unit_that_was_closed_before_the_period_counts_for_nobody(mine):
    gone = unit("ZC9", "综采九队", "team", mine.units["CM"])
    Unit.objects.filter(pk=gone.pk).update(closed=date(2026, 9, 1))
    in_force()
    closed("ZC1", day=IN)
    first = month()
    with transaction.atomic():
        record(facts.MatterOverdue(subject="matters/2026-AAAAA9", unit="QSL/CM/ZC9/", clock="due", grade="A",
                                   occurred_at=at(IN)), actor=SYSTEM)
    assert scoring.revise_periods(date(2026, 11, 23)) == []
    assert month() == first and "ZC9" not in finals(first) and scoring.recompute(first.pk).agrees


def test_a_fact_dated_after_a_unit_closed_within_the_period_counts_for_nobody_and_what_it_owed_before_still_does(mine):
    Unit.objects.filter(pk=mine.units["ZC2"].pk).update(closed=date(2026, 10, 16))
    owed = {"code": "duties", "name": "应办", "weight": 8_000, "kinds": ["team"], "tallies": [
        {"kind": "duty.fell_due", "as": "due"}, {"kind": "duty.done", "as": "good"},
        {"kind": "duty.missed", "as": "missed"}]}
    in_force([ANSWERS, owed])
    of = {"unit": "QSL/CM/ZC2/", "reason": "meeting"}
    with transaction.atomic():
        record(facts.DutyFellDue(subject="duties/1", occurred_at=at(date(2026, 10, 14)), **of), actor=SYSTEM)
        record(facts.DutyDone(subject="duties/1", occurred_at=at(date(2026, 10, 20)), **of), actor=SYSTEM)
    overdue("ZC2", "2026-AAAAA1", day=date(2026, 10, 15))
    overdue("ZC2", "2026-AAAAA2", day=date(2026, 10, 16))
    run = month()
    lost, duties = standing.scores(run, line="").get(unit__code="ZC2").statement["lines"]
    assert (lost[2], len(lost[5])) == (9500, 1) and duties[2] == 10000
    overdue("ZC2", "2026-AAAAA3", day=date(2026, 10, 20))
    with transaction.atomic():
        record(facts.DutyFellDue(subject="duties/2", occurred_at=at(date(2026, 10, 20)), **of), actor=SYSTEM)
    assert scoring.revise_periods(date(2026, 11, 23)) == [] and month() == run
    overdue("ZC2", "2026-AAAAA4", day=date(2026, 10, 15))
    [revised] = scoring.revise_periods(date(2026, 11, 23))
    assert finals(revised)["ZC2"] < finals(run)["ZC2"]
    assert scoring.recompute(run.pk).agrees and scoring.recompute(revised.pk).agrees


def test_a_reversal_is_not_reversed_and_the_run_stays():
    in_force()
    wrong = overdue("ZC1", day=IN)
    answer = reverse(wrong, reason="wrong_record", actor=SYSTEM)
    run, before = month(), total()
    with pytest.raises(Conflict, match="不能冲正") as fault:
        reverse(answer, reason="after_all", actor=SYSTEM)
    assert "请另记一条正确的条目" in told(fault) or "另记" in fault.value.next
    assert total() == before and month() == run
