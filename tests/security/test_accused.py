"""Whoever is accused finds no page changed by it, whatever they are and become (security.md, Conflict of interest)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from secrets import token_hex

import pytest
from django.urls import get_resolver

from sangesan.feedback.intake.services import behalf
from sangesan.feedback.matters import services
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment
from sangesan.procedures import rounds
from tests.builders import heard, hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
ASKED = ("w/matters/?q=记号八八", "w/matters/?state=all", "w/search/?q=记号八八", "w/matters/export.xlsx",
         "w/warning/?screen=1", "api/v1/matters?limit=100")
OWN = re.compile(r'nonce="[^"]*"|name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|X-CSRFToken[^}]*|data-stamp="\w*"')
"""What differs on every page (一次性的值); the stamp says that the board was worked on, not what."""


def routes(entries, at: str = "") -> Iterator[str]:
    for entry in entries:
        route = at + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from routes(entry.url_patterns, route)
        elif route.startswith(("w/", "api/")) and not re.search(r"[<^$]|stream|logout", route):
            yield route


def read(answer) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK\x03\x04"):
        parts = zipfile.ZipFile(io.BytesIO(body))
        return "".join(parts.read(name).decode() for name in sorted(parts.namelist())
                       if name.endswith(".xml") and "core" not in name)
    return f"{answer.status_code} {OWN.sub('', body.decode('utf-8', 'replace'))}"


def everything(client) -> dict[str, str]:
    """Return all pages without a number in their address, lists as tables, and searches for the letter (全部页面)."""
    key = f"sangesan_api={client.session.session_key}"
    return {way: read(client.get(f"/{way}", HTTP_COOKIE=key) if way.startswith("api/") else client.get(f"/{way}"))
            for way in (*sorted(set(routes(get_resolver().url_patterns))), *ASKED)}


@pytest.mark.parametrize(("who", "words"), [
    ("cadre", "信访办李文静压着我的信不办"), ("secretary", "综采一队党支部书记刘志远收份子钱")])
def test_no_page_changes_for_who_stands_in_for_the_accused_nor_for_the_accused_who_wrote_it_down(noon, who, words):
    mine, day = small_mine(), clock.today()
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    if who == "cadre":
        Appointment.objects.create(person=mine.persons[who], post=mine.posts["triage"], kind="acting", since=day,
                                   until=day + timedelta(days=9))
    for turn in range(3):
        heard(f"夜班没有热水{turn}", unit="ZC1")
    rounds.run()
    client = signed_in(mine.persons[who])
    client.get("/w/today/")
    before = everything(client)
    if who == "secretary":
        said = behalf(scope=mine.scope(who), text=f"{words}，记号八八", key=token_hex(16), window="crew", unit="ZC1",
                      mode="named", name="马六")
    else:
        said = heard(f"{words}，记号八八", unit="ZC1")
    heard(f"{words}，记号八八", unit="ZC1", mode="anonymous")
    rounds.run()
    services.judge(scope=mine.scope("partner"), number=said.number, urgency=3, importance=3, lead=mine.units["HQ"].pk)
    services.reply(code=said.receipt, text="再说一次记号八八")
    rounds.run()
    after = everything(client)
    assert [way for way in before if before[way] != after[way]] == []
    assert read(client.get(f"/w/matters/{said.number}/")) == read(client.get("/w/matters/2026-AAAAAA/")).replace(
        "2026-AAAAAA", said.number)
