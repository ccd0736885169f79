"""All units at once, or one after the other: the same lines, the same scores, the same hashes."""

import gc
import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.queries import bulk, reading, snapshot
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import cutoff
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import Unit
from tests import one_by_one
from tests.builders import small_mine
from tests.facts import BELOW, at
from tests.periods import END, checked, in_force, month

pytestmark = pytest.mark.django_db
SINCE = date(2026, 10, 1)
PATHS = [*BELOW.values(), "QSL/DW/ZB1/", "QSL/GONE/"]
LATE = {"kind": "matter.overdue", "where": {"clock": "due"}}
DUE = [{"kind": "duty.fell_due", "as": "due"}, {"kind": "duty.done", "as": "good"}, {"kind": "duty.late", "as": "late"},
       {"kind": "duty.missed", "as": "missed"}, {"kind": "duty.exempted", "as": "exempt"}]
INDICATORS = [
    {"code": "answered", "name": "按期答复", "weight": 2_000, "tallies": [
        {"kind": "matter.answered", "good": True, "where": {"in_time": 1}},
        {"kind": "matter.answered", "where": {"in_time": 0}, "unless": LATE, "round": "matter.returned"}, LATE]},
    {"code": "duties", "name": "应办", "weight": 2_000, "late_share": 5_000, "tallies": DUE},
    {"code": "some", "name": "某类应办", "weight": 500, "least": 2,
     "tallies": [{**DUE[0], "where": {"reason": ["contact"]}}, *DUE[1:]]},
    {"code": "lost", "name": "扣分", "weight": 1_000, "method": "deduct", "full": 2_000, "cap": 2_000, "tallies": [
        {"kind": "matter.overdue", "as": "bad", "points": 150}, {"kind": "matter.closed", "as": "good", "points": 30}]},
    {"code": "won", "name": "加分", "weight": 500, "method": "add", "full": 500, "cap": 500,
     "tallies": [{"kind": "matter.closed", "as": "good", "points": 70}]},
    {"code": "plan", "name": "完成", "weight": 1_000, "method": "ratio", "cap": 11_000, "tallies": [
        {"kind": "matter.closed", "as": "actual"}, {"kind": "matter.answered", "as": "planned"}]},
    {"code": "limit", "name": "限额", "weight": 1_000, "method": "lower", "planned": 2,
     "tallies": [{"kind": "matter.overdue", "as": "actual"}]},
    {"code": "steps", "name": "分步", "weight": 1_000, "method": "steps", "tallies": [
        {"kind": "matter.first_answered", "as": "step", "step": 1, "points": 40},
        {"kind": "matter.answered", "as": "step", "step": 2, "points": 30},
        {"kind": "matter.closed", "as": "step", "step": 3, "points": 30},
        {"kind": "matter.answered", "as": "complete", "where": {"in_time": 1}}]},
    {"code": "veto", "name": "否决", "weight": 0, "method": "veto",
     "tallies": [{"kind": "matter.reopened", "as": "veto", "where": {"reason": ["false_closing"]}}]},
]


def lived(chance, count):
    """Record so many facts at random (造台账), in the period and around it, some reversed."""
    ids = []
    for _ in range(count):
        day = SINCE + timedelta(days=chance.randrange(-20, 50))
        of = {"unit": chance.choice(PATHS), "occurred_at": at(day), "line": chance.choice(["", "", "party", "union"])}
        matter, duty = f"matters/2026-{chance.randrange(12):06d}", f"duties/{chance.randrange(12)}"
        reason = chance.choice(["contact", "meeting"])
        fact = chance.choice([
            facts.MatterAnswered(subject=matter, in_time=chance.randrange(2),
                                         quantity=chance.choice([0, 1, 2]), **of),
            facts.MatterFirstAnswered(subject=matter, in_time=1, **of),
            facts.MatterOverdue(subject=matter, clock=chance.choice(["due", "first_answer"]), grade="B", **of),
            facts.MatterClosed(subject=matter, grade="C", in_time=1, **of),
            facts.MatterReturned(subject=matter, reason="wrong_unit", **of),
            facts.MatterReopened(subject=matter, reason=chance.choice(["not_solved", "false_closing"]), **of),
            facts.DutyFellDue(subject=duty, reason=reason, **of),
            facts.DutyDone(subject=duty, reason=reason, **of),
            facts.DutyLate(subject=duty, reason=reason, **of),
            facts.DutyMissed(subject=duty, reason=reason, **of),
            facts.DutyExempted(subject=duty, reason=reason, why="closed", **of),
        ])
        with transaction.atomic():
            ids.append(record(fact, actor=SYSTEM))
    for wrong in chance.sample(ids, count // 12):
        reverse(wrong, reason="wrong_record", actor=SYSTEM)
    checked("ZC1", BELOW["ZC1"], "lost", points=-200)
    checked("HQ", BELOW["HQ"], "duties", how="exempt")


def in_lines(seed):
    """Return the indicators, every other time spread over lines (条线)."""
    lines = [""] if seed % 2 else ["", "party", "administration"]
    return [one | {"line": lines[n % len(lines)]} for n, one in enumerate(INDICATORS)]


@pytest.mark.chapter("P3")
@pytest.mark.parametrize("scan", [0, 10_000])
@pytest.mark.parametrize("seed", range(6))
def test_all_units_at_once_give_what_one_after_the_other_gives(seed, scan, noon, monkeypatch):
    monkeypatch.setattr(bulk, "SCAN", scan)
    mine = small_mine()
    Unit.objects.filter(pk=mine.units["ZC2"].pk).update(closed=date(2026, 10, 16) if seed % 2 else None)
    lived(random.Random(seed), 260)
    rules, upto = by_id(in_force(in_lines(seed)).pk), cutoff()
    units = snapshot.units_of(snapshot.taken(SINCE, END))
    lines = reading.lines_of(rules, units)
    whole = bulk.Whole(rules, "month", SINCE, END, upto, units, lines)
    found = one_by_one.read(rules, "month", SINCE, END, upto, units)
    single = one_by_one.owned(rules, "month", units, found, lines)
    together = whole.owned()
    assert together == single
    assert bulk.measured(rules, "month", (SINCE, END, upto), units, lines) [:2] == (single, whole.digests())
    assert gc.isenabled()
    assert whole.digests() == {code: found.digest_of(unit) for code, unit in units.items()}
    states = {line.code for owned in single.values() for line in owned.lines if line.good or line.bad}
    assert len(states) >= len(INDICATORS) - 3, "so few facts prove nothing"


def test_without_a_fact_both_roads_give_the_same(noon):
    small_mine()
    rules = by_id(in_force(INDICATORS).pk)
    units = snapshot.units_of(snapshot.taken(SINCE, END))
    whole = bulk.Whole(rules, "month", SINCE, END, cutoff(), units, [""])
    found = one_by_one.read(rules, "month", SINCE, END, cutoff(), units)
    assert whole.owned() == one_by_one.owned(rules, "month", units, found, [""])
    assert whole.digests() == {code: found.digest_of(unit) for code, unit in units.items()}


@pytest.mark.parametrize("seed", [0, 1])
def test_what_late_facts_revise_one_by_one_is_recomputed_at_once_to_the_same_bytes(seed, noon):
    small_mine()
    chance = random.Random(seed)
    lived(chance, 80)
    in_force(in_lines(seed))
    with clock.at(at(date(2026, 11, 3))):
        first = month()
    for _ in range(3):
        lived(chance, 12)
        services.revise_periods(date(2026, 11, 23))
    last = type(first).objects.order_by("pk").last()
    assert last != first and services.recompute(last.pk).agrees
