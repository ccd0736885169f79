"""The grading table as the Party committee decides it (分级表)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.grades import services
from sangesan.feedback.grades.models import InForce, TableVersion
from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method import grading_checks as checks
from sangesan.method.grading import TABLE
from sangesan.upkeep.verify import results
from tests.builders import heard, small_mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def data(**of_c):
    """The shipped table with another row for grade C."""
    made = checks.written(TABLE)
    made["levels"]["C"] |= of_c
    return made


def decided(mine, made, days=0):
    scope, today = mine.scope("cadre"), clock.today()
    table = services.draft(scope=scope, data=made)
    return services.put_in_force(scope=scope, version=table.version, since=today + timedelta(days=days),
                                 decided_by="党委会第 12 次会议", decided_on=today)


def quick():
    return data(clocks={"sign_in": [1, "working_days"], "first_answer": [3, "working_days"], "due": [10, "days"]})


def graded(mine, text="夜班食堂只有凉馒头"):
    said = heard(text, unit="ZC1")
    triage = mine.scope("triage")
    matters.grade(scope=triage, number=said.number, urgency=1, importance=1)
    matters.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
    return Matter.objects.get(number=said.number)


@pytest.mark.chapter("N6")
def test_a_matter_keeps_the_version_it_was_graded_under(mine):
    before = graded(mine)
    decided(mine, quick())
    after = graded(mine, "更衣箱锁坏了")
    assert (before.table, after.table) == ("2026.1", "2026.2")
    assert before.due_at - after.due_at == timedelta(days=5)
    assert tables.of(before.table) == TABLE


def test_a_version_holds_from_its_day_on_and_not_before(mine):
    decided(mine, quick(), days=3)
    assert tables.in_force().version == "2026.1"
    assert tables.in_force(clock.today() + timedelta(days=3)).version == "2026.2"


def test_another_matrix_grades_otherwise(mine):
    decided(mine, data() | {"matrix": ["CBA", "BBA", "AAA"]})
    assert matters.chosen(2, 1) == "B"


def test_who_decided_stays_in_the_ledger(mine):
    decided(mine, quick())
    fact = list(history("grading/2026.2"))[-1]
    assert fact.kind == "grading.decided" and fact.actor == "post:cadre"


@pytest.mark.parametrize("change", [
    {"told": []}, {"closers": []}, {"closers": [["crew_leader"]]}, {"escalates_to": "C"}, {"progress": "hourly"},
    {"clocks": {"sign_in": [1, "minutes"], "first_answer": [3, "working_days"], "due": [15, "days"]}},
    {"clocks": {"sign_in": [1, "working_days"], "first_answer": [3, "working_days"], "due": [61, "days"]}},
    {"clocks": {"sign_in": [0, "minutes"], "first_answer": [3, "working_days"], "due": [15, "days"]}},
    {"clocks": {"sign_in": [1, "working_days"]}}, {"report": ["x", "days"]},
])
def test_what_is_wrong_comes_into_no_draft(mine, change):
    with pytest.raises(UserError):
        services.draft(scope=mine.scope("cadre"), data=data(**change))
    assert not TableVersion.objects.exists()


def test_a_matrix_that_grades_a_graver_matter_more_lightly_is_refused(mine):
    with pytest.raises(UserError, match="没有保存"):
        services.draft(scope=mine.scope("cadre"), data=data() | {"matrix": ["BCB", "CBA", "BAA"]})


@pytest.mark.parametrize("closers", [[["secretary"]], [["leader"], ["secretary"]], [["cadre", "leader"]]])
def test_nobody_is_named_to_close_an_a_whose_post_may_not(mine, closers):
    """Whoever the table names but the powers don't would leave it open for ever."""
    made = checks.written(TABLE)
    made["levels"]["A"]["closers"] = closers
    with pytest.raises(UserError, match="没有保存"):
        services.draft(scope=mine.scope("cadre"), data=made)


def test_a_draft_takes_the_place_of_the_one_before_and_can_be_taken_away(mine):
    scope = mine.scope("cadre")
    services.draft(scope=scope, data=data())
    services.draft(scope=scope, data=quick())
    assert TableVersion.objects.count() == 1
    services.discard(scope=scope)
    assert tables.draft() is None


@pytest.mark.django_db(transaction=True)
def test_what_is_in_force_is_never_changed(mine):
    decided(mine, quick())
    for change in (lambda: TableVersion.objects.update(note="x"), lambda: InForce.objects.all().delete(),
                   lambda: TableVersion.objects.raw("x") and TableVersion.objects.filter(
                       pk=InForce.objects.get().pk)._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert tables.in_force().version == "2026.2"


def test_a_table_changed_behind_the_triggers_is_found_by_verify_and_nothing_is_graded_by_it(mine):
    decided(mine, quick())
    assert list(tables.altered_tables()) == []
    services.draft(scope=mine.scope("cadre"), data=data())
    InForce.objects.bulk_create([InForce(table=tables.draft(), since=clock.today(), decided_by="x", post="", by=0,
                                         decided_on=clock.today(), digest="0" * 64)])
    assert [said for said in results() if "分级表" in said and "2026.3" in said]
    with pytest.raises(tables.Altered, match="可能被改动过"):
        tables.in_force()


def test_it_cannot_be_put_in_force_twice_backwards_or_by_nobody(mine):
    scope, today = mine.scope("cadre"), clock.today()
    version = services.draft(scope=scope, data=quick()).version
    for wrong in ({"since": today - timedelta(days=1)}, {"since": today.replace(year=9999)},
                  {"decided_on": today.replace(year=226)}, {"decided_by": " "},
                  {"decided_on": today + timedelta(days=1)}):
        with pytest.raises(UserError):
            services.put_in_force(scope=scope, version=version,
                                  **{"since": today, "decided_by": "党委会", "decided_on": today} | wrong)
    decided(mine, quick())
    with pytest.raises(Conflict):
        services.put_in_force(scope=scope, version=version, since=today, decided_by="党委会", decided_on=today)


def test_only_the_office_of_the_committee_drafts(mine):
    for who in ("triage", "leader", "secretary", "admin"):
        with pytest.raises(Forbidden):
            services.draft(scope=mine.scope(who), data=quick())
