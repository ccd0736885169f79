"""Hot issues (热点): topics in units, for those who may see them, never about few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sangesan.feedback.intake.services import report
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.triage import hot, shelf
from sangesan.feedback.triage import services as triage
from sangesan.foundation import clock
from sangesan.organization.accounts.models import Account
from tests.builders import heard, small_mine

pytestmark = pytest.mark.django_db
SAYS = "四点班升井没有热水，洗不上澡，希望后勤尽快修好锅炉"


@pytest.fixture
def mine(noon, monkeypatch):
    monkeypatch.setattr(shelf, "_shelf", None)
    return small_mine()


def raised(count: int, text: str = SAYS, unit: str = "ZC1", **parts) -> list[str]:
    numbers = [heard(f"{text}，{'又' * n}", unit=unit, **parts).number for n in range(count)]
    services.release_due(now=clock.now() + timedelta(days=1))
    triage.suggest_due()
    return numbers


@pytest.mark.chapter("N7", "V1")
def test_what_five_raise_is_a_topic_in_its_units(mine):
    raised(6)
    raised(2, unit="ZC2")
    raised(5, text="班长派活全看关系，脏活累活总轮到农民工", unit="ZC2")
    first, second = hot.topics(mine.scope("triage"))
    assert (first.count, first.voices, first.open) == (8, 8, 8)
    assert first.units == [("综采一队", None), ("综采二队", None)], "8 less 6 would be the two"
    assert "热水" in "".join(first.words)
    assert second.count == 5 and len(second.examples) == 5


@pytest.mark.chapter("V7")
def test_however_often_one_correspondent_reports_it_is_one_voice(mine):
    for n in range(7):
        report(scope=mine.scope("correspondent"), text=f"{SAYS}，{'又' * n}", key=f"{n:020}", unit="ZC1")
    triage.suggest_due()
    assert hot.topics(mine.scope("triage")) == []
    raised(4)
    assert [(t.count, t.voices) for t in hot.topics(mine.scope("triage"))] == [(11, 5)]


@pytest.mark.chapter("V7")
def test_no_unit_of_few_is_left_over_when_the_others_are_taken_from_the_whole(mine):
    for unit, count in (("ZC1", 6), ("ZC2", 2), ("HQ", 7)):
        raised(count, unit=unit)
    topic = hot.topics(mine.scope("triage"))[0]
    left = topic.count - sum(shown or 0 for _name, shown in topic.units)
    assert dict(topic.units)["后勤科"] == 7 and left == 8, "eight of two units, and neither by itself"


def test_what_was_dispatched_before_anybody_looked_still_belongs_to_its_topic(mine):
    numbers = [heard(f"{SAYS}，{'又' * n}", unit="ZC1").number for n in range(6)]
    services.release_due(now=clock.now() + timedelta(days=1))
    services.grade(scope=mine.scope("triage"), number=numbers[0], urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=numbers[0], lead=mine.units["HQ"].pk)
    triage.suggest_due()
    assert [t.count for t in hot.topics(mine.scope("triage"))] == [6]


def test_what_shares_only_common_words_is_no_topic(mine):
    for text in ("劳务派遣到期怎么办", "分流过来岗级怎么算", "公积金基数怎么没变", "夜班津贴怎么算的", 
                 "学历提升补助怎么报", "取暖补贴怎么还没发", "9号配电点电缆破皮怎么没人管"):
        heard(text, unit="ZC1")
    services.release_due(now=clock.now() + timedelta(days=1))
    triage.suggest_due()
    assert hot.topics(mine.scope("leader")) == []


@pytest.mark.chapter("V7")
@pytest.mark.usefixtures("read_at_once")
def test_what_fewer_than_five_raise_is_not_shown(mine):
    raised(4)
    assert hot.topics(mine.scope("leader")) == []
    for _ in range(6):
        raised(1, mode="anonymous")
    assert Matter.objects.count() == 10
    assert [t.voices for t in hot.topics(mine.scope("leader"))] == [5], "anonymous voices count as one"


def test_what_one_may_not_see_is_not_counted(mine):
    numbers = raised(6)
    office = mine.scope("triage")
    assert [t.count for t in hot.topics(office)] == [6]
    services.accuse(scope=office, number=numbers[0])
    assert [t.count for t in hot.topics(office)] == [5]
    services.accuse(scope=office, number=numbers[1])
    assert hot.topics(office) == []


def test_joined_matters_stay_one_topic(mine):
    numbers = raised(6)
    for number in numbers[1:3]:
        services.merge(scope=mine.scope("triage"), number=number, into=numbers[0])
    topic = hot.topics(mine.scope("triage"))[0]
    assert (topic.count, len(topic.examples)) == (6, 4)


def signed_in(mine, post):
    client = Client()
    client.force_login(Account.objects.get_or_create(person=mine.persons[post])[0])
    return client


@pytest.mark.usefixtures("read_at_once")
def test_the_page_is_for_overview_and_triage_and_is_not_there_for_others(mine, django_assert_max_num_queries):
    raised(6)
    for post in ("triage", "cadre"):
        with django_assert_max_num_queries(42):
            page = signed_in(mine, post).get("/w/hot/")
        assert page.status_code == 200 and "至少 6 人" in page.content.decode()
    for post in ("chief", "handler", "correspondent", "assessor"):
        assert signed_in(mine, post).get("/w/hot/").status_code == 403


def test_the_triage_page_shows_the_suggestion_and_takes_the_confirmation(mine):
    numbers = raised(6)
    client = signed_in(mine, "triage")
    page = client.get(f"/w/triage/?pick={numbers[2]}&as=b").content.decode()
    assert "分办建议" in page and "还没有模型，不作建议" in page and "几乎一样，建议并案" in page
    assert page.count("并入这件") == 5
    chosen = client.get(f"/w/triage/?pick={numbers[2]}&category=logistics").content.decode()
    assert '<option value="logistics" selected>' in chosen
    done = client.post(f"/w/matters/{numbers[2]}/judge/", {
        "urgency": "2", "importance": "2", "category": "logistics", "lead": "后勤科 HQ", "back": "triage"})
    assert done.status_code == 302
    assert Matter.objects.get(number=numbers[2]).category == "logistics"
