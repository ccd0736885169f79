"""Assessment (核算): a year of 5,000 units under 40 indicators and as many posts, from very many facts.

The facts are made in bulk, once, into a database of its own, with bodies and commitments as the
ledger writes them; the figures are of the services that the night and `sangesan recompute` use.
"""

from __future__ import annotations

import os
import random
import resource
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing
from sangesan.appraisal.scoring.services import revise_period
from sangesan.foundation.bulk import pour
from sangesan.ledger.facts.models import Body, Fact
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, Actor, DutyLate, MatterOverdue, encode

from . import linking, seats
from .figures import Figure, spans, timed
from .lists import drop_indexes
from .nightly import tree

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
UNITS, PORTION, LATE, FIRST = 5_000, 50_000, 21, 200
FACT = ("id", "kind", "day", "stream", "commitment")
BODY = ("fact_id", "salt", "content", "kind", "day", "subject", "unit", "line", "actor", "occurred_at", "recorded_at",
        "quantity", "reverses")
DUTIES = tuple(f"kind{n}" for n in range(20))
"""As many kinds of duties, each with an indicator of its own."""


def indicators() -> list[dict]:
    """Return forty indicators (指标): duties, answers, points lost, rates and limits."""
    out = [{"kind": "duty.done", "as": "good"}, {"kind": "duty.late", "as": "late"},
           {"kind": "duty.missed", "as": "missed"}, {"kind": "duty.exempted", "as": "exempt"}]
    found = [{"code": f"duty_{r}", "weight": 200, "late_share": 5_000, "tallies": [
        {"kind": "duty.fell_due", "as": "due", "where": {"reason": [r]}}, *out]} for r in DUTIES]
    for grade in ("A", "B", "C"):
        found += [
            {"code": f"answered_{grade}", "weight": 400, "tallies": [
                {"kind": "matter.answered", "as": "good", "where": {"in_time": 1, "grade": grade}},
                {"kind": "matter.answered", "as": "bad", "where": {"in_time": 0, "grade": grade}}]},
            {"code": f"lost_{grade}", "weight": 400, "method": "deduct", "full": 400, "cap": 400, "tallies": [
                {"kind": "matter.overdue", "as": "bad", "points": 10, "where": {"grade": grade}}]},
            {"code": f"closed_{grade}", "weight": 200, "tallies": [
                {"kind": "matter.closed", "good": True, "where": {"grade": grade}}, {"kind": "matter.reopened"}]},
            {"code": f"rate_{grade}", "weight": 200, "method": "ratio", "tallies": [
                {"kind": "matter.closed", "as": "actual", "where": {"grade": grade}},
                {"kind": "matter.answered", "as": "planned", "where": {"grade": grade}}]},
            {"code": f"limit_{grade}", "weight": 200, "method": "lower", "planned": 9, "tallies": [
                {"kind": "matter.overdue", "as": "actual", "where": {"grade": grade}}]},
            {"code": f"won_{grade}", "weight": 100, "method": "add", "full": 100, "cap": 100, "tallies": [
                {"kind": "matter.closed", "as": "good", "points": 1, "where": {"grade": grade, "in_time": 1}}]},
        ]
    found += [{"code": "veto", "weight": 0, "method": "veto", "tallies": [
                  {"kind": "matter.reopened", "as": "veto", "where": {"reason": ["false_closing"]}}]},
              {"code": "first", "weight": 200, "tallies": [
                  {"kind": "matter.first_answered", "as": "good", "where": {"in_time": 1}},
                  {"kind": "matter.first_answered", "as": "bad", "where": {"in_time": 0}}]}]
    own = [one | {"target": "post"} for one in seats.indicators()]
    return [{"name": one["code"]} | one for one in (*found, *own)]


def measure(count: int) -> Iterator[Figure]:
    """Measure a year from so many facts (测量), making them first when they are not there yet."""
    made = timed(lambda: fill(count))
    name, engine, total = f"assess.{count}", connection.vendor, Fact.objects.count()
    yield Figure(f"{name}.made", made, "s", total, engine)
    spent = timed(lambda: services.assess_period(Run.Period.YEAR, YEAR[1]))
    run = Run.objects.get(period=Run.Period.YEAR, revision=None)
    yield Figure(f"{name}.first_run", spent, "s", total, engine)
    yield Figure(f"{name}.posts", standing.posts(run).count(), "", 1, engine)
    yield Figure(f"{name}.persons", standing.persons(run).count(), "", 1, engine)
    agrees = []
    yield Figure(f"{name}.recompute", timed(lambda: agrees.append(services.recompute(run.pk).agrees)), "s", total,
                 engine)
    yield Figure(f"{name}.recompute.same_bytes", int(agrees[0]), "", 1, engine)
    yield Figure(f"{name}.memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", total, engine)
    taken = []
    for turn in range(2 * LATE):
        late(turn)
        taken.append(timed(lambda of=run: revise_period(of)))
        run = Run.objects.get(revises=run)
    yield Figure(f"{name}.late_fact.first", taken[0] * 1000, "ms", 1, engine)
    yield from spans(f"{name}.late_fact.of_system", taken[2::2], engine)
    yield from spans(f"{name}.late_fact.of_post", taken[1::2], engine)
    yield Figure(f"{name}.late_fact.same_bytes", int(services.recompute(run.pk).agrees), "", 1, engine)
    yield from linking.measure(UNITS)


