"""Pages of contact points (联系点页面): two taps for a visit, one table a month, and nothing for strangers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.contacts import services
from sangesan.execution.contacts.models import Visit
from sangesan.foundation import clock
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2d")]


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2001", head=True)
    with clock.at(date(2026, 11, 2)):
        mine.pair = services.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ", on=20)
        services.arrange_due(date(2026, 11, 2))
    return mine


def posted(client, mine, **parts):
    page = client.get(f"/w/contacts/{mine.pair.pk}/visit/")
    key = page.context["form"].initial["key"]
    said = {"outcome": "none", "form": "site", "day": "2026-11-24", "key": key} | parts
    return client.post(f"/w/contacts/{mine.pair.pk}/visit/", said)


def test_a_visit_that_found_nothing_is_two_taps(mine):
    client = signed_in(mine.persons["labour"])
    assert f"/w/contacts/{mine.pair.pk}/visit/" in client.get("/w/todo/").content.decode()
    answer = posted(client, mine)
    visit = Visit.objects.get()
    assert answer.status_code == 302 and answer.url == f"/w/visits/{visit.pk}/"
    assert "没有发现问题" in client.get(answer.url).content.decode()
    assert f"/w/contacts/{mine.pair.pk}/visit/" not in client.get("/w/todo/").content.decode()


def test_each_cell_of_the_table_opens_its_record(mine):
    client = signed_in(mine.persons["cadre"])
    table = client.get("/w/contacts/month/?month=2026-11").content.decode()
    assert f'href="/w/contacts/{mine.pair.pk}/"' in table and "20 日去" in table
    posted(signed_in(mine.persons["labour"]), mine, outcome="spot", text="缺两条长凳")
    table = client.get("/w/contacts/month/").content.decode()
    assert f'href="/w/visits/{Visit.objects.get().pk}/"' in table and "24 日 4/5" in table
    assert client.get("/w/contacts/month/?month=2026-99").status_code == 200
    assert "没有结对" in client.get("/w/contacts/month/?month=2025-01").content.decode()


def test_what_cannot_be_recorded_comes_back_with_its_words(mine):
    client = signed_in(mine.persons["labour"])
    for parts, said in (({"day": "2025-11-24"}, "去年"), ({"day": "2026-12-01"}, "今天之后"), ({"day": "昨天"}, ""),
                        ({"outcome": "matter"}, "没有写是什么问题"), ({"outcome": ""}, ""), ({"heard": "9999"}, "")):
        answer = posted(client, mine, **parts)
        assert answer.status_code == 422 and said in answer.content.decode()
    assert not Visit.objects.exists()


def test_the_unit_confirms_on_the_page_of_the_visit(mine):
    posted(signed_in(mine.persons["labour"]), mine, outcome="spot", text="缺两条长凳")
    visit = Visit.objects.get()
    chief = signed_in(mine.persons["chief"])
    page = chief.get(f"/w/visits/{visit.pk}/").content.decode()
    assert "已经告诉我们了" in page and "登记落实" not in page
    chief.post(f"/w/visits/{visit.pk}/confirm/", {"words": ""})
    assert visit.steps.filter(step="feed_back", person=mine.persons["chief"].pk).exists()
    assert "已经告诉我们了" not in chief.get(f"/w/visits/{visit.pk}/").content.decode()


def test_a_matter_is_named_only_to_those_to_whom_its_door_opens(mine):
    posted(signed_in(mine.persons["labour"]), mine, outcome="matter", text="升井后没有热水")
    visit = Visit.objects.get()
    number = visit.steps.get(step="report").link.partition("/")[2]
    assert number in signed_in(mine.persons["labour"]).get(f"/w/visits/{visit.pk}/").content.decode()
    told = signed_in(mine.persons["chief"]).get(f"/w/visits/{visit.pk}/").content.decode()
    assert number not in told and "已转为事项办理" in told


def test_the_contact_points_of_others_are_not_there(mine):
    posted(signed_in(mine.persons["labour"]), mine, outcome="spot", text="缺两条长凳")
    visit = Visit.objects.get()
    paths = [f"/w/contacts/{mine.pair.pk}/", f"/w/contacts/{mine.pair.pk}/visit/", f"/w/contacts/{mine.pair.pk}/end/",
             *(f"/w/visits/{visit.pk}/{step}/" for step in ("report", "settle", "confirm")),
             f"/w/contacts/{10**25}/", f"/w/visits/{10**25}/settle/"]
    for code in ("handler", "admin", "correspondent"):
        client = signed_in(mine.persons[code])
        assert client.get(f"/w/visits/{visit.pk}/").status_code == 404
        for path in paths:
            said = {"outcome": "spot", "words": "好", "day": "2026-11-26", "form": "site", "key": "k" * 32}
            assert client.post(path, said).status_code == 404, (code, path)
        table = client.get("/w/contacts/month/").content.decode()
        assert "缺两条长凳" not in table and f"/w/visits/{visit.pk}/" not in table
    assert visit.steps.count() == 4


def test_the_table_asks_the_same_questions_however_many_pairs_there_are(mine):
    client = signed_in(mine.persons["cadre"])

    def asked():
        with CaptureQueriesContext(connection, ) as seen:
            client.get("/w/contacts/month/")
        return len(seen)

    client.get("/w/contacts/month/")
    before = asked()
    for unit, office in (("ZC2", "LZ"), ("ZC2", "HQ"), ("ZC1", "XF")):
        services.pair(scope=mine.scope("cadre"), unit=unit, office=office)
    services.arrange_due(date(2026, 11, 24))
    assert asked() == before
