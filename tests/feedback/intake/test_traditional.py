"""A letter in traditional characters (繁体来信) is heard, found and kept from whom it names like any other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sangesan.desk.queries.search import search
from sangesan.feedback.intake import letters, outbox, registries
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.pulse.models import PublishedAnswer
from sangesan.feedback.pulse.queries import similar_published
from sangesan.feedback.sealed.services import meant
from sangesan.foundation import clock
from sangesan.foundation.search import highlight, read
from sangesan.foundation.sheets.text import open_csv
from sangesan.method.authority import Role
from sangesan.organization.people.models import Person
from tests.builders import heard, hire, small_mine
from tests.phones import seal
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_at_once")]
TEXT = "礦長信箱：張大力剋扣獎金，澡堂沒有熱水"


@pytest.fixture
def mine(noon):
    return small_mine()


def public(_mine):
    Client().post("/mailbox/leaders/", {"key": "k" * 32, "text": TEXT, "mode": "anonymous", "unit": "ZC1"})


def kiosk(_mine):
    Client().post("/kiosk/leaders/", {"key": "k" * 32, "text": TEXT, "mode": "anonymous"})


def correspondent(mine):
    report = seal(mine.scope("correspondent"), text=TEXT, unit="ZC1")
    outbox.deliver(scope=mine.scope("correspondent"), hours=0, key=report.key, account=report.account,
                   number=report.number, sealed=report.content)


def imported(_mine):
    day = clock.today() - timedelta(days=1)
    row = f"received_at,channel,category,unit,title,text,contact\n{day} 09:30:00,来信,pay,ZC1,,{TEXT},\n"
    assert registries.take(letters.read(open_csv(row.encode()))).new == 1


def at_hand(mine, lead="ZC1"):
    Matter.objects.update(release_at=None)
    services.judge(scope=mine.scope("triage"), number=Matter.objects.get().number, urgency=1, importance=1,
                   lead=mine.units[lead].pk)


@pytest.mark.parametrize("road", [public, kiosk, correspondent, imported])
def test_by_whatever_road_it_is_found_in_both_scripts_and_kept_as_written(mine, road):
    road(mine)
    services.release_due(now=clock.now() + timedelta(days=1))
    services.index_due()
    assert Submission.objects.get().text == TEXT
    for words in ("剋扣獎金", "克扣奖金", "熱水", "热水", "沒有熱水", "没有热水"):
        for code in ("triage", "leader"):
            [hit] = queries.find(mine.scope(code), words).hits
            assert "礦長信箱" in "".join(part for part, _flag in hit.title), "shown as it was written"
    assert [queries.find(mine.scope("leader"), name).hits for name in ("张大力", "張大力")] == [[], []]


def test_what_was_asked_for_is_marked_in_the_script_it_stands_in():
    assert highlight("澡堂沒有熱水", read("热水")) == [("澡堂沒有", False), ("熱水", True)]
    assert highlight("澡堂没有热水", read("熱水")) == [("澡堂没有", False), ("热水", True)]


def test_a_registry_whose_heads_and_names_are_traditional_is_read(mine):
    day = clock.today() - timedelta(days=1)
    rows = f"收到時間,渠道,類別,單位,標題,內容\n{day},來信,勞動報酬,綜採一隊,獎金,少發獎金\n"
    found = letters.read(open_csv(rows.encode()))
    assert found.wrong == []
    [letter] = found.right
    assert (letter.channel, letter.category, letter.unit) == ("letter", "pay", mine.units["ZC1"].pk)
    assert queries.unit_named("綜採一隊") == mine.units["ZC1"] == queries.unit_named("综采一队")


@pytest.mark.parametrize("text", [
    "張大力剋扣獎金", "綜採一隊的隊長剋扣獎金", "張隊長剋扣獎金", "綜採一隊隊長不發雨靴",
])
def test_whom_it_names_in_traditional_characters_never_sees_it(mine, text):
    heard(text, unit="ZC1")
    at_hand(mine, "HQ")
    services.index_due()
    assert not queries.visible(mine.scope("chief")).exists()
    number, chief = Matter.objects.get().number, signed_in(mine.persons["chief"])
    assert chief.get(f"/w/matters/{number}/").status_code == 404
    assert not queries.find(mine.scope("chief"), "奖金").hits and not queries.find(mine.scope("chief"), "獎金").hits
    assert queries.visible(mine.scope("handler")).exists()


@pytest.mark.parametrize("text", ["张大力扣奖金", "张队长扣奖金", "張大力扣獎金"])
def test_a_roster_in_traditional_characters_is_the_same_roster(mine, text):
    Person.objects.filter(name="张大力").update(name="張大力")
    heard(text, unit="ZC1")
    assert "chief" in {row.post.code for row in queries.mentioned(Matter.objects.get())}


def test_the_discipline_mailbox_knows_whom_a_letter_means_in_traditional_characters(mine):
    chief = mine.persons["chief"].pk
    assert meant.meant("隊長張大力") == {chief} and chief in meant.named("張大力收了錢，")
    assert chief in meant.named("綜採一隊隊長收了錢")


def test_despair_in_traditional_characters_goes_to_the_carer(mine):
    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1097")
    heard("活著沒意思，不想活了", unit="ZC1")
    assert Matter.objects.get().cared


def test_published_answers_are_offered_and_found_in_both_scripts(mine):
    one = PublishedAnswer.objects.create(
        subject="matters/2026-AAAAAA", category="logistics", question="零点班升井浴室没有热水", answer="修好了",
        state="published", drafted_by=1, drafted_at=clock.now(), published_on=clock.today())
    assert [found.pk for found in similar_published("零點班升井浴室沒有熱水")] == [one.pk]


def test_the_staff_find_units_people_and_titles_in_both_scripts(mine):
    Person.objects.filter(name="陈小河").update(name="於海洋")
    for words, unit, person in (("綜採一隊", "综采一队", ""), ("张大力", "", "张大力"), ("張大力", "", "张大力"),
                                ("於海洋", "", "於海洋")):
        found = search(mine.scope("leader"), words)
        assert not unit or unit in [one.name for one in found.units]
        assert not person or [one.person.name for one in found.posts] == [person], words
