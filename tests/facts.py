"""Facts for tests (造台账): recorded by the one writer, as the services would."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method import facts

DAY = date(2026, 11, 23)
BELOW = {"QSL": "QSL/", "CM": "QSL/CM/", "ZC1": "QSL/CM/ZC1/", "ZC1J": "QSL/CM/ZC1/ZC1J/", "ZC2": "QSL/CM/ZC2/",
         "HQ": "QSL/HQ/"}


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day in the mine's time (时刻)."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.LOCAL)


def note(kind: type[facts.Fact], unit: str, number: str = "2026-AAAAAA", day: date = DAY, **parts) -> int:
    """Record one fact about a matter (记一条)."""
    entry = kind(subject=f"matters/{number}", unit=BELOW[unit], occurred_at=at(day), **parts)
    with transaction.atomic():
        return record(entry, actor=facts.SYSTEM)


def answered(unit: str, number: str = "2026-AAAAAA", *, in_time: int = 1, day: date = DAY) -> int:
    return note(facts.MatterAnswered, unit, number, day, in_time=in_time)


def first_answered(unit: str, number: str = "2026-AAAAAA", *, in_time: int = 1, day: date = DAY) -> int:
    return note(facts.MatterFirstAnswered, unit, number, day, in_time=in_time)


def overdue(unit: str, number: str = "2026-AAAAAA", *, what: str = "due", day: date = DAY,
            grade: str = "B") -> int:
    return note(facts.MatterOverdue, unit, number, day, clock=what, grade=grade)


def closed(unit: str, number: str = "2026-AAAAAA", *, day: date = DAY) -> int:
    return note(facts.MatterClosed, unit, number, day, grade="B", in_time=1)


def reopened(unit: str, number: str = "2026-AAAAAA", *, reason: str = "not_solved", day: date = DAY) -> int:
    return note(facts.MatterReopened, unit, number, day, reason=reason)


def before(days: int) -> date:
    """Return the day so many days before DAY."""
    return DAY - timedelta(days=days)


def altered(fact: int) -> None:
    """Change what a fact says (篡改) behind the back of the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER keep_facts_body_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE facts_body DISABLE TRIGGER keep_facts_body_row")
        cursor.execute("UPDATE facts_body SET content = %s WHERE fact_id = %s", [b'{"in_time":1}', fact])
