"""Late facts: what one unit's fact moves is computed anew, and the run is the one a full computation gives."""

import random
import re
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sangesan.appraisal.rules.library import BRANCH
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import PostScore, Run, Score, Watched
from sangesan.appraisal.scoring.queries import results, snapshot, standing
from sangesan.appraisal.scoring.services import period
from sangesan.appraisal.scoring.services.computed import CROSSING, FORM
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import cutoff
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import Unit, UnitEdge
from tests.appraisal.scoring.test_bulk import in_lines, lived
from tests.architecture.tree import files, shown
from tests.builders import small_mine, unit
from tests.facts import BELOW, at, closed, overdue
from tests.periods import ANSWERS, END, IN, SOLVED, finals, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P3")]
TODAY = date(2026, 11, 23)
OF_POSTS = {"code": "own", "name": "岗位本人", "weight": 3_000, "target": "post", "method": "deduct", "full": 2_000,
            "cap": 2_000, "tallies": [{"kind": "assessment.checked", "as": "bad", "points": 150}]}
CONTACT = {"kind": "duty.fell_due", "where": {"reason": ["contact"]}}


@pytest.fixture(autouse=True)
def mine(noon):
    return small_mine()


def as_a_whole(run):
    """Compute a run again as a whole (整期复算)."""
    return period.again(run, run.cutoff)


def agrees(run):
    """Hold every row and every hash of a run to those of a full run (与整期一致)."""
    whole = as_a_whole(run)
    assert run.outputs == whole.outputs_digest == results.stored_period(run)
    assert run.parts == whole.parts and run.contacts == whole.contacts
    rows = {(s.unit.code, s.line): (s.inputs, s.outputs) for s in standing.scores(run).select_related("unit")}
    assert rows == whole.rows
    assert all(n == sum(len(x[4]) + len(x[5]) for x in said["lines"])
               for n, said in standing.scores(run).values_list("facts", "statement"))
    assert dict(standing.posts(run).values_list("post__code", "outputs")) == whole.post_rows
    assert dict(standing.persons(run).values_list("person", "outputs")) == whole.person_rows


def merged(chance):
    """Move a team below another unit (调整隶属); the month's run stays on the tree it saw."""
    day = date(2026, 10, chance.randrange(2, 28))
    edge = UnitEdge.objects.filter(child__code="ZC2", until=None).first()
    if edge.since < day:
        UnitEdge.objects.filter(pk=edge.pk).update(until=day)
        UnitEdge.objects.create(child=edge.child, parent=Unit.objects.get(code="HQ"), since=day)


def visited(chance, n):
    point = chance.choice(["QSL/CM/ZC1/", "QSL/CM/ZC2/"])
    with transaction.atomic():
        return record(facts.DutyFellDue(subject=f"duties/v{n}", unit="QSL/HQ/", counterpart=point, reason="contact",
                                        occurred_at=at(IN)), actor=SYSTEM)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_late_facts_merges_and_reversals_the_run_is_the_one_a_full_computation_gives(seed):
    chance = random.Random(seed)
    lived(chance, 60)
    in_force([*in_lines(seed), *([OF_POSTS] if seed % 3 else [])], contacts=CONTACT if seed % 2 else {},
             links=[{"kind": "", "mode": ["blend", "pass_through", "ceiling"][seed % 3]}])
    with clock.at(at(date(2026, 11, 3))):
        first = month()
    agrees(first)
    visits = []
    for turn in range(5):
        match chance.randrange(5):
            case 0:
                lived(chance, chance.choice([1, 12]))
            case 1:
                overdue(chance.choice(["ZC1", "ZC2", "HQ"]), f"2026-LATE{turn}", day=IN + timedelta(days=turn))
            case 2:
                merged(chance)
                visits.append(visited(chance, turn))
            case 3:
                with transaction.atomic():
                    record(facts.MatterReopened(subject=f"matters/2026-MOVE{turn}", unit="QSL/HQ/ZC2/",
                                                occurred_at=at(IN)), actor=SYSTEM)
            case _ if visits:
                reverse(visits.pop(), reason="wrong_record", actor=SYSTEM)
            case _:
                closed("ZC1", f"2026-DONE{turn}", day=IN)
        services.revise_periods(TODAY)
        if turn == 3:
            month()
        agrees(Run.objects.get(period="month", revision=None))
    last = Run.objects.get(period="month", revision=None)
    assert last != first and services.recompute(last.pk).agrees and services.recompute(first.pk).agrees


