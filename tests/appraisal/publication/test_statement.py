"""The statement of a unit: line by line, as the rule reckons it, with the reason of what was corrected by hand."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.scoring import services as scoring
from sangesan.execution.routines import services as routines
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from tests.appraisal.publication.test_appeals import mine
from tests.duties import owed
from tests.facts import at, closed, overdue, reopened
from tests.periods import END, IN, SOLVED, checked, in_force, month
from tests.routines import WEEKLY

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3c")]
__all__ = ["mine"]
WHY = "两件漏登，见十月值班记录"
BAN = {"code": "leak", "name": "泄密", "weight": 0, "method": "veto", "kinds": ["team"],
       "tallies": [{"kind": "assessment.checked", "as": "veto", "where": {"how": "manual"}}]}


def test_a_result_over_lines_opens_to_each_line_and_that_to_its_facts(mine):
    party = SOLVED | {"code": "party", "line": "party", "kinds": ["branch"]}
    in_force([SOLVED | {"line": "administration"}, party], line_weights={"administration": 6_000, "party": 4_000})
    closed("ZC1", day=IN)
    reopened("ZC1", "2026-AAAAA6", day=IN)
    with transaction.atomic():
        record(facts.MatterClosed(subject="matters/2026-AAAAA7", unit="QSL/DW/ZB1/", line="party", grade="C",
                                  in_time=1, occurred_at=at(IN)), actor=SYSTEM)
    run, scope = month(), mine.scope("leader")
    whole = queries.statement_for(scope, run.pk, "ZC1")
    assert [(p.line, p.weight, p.final, p.unit.code, p.lost) for p in whole.lost.parts] == [
        ("administration", 60, 5_000, "ZC1", 3_000), ("party", 40, 6_667, "ZB1", 1_333)]
    assert whole.reckoning == "（行政 50.00 × 60 + 党组织 66.67 × 40）÷ 100 = 56.67"
    line = queries.statement_for(scope, run.pk, "ZC1", "administration")
    assert [(e.code, e.good, e.bad) for e in line.entries] == [("solved", 1, 1)] and line.line == "行政"
    for wrong in ("party", "x\0", "*"):
        with pytest.raises(NotFound):
            queries.statement_for(scope, run.pk, "ZC1", wrong)


def test_a_duty_behind_a_point_is_told_by_what_was_to_be_done_and_a_matter_by_its_number(mine):
    missed = {"code": "missed", "name": "学习", "weight": 10_000, "method": "deduct", "full": 10_000, "kinds": ["team"],
              "tallies": [{"kind": "duty.missed", "as": "bad", "points": 100}]}
    in_force([missed])
    duty = owed(mine, "ZC1", title="顶板事故案例学习")
    with transaction.atomic():
        record(facts.DutyMissed(subject=duty.subject, unit="QSL/CM/ZC1/", reason="study", occurred_at=at(IN)),
               actor=SYSTEM)
    [entry] = queries.statement_for(mine.scope("leader"), month().pk, "ZC1").entries
    assert [(fact.word, fact.number) for fact in entry.facts] == [("未办", "顶板事故案例学习")]


def test_a_duty_that_opens_to_nobody_is_told_by_the_routine_it_fell_due_by_and_a_draft_is_not(mine):
    missed = {"code": "missed", "name": "学习", "weight": 10_000, "method": "deduct", "full": 10_000, "kinds": ["team"],
              "tallies": [{"kind": "duty.missed", "as": "bad", "points": 100}]}
    in_force([missed])
    draft = routines.begin(code="AQR", kind="study", actor=SYSTEM, **WEEKLY)
    with transaction.atomic():
        record(facts.DutyMissed(subject="duties/999", unit="QSL/CM/ZC1/", reason="study", rule="AQR-1",
                                occurred_at=at(IN)), actor=SYSTEM)
    run = month()
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)

    def told():
        [entry] = queries.statement_for(queries.PUBLIC, run.pk, "ZC1").entries
        return [fact.number for fact in entry.facts]
    assert told() == ["制度 AQR-1"]
    routines.put_in_force(version=draft, since=clock.today(), decided_by="党委会", actor=SYSTEM)
    assert told() == ["安全活动日 制度 AQR-1"]


@pytest.mark.parametrize(("effect", "read", "lost", "said"), [
    ("isolate", None, 0, "下级平均 100.00 × 30% = 100.00"), ("score", 0, 1_500, "下级平均 50.00 × 30% = 85.00"),
    ("deduction", 9_900, 515, "下级平均 99.50 × 30%，再扣否决 5.00 = 94.85")])
def test_what_a_vetoed_unit_takes_from_the_one_above_stands_beside_it(mine, effect, read, lost, said):
    in_force([BAN, SOLVED | {"kinds": ["team", "specialty"]}, SOLVED | {"code": "more", "kinds": ["team"],
              "weight": 100, "method": "deduct", "full": 100, "cap": 100, "tallies": [
                  {"kind": "matter.overdue", "as": "bad", "points": 81}]}],
             links=[{"kind": "specialty", "share": 3_000, "veto_effect": effect}])
    for n, unit in enumerate(("ZC1", "CM")):
        closed(unit, f"2026-AAAAB{n}", day=IN)
    overdue("ZC1", "2026-AAAAB0", day=IN)
    checked("ZC1", "QSL/CM/ZC1/", "leak", "veto", post="ZC1-chief")
    run, scope = month(), mine.scope("leader")
    own, above = (queries.statement_for(scope, run.pk, code) for code in ("ZC1", "CM"))
    assert own.score.final == 0 and own.lost.veto == 9_900 and "有一票否决，结果记零分" in own.reckoning
    assert [(b.read, b.lost) for b in above.lost.below] == [(read, lost), (10_000, 0)] and said in above.reckoning
    assert lost == 10_000 - above.score.final


def test_why_a_line_was_corrected_is_read_by_the_unit_and_its_assessors_and_nobody_else(mine):
    in_force()
    closed("ZC1", day=IN)
    entry = scoring.enter(scope=mine.scope("assessor"), unit="ZC1", how="points", points=-100, words=WHY,
                          since=date(2026, 10, 1), until=END, indicator="answers")
    scoring.check(scope=mine.scope("cadre"), entry=entry.pk, agreed=True)
    run = month()
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    for who, reads in (("chief", True), ("assessor", True), ("leader", True), ("handler", False)):
        told = queries.statement_for(mine.scope(who), run.pk, "ZC1").entries[0].facts
        assert [(f.points, f.reason) for f in told] == [(-100, WHY if reads else "")], who
    assert WHY not in Client().get(f"/results/{run.pk}/ZC1/").content.decode()


def test_a_line_that_was_vetoed_or_exempted_is_not_said_to_have_not_happened(mine):
    in_force([BAN, BAN | {"code": "other"}, SOLVED | {"kinds": ["team"]}, SOLVED | {"code": "more", "kinds": ["team"]}])
    for code in ("ZC1", "ZC2"):
        closed(code, f"2026-AAAA{code}", day=IN)
    checked("ZC1", "QSL/CM/ZC1/", "leak", "veto", post="ZC1-chief")
    checked("ZC1", "QSL/CM/ZC1/", "more", "exempt")
    run = month()
    services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    said = {e.code: e.uncounted for e in queries.statement_for(mine.scope("leader"), run.pk, "ZC1").entries
            if not e.counted}
    assert said == {"leak": "一票否决", "other": "没有发生，不计", "more": "不计分"}
    page = Client().get(f"/results/{run.pk}/ZC1/").content.decode()
    assert page.count("没有发生，不计") == 1 and "一票否决</td>" in page and "不计分</td>" in page
