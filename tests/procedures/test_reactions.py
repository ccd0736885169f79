"""Reactions: at most once per fact, one that fails stands in nobody's way, and no circle."""

from graphlib import TopologicalSorter

import pytest
from django.db import transaction

from sangesan.foundation import clock, door
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.authority import Role
from sangesan.method.facts import KINDS, SYSTEM, MatterDispatched
from sangesan.organization.calendar import services as days
from sangesan.organization.notices.models import Notice
from sangesan.organization.units.models import Coverage, Kind, Line
from sangesan.procedures import nightly, reactions
from sangesan.procedures.reactions import TABLE, Reaction
from tests.builders import START, hire, small_mine, unit
from tests.facts import BELOW, DAY, answered, before, overdue

pytestmark = pytest.mark.django_db
SUBJECT = "matters/2026-AAAAAA"


@pytest.fixture(autouse=True)
def mine(noon, monkeypatch):
    monkeypatch.setattr(door, "open", lambda scope, subject: subject)
    return small_mine()


def dispatched(unit="HQ", when=None):
    with transaction.atomic():
        return record(MatterDispatched(subject=SUBJECT, unit=BELOW[unit], occurred_at=when or clock.now(), grade="B",
                                       due_day="2026-11-30"), actor=SYSTEM)


def told(kind=None):
    rows = Notice.objects.filter(**({"kind": kind} if kind else {}))
    return {row.person.name for row in rows.select_related("person")}


def test_the_graph_of_causes_has_no_circle():
    graph = {}
    for reaction in TABLE:
        for kind in reaction.kinds:
            graph.setdefault(kind, set()).update(reaction.causes)
    TopologicalSorter(graph).prepare()


def test_every_row_has_a_name_of_its_own_and_knows_its_kinds():
    assert len({r.name for r in TABLE}) == len(TABLE)
    assert all(r.kinds | r.causes <= set(KINDS) for r in TABLE)


def test_a_fact_is_offered_once():
    seen = []
    table = (Reaction("t", frozenset({"matter.dispatched"}), lambda row: seen.append(row.id)),)
    first = dispatched()
    reactions.run(table)
    reactions.run(table)
    assert seen == [first]


def test_a_reaction_that_fails_is_set_aside_and_stops_nobody():
    seen = []

    def broken(row):
        raise ValueError("no")

    kinds = frozenset({"matter.dispatched"})
    table = (Reaction("broken", kinds, broken), Reaction("whole", kinds, lambda row: seen.append(row.id)))
    first, second = dispatched(), dispatched("ZC1")
    reactions.run(table)
    assert seen == [first, second]
    assert [(f.name, f.fact_id) for f in ledger.failures()] == [("broken", second), ("broken", first)]


def test_a_late_matter_reaches_the_unit_and_the_secretary():
    overdue("ZC1")
    reactions.run()
    assert told("matter.overdue") == {"张大力", "刘志远"}


def test_only_the_secretaries_over_the_unit_are_asked(mine):
    """The door alone would ask a thousand secretaries of a group for each late matter."""
    mine.units["JG"] = unit("JG", "机关党支部", Kind.BRANCH, mine.units["DW"], Line.PARTY)
    Coverage.objects.create(branch=mine.units["JG"], unit=mine.units["HQ"], since=START)
    hire(mine, "offices", "机关党支部书记", "JG", Role.SECRETARY, "2091", line=Line.PARTY)
    overdue("ZC1")
    reactions.run()
    assert told("matter.overdue") == {"张大力", "刘志远"}
    overdue("HQ", "2026-AAAAA3")
    reactions.run()
    assert told("matter.overdue") == {"张大力", "刘志远", "周有田", "陈小河", "机关党支部书记"}


def test_a_late_grade_a_also_reaches_the_leaders():
    overdue("ZC1", grade="A")
    reactions.run()
    assert told("warning.a_escalated") == {"张大力", "刘志远", "王安民", "赵守山"}


def test_reactions_cause_only_the_facts_they_name():
    overdue("ZC1")
    last = ledger.cutoff()
    reactions.run()
    causes = set().union(*(r.causes for r in TABLE))
    assert {row.kind for row in ledger.after(last, ledger.cutoff())} <= causes


def test_nobody_is_told_of_what_the_door_hides(monkeypatch):
    monkeypatch.setattr(door, "open", lambda scope, subject: None)
    overdue("ZC1")
    reactions.run()
    assert told() == set()


def test_old_facts_tell_nobody_anything():
    overdue("ZC1", day=before(4))
    reactions.run()
    assert told() == set()


def test_a_published_result_is_told_to_the_heads_of_units_that_lost_points():
    answered("HQ")
    overdue("ZC1", "2026-AAAAA2")
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    nightly.run(DAY)
    reactions.run()
    assert told("result.published") == {"张大力"}


def test_of_a_correction_only_the_heads_of_units_that_it_moved_are_told():
    overdue("ZC1", "2026-AAAAA2")
    overdue("HQ", "2026-AAAAA3")
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    nightly.run(DAY)
    reactions.run()
    assert told("result.published") == {"张大力", "周有田"}
    seen = set(Notice.objects.values_list("pk", flat=True))
    answered("ZC1", "2026-AAAAA4")
    nightly.run(DAY)
    reactions.run()
    fresh = Notice.objects.filter(kind="result.published").exclude(pk__in=seen)
    assert [one.person.name for one in fresh] == ["张大力"]


def test_the_head_of_a_unit_whose_full_result_a_correction_took_is_told():
    wrong = answered("HQ", "2026-AAAAA3")
    answered("ZC1", "2026-AAAAA4")
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    nightly.run(DAY)
    reactions.run()
    assert told("result.published") == set()
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    nightly.run(DAY)
    reactions.run()
    assert told("result.published") == {"周有田"}
