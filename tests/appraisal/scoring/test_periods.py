"""Months, quarters, years: from the facts of the period, by the rules known at its start, the same every time."""

from datetime import date

import pytest
from django.db import connection, transaction

from sangesan.appraisal.scoring import queries, services
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.units.models import Unit, UnitEdge
from tests.builders import person, small_mine, unit
from tests.facts import at, closed, overdue
from tests.periods import ANSWERS, END, IN, SOLVED, finals, in_force, month

pytestmark = pytest.mark.django_db
@pytest.fixture(autouse=True)
def mine(noon):
    return small_mine()


def test_without_rules_known_at_its_start_no_period_is_assessed():
    in_force(since=date(2026, 10, 2))
    assert month() is None


def test_a_month_is_assessed_from_its_own_facts_by_the_rules_of_its_first_day():
    in_force()
    in_force([SOLVED], since=date(2026, 10, 15), version=2)
    late = overdue("ZC1", day=IN)
    overdue("ZC1", "2026-AAAAA2", day=date(2026, 11, 1))
    closed("ZC1", day=IN)
    run = month()
    assert (run.since, run.until, run.rule_set.version) == (date(2026, 10, 1), END, 1)
    score = Score.objects.get(run=run, unit__code="ZC1")
    assert score.own == 9900 and score.statement["lines"][0][6:] == [1900, [[late, -100]]]


def test_what_ends_on_a_day_is_assessed_on_that_day():
    in_force()
    assert services.assess_due(date(2026, 10, 30)) == []
    assert [r.period for r in services.assess_due(END)] == ["month"]
    assert [r.period for r in services.assess_due(date(2026, 9, 30))] == ["month", "quarter"]
    assert {r.since for r in services.assess_due(date(2025, 12, 31))} == set()
    assert queries.start_of("year", date(2026, 12, 31)) == date(2026, 1, 1)


def test_an_indicator_of_the_quarter_stays_out_of_the_month():
    in_force([ANSWERS | {"period": "quarter"}, SOLVED])
    overdue("ZC1", day=date(2026, 9, 3))
    closed("ZC1", day=date(2026, 9, 3))
    runs = {r.period: finals(r)["ZC1"] for r in services.assess_due(date(2026, 9, 30))}
    assert runs == {"month": 10000, "quarter": 9900}


@pytest.mark.chapter("P3")
def test_assessing_twice_stores_one_run_and_recomputing_gives_the_same_bytes():
    in_force()
    closed("ZC1", day=IN)
    wrong = overdue("ZC1", day=IN)
    run = month()
    assert month() == run
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    overdue("CM", "2026-AAAAA5", day=IN)
    UnitEdge.objects.filter(child__code="ZC1").update(parent=Unit.objects.get(code="HQ"))
    Appointment.objects.filter(post__code="chief").update(until=date(2026, 10, 5))
    Person.objects.filter(unit__code="ZC1").update(unit=Unit.objects.get(code="HQ"))
    assert services.recompute(run.pk).agrees


def test_a_late_fact_moves_its_unit_and_what_stands_above_and_nothing_else():
    in_force()
    for code in ("ZC1", "ZC2", "HQ"):
        closed(code, f"2026-{code}AAA", day=IN)
    first = month()
    overdue("ZC1", day=IN)
    [second] = services.revise_periods(date(2026, 11, 23))
    assert (second.revises, second.reason) == (first, Run.Reason.FACTS)
    before, after = finals(first), finals(second)
    assert {code for code in after if after[code] != before[code]} == {"ZC1", "CM", "QSL"}
    assert before.keys() == after.keys()
    assert services.recompute(second.pk).agrees and services.recompute(first.pk).agrees
    assert services.revise_periods(date(2026, 11, 23)) == []


def test_a_reversal_and_a_fact_of_another_time_are_told_apart():
    in_force()
    wrong = overdue("ZC1", day=IN)
    closed("ZC1", day=IN)
    month()
    overdue("ZC1", "2026-AAAAA9", day=date(2026, 11, 20))
    assert services.revise_periods(date(2026, 11, 23)) == []
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    [second] = services.revise_periods(date(2026, 11, 23))
    assert finals(second)["ZC1"] == 10000 and services.recompute(second.pk).agrees


def test_lines_make_the_unit_and_a_branch_answers_for_what_the_units_it_covers_did():
    party = SOLVED | {"code": "party", "line": "party", "kinds": ["branch"]}
    in_force([SOLVED | {"line": "administration"}, party], line_weights={"administration": 6_000, "party": 4_000})
    closed("ZC1", day=IN)
    with transaction.atomic():
        record(facts.MatterReopened(subject="matters/2026-AAAAA7", unit="QSL/DW/ZB1/", line="party",
                                    occurred_at=at(IN)), actor=SYSTEM)
    run = month()
    assert finals(run, "party")["ZB1"] == 5000 and finals(run, "administration")["ZC1"] == 10000
    assert finals(run)["ZC1"] == 8000
    closed("ZC1", "2026-AAAAA8", day=IN)
    with transaction.atomic():
        record(facts.MatterClosed(subject="matters/2026-AAAAA7", unit="QSL/DW/ZB1/", line="party", grade="C",
                                  in_time=1, occurred_at=at(IN)), actor=SYSTEM)
    [second] = services.revise_periods(date(2026, 11, 23))
    assert finals(second)["ZC1"] == 9000 and services.recompute(second.pk).agrees


