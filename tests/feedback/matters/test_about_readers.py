"""A speaker says by one tick that a letter is about whoever takes letters in here: none of them reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sangesan.feedback.intake.services import submit
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter, Submission
from sangesan.feedback.matters.services.hearing import release_due
from sangesan.feedback.matters.services.recusing import heed
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from tests.builders import heard, hire, small_mine
from tests.feedback.matters.test_union import with_union
from tests.security.test_accused import everything
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
WORDS = "窗口上戴眼镜的那位，跟谁都说是我写的，记号七七"


@pytest.fixture
def mine(noon):
    return small_mine()


def sees(mine, *posts):
    return [post for post in posts if queries.visible(mine.scope(post)).exists()]


def told_of_nobody():
    return list(Notice.objects.filter(kind="matter.nobody").values_list("person", flat=True))


def test_without_the_tick_triage_reads_what_no_list_knows(mine):
    heard(WORDS, unit="ZC1")
    assert sees(mine, "triage", "leader") == ["triage"]


@pytest.mark.parametrize("danger", [False, True])
def test_triage_finds_it_nowhere_and_the_leaders_are_told_to_see_to_another(mine, danger):
    said = heard(WORDS, unit="ZC1", about_readers=True, danger=danger)
    assert sees(mine, "triage", "leader") == ["leader"] and told_of_nobody() == [mine.persons["leader"].pk]
    client = signed_in(mine.persons["triage"])
    pages = everything(client)
    assert [way for way, page in pages.items() if said.number in page or "记号七七" in page] == []
    assert client.get(f"/w/matters/{said.number}/").status_code == 404
    with pytest.raises(NotFound):
        services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    assert set(Concern.objects.values_list("person", "post", "mentioned")) == {(mine.persons["triage"].pk, "", True)}


def test_another_who_triages_handles_it_and_may_say_that_it_is_not_about_them(mine):
    said = heard(WORDS, unit="ZC1", about_readers=True)
    hire(mine, "second", "第二分办员", "XF", Role.TRIAGE, "3004")
    assert sees(mine, "second", "triage") == ["second"]
    services.judge(scope=mine.scope("second"), number=said.number, urgency=2, importance=2,
                   lead=mine.posts["handler"].unit_id)
    assert sees(mine, "triage", "handler") == ["handler"]
    matter = Matter.objects.get()
    heed(matter, only_mentioned=True)
    assert sees(mine, "triage") == ["triage"]


def test_two_who_triage_are_shut_out_both(mine):
    hire(mine, "second", "第二分办员", "XF", Role.TRIAGE, "3004")
    heard(WORDS, unit="ZC1", about_readers=True)
    assert sees(mine, "triage", "second") == [] and sees(mine, "leader") == ["leader"]


def test_what_nobody_signed_keeps_out_whoever_triages_before_and_after_its_batch(mine, settings):
    settings.DEMO = False
    heard(WORDS, unit="ZC1", mode="anonymous", about_readers=True)
    assert Matter.objects.get().release_at and sees(mine, "triage", "leader") == [] and told_of_nobody() == []
    release_due(now=clock.now() + timedelta(days=1))
    assert sees(mine, "triage", "leader") == ["leader"] and told_of_nobody() == [mine.persons["leader"].pk]


def test_in_the_unions_box_it_is_the_union_and_triage_reads_it_at_once(noon):
    made = with_union()
    heard(WORDS, unit="ZC1", channel="union", about_readers=True)
    assert sees(made, "union", "triage", "leader") == ["triage"] and told_of_nobody() == []
    heard("工会窗口很热情", unit="ZC1", channel="union")
    assert sees(made, "union") == ["union"]


def test_so_does_what_nobody_signed_once_its_batch_comes(noon, settings):
    made = with_union()
    settings.DEMO = False
    heard(WORDS, unit="ZC1", channel="union", mode="anonymous", about_readers=True)
    release_due(now=clock.now() + timedelta(days=1))
    assert sees(made, "union", "triage", "leader") == ["triage"]


def test_it_is_part_of_what_the_key_stands_for(mine):
    parts = {"channel": "leaders", "mode": "anonymous", "text": WORDS, "key": "k" * 32}
    first = submit(about_readers=True, **parts)
    again = submit(about_readers=True, **parts)
    assert first.number == again.number and not again.fresh
    with pytest.raises(Conflict):
        submit(**parts)


@pytest.mark.parametrize(("page", "box"), [("/mailbox/leaders/", "leaders"), ("/mailbox/union/", "union"),
                                           ("/kiosk/leaders/", "leaders")])
def test_each_mailbox_asks_and_says_what_follows(mine, page, box):
    client, said = Client(), {"key": "k" * 32, "text": WORDS, "mode": "confidential", "name": "马六"}
    assert '<input type="checkbox" name="about_readers"' in client.get(page).content.decode()
    refused = client.post(page, said | {"text": "", "about_readers": "on"})
    assert refused.status_code == 422 and 'name="about_readers" id="id_about_readers" checked' in (
        refused.content.decode().replace(' aria-describedby="id_about_readers_help"', ""))
    sent = client.post(page, said | {"about_readers": "on"}).content.decode()
    assert "这封信他们看不到，另外安排人分办" in sent and Submission.objects.get().channel == box
    assert sees(mine, "triage") == []


def test_the_public_interface_takes_it(mine):
    answer = Client().post("/api/v1/submissions", {"channel": "leaders", "mode": "anonymous", "text": WORDS,
                                                   "about_readers": True}, content_type="application/json",
                           headers={"Idempotency-Key": "k" * 32})
    assert answer.status_code == 201 and sees(mine, "triage") == []