def test_a_revision_stores_only_what_moved_and_points_to_the_rest():
    in_force()
    for code in ("ZC1", "ZC2", "HQ"):
        closed(code, f"2026-{code}AAA", day=IN)
    first = month()
    overdue("ZC1", day=IN)
    [second] = services.revise_periods(TODAY)
    stored = set(Score.objects.filter(run=second).values_list("unit__code", flat=True))
    branch = "ZB1"  # it answers for what the team it covers did
    assert stored == {"ZC1", branch, "CM", "QSL"} and second.base == first
    assert finals(second)["HQ"] == finals(first)["HQ"] and finals(first)["ZC1"] == 10000
    overdue("ZC2", day=IN)
    [third] = services.revise_periods(TODAY)
    assert third.base == first and finals(third)["ZC1"] == finals(second)["ZC1"]
    for run in (first, second, third):
        assert services.recompute(run.pk).agrees


def test_a_result_that_its_facts_no_longer_carry_is_gone_from_the_revision_and_not_from_the_run_before():
    in_force([SOLVED | {"kinds": ["team"]}])
    wrong = closed("ZC1", day=IN)
    first = month()
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    [second] = services.revise_periods(TODAY)
    assert "ZC1" in finals(first) and finals(second) == {}
    agrees(second)
    closed("ZC1", "2026-AAAAA9", day=IN)
    [third] = services.revise_periods(TODAY)
    assert finals(third) == finals(first)
    agrees(third)


def test_a_quiet_night_asks_only_for_what_is_new():
    in_force()
    closed("ZC1", day=IN)
    run = month()
    for n in range(3):
        overdue("ZC1", f"2026-NEXT{n}", day=date(2026, 11, 10))
    assert services.revise_periods(TODAY) == []
    assert Watched.objects.get(run=run).upto == cutoff()
    with CaptureQueriesContext(connection) as asked:
        assert services.revise_periods(TODAY) == []
    assert not [q for q in asked if "facts_body" in q["sql"]]


def test_what_changed_no_result_is_still_bound_when_the_next_fact_does():
    in_force([SOLVED])
    closed("ZC1", day=IN)
    closed("ZC2", "2026-AAAAA2", day=IN)
    run = month()
    closed("ZC1", "2026-AAAAA3", day=IN)
    reverse(closed("ZC1", "2026-AAAAA4", day=IN), reason="wrong_record", actor=SYSTEM)
    with transaction.atomic():
        record(facts.MatterClosed(subject="matters/2026-AAAAA5", unit="QSL/CM/ZC1/", quantity=0, grade="C", in_time=1,
                                  occurred_at=at(IN)), actor=SYSTEM)
    services.revise_periods(TODAY)
    now = Run.objects.get(period="month", revision=None)
    with transaction.atomic():
        record(facts.MatterClosed(subject="matters/2026-AAAAA6", unit="QSL/CM/ZC2/", quantity=0, grade="C", in_time=1,
                                  occurred_at=at(IN)), actor=SYSTEM)
    assert services.revise_periods(TODAY) == []
    assert Watched.objects.get(run=now).unsettled == ["ZC2"]
    with transaction.atomic():
        record(facts.MatterReopened(subject="matters/2026-AAAAA7", unit="QSL/HQ/", occurred_at=at(IN)), actor=SYSTEM)
    [last] = services.revise_periods(TODAY)
    assert last.revises == now and now != run
    agrees(last)


def made_in_form(run, form):
    """Make of a run one as it was once made (旧式核算): its hash, and what its posts say."""
    whole = period.again(run, run.cutoff, form)
    with connection.cursor() as cursor:
        for table in ("run", "postscore"):
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER "keep_scoring_{table}_update"')
            else:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f'ALTER TABLE scoring_{table} DISABLE TRIGGER "keep_scoring_{table}_row"')
    for one in whole.posts:
        PostScore.objects.filter(run=run, post__code=one.post).update(statement=one.plain_before[2])
    Run.objects.filter(pk=run.pk).update(form=form, outputs=whole.in_form(form))
    return Run.objects.get(pk=run.pk)


