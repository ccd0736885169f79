"""What posts did themselves, all at once or a few of them, is what one fact after the other gives."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.queries import bulk, posts, snapshot
from sangesan.appraisal.scoring.queries.snapshot import Seat
from sangesan.ledger.facts.queries import cutoff
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import facts
from sangesan.method.facts import SYSTEM, Actor
from sangesan.organization.units.models import Unit
from tests import one_by_one
from tests.appraisal.scoring.test_bulk import INDICATORS, PATHS, SINCE
from tests.builders import small_mine
from tests.facts import at
from tests.periods import END, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P3")]
POSTS = ["chief", "secretary", "handler", "absent"]
NAMED = {"code": "named", "name": "指名", "weight": 500, "method": "deduct", "full": 500, "cap": 500, "tallies": [
    {"kind": "assessment.checked", "as": "bad", "points": 90, "where": {"how": ["points", "veto"]}}]}


def did(chance, count):
    """Record so many facts at random (造台账), by posts and others, some about a named post, some reversed."""
    ids = []
    for _ in range(count):
        day = SINCE + timedelta(days=chance.randrange(-15, 45))
        of = {"unit": chance.choice([*PATHS, ""]), "occurred_at": at(day)}
        matter, duty = f"matters/2026-{chance.randrange(8):06d}", f"duties/{chance.randrange(8)}"
        fact = chance.choice([
            facts.MatterAnswered(subject=matter, in_time=chance.randrange(2), quantity=chance.choice([0, 1, 2]), **of),
            facts.MatterOverdue(subject=matter, clock="due", grade="B", **of),
            facts.MatterFirstAnswered(subject=matter, in_time=1, **of),
            facts.MatterClosed(subject=matter, grade="C", in_time=1, **of),
            facts.MatterReturned(subject=matter, reason="wrong_unit", **of),
            facts.DutyFellDue(subject=duty, reason="contact", **of), facts.DutyDone(subject=duty, **of),
            facts.DutyLate(subject=duty, **of), facts.DutyMissed(subject=duty, **of),
            facts.AssessmentChecked(subject="assessments/2026-10/ZC1", period="2026-10-01.2026-10-31", indicator="x",
                                    how=chance.choice(["points", "veto"]), points=1, entry=1,
                                    post=chance.choice(["", "chief", "handler"]), **of)])
        with transaction.atomic():
            ids.append(record(fact, actor=Actor.post(chance.choice(POSTS[:3])) if chance.random() < .8 else SYSTEM))
    for wrong in chance.sample(ids, count // 12):
        reverse(wrong, reason="wrong_record", actor=SYSTEM)


def seat(code, line):
    return Seat(code, "ZC1", line, "", SINCE, END + timedelta(days=1), ())


@pytest.mark.parametrize("scan", [0, 10_000])
@pytest.mark.parametrize("seed", range(3))
def test_posts_at_once_or_a_few_give_what_fact_by_fact_gives(seed, scan, noon, monkeypatch):
    monkeypatch.setattr(bulk, "SCAN", scan)
    mine = small_mine()
    Unit.objects.filter(pk=mine.units["ZC2"].pk).update(closed=date(2026, 10, 16) if seed % 2 else None)
    did(random.Random(seed), 220)
    rules = by_id(in_force([*INDICATORS, NAMED]).pk)
    asked = [replace(i, target="post", line="party" if n % 4 == 3 else "") for n, i in enumerate(rules.indicators)]
    units, window = snapshot.units_of(snapshot.taken(SINCE, END)), (SINCE, END, cutoff())
    lines = {code: "party" if n % 2 else "administration" for n, code in enumerate(POSTS)}
    single = one_by_one.of_posts(asked, units, window, lines)
    read = bulk.Whole(replace(rules, indicators=tuple(asked)), "month", *window, units, [""]).read
    seats = [seat(code, line) for code, line in lines.items()]
    for some in (seats, seats[:1], seats[1:3]):
        for of in (read, None):
            work = posts.Work(asked, units, window, [one.code for one in some], of)
            assert work.lines(some) == {one.code: single[one.code] for one in some}
    assert sum(bool(line.good or line.bad) for found in single.values() for line in found) > 12


def test_a_late_fact_of_a_post_asks_for_nothing_but_what_that_post_did(mine, django_assert_max_num_queries):
    own = {"code": "own", "name": "本人办结", "weight": 1_000, "target": "post",
           "tallies": [{"kind": "matter.closed", "good": True}, {"kind": "matter.reopened"}]}
    in_force([INDICATORS[3], own])
    did(random.Random(7), 60)
    month()
    with transaction.atomic():
        record(facts.MatterReopened(subject="matters/2026-AAAAA7", unit="QSL/CM/ZC1/", occurred_at=at(SINCE)),
               actor=Actor.post("chief"))
    with django_assert_max_num_queries(60) as asked:
        [run] = services.revise_periods(date(2026, 11, 23))
    assert services.recompute(run.pk).agrees
    read = [q["sql"] for q in asked.captured_queries if "facts_body" in q["sql"] and "post:chief" in q["sql"]]
    assert read and all("actor" in sql for sql in read)


@pytest.fixture
def mine(noon):
    return small_mine()