def test_w11_a_unit_merged_within_the_month_counts_by_its_member_days(mine):
    in_force([SOLVED | {"kinds": ["crew"]}], links=[{"kind": "team", "members": "head_days"}])
    crew_a = unit("A", "甲班", "crew", mine.units["ZC2"])
    people = [person(f"9{n}", f"工{n}", crew_a) for n in range(3)]
    services.count_heads(date(2026, 10, 1))
    crew_c = unit("C", "丙班", "crew", mine.units["ZC2"])
    Unit.objects.filter(pk=crew_a.pk).update(closed=date(2026, 10, 16))
    Unit.objects.filter(pk=crew_c.pk).update(opened=date(2026, 10, 16))
    UnitEdge.objects.filter(child=crew_a).update(until=date(2026, 10, 16))
    Person.objects.filter(pk__in=[p.pk for p in people]).update(unit=crew_c)
    services.count_heads(date(2026, 10, 16))
    for code, number, kind in (("A", 1, facts.MatterClosed), ("C", 2, facts.MatterReopened)):
        more = {"grade": "C", "in_time": 1} if kind is facts.MatterClosed else {}
        with transaction.atomic():
            record(kind(subject=f"matters/2026-BBBBB{number}", unit=f"QSL/CM/ZC2/{code}/", occurred_at=at(IN), **more),
                   actor=SYSTEM)
    run = month()
    assert Score.objects.get(run=run, unit__code="ZC2").statement["children"] == [
        ["A", 10000, 45, False], ["C", 0, 48, False]]
    assert finals(run)["ZC2"] == 4839
    assert services.count_heads(date(2026, 10, 16)) == 0


def visited(code, path, point):
    with transaction.atomic():
        return record(facts.DutyFellDue(subject=f"duties/{code}", unit=path, counterpart=point, reason="contact",
                                        occurred_at=at(IN)), actor=SYSTEM)


def test_a_department_reads_its_contact_units():
    in_force([SOLVED], contacts={"kind": "duty.fell_due", "where": {"reason": "contact"}})
    closed("HQ", "2026-AAAAA3", day=IN)
    with transaction.atomic():
        record(facts.MatterReopened(subject="matters/2026-AAAAA7", unit="QSL/CM/ZC1/", occurred_at=at(IN)),
               actor=SYSTEM)
    first = month()
    visited(1, "QSL/HQ/", "QSL/CM/ZC1/")
    [second] = services.revise_periods(date(2026, 11, 23))
    assert (finals(first)["HQ"], finals(second)["HQ"]) == (10000, 7000)
    assert services.recompute(second.pk).agrees


def test_units_that_would_read_each_other_are_refused_and_nothing_is_stored():
    in_force([SOLVED], contacts={"kind": "duty.fell_due"})
    closed("HQ", day=IN)
    visited(1, "QSL/CM/ZC1/", "QSL/CM/")
    with pytest.raises(Conflict, match="没有核算"):
        month()
    assert not Run.objects.exists()


def test_duties_are_counted_by_what_became_of_them_also_after_the_month():
    kinds = {"fell_due": "due", "done": "good", "late": "late", "missed": "missed", "exempted": "exempt"}
    duties = [{"kind": f"duty.{kind}", "as": role} for kind, role in kinds.items()]
    in_force([SOLVED | {"late_share": 5_000, "tallies": duties}])
    for n in (1, 2):
        visited(n, "QSL/HQ/", "")
    with transaction.atomic():
        record(facts.DutyDone(subject="duties/1", unit="QSL/HQ/", occurred_at=at(IN)), actor=SYSTEM)
    assert finals(month())["HQ"] == 10000
    for kind, day, final in ((facts.DutyMissed, 3, 5000), (facts.DutyLate, 9, 7500)):
        with transaction.atomic():
            record(kind(subject="duties/2", unit="QSL/HQ/", occurred_at=at(date(2026, 11, day))), actor=SYSTEM)
        [run] = services.revise_periods(date(2026, 11, 23))
        assert finals(run)["HQ"] == final and services.recompute(run.pk).agrees


def test_a_score_altered_in_the_table_is_found_by_recomputing():
    in_force()
    closed("ZC1", day=IN)
    run = month()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute('DROP TRIGGER "keep_scoring_score_update"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute('ALTER TABLE scoring_score DISABLE TRIGGER "keep_scoring_score_row"')
        cursor.execute("UPDATE scoring_score SET final = 9999 WHERE run_id = %s", [run.pk])
    assert not services.recompute(run.pk).agrees


def test_the_years_of_an_unconfirmed_calendar_are_named():
    in_force()
    closed("ZC1", day=IN)
    run = month()
    assert queries.unconfirmed_years(run) == [2026]
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    assert queries.unconfirmed_years(run) == []