def late(turn: int) -> None:
    """Record one fact of the year that comes late (迟到的一条): every other one is what the unit's head did."""
    first = Body.objects.filter(pk__lte=FIRST).order_by("pk").values_list("kind", "unit")
    path = [unit for kind, unit in first if kind == "duty.done"][turn]
    at = {"unit": path, "occurred_at": datetime(2024, 12, 20, 2, turn, tzinfo=UTC)}
    with transaction.atomic():
        if turn % 2:
            record(DutyLate(subject=f"duties/L{turn}", reason=DUTIES[turn % len(DUTIES)], **at),
                   actor=Actor.post(seats.code_of(path)))
        else:
            record(MatterOverdue(subject=f"matters/2024-L{turn:05d}", clock="due", grade="A", **at), actor=SYSTEM)


def fill(count: int) -> None:
    """Make units, rules and facts (造数) unless they are there."""
    if Fact.objects.count() >= count:
        return
    paths = tree(UNITS)
    seats.fill(YEAR)
    draft = rules.draft(code="period", version=1, name="测速", indicators=indicators(), links=[{"kind": ""}])
    rules.put_in_force(rule_set=draft.pk, since=YEAR[0])
    indexes = drop_indexes(Body._meta.db_table)
    begin = (Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for start in range(begin, count + 1, PORTION):
        _portion(range(start, min(start + PORTION, count + 1)), paths)
    with connection.cursor() as cursor:
        for statement in indexes:
            cursor.execute(statement)


def _portion(ids: range, paths: list[str]) -> None:
    """Make one portion (一批): duties with what became of them, matters with their answers."""
    chance = random.Random(ids[0])  # noqa: S311 - figures, no secret
    days = (YEAR[1] - YEAR[0]).days + 1
    rows, facts = [], []
    for pk in ids:
        unit = paths[pk // 2 % len(paths)]
        day = YEAR[0] + timedelta(days=chance.randrange(days))
        kind, more = _said(chance, pk)
        subject = f"duties/{pk // 2}" if kind.startswith("duty.") else f"matters/2024-{pk // 4:06d}"
        moment = f"{day.isoformat()} 02:00:00"
        said = {"kind": kind, "day": day.isoformat(), "subject": subject, "unit": unit, "quantity": 1,
                "actor": seats.actor_of(kind, unit), "occurred_at": f"{day.isoformat()}T02:00:00Z",
                "recorded_at": f"{day.isoformat()}T02:00:00Z", "line": "", "reverses": 0} | more
        raw, salt = encode(said), os.urandom(32)
        facts.append((pk, kind, day.isoformat(), "work", sha256(salt + raw).digest()))
        rows.append((pk, salt, raw, kind, day.isoformat(), subject, unit, "", said["actor"], moment, moment, 1, 0))
    with transaction.atomic():
        pour("facts_fact", FACT, facts)
        pour("facts_body", BODY, rows)


def _said(chance: random.Random, pk: int) -> tuple[str, dict]:
    """Return a kind and what it says (一条的内容): six in ten are duties, each with its outcome."""
    if pk // 2 % 10 < 6:
        reason = {"reason": DUTIES[pk // 2 % len(DUTIES)]}
        if pk % 2 == 0:
            return "duty.fell_due", reason
        return chance.choices(("duty.done", "duty.late", "duty.missed", "duty.exempted"), (90, 5, 4, 1))[0], reason
    grade, in_time = {"grade": chance.choices("ABC", (1, 3, 6))[0]}, {"in_time": int(chance.random() < 0.95)}
    kind = chance.choices(("matter.answered", "matter.closed", "matter.first_answered", "matter.overdue",
                           "matter.reopened"), (35, 35, 20, 8, 2))[0]
    if kind == "matter.overdue":
        return kind, grade | {"clock": "due"}
    if kind == "matter.reopened":
        return kind, {"reason": "not_solved" if chance.random() < 0.999 else "false_closing"}
    return kind, grade | in_time
