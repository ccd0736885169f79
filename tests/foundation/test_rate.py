"""A rate limit stops a flood and never a crowd."""

import pytest

from sangesan.foundation import rate


def test_thirty_people_behind_one_address_all_pass():
    limit = rate.Limit("trial", burst=60, per_minute=120)
    assert all(limit.left("10.0.0.8", now=0.0) for _ in range(30))


def test_a_flood_is_stopped_and_only_its_source():
    limit = rate.Limit("trial", burst=60, per_minute=120)
    assert sum(limit.left("10.0.0.8", now=0.0) for _ in range(1000)) == 60
    assert limit.left("10.0.0.9", now=0.0)


def test_limits_are_lifted_on_loopback_only(monkeypatch):
    monkeypatch.setenv("SANGESAN_RATE", "off")
    limit = rate.Limit("trial", burst=1, per_minute=1)
    for _ in range(5):
        limit.check("127.0.0.1")
    limit.check("10.0.0.8")
    with pytest.raises(rate.TooMany):
        limit.check("10.0.0.8")


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(rate, "MEMORY", 10)
    limit = rate.Limit("trial", burst=1, per_minute=1)
    for number in range(100):
        limit.left(f"10.0.0.{number}")
    assert len(limit._levels) == 10
