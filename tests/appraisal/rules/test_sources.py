"""Every method of scoring has something to read: what an indicator of each measures from facts as they are recorded."""

from datetime import date

import pytest
from django.db import transaction

from sangesan.appraisal.rules import sources
from sangesan.appraisal.rules.library import BRANCH
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.queries import standing
from sangesan.appraisal.scoring.services import period
from sangesan.appraisal.scoring.services.computed import CROSSING, FORM
from sangesan.execution.duties import kinds
from sangesan.execution.rectification.models import Figure
from sangesan.execution.routines.library import LIBRARY
from sangesan.ledger.facts.queries import cutoff
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from sangesan.method.measures import METHODS
from tests.facts import BELOW, at, closed, overdue
from tests.periods import IN, SOLVED, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3b")]
PATH = BELOW["ZC1"]


def put(*kinds):
    with transaction.atomic():
        return [record(one, actor=SYSTEM) for one in kinds]


def duty(kind, number, day=IN, reason="walk_round"):
    return kind(subject=f"duties/{number}", unit=PATH, occurred_at=at(day), reason=reason, rule="R-1")


def visit(number, *steps, found=1):
    made = facts.VisitMade(subject=f"visits/{number}", unit=PATH, occurred_at=at(IN), found=found, form="talk")
    more = [kind(subject=f"visits/{number}", unit=PATH, occurred_at=at(IN)) for kind in steps]
    return [made, *more]


def figure(what, value):
    return facts.FigureRecorded(subject=f"figures/{what}", unit=PATH, occurred_at=IN, figure=what, quantity=value)


def scored(source, method, said, run=month, **more):
    own = {"full": 2_000, "cap": 2_000} if method in ("deduct", "add") else {}
    in_force([{"code": "x", "name": "甲", "weight": 2_000, "method": method, "kinds": ["team"],
               "tallies": sources.BY_SLUG[source].by[method](200)} | own | more])
    put(*said)
    [line] = standing.scores(run(), unit__code="ZC1").get().statement["lines"]
    return line[2]


def test_no_method_is_without_a_source():
    assert set(METHODS) == {method for one in sources.SOURCES for method in one.by}


def test_whatever_a_source_reads_is_what_somebody_records():
    tallies = [t for one in sources.SOURCES for make in one.by.values() for t in make(1)]
    reasons = {r for t in tallies if t["kind"].startswith("duty.") for r in t["where"]["reason"]}
    assert reasons <= {kind.slug for kind in kinds.every()}
    assert {t["where"]["figure"] for t in tallies if t["kind"] == "figure.recorded"} == set(Figure.What.values)


@pytest.mark.parametrize("rule", ["DY-ZW-1", "DY-ZW-12"])
@pytest.mark.parametrize(("source", "score"), [("committee", 9_000), ("branch", 9_000), ("lecture", 10_000)])
def test_a_missed_meeting_costs_points_in_its_own_item_in_any_version_of_its_routine(mine, source, score, rule):
    missed = facts.DutyMissed(subject="duties/1", unit=PATH, occurred_at=at(IN), reason="branch", rule=rule)
    assert scored(source, "deduct", [missed]) == score


def test_each_meeting_of_organisation_life_has_a_routine_that_is_shipped():
    assert {code for _slug, _word, code in sources.LIFE} <= {one.code for one in LIBRARY}


@pytest.mark.chapter("P3")
@pytest.mark.parametrize(("form", "score"), [(FORM, 5_000), (CROSSING - 1, None)])
def test_a_branch_answers_for_what_the_units_it_covers_did_in_any_line(mine, form, score):
    library = {i["code"]: i for i in BRANCH}
    in_force([library["rectified"], library["openness"]])
    put(*(kind(subject=f"duties/{n}", unit=PATH, line="administration", occurred_at=at(IN), reason="rectify", rule="1")
          for n, settled in ((1, facts.DutyDone), (2, facts.DutyMissed)) for kind in (facts.DutyFellDue, settled)))
    whole = period.again(month(), cutoff(), form)
    told = {cell.unit: {line.code: line.score for line in cell.lines} for cell in whole.cells}
    assert told.get("ZB1", {}).get("rectified") == score


def test_what_is_ordered_of_a_unit_counts_whether_an_inspection_or_the_safety_system_found_it(mine):
    orders = ((1, "rectify", facts.DutyDone), (2, "hazard", facts.DutyMissed))
    said = [duty(kind, n, reason=reason) for n, reason, settled in orders for kind in (facts.DutyFellDue, settled)]
    assert scored("put_in_order", "completeness", said) == 5_000


REGISTERED, SETTLED, TOLD = facts.VisitRegistered, facts.VisitSettled, facts.VisitFedBack


@pytest.mark.parametrize(("said", "prefix", "score"), [
    (visit(1, REGISTERED, SETTLED, TOLD), False, 8_000), (visit(1, REGISTERED, SETTLED, TOLD), True, 4_000),
    (visit(1, REGISTERED, found=0), False, 10_000), (visit(1, REGISTERED, found=0), True, 10_000)])
def test_w24_a_contact_visit_is_scored_by_its_five_steps(mine, said, prefix, score):
    assert scored("visit", "steps", said, prefix_only=prefix) == score


@pytest.mark.parametrize(("source", "method", "said", "more", "score"), [
    ("walk_round", "ratio", [duty(facts.DutyDone, 1), duty(facts.DutyLate, 2), duty(facts.DutyDone, 3, reason="study")],
     {"planned": 4}, 5_000),
    ("walk_round", "lower", [duty(facts.DutyMissed, 1), duty(facts.DutyLate, 2), duty(facts.DutyDone, 3)],
     {"planned": 4}, 10_000),
    ("put_right", "ratio", [figure("hazards_found", 8), figure("hazards_closed", 6)], {}, 7_500),
    ("violations", "lower", [figure("violations", 3)], {"planned": 2}, 5_000),
])
def test_w26_attainment_and_limits_are_counted_from_facts(mine, source, method, said, more, score):
    assert scored(source, method, said, **more) == score


def test_a_planned_value_of_every_period_is_that_of_a_month(mine):
    said = [duty(facts.DutyDone, n, date(2026, 7, n)) for n in range(1, 7)]
    got = scored("walk_round", "ratio", said, planned=4,
                 run=lambda: services.assess_period("quarter", date(2026, 9, 30)))
    assert got == 5_000
    run = services.assess_period("month", date(2026, 7, 31))
    assert standing.scores(run, unit__code="ZC1").get().final == 10_000


def test_what_a_limit_reads_is_lateness_and_false_closing_never_what_was_raised(mine):
    in_force([SOLVED | {"method": "lower", "planned": 2, "tallies": sources.BY_SLUG["answered"].by["lower"](0),
                        "kinds": ["team"]}])
    closed("ZC1", day=IN)
    for n in range(3):
        overdue("ZC1", f"2026-AAAA1{n}", day=IN)
    assert standing.scores(month(), unit__code="ZC1").get().own == 5_000
