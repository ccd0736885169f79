"""Scoring: facts of a day become results, linked upward, the same every time."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.appraisal.scoring.queries.standing import scores as standing
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import reverse
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import UnitEdge
from tests.builders import small_mine
from tests.facts import DAY, answered, before, closed, first_answered, overdue, reopened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(noon):
    return small_mine()


def scores(run):
    rows = standing(run).select_related("unit")
    return {s.unit.code: (s.own, s.linked, s.final) for s in rows}


@pytest.mark.chapter("P1c")
def test_the_three_indicators_make_the_own_score():
    answered("ZC1", "2026-AAAAA1")
    overdue("ZC1", "2026-AAAAA2")
    closed("ZC1", "2026-AAAAA1")
    first_answered("ZC1", "2026-AAAAA3")
    assert scores(services.assess_day(DAY))["ZC1"] == (8000, None, 8000)


def test_what_did_not_happen_is_left_out_and_nothing_is_none():
    answered("ZC1")
    first_answered("ZC1", in_time=0)
    found = scores(services.assess_day(DAY))
    assert found["ZC1"][0] == 6667
    assert "HQ" not in found


@pytest.mark.chapter("P3")
def test_results_are_linked_upward_along_the_tree_of_the_day():
    answered("ZC1")
    overdue("CM")
    found = scores(services.assess_day(DAY))
    assert found == {"ZC1": (10000, None, 10000), "CM": (0, 10000, 3000), "QSL": (None, 3000, 3000)}


@pytest.mark.chapter("V2")
def test_more_matters_handled_alike_change_no_score():
    answered("ZC1", "2026-AAAAA1")
    for n in range(20):
        answered("ZC2", f"2026-BBBB{n:02d}")
    found = scores(services.assess_day(DAY))
    assert found["ZC1"] == found["ZC2"]


@pytest.mark.parametrize("reason", ["dissatisfied", "not_solved", "false_closing"])
def test_a_matter_opened_again_was_not_truly_solved(reason):
    closed("ZC1", "2026-AAAAA1")
    reopened("ZC1", "2026-AAAAA2", reason=reason)
    assert scores(services.assess_day(DAY))["ZC1"][0] == 5000


def test_a_lateness_costs_once():
    overdue("ZC1", day=before(3))
    answered("ZC1", in_time=0)
    assert scores(services.assess_day(DAY)) == {}
    assert scores(services.assess_rolling(DAY))["ZC1"][0] == 0
    line = Score.objects.get(unit__code="ZC1").statement["lines"][0]
    assert len(line[5]) == 1


def test_a_lateness_of_a_new_round_costs_again():
    overdue("ZC1", day=before(3))
    answered("ZC1", in_time=0, day=before(2))
    reopened("ZC1", day=before(1))
    late = answered("ZC1", in_time=0)
    services.assess_day(DAY)
    assert Score.objects.get(unit__code="ZC1").statement["lines"][0][5] == [late]


def test_a_late_answer_that_no_clock_told_of_counts_itself():
    late = answered("ZC1", in_time=0)
    services.assess_day(DAY)
    assert Score.objects.get(unit__code="ZC1").statement["lines"][0][5] == [late]


@pytest.mark.chapter("S3c")
def test_each_point_names_its_facts():
    good, bad = answered("ZC1", "2026-AAAAA1"), overdue("ZC1", "2026-AAAAA2")
    run = services.assess_day(DAY)
    statement = Score.objects.get(run=run, unit__code="ZC1").statement
    assert statement["lines"][0] == ["answered_in_time", 40, 5000, "ok", [good], [bad]]
    assert statement["lines"][1][3] == "exempt"


def test_assessing_twice_makes_no_new_run():
    answered("ZC1")
    first = services.assess_day(DAY)
    assert services.assess_day(DAY).pk == first.pk
    assert Run.objects.count() == 1


def test_a_later_fact_makes_a_revising_run_with_a_reason():
    answered("ZC1", "2026-AAAAA1")
    first = services.assess_day(DAY)
    overdue("ZC1", "2026-AAAAA2")
    second = services.assess_day(DAY)
    assert (second.revises, second.reason) == (first, Run.Reason.FACTS)
    assert scores(first)["ZC1"][2] == 10000 and scores(second)["ZC1"][2] == 5000


def test_a_reversed_fact_counts_no_more():
    wrong = overdue("ZC1")
    answered("ZC1", "2026-AAAAA2")
    services.assess_day(DAY)
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    assert scores(services.assess_day(DAY))["ZC1"][2] == 10000


def test_a_run_recomputed_after_later_facts_gives_the_same_bytes(mine):
    answered("ZC1", "2026-AAAAA1")
    wrong = overdue("ZC1", "2026-AAAAA2")
    run = services.assess_day(DAY)
    overdue("ZC1", "2026-AAAAA3")
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    UnitEdge.objects.filter(child=mine.units["ZC1"]).update(parent=mine.units["HQ"])
    made = rules.draft(code="daily", version=2, name="日结果", indicators=[
        {"code": "a", "name": "甲", "weight": 100, "tallies": [{"kind": "matter.closed", "good": True}]}], links=[])
    rules.put_in_force(rule_set=made.pk, since=DAY)
    assert services.recompute(run.pk).agrees


def test_moving_a_unit_today_changes_no_earlier_score(mine):
    answered("ZC1")
    run = services.assess_day(DAY)
    edge = UnitEdge.objects.get(child=mine.units["ZC1"])
    UnitEdge.objects.filter(pk=edge.pk).update(until=date(2026, 11, 24))
    UnitEdge.objects.create(child=edge.child, parent=mine.units["HQ"], since=date(2026, 11, 24))
    assert services.assess_day(DAY).pk == run.pk


def test_the_ledger_binds_the_results():
    answered("ZC1")
    run = services.assess_day(DAY)
    fact = next(entries(kinds=["day.assessed"]))
    assert (fact.content["outputs"], fact.content["run"]) == (run.outputs, run.pk)


def test_thirty_days_are_counted_from_their_own_facts():
    answered("ZC1", "2026-AAAAA1", day=before(29))
    overdue("ZC1", "2026-AAAAA2", day=before(30))
    assert scores(services.assess_rolling(DAY))["ZC1"][2] == 10000


@pytest.mark.parametrize("table", [Run, Score])
def test_runs_and_scores_are_insert_only(table):
    answered("ZC1")
    services.assess_day(DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.update(**({"outputs": "x"} if table is Run else {"final": 1}))


def test_before_any_rules_nothing_is_assessed():
    with clock.at(date(2019, 1, 2)):
        assert services.assess_day(date(2019, 1, 1)) is None


def test_an_earlier_day_is_corrected_at_night_also_when_a_later_one_was_by_day():
    """An objection to the last day that is upheld makes it see all that was recorded meanwhile, of itself alone."""
    wrong = [overdue("ZC1", f"2026-AAAAA{n}", day=day) for n, day in enumerate((before(1), DAY))]
    first, last = services.assess_day(before(1)), services.assess_day(DAY)
    for fact in wrong:
        reverse(fact, reason="objection", actor=SYSTEM)
    assert services.assess_day(DAY).revises == last
    [made] = services.revise(before(-1))
    assert (made.until, made.revises) == (before(1), first) and "ZC1" not in scores(made)
    assert services.revise(before(-1)) == []


def test_what_is_corrected_moves_each_thirty_days_that_hold_it():
    """Before, the day stood corrected beside thirty days that were not."""
    wrong = overdue("ZC1", "2026-AAAAA1", day=before(2))
    kept = [services.assess_rolling(before(n)) for n in (33, 3)]
    moved = [services.assess_rolling(before(n)) for n in (2, 1)]
    services.assess_day(before(2))
    services.assess_day(DAY)
    reverse(wrong, reason="objection", actor=SYSTEM)
    made = services.revise(before(-1))
    assert [(run.period, run.until) for run in made] == [
        ("day", before(2)), ("rolling", before(2)), ("rolling", before(1))]
    assert [run.revises for run in made[1:]] == moved and "ZC1" not in scores(made[-1])
    assert not [run for run in kept if hasattr(run, "revision")], "they ended before it"
    assert services.revise(before(-1)) == []


def test_thirty_days_made_anew_keep_only_the_units_they_moved():
    """Each late fact makes up to thirty of them anew: all units of all of them would fill the disk."""
    overdue("HQ", "2026-AAAAA1")
    answered("ZC1", "2026-AAAAA2")
    wrong = overdue("ZC1", "2026-AAAAA3")
    first = services.assess_rolling(DAY)
    reverse(wrong, reason="objection", actor=SYSTEM)
    second = services.assess_rolling(DAY)
    wrong = answered("CM", "2026-AAAAA4")
    third = services.assess_rolling(DAY)
    reverse(wrong, reason="objection", actor=SYSTEM)
    fourth = services.assess_rolling(DAY)
    assert [run.revises for run in (second, third, fourth)] == [first, second, third]
    assert [sorted(Score.objects.filter(run=run).values_list("unit__code", "gone")) for run in (second, third)] == [
        [("CM", False), ("QSL", False), ("ZC1", False)], [("CM", False)]]
    assert scores(first)["ZC1"][0] == 5000 and scores(second)["ZC1"][0] == 10000
    assert scores(third)["CM"][0] == 10000 and scores(fourth)["CM"][0] is None
    assert scores(fourth)["HQ"] == scores(first)["HQ"]
    assert all(services.recompute(run.pk).agrees for run in (first, second, third, fourth))
