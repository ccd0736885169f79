"""Asking for the head of a page (只问有没有): whatever may be read answers HEAD as it answers GET."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from tests.builders import small_mine
from tests.signing import signed_in

ROOMS = ("analysis", "care", "contacts", "duties", "meetings", "plans", "publicity", "rectification", "routines",
         "study", "work")


def plain_addresses():
    """Every address of the rooms of execution that takes nothing (不带参数的地址)."""
    def walk(patterns, before=""):
        for entry in patterns:
            route = before + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                if getattr(entry, "app_name", None) in (None, *ROOMS):
                    yield from walk(entry.url_patterns, route)
            elif "<" not in route and entry.callback.__module__.startswith("sangesan.execution."):
                yield f"/{route}"

    return sorted(walk(get_resolver().url_patterns))


@pytest.mark.django_db
def test_whatever_may_be_read_answers_a_head(noon):
    web, addresses = signed_in(small_mine().persons["cadre"]), plain_addresses()
    assert len(addresses) > 25
    for address in addresses:
        assert web.head(address).status_code != 405 or web.get(address).status_code == 405, address
