"""A fact that was drawn a lower number and commits later is never passed over by the watermark of late facts."""

import threading

import pytest
from django.db import connections, transaction

from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import Run, Watched
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.facts import closed, overdue
from tests.periods import IN, finals, in_force, month


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.chapter("P3")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("quiet", [False, True])
def test_a_late_fact_that_commits_after_a_later_one_is_in_the_revision(noon, quiet):
    small_mine()
    in_force()
    for code in ("ZC1", "ZC2"):
        closed(code, f"2026-{code}AAA", day=IN)
    first = month()
    drawn, go, numbers = threading.Event(), threading.Event(), []

    def slow():
        with clock.at(noon), transaction.atomic():
            numbers.append(overdue("ZC1", day=IN))
            drawn.set()
            go.wait(60)
        connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    drawn.wait(60)
    later = overdue("HQ" if quiet else "ZC2", "2026-AAAAA2", day=IN)
    threading.Timer(0.3, go.set).start()
    services.revise_period(first)
    writer.join()
    made = Run.objects.get(period="month", revision=None)
    assert numbers[0] < later <= made.cutoff
    assert made.revises == first and not Watched.objects.filter(run=made).exists()
    assert finals(made)["ZC1"] < finals(first)["ZC1"]
    assert services.recompute(made.pk).agrees
