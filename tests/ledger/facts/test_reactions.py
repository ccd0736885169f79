"""Reactions: each is offered every fact at most once, and a failing one stands in nobody's way."""

import pytest
from django.db import transaction

from sangesan.ledger.facts import queries, services
from sangesan.method.facts import SYSTEM, MatterClosed


@pytest.fixture
def ids(db, noon):
    return [services.record(MatterClosed(subject=f"matters/{n}", grade="C", in_time=1, occurred_at=noon), actor=SYSTEM)
            for n in range(3)]


def test_a_fact_is_claimed_once(ids):
    assert services.advance("tell", ids[0])
    assert not services.advance("tell", ids[0])
    assert services.advance("count", ids[0]), "each reaction has a cursor of its own"
    assert queries.cursor_of("tell") == ids[0]
    assert [r.id for r in queries.after(queries.cursor_of("tell"), queries.cutoff())] == ids[1:]
    assert not services.advance("tell", ids[0] - 1), "the cursor never goes back"


def test_what_fails_is_set_aside_without_its_words(ids):
    for row in queries.after(0, queries.cutoff()):
        try:
            with transaction.atomic():
                if services.advance("tell", row.id) and row.id == ids[1]:
                    raise ValueError("张三说了什么")
        except ValueError as fault:
            services.set_aside("tell", row.id, fault)
    assert queries.cursor_of("tell") == ids[2]
    failure = queries.failures().get()
    assert failure.fact_id == ids[1]
    assert "ValueError" in failure.error and "张三" not in failure.error
    services.set_aside("tell", ids[1], ValueError())
    assert queries.failures().count() == 1
