"""My calendar (我的日程): what falls due for me by day, and a feed that tells no more than kinds and counts."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangesan.execution.duties import services as duties
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.organization.accounts.models import Feed
from sangesan.organization.accounts.services import feeds
from tests.builders import small_mine
from tests.duties import owed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1b")]


@pytest.fixture
def mine(noon):
    return small_mine()


def assigned(mine, title="抽查三个班", days=2):
    return owed(mine, title=title, hours=24 * days, code=f"c{abs(hash(title)) % 10**6}")


def test_what_falls_due_for_me_stands_on_its_day_and_nobody_else_s_does(mine):
    assigned(mine)
    page = signed_in(mine.persons["chief"]).get("/w/calendar/").content.decode()
    assert "抽查三个班" in page
    assert "抽查三个班" not in signed_in(mine.persons["handler"]).get("/w/calendar/").content.decode()


@pytest.mark.parametrize("asked", ["?month=2026-13", "?month=x", "?week=9999-99-99", "?week=", "?month=0001-01",
                                   "?month=9999-12"])
def test_a_day_that_cannot_be_shows_today_s(mine, asked):
    answer = signed_in(mine.persons["chief"]).get(f"/w/calendar/{asked}")
    assert answer.status_code == 200 and f"{clock.today():%Y-%m}" in answer.content.decode()


def test_the_number_of_questions_does_not_grow_with_the_entries(mine):
    client, counted = signed_in(mine.persons["chief"]), []
    for part in (range(2), range(2, 14)):
        for n in part:
            assigned(mine, title=f"第{n}件事", days=1 + n % 5)
        client.get("/w/calendar/")
        with CaptureQueriesContext(connection) as asked:
            assert "第0件事" in client.get("/w/calendar/").content.decode()
        counted.append(len(asked))
    assert counted[0] == counted[1]


def feed_of(mine, client=None):
    client = client or signed_in(mine.persons["chief"])
    page = client.post("/w/calendar/feed/").content.decode()
    return client, "/feeds/" + page.partition("/feeds/")[2].partition('"')[0]


def test_the_feed_tells_kinds_and_counts_and_no_words(mine):
    assigned(mine)
    _client, address = feed_of(mine)
    answer = Client().get(address)
    said = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar") and answer["Cache-Control"] == "private, no-store"
    assert f"DTSTART;VALUE=DATE:{clock.today() + timedelta(days=2):%Y%m%d}" in said
    chief = mine.persons["chief"]
    assert "抽查" not in said and chief.name not in said and chief.work_number not in said
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert Client().get(address).content == answer.content, "the same whenever it is fetched"


def test_what_is_done_leaves_the_feed(mine):
    duty = assigned(mine)
    _client, address = feed_of(mine)
    duties.complete(duty=duty, actor=mine.scope("chief").actor)
    assert b"BEGIN:VEVENT" not in Client().get(address).content


def test_an_address_taken_back_or_made_anew_opens_nothing(mine):
    client, first = feed_of(mine)
    _client, second = feed_of(mine, client)
    wrong = Client().get("/feeds/nothing/calendar.ics")
    assert Client().get(second).status_code == 200
    old = Client().get(first)
    assert old.status_code == wrong.status_code == 404
    client.post("/w/calendar/feed/stop/")
    assert Client().get(second).status_code == 404 and not Feed.objects.exists()
    assert client.post("/w/calendar/feed/stop/").status_code == 404


def test_whoever_is_shut_out_takes_no_feed_along(mine):
    _client, address = feed_of(mine)
    account = Feed.objects.get().account
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404


def test_the_secret_part_is_kept_nowhere(mine, caplog):
    caplog.set_level(logging.DEBUG)
    _client, address = feed_of(mine)
    token = address.split("/")[2]
    Client().get(address)
    assert token not in Feed.objects.get().token and token not in caplog.text
    with pytest.raises(NotFound):
        feeds.reader(token + "x")
