"""What the product must never do (禁区), as far as the shape of the code can show it."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from .tree import files, shown

OPINION = re.compile(r"opinion|thought|attitude|loyal|reliab|sentiment|mood|political_", re.I)
GAME = re.compile(r"login_count|logins|streak|badge|online_time|check_?in|ranking|points_total|geolocation", re.I)
CALLS = re.compile(
    r"^\s*(?:import|from)\s+(requests|httpx|aiohttp|urllib3|smtplib|ftplib|telnetlib|poplib|imaplib|xmlrpc|"
    r"django\.core\.mail)\b|^\s*from\s+django\.core\s+import\s+.*\bmail\b", re.M)
OPENS = re.compile(r"urlopen\(|create_connection\(|build_opener\(|HTTPS?Connection\(|asyncio\.open_connection\(")
OUTWARD = "sangesan/organization/notices/transports/"
"""The one package that may speak outward, when it is configured (adr/0032)."""


def fields():
    for model in apps.get_models():
        if model.__module__.startswith("sangesan."):
            for field in model._meta.get_fields():
                yield f"{model._meta.label}.{field.name}"


@pytest.mark.chapter("V1")
def test_no_table_holds_an_opinion_of_a_person():
    assert not [name for name in fields() if OPINION.search(name)]


@pytest.mark.chapter("V5")
def test_no_table_counts_how_often_somebody_came():
    assert not [name for name in fields() if GAME.search(name)]


@pytest.mark.chapter("V8")
def test_nothing_calls_out_of_the_house_but_the_transports():
    asking = {shown(p) for p in files(".py", "sangesan") if CALLS.search(p.read_text())}
    opening = {shown(p) for p in files(".py", "sangesan") if OPENS.search(p.read_text())}
    # run asks its own web server whether it answers; bench is its client; letters are fetched from the address given.
    allowed = {"sangesan/upkeep/run.py", "sangesan/upkeep/letterbox_taking.py"}
    assert {p for p in asking if not p.startswith(OUTWARD)} == set()
    assert {p for p in opening if "/bench" not in p and not p.startswith(OUTWARD)} <= allowed
    assert {p.removeprefix(OUTWARD) for p in asking | opening if p.startswith(OUTWARD)} == {"line.py", "email.py"}


@pytest.mark.chapter("V8")
@pytest.mark.django_db
def test_no_transport_is_on_until_somebody_configures_it():
    from sangesan.organization.notices.outlets import present

    assert present().channels == {}