@pytest.mark.parametrize("form", [1, 2, 3])
def test_a_run_made_in_an_earlier_form_is_recomputed_in_it_and_revised_in_the_new(form):
    in_force()
    closed("ZC1", day=IN)
    run = made_in_form(month(), form)
    assert services.recompute(run.pk).agrees
    with transaction.atomic():
        record(facts.MatterClosed(subject="matters/2026-AAAAA3", unit="QSL/CM/ZC1/", quantity=0, grade="C", in_time=1,
                                  occurred_at=at(IN)), actor=SYSTEM)
    assert services.revise_periods(TODAY) == [], "nothing it says has moved"
    overdue("ZC1", day=IN)
    [second] = services.revise_periods(TODAY)
    assert (second.form, second.base) == (FORM, None)
    agrees(second)
    assert END == second.until and services.recompute(run.pk).agrees


@pytest.mark.parametrize("form", [1, 3, CROSSING - 1])
def test_a_run_of_an_earlier_form_keeps_what_counted_then_until_a_fact_moves_it(mine, form):
    openness = next(i for i in BRANCH if i["code"] == "openness")
    reward = ANSWERS | {"code": "praise", "method": "add", "full": 500, "cap": 1_000, "weight": 500,
                        "tallies": [{"kind": "matter.closed", "as": "good", "points": 100}]}
    in_force([SOLVED, openness, reward])
    closed("ZC1", day=IN)
    with transaction.atomic():
        for kind in (facts.DutyFellDue, facts.DutyDone):
            record(kind(subject="duties/1", unit=BELOW["ZC1"], line="administration", occurred_at=at(IN),
                        reason="openness", rule="1"), actor=SYSTEM)
    run = made_in_form(month(), form)
    own = {(c.unit, line.code): line.score for c in period.again(run, run.cutoff, form).cells for line in c.lines}
    assert own["ZC1", "praise"] == 2_000 and own["ZB1", "openness"] is None
    again = services.recompute(run.pk)
    assert again.computed == again.expected
    with transaction.atomic():
        record(facts.MatterClosed(subject="matters/2026-AAAAA3", unit=BELOW["ZC1"], quantity=0, grade="C", in_time=1,
                                  occurred_at=at(IN)), actor=SYSTEM)
    assert services.revise_periods(TODAY) == [], "no fact has moved it, and a new reckoning is no late fact"
    overdue("ZC2", day=IN)
    with transaction.atomic():
        record(facts.MatterReopened(subject="matters/2026-AAAAA4", unit=BELOW["ZC2"], reason="not_solved",
                                    occurred_at=at(IN)), actor=SYSTEM)
    [second] = services.revise_periods(TODAY)
    assert second.form == FORM
    agrees(second)


def test_a_late_fact_asks_no_more_and_reads_no_row_of_others_however_many_units_there_are(mine):
    in_force()
    closed("ZC1", day=IN)
    asked = []
    for more in (0, 40):
        for n in range(more):
            unit(f"N{n}", f"新{n}队", "team", mine.units["CM"])
        run = month()
        overdue("ZC1", f"2026-LATE{more}", day=IN)
        snapshot.organisation.cache_clear()  # a tree that another test happened to read is no saving
        with CaptureQueriesContext(connection) as said:
            made = services.revise_period(run)
        assert made != run
        asked.append([q["sql"] for q in said])
    assert len(asked[1]) <= len(asked[0]) and len(asked[0]) < 60
    reading = [sql for sql in asked[1] if "facts_body" in sql and '"content"' in sql]
    narrow = ('"unit" IN', '"subject" IN', '"fact_id" >', '"reverses"', "assessment.checked")
    assert reading and all(any(key in sql for key in narrow) for sql in reading)


def test_nobody_reads_results_by_run_alone():
    tables = re.compile(r"\b(Score|PostScore|PersonScore)\.objects\.(?!bulk_create)[^\n]*\brun(__\w+)?=")
    at_home = "sangesan/appraisal/scoring/queries/"
    found = [shown(path) for path in files(".py", "sangesan") if tables.search(path.read_text())]
    assert [path for path in found if path != f"{at_home}daily.py"] == [], "ask scoring.queries.standing"
