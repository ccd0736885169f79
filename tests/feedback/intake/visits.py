"""Reception days for tests (造接待日): planned, and who was heard on the day, through the services."""

from __future__ import annotations

from datetime import date, datetime, time

from sangesan.feedback.intake.services import reception as services
from sangesan.feedback.matters.services import grade, release_due
from sangesan.foundation import clock

DAY, AT, KEY = date(2026, 12, 16), time(9, 20), "k" * 32
EVENING = datetime(2026, 12, 16, 17, tzinfo=clock.LOCAL)
"""When the last hour of the day is over (接待结束)."""


def planned(mine, **parts):
    said = {"first": date(2026, 12, 1), "months": 3, "on": 16, "leaders": ["leader"], "place": "办公楼 101"} | parts
    return services.plan(scope=mine.scope("triage"), **said)


def announced(mine):
    found = planned(mine)[0]
    services.announce(scope=mine.scope("triage"), reception=found.pk)
    return found


def on_the_day(mine, reception, **parts):
    with clock.at(DAY):
        return services.receive(scope=mine.scope("triage"), reception=reception.pk, **{
            "key": KEY, "text": "工伤材料四十天没回音", "outcome": "explained", "name": "马六"} | parts)


def judge(mine, number):
    """Triage grades what a visitor said (研判)."""
    with clock.at(EVENING):
        release_due()  # whoever gave no name waits for the batch
        grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)


def heard_many(mine, reception, modes, *, unjudged=0):
    """Visitors who are heard and, but for the last `unjudged`, judged; then the results are published."""
    for n, mode in enumerate(modes):
        said = on_the_day(mine, reception, key=f"{n:032}", text=f"来访{n}", mode=mode, result=f"结果{n}",
                          name="" if mode == "anonymous" else "马六")
        if n < len(modes) - unjudged:
            judge(mine, said.number)
    with clock.at(EVENING):
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
