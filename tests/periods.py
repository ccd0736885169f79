"""Periods for tests (时段造数): rules in force, a month's run, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.facts import SYSTEM
from tests.facts import at

END = date(2026, 10, 31)
IN = date(2026, 10, 12)
ANSWERS = {"code": "answers", "name": "按期答复", "weight": 2_000, "method": "deduct", "full": 2_000, "cap": 2_000,
           "tallies": [{"kind": "matter.overdue", "as": "bad", "points": 100}], "kinds": ["team", "specialty"]}
SOLVED = {"code": "solved", "name": "解决属实", "weight": 8_000,
          "tallies": [{"kind": "matter.closed", "good": True}, {"kind": "matter.reopened"}]}


def in_force(indicators=(ANSWERS, SOLVED), links=(), since=date(2026, 1, 1), version=1, **more):
    made = rules.draft(code="period", version=version, name="季度考核", indicators=list(indicators), links=list(links),
                       **more)
    rules.put_in_force(rule_set=made.pk, since=since)
    return made


def finals(run, line=""):
    return dict(standing.scores(run, line=line).values_list("unit__code", "final"))


def month():
    return services.assess_period(Run.Period.MONTH, END)


def checked(code, path, indicator, how="points", points=0, post="", day=date(2026, 11, 2)):
    with transaction.atomic():
        return record(facts.AssessmentChecked(
            subject=f"assessments/2026-10/{code}", unit=path, occurred_at=at(day), period="2026-10-01.2026-10-31",
            indicator=indicator, how=how, points=points, post=post, entry=1), actor=SYSTEM)
