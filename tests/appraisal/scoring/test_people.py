"""Posts and persons of a period, and what is entered by hand."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import HeadCount, PersonScore, PostScore, Score
from sangesan.appraisal.scoring.queries import standing
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Unit
from tests.builders import small_mine
from tests.facts import at, closed, overdue, reopened
from tests.periods import IN, SOLVED, checked, finals, in_force, month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(noon):
    return small_mine()


def test_w9_w10_vacancies_and_several_posts(mine):
    in_force(person_share=10_000)
    closed("ZC1", day=IN)
    overdue("CM", day=IN)
    closed("HQ", "2026-AAAAA6", day=IN)
    reopened("HQ", "2026-AAAAA7", day=IN)
    Appointment.objects.filter(post__code="chief").update(until=date(2026, 10, 22))
    Appointment.objects.create(person=mine.persons["logistics"], post=mine.posts["chief"], kind="acting", share=3_000,
                               since=date(2026, 10, 22), until=date(2026, 10, 27))
    run = month()
    units = finals(run)
    chief = PostScore.objects.get(run=run, post__code="chief")
    assert (chief.statement["held_days"], chief.statement["vacant_days"], chief.statement["superior"]) == (
        26, 5, "leader")
    assert chief.final == (26 * units["ZC1"] + 5 * units["QSL"] + 15) // 31
    holder = PersonScore.objects.get(run=run, person=mine.persons["chief"])
    assert (holder.final, holder.days) == (units["ZC1"], 21)
    two = PersonScore.objects.get(run=run, person=mine.persons["logistics"])
    assert [row[:3] for row in two.statement["posts"]] == [["chief", 3_000, 5], ["logistics", 10_000, 31]]
    assert (units["ZC1"], units["HQ"]) == (10_000, 5_000) and two.statement["over"]
    assert two.final == (3_000 * 5 * 10_000 + 10_000 * 31 * 5_000) // (3_000 * 5 + 10_000 * 31) + 1 == 5_231


@pytest.mark.chapter("V2")
def test_a_veto_falls_on_the_post_it_names_and_on_no_other():
    leak = {"code": "leak", "name": "泄密报复", "weight": 0, "method": "veto",
            "tallies": [{"kind": "assessment.checked", "as": "veto", "where": {"how": "none"}}]}
    in_force([SOLVED, leak])
    closed("ZC1", day=IN)
    closed("ZC2", "2026-AAAAA4", day=IN)
    checked("ZC1", "QSL/CM/ZC1/", "leak", how="veto", post="chief")
    run = month()
    assert finals(run)["ZC1"] == 0 and "veto" in Score.objects.get(run=run, unit__code="ZC1").flags
    named = PersonScore.objects.filter(run=run, vetoed=True).values_list("person__name", flat=True)
    assert list(named) == ["张大力"]
    overdue("HQ", "2026-AAAAA6", day=IN)
    closed("HQ", "2026-AAAAA6", day=IN)
    [second] = services.revise_periods(date(2026, 11, 23))
    assert standing.persons(second).filter(vetoed=True).count() == 1
    assert services.recompute(second.pk).agrees


@pytest.mark.parametrize("table", [PostScore, PersonScore, HeadCount])
def test_results_of_posts_and_persons_and_head_counts_are_insert_only(table):
    in_force()
    closed("ZC1", day=IN)
    month()
    assert table.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all().delete()


def test_a_post_has_its_own_part_from_what_it_did_itself():
    signed = {"code": "own", "name": "本人办结", "weight": 1_000, "target": "post",
              "tallies": [{"kind": "matter.closed", "good": True}, {"kind": "matter.reopened"}]}
    in_force([SOLVED, signed], person_share=7_000)
    closed("ZC1", day=IN)
    with transaction.atomic():
        record(facts.MatterReopened(subject="matters/2026-AAAAA7", unit="QSL/CM/ZC1/", occurred_at=at(IN)),
               actor=facts.Actor.post("chief"))
    run = month()
    found = PostScore.objects.get(run=run, post__code="chief")
    assert (found.statement["cell"], found.statement["own"], found.final) == (5000, 0, 3500)
    assert finals(run)["ZC1"] == 5000 and services.recompute(run.pk).agrees


@pytest.mark.parametrize(("end", "first", "later"), [
    (None, 0, 5000), (date(2026, 10, 30), 0, 5000), (IN, None, 10000), (date(2026, 10, 1), None, 10000)])
def test_a_fact_for_a_unit_that_had_closed_counts_for_no_post_at_once_or_after_late_facts(mine, end, first, later):
    signed = {"code": "own", "name": "本人办结", "weight": 1_000, "target": "post",
              "tallies": [{"kind": "matter.closed", "good": True}, {"kind": "matter.reopened"}]}
    in_force([SOLVED, signed], person_share=7_000)
    Unit.objects.filter(code="HQ").update(closed=end)
    reopened = facts.MatterReopened(subject="matters/2026-AAAAA7", unit="QSL/HQ/", occurred_at=at(IN))
    solved = facts.MatterClosed(subject="matters/2026-AAAAA8", unit="QSL/CM/ZC1/", occurred_at=at(IN), grade="B",
                                in_time=1)
    for fact, wanted, assess in ((reopened, first, lambda: [month()]),
                                 (solved, later, lambda: services.revise_periods(date(2026, 11, 23)))):
        with transaction.atomic():
            record(fact, actor=facts.Actor.post("chief"))
        [run] = assess()
        assert standing.posts(run).get(post__code="chief").statement["own"] == wanted
        assert services.recompute(run.pk).agrees


def test_what_a_second_person_checked_moves_the_score_of_its_period():
    in_force()
    closed("ZC1", day=IN)
    first = month()
    assert finals(first)["ZC1"] == 10000
    fact = checked("ZC1", "QSL/CM/ZC1/", "answers", points=-500)
    [second] = services.revise_periods(date(2026, 11, 23))
    assert finals(second)["ZC1"] == 9500 and services.recompute(second.pk).agrees
    assert fact in Score.objects.get(run=second, unit__code="ZC1").statement["lines"][0][5]
    reverse(fact, reason="wrong_record", actor=SYSTEM)
    [third] = services.revise_periods(date(2026, 11, 23))
    assert finals(third)["ZC1"] == 10000
