"""A month is frozen once, and four invented letters never reveal a fifth (统计)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from sangesan.feedback.intake.services import report
from sangesan.feedback.matters import services as matters
from sangesan.feedback.pulse import queries, services
from sangesan.feedback.pulse.models import Figure, Month
from tests.builders import heard, person, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 3)


@pytest.fixture
def mine(noon):
    mine = small_mine()
    for n in range(30):
        person(f"3{n:03}", f"工友{n}", mine.units["ZC1J"])
    return mine


def letters(count, category, mode="named", unit="ZC1"):
    for n in range(count):
        heard(f"{category}{mode}第{n}件", unit=unit, category=category, mode=mode)


def shown(dimension):
    return dict(Figure.objects.filter(dimension=dimension).values_list("value", "shown"))


def test_a_month_is_frozen_once_it_is_settled_and_never_again(mine):
    letters(12, "pay")
    assert services.freeze_due(date(2026, 12, 2)) == 0 and services.freeze_due(DUE) == 1
    before = shown("category")
    letters(12, "pay")
    assert services.freeze_due(DUE) == 0 and shown("category") == before
    assert Month.objects.get().total % 5 == 0


@pytest.mark.chapter("V7")
@pytest.mark.parametrize("fifth", [0, 1])
def test_four_invented_letters_never_reveal_a_fifth(mine, fifth):
    letters(20, "pay")
    letters(20, "hours")
    letters(4 + fifth, "safety", unit="ZC2")
    services.freeze_due(DUE)
    assert shown("category")["safety"] is None and shown("category")["other"] is None
    for dimension in queries.DIMENSIONS:
        table = shown(dimension)
        assert sum(number is None for number in table.values()) != 1
        assert all(number is None or number % 5 == 0 for number in table.values())


@pytest.mark.chapter("V7")
def test_anonymous_letters_count_as_one_voice(mine):
    letters(20, "pay")
    letters(20, "hours", mode="anonymous")
    matters.release_due(now=datetime(2026, 12, 2, tzinfo=UTC))
    services.freeze_due(DUE)
    assert shown("category")["hours"] is None


def reports(mine, count, category):
    for n in range(count):
        report(scope=mine.scope("correspondent"), text=f"{category}第{n}次上报", key=f"{category}-{n:016}",
               category=category)


@pytest.mark.chapter("V7")
def test_however_often_one_correspondent_reports_it_is_one_voice_in_each_table_and_in_all(mine):
    letters(20, "pay")
    reports(mine, 20, "safety")
    services.freeze_due(DUE)
    assert shown("category")["safety"] is None and shown("channel")["correspondent"] is None


@pytest.mark.chapter("V7")
def test_a_month_in_which_one_correspondent_speaks_of_everything_has_no_total(mine):
    for category in ("safety", "pay", "hours", "logistics"):
        reports(mine, 5, category)
    services.freeze_due(DUE)
    assert Month.objects.get().total is None


def test_crews_and_small_units_are_counted_with_the_unit_above(mine):
    letters(12, "pay", unit="ZC1J")
    letters(12, "pay", unit="LZ")
    services.freeze_due(DUE)
    units = shown("unit")
    assert "ZC1J" not in units and "LZ" not in units and "ZC1" in units and "QSL" in units


def test_accusations_are_not_counted(mine):
    letters(12, "pay")
    said = heard("队长贪钱", unit="ZC1", category="conduct")
    matters.accuse(scope=mine.scope("triage"), number=said.number)
    services.freeze_due(DUE)
    assert services.freezing.count(date(2026, 11, 1))["category"]["conduct"] == []
    assert shown("category")["conduct"] is None


@pytest.mark.usefixtures("read_at_once")
def test_every_number_opens_to_the_list_of_its_month(mine):
    letters(12, "pay")
    letters(12, "hours")
    services.freeze_due(DUE)
    client = signed_in(mine.persons["leader"])
    page = client.get("/w/pulse/").content.decode()
    assert "/w/matters/?month=2026-11&amp;category=pay" in page or "各月总量" in page
    listed = client.get("/w/matters/", {"month": "2026-11", "category": "pay"}).content.decode()
    assert "共 12 条" in listed
    assert "共 0 条" in client.get("/w/matters/", {"month": "2026-10"}).content.decode()
    for month in ("x", "2026-13", "0000-00", "99999-01"):
        assert client.get("/w/matters/", {"month": month}).status_code == 422
        assert client.get("/w/pulse/", {"month": month, "by": month}).status_code == 200


def test_staff_without_the_overview_see_no_figures_and_the_public_chooses_nothing(mine):
    letters(20, "pay")
    letters(20, "hours")
    services.freeze_due(DUE)
    for code in ("chief", "handler", "correspondent", "admin"):
        assert signed_in(mine.persons[code]).get("/w/pulse/").status_code == 403
    plain, chosen = (re.sub(r'href="\?[^"]*large=1"', "", Client().get("/answers/", asked).content.decode())
                     for asked in ({}, {"month": "2026-10", "by": "unit"}))
    assert "2026-11" in plain and plain == chosen


def test_what_may_not_stand_alone_is_counted_with_what_is_above_it_and_the_rest_together(mine):
    letters(20, "logistics")
    for category in ("pay", "hours", "welfare", "party", "reform", "order"):
        letters(4, category, unit="ZC2")
    services.freeze_due(DUE)
    table = shown("category")
    assert table["pay"] is None and table["*labour"] and "*order" not in table and table["*"]
    words = {line.word: line.shown for line in queries.view().tables[0].lines}
    assert list(words) == ["后勤", "劳动权益", "其余"] and all(words.values())
    assert shown("unit")["CM"] and [table.by for table in queries.public_figures().tables] == ["category"]


@pytest.mark.parametrize("others", [0, 4])
def test_whether_nobody_or_few_spoke_of_the_rest_shows_in_no_table(mine, others):
    letters(20, "pay")
    letters(20, "hours")
    letters(others, "order")
    services.freeze_due(DUE)
    assert shown("category")["*"] is None and [line.shown for line in queries.view().tables[0].lines][-1] is None
    page = signed_in(mine.persons["leader"]).get("/w/pulse/").content.decode()
    assert "--" not in re.sub(r"<!--|-->", "", page.split("按类别")[1].split("</section>")[0])
    assert "其余：不单独显示，其中反映的人少，或者没有。" in page


def test_of_a_month_that_was_frozen_before_it_is_not_said_that_the_hidden_are_counted_with_the_rest(mine):
    letters(20, "pay")
    services.freeze_due(DUE)
    leader = signed_in(mine.persons["leader"])
    assert "并入上一级或其余" in leader.get("/w/pulse/").content.decode()
    Figure.objects.filter(value__startswith="*").delete()
    page = leader.get("/w/pulse/").content.decode()
    assert "推算出人少的，不显示。" in page and "并入上一级" not in page
