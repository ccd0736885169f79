"""Late facts and posts: whoever a late fact moves is computed anew, and the rest is what a full computation gives."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import PersonScore, PostScore, Run
from sangesan.appraisal.scoring.queries import standing
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM, Actor
from sangesan.organization.people.models import Appointment, Post
from tests.appraisal.scoring.test_bulk import SINCE, in_lines, lived
from tests.appraisal.scoring.test_late_facts import TODAY, agrees
from tests.builders import small_mine
from tests.facts import BELOW, at, closed, overdue
from tests.periods import END, IN, checked, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P3")]
LEAK = {"code": "leak", "name": "泄密报复", "weight": 0, "method": "veto",
        "tallies": [{"kind": "assessment.checked", "as": "veto", "where": {"how": "none"}}]}
OWN = {"code": "own", "name": "本人应办", "weight": 1_000, "target": "post", "late_share": 5_000, "tallies": [
    {"kind": "duty.done", "as": "good"}, {"kind": "duty.late", "as": "late"}]}
NAMED = {"code": "named", "name": "本人扣分", "weight": 500, "target": "post", "method": "deduct", "full": 500,
         "cap": 500, "tallies": [
             {"kind": "assessment.checked", "as": "bad", "points": 90, "where": {"how": ["points", "veto"]}}]}


@pytest.fixture(autouse=True)
def mine(noon):
    """Give the small mine with vacancies, a post that ended, and a person of two posts (两岗、空缺)."""
    mine = small_mine()
    Appointment.objects.filter(post__code="chief").update(until=date(2026, 10, 22))
    Appointment.objects.filter(post__code="secretary").update(share=7_000)
    Appointment.objects.create(person=mine.persons["secretary"], post=mine.posts["chief"], kind="acting", share=3_000,
                               since=date(2026, 10, 24), until=date(2026, 10, 29))
    Post.objects.filter(code="handler").update(until=date(2026, 10, 20))
    Appointment.objects.filter(post__code="handler").update(until=date(2026, 10, 15))
    return mine


def did(chance, n):
    """Record what a post did late in the month (岗位迟记)."""
    of = {"subject": f"duties/l{n}", "unit": chance.choice([*BELOW.values()]), "reason": "meeting"}
    kind = chance.choice([facts.DutyDone, facts.DutyLate])
    with transaction.atomic():
        return record(kind(occurred_at=at(SINCE + timedelta(days=chance.randrange(31))), **of),
                      actor=Actor.post(chance.choice(["chief", "secretary", "leader", "handler"])))


@pytest.mark.parametrize("seed", range(8))
def test_after_any_late_facts_posts_and_persons_are_those_a_full_computation_gives(seed):
    chance = random.Random(seed)
    lived(chance, 40)
    in_force([*in_lines(seed), LEAK, *([OWN, NAMED] if seed % 4 else [])],
             person_share=[7_000, 10_000, 4_000][seed % 3])
    month()
    vetoes = []
    for turn in range(6):
        match chance.randrange(6):
            case 0:
                lived(chance, chance.choice([1, 6]))
            case 1:
                overdue(chance.choice(["ZC1", "CM", "QSL"]), f"2026-LATE{turn}", day=IN + timedelta(days=turn))
            case 2 if vetoes:
                reverse(vetoes.pop(chance.randrange(len(vetoes))), reason="wrong_record", actor=SYSTEM)
            case 3:
                did(chance, turn)
            case _:
                at_unit = chance.choice(["ZC1", "HQ", "ZC2"])
                vetoes.append(checked(at_unit, BELOW[at_unit], "leak", how="veto",
                                      post=chance.choice(["chief", "secretary", "logistics", "nobody"])))
        services.revise_periods(TODAY)
        agrees(Run.objects.get(period="month", revision=None))
    assert Run.objects.get(period="month", revision=None).base_id is not None


def test_a_second_veto_on_a_post_outlives_the_reversal_of_the_first():
    in_force([*in_lines(1), LEAK])
    closed("ZC1", day=IN)
    month()
    one = checked("ZC1", BELOW["ZC1"], "leak", how="veto", post="secretary")
    [first] = services.revise_periods(TODAY)
    other = checked("HQ", BELOW["HQ"], "leak", how="veto", post="secretary")
    [second] = services.revise_periods(TODAY)
    reverse(one, reason="wrong_record", actor=SYSTEM)
    [third] = services.revise_periods(TODAY)
    said = [standing.posts(run).get(post__code="secretary").statement.get("vetoes") for run in (first, second, third)]
    assert said == [[one], [one, other], [other]]
    assert standing.persons(third).get(person__name="刘志远").vetoed
    reverse(other, reason="wrong_record", actor=SYSTEM)
    [last] = services.revise_periods(TODAY)
    assert not standing.persons(last).filter(vetoed=True).exists() and END == last.until
    agrees(last)


def test_a_late_fact_stores_the_posts_it_moves_and_the_vacancies_below_and_no_other():
    in_force(in_lines(1))
    for code in ("ZC1", "ZC2", "HQ", "QSL"):
        closed(code, f"2026-{code}AAA", day=IN)
    month()
    overdue("QSL", "2026-LATE1", day=IN)
    [run] = services.revise_periods(TODAY)
    moved = set(PostScore.objects.filter(run=run).values_list("post__code", flat=True))
    assert moved == {"leader", "duty", "admin", "chief"}, "of those below only the vacancy reads its superior"
    people = set(PersonScore.objects.filter(run=run).values_list("person__name", flat=True))
    assert people == {"王安民", "赵守山", "郑工"}, "a holder answers for the post, not for its vacancy"
    agrees(run)
