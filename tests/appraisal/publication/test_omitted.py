"""Objections to what should have counted and did not: nobody who decides invents it, its owner records it."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.publication.models import Appeal, Publication, Ruling
from sangesan.appraisal.publication.services import appealing
from sangesan.appraisal.rules.sources import SOURCES
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM, Actor, DutyDone, DutyFellDue, DutyLate, DutyMissed, MatterAnswered, VisitMade
from sangesan.method.omissions import OMITTED
from sangesan.organization.people.models import Appointment
from sangesan.procedures import nightly
from tests import builders
from tests.appraisal.publication.test_appeals import WHY, mine, page
from tests.builders import START, hire
from tests.facts import BELOW, DAY, answered, at, overdue
from tests.periods import ANSWERS, END, IN, finals, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
__all__ = ["mine"]
BY_SLUG = {source.slug: source for source in SOURCES}
VISITED = {"code": "visited", "name": "联系五步", "weight": 2_000, "method": "steps", "kinds": ["team"],
           "tallies": BY_SLUG["visit"].by["steps"](0)}
MET = {"code": "met", "name": "例会", "weight": 2_000, "kinds": ["team", "branch"], "late_share": 5_000,
       "tallies": BY_SLUG["meeting"].by["completeness"](0)}
WORDS = "十月十二日后勤科来队里联系过，记录本上有"


@pytest.fixture
def october(mine):
    """Return a published October in which 综采一队 has an overdue matter and nothing else (公布的十月)."""
    in_force([ANSWERS, VISITED, MET])
    overdue("ZC1", "2026-AAAAA4", day=IN)
    run = month()
    return services.publish_period(scope=mine.scope("assessor"), run=run.pk)


def objected(mine, run, post="chief", **more):
    parts = {"code": "ZC1", "indicator": "visited", "text": WORDS, "about": OMITTED} | more
    return services.file(scope=mine.scope(post), run=run.pk, **parts)


def noted(kind, subject, by="handler", day=IN, unit="ZC1", **parts):
    """Record a fact under a post, as its owner does (补记)."""
    with transaction.atomic():
        return record(kind(subject=subject, unit=BELOW.get(unit, "QSL/ZC1/"), occurred_at=at(day), **parts),
                      actor=SYSTEM if by == "system" else Actor.post(by))


def visited(by="handler", day=IN, unit="ZC1", number=1):
    return noted(VisitMade, f"visits/{number}", by, day, unit, found=0, form="talk")


def met(kind, by="chief", day=IN, number=1, reason="meeting", unit="ZC1"):
    return noted(kind, f"duties/{number}", by, day, unit, rule="LH-1", reason=reason)


def late(mine, appeal, post="cadre"):
    told = queries.appeal_for(mine.scope(post), appeal.number)
    return [row.id for row in queries.offered(told.appeal, told.late)]


def upheld(mine, appeal, *named, post="cadre", **more):
    return services.decide(scope=mine.scope(post), number=appeal.number, upheld=True, reason=WHY, named=named, **more)


def unseen(monkeypatch, model):
    """Let the service see no row that somebody else has just committed (看不到刚提交的)."""
    class Rows:
        filter, create = staticmethod(lambda **_of: model.objects.none()), model.objects.create

    monkeypatch.setattr(appealing, model.__name__, type(model.__name__, (), {"objects": Rows}))


def newest():
    return Run.objects.get(period="month", revision=None)


def untouched():
    told = list(ledger.entries(kinds=["objection.decided", "objection.righted", "fact.reversed"]))
    return not Ruling.objects.exists() and not told


def test_what_was_missing_is_recorded_by_its_owner_named_by_the_ruling_and_counts_at_once(mine, october):
    before, made = finals(october)["ZC1"], objected(mine, october)
    assert late(mine, made) == []
    with pytest.raises(UserError, match="没有选择"):
        upheld(mine, made)
    assert untouched() and queries.standing(october).waiting == 1
    fact = visited()
    assert late(mine, made) == [fact] and upheld(mine, made, fact).upheld
    run = newest()
    assert run.revises == october and Publication.objects.filter(run=run).exists() and scoring.recompute(run.pk).agrees
    assert finals(run)["ZC1"] > before
    assert [one.appeal for one in queries.ruled(run)] == [made] and queries.ruled(run)[0].reason == WHY
    told = list(ledger.entries(subject=made.subject))
    assert [(one.kind, one.content.get("about", one.content.get("fact"))) for one in told] == [
        ("objection.filed", OMITTED), ("objection.righted", fact), ("objection.decided", None)]
    shown = queries.appeal_for(mine.scope("chief"), made.number)
    assert [row.id for row in shown.righted] == [fact] and shown.revised == run
    assert f"第 {fact} 条" in page(mine, "chief", f"/w/appeals/{made.number}/")[1]


def test_what_the_night_has_counted_meanwhile_is_named_all_the_same_and_nothing_is_final_before(mine, october):
    made, fact = objected(mine, october), visited()
    [second] = scoring.revise_periods(date(2026, 11, 24))
    services.publish_period(scope=mine.scope("assessor"), run=second.pk)
    with clock.at(at(date(2026, 12, 20))):
        assert queries.standing(second).waiting == 1 and not queries.final(second)
        assert upheld(mine, made, fact).upheld
        assert newest() == second and queries.final(second) and queries.appeal_for(
            mine.scope("cadre"), made.number).revised == second


def test_a_late_fact_counts_as_its_revision_counts_it_and_nothing_else_is_offered(mine, october):
    for number in (1, 2):
        met(DutyFellDue, "system", number=number)
    made = objected(mine, october, indicator="met")
    done, later = met(DutyDone, number=1), met(DutyLate, day=date(2026, 11, 20), number=2)
    other = [visited(), visited(unit="ZC2"), met(DutyDone, number=3), met(DutyDone, number=4, reason="decision"),
             met(DutyFellDue, "system", day=date(2026, 9, 30), number=5), met(DutyDone, number=5)]
    taken_back = met(DutyFellDue, "system", number=6) and met(DutyDone, number=6)
    reverse(taken_back, reason="mistake", actor=SYSTEM)
    for kind in (DutyFellDue, DutyDone):
        moved = met(kind, number=7, unit="MOVED")
    found = [done, later, moved]
    assert late(mine, made) == found, "also what is dated after the month it was owed in, or where the unit once stood"
    for strange in (*other, taken_back, 999_999, -1):
        with pytest.raises(UserError, match="不在补记"):
            upheld(mine, made, done, strange)
    assert not Ruling.objects.exists() and not list(ledger.entries(kinds=["objection.righted"]))
    upheld(mine, made, *found)
    [line] = [line for line in queries.statement_for(mine.scope("chief"), newest().pk, "ZC1").entries
              if line.code == "met"]
    assert (line.good, line.bad) == (2, 1)


def test_what_a_covered_unit_did_is_offered_where_it_counts_for_the_branch(mine):
    in_force([MET])
    met(DutyFellDue, "system")
    met(DutyFellDue, "system", number=2)
    met(DutyMissed, "system", number=2)
    run = services.publish_period(scope=mine.scope("assessor"), run=month().pk)
    made, done = objected(mine, run, "secretary", code="ZB1", indicator="met"), met(DutyDone)
    assert late(mine, made) == [done]
    upheld(mine, made, done)
    assert finals(newest())["ZB1"] == 5_000


def test_what_is_missing_of_a_day_is_counted_for_the_day_and_its_thirty_days(mine):
    answered("ZC1", "2026-AAAAA1", in_time=0)
    nightly.run(DAY)
    run = Run.objects.get(period="day")
    made = objected(mine, run, indicator="answered_in_time")
    fact = noted(MatterAnswered, "matters/2026-AAAAA2", "handler", DAY, in_time=1)
    answered("ZC1", "2026-AAAAA3", day=DAY + timedelta(days=1))
    answered("HQ", "2026-AAAAA5")
    assert late(mine, made) == [fact]
    upheld(mine, made, fact)
    last = Run.objects.get(period="day", revision=None)
    assert last.revises == run and finals(last)["ZC1"] == 5_000 and Publication.objects.filter(run=last).exists()


def test_an_omission_may_be_righted_by_correcting_what_stands_in_its_line(mine):
    in_force([ANSWERS, MET])
    met(DutyFellDue, "system")
    missed = met(DutyMissed, "system")
    run = services.publish_period(scope=mine.scope("assessor"), run=month().pk)
    made = objected(mine, run, indicator="met")
    assert "没有可以更正的条目" not in page(mine, "cadre", f"/w/appeals/{made.number}/")[1]
    upheld(mine, made, remedy={missed: "done"})
    assert finals(newest())["ZC1"] == 10_000


def test_a_loss_that_came_late_puts_no_omission_right_but_who_recorded_it_does_not_decide(mine):
    in_force([ANSWERS, MET])
    hire(mine, "cadre2", "党委工作部副部长", "DW", Role.CADRE, "1091")
    for number in (1, 2):
        met(DutyFellDue, "system", number=number)
    met(DutyDone, number=1)
    run = services.publish_period(scope=mine.scope("assessor"), run=month().pk)
    made = objected(mine, run, indicator="met")
    missed = met(DutyMissed, "cadre", number=2)
    assert late(mine, made, "cadre2") == []
    assert f"第 {missed} 条" not in page(mine, "cadre2", f"/w/appeals/{made.number}/")[1]
    with pytest.raises(UserError, match="不在补记"):
        upheld(mine, made, missed, post="cadre2")
    with pytest.raises(Forbidden):
        upheld(mine, made, missed)
    assert untouched()
    done = met(DutyLate, number=2)
    assert late(mine, made, "cadre2") == [done], "half of what was expected is more than nothing"


def test_in_a_line_that_only_takes_points_a_smaller_loss_in_the_place_of_one_taken_back_is_offered(mine):
    tallies = [{"kind": "matter.answered", "where": {"in_time": 0}, "as": "bad", "points": 100},
               {"kind": "matter.overdue", "as": "bad", "points": 500}]
    in_force([ANSWERS | {"method": "deduct", "full": 2_000, "cap": 2_000, "tallies": tallies}])
    wrong = overdue("ZC1", "2026-AAAAA4", day=IN)
    run = services.publish_period(scope=mine.scope("assessor"), run=month().pk)
    made = objected(mine, run, indicator=ANSWERS["code"])
    parts = {"by": "handler", "in_time": 0}
    other = noted(MatterAnswered, "matters/2026-AAAAA5", **parts)
    smaller = noted(MatterAnswered, "matters/2026-AAAAA4", **parts)
    assert late(mine, made) == [], "what costs more stands beside what was counted"
    reverse(wrong, reason="mistake", actor=SYSTEM)
    assert late(mine, made) == [smaller] and other not in late(mine, made)
    upheld(mine, made, smaller)
    assert finals(newest())["ZC1"] > finals(run)["ZC1"]


@pytest.mark.parametrize("how", ["late", "line", "stand_in"])
def test_who_recorded_anything_that_counts_or_would_count_does_not_decide(mine, how):
    in_force([ANSWERS, VISITED])
    hire(mine, "cadre2", "党委工作部副部长", "DW", Role.CADRE, "1091")
    overdue("ZC1", "2026-AAAAA4", day=IN)
    if how == "line":
        visited("cadre", number=9)
    if how == "stand_in":  # who recorded it under another post has handed one over to the decider
        builders.post("second", "后勤科第二岗位", mine.units["HQ"], Role.HANDLER, mine.persons["handler"],
                      kind="concurrent")
        Appointment.objects.create(person=mine.persons["cadre"], post=mine.posts["handler"], kind="acting", share=0,
                                   since=START, until=None)
    made = objected(mine, services.publish_period(scope=mine.scope("assessor"), run=month().pk))
    fact = visited({"late": "cadre", "stand_in": "second"}.get(how, "handler"))
    with pytest.raises(Forbidden):
        upheld(mine, made, fact)
    assert untouched() and made.pk not in [one.pk for one in queries.waiting(mine.scope("cadre"))]
    assert [one.pk for one in queries.waiting(mine.scope("cadre2"))] == [made.pk]
    upheld(mine, made, fact, post="cadre2")


def test_what_was_entered_by_hand_is_named_by_neither_who_entered_nor_who_checked_it(mine, october):
    made = objected(mine, october)
    entry = scoring.enter(scope=mine.scope("assessor"), since=date(2026, 10, 1), until=END, indicator="visited",
                          unit="ZC1", how="points", points=2_000, words="联系记录本第 12 页，有双方签字")
    assert late(mine, made, "leader") == [], "what nobody has checked counts nowhere yet"
    fact = scoring.check(scope=mine.scope("cadre"), entry=entry.pk, agreed=True).fact
    assert late(mine, made, "leader") == [fact]
    for post in ("assessor", "cadre"):
        with pytest.raises(Forbidden):
            upheld(mine, made, fact, post=post)
    upheld(mine, made, fact, post="leader")


def test_one_omission_is_filed_for_a_line_and_run_also_by_two_at_once(mine, october, monkeypatch):
    first = objected(mine, october, about=0)
    assert first.omission, "in a line without facts nothing else can be meant"
    for about in (0, OMITTED):
        with pytest.raises(Conflict):
            objected(mine, october, "secretary", about=about)
    with pytest.raises(UserError, match="不在这一项里"):
        objected(mine, october, about=-2)
    objected(mine, october, "secretary", indicator="met")
    unseen(monkeypatch, Appeal)
    with pytest.raises(Conflict, match="已经提过"):
        objected(mine, october, indicator="met")
    assert Appeal.objects.count() == 2 and len(list(ledger.entries(kinds=["objection.filed"]))) == 2


def test_of_two_rulings_at_once_one_stands_with_what_it_named(mine, october, monkeypatch):
    made, fact, other = objected(mine, october), visited(), visited(number=2)
    seen = queries.appeal_for(mine.scope("cadre"), made.number)
    upheld(mine, made, other, post="leader")
    unseen(monkeypatch, Ruling)
    monkeypatch.setattr(appealing.queries, "appeal_for", lambda *_asked: seen)
    with pytest.raises(Conflict, match="已经裁定"):
        upheld(mine, made, fact)
    told = [one.content["fact"] for one in ledger.entries(kinds=["objection.righted"])]
    assert Ruling.objects.get().person == mine.persons["leader"] and told == [other]
