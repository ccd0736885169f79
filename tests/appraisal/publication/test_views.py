"""Pages of results: in organisation order, each point open to its facts, each fact behind its door."""

import re

import pytest
from django.test import Client

from sangesan.appraisal.publication import queries
from sangesan.appraisal.publication.models import Publication
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import door
from sangesan.ledger.facts.services import reverse
from sangesan.method.facts import SYSTEM
from sangesan.organization.accounts.models import Account
from sangesan.organization.calendar import services as days
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.facts import DAY, answered, closed, overdue

pytestmark = pytest.mark.django_db
URL = f"/w/results/?day={DAY.isoformat()}"


@pytest.fixture
def mine(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    return small_mine()


def signed_in(mine, post):
    account, _made = Account.objects.get_or_create(person=mine.persons[post])
    client = Client()
    client.force_login(account)
    return client


def page(mine, post, url=URL):
    answer = signed_in(mine, post).get(url)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def a_day(publish=True):
    answered("ZC1", "2026-AAAAA1")
    overdue("ZC1", "2026-AAAAA2")
    closed("HQ", "2026-AAAAA3")
    if publish:
        nightly.run(DAY)
    else:
        scoring.assess_day(DAY)
    return Run.objects.get(period="day")


def test_published_results_stand_in_organisation_order_for_all_staff(mine):
    a_day()
    status, text = page(mine, "correspondent")
    assert status == 200
    assert text.index("青石岭矿<") < text.index("采煤专业<") < text.index("综采一队<")
    assert "50.00" in text and "名次" in text


def test_unpublished_results_are_read_only_within_reach(mine):
    run = a_day(publish=False)
    assert "还没有公布" in page(mine, "assessor")[1]
    assert "综采一队<" in page(mine, "chief")[1] and "后勤科<" not in page(mine, "chief")[1]
    assert "没有考核结果" in page(mine, "correspondent")[1]
    assert page(mine, "correspondent", f"/w/results/{run.pk}/ZC1/")[0] == 404
    assert page(mine, "chief", f"/w/results/{run.pk}/HQ/")[0] == 404
    assert page(mine, "chief", f"/w/results/{run.pk}/ZC1/")[0] == 200


@pytest.mark.chapter("S3c")
def test_each_point_opens_to_its_facts_and_each_fact_to_its_matter_only_through_the_door(mine, monkeypatch):
    run = a_day()
    monkeypatch.setattr(door, "opened", lambda scope, subjects: {one for one in subjects if one.endswith("1")})
    text = page(mine, "chief", f"/w/results/{run.pk}/ZC1/")[1]
    assert '<a href="/w/matters/2026-AAAAA1/">2026-AAAAA1</a>' in text
    assert "2026-AAAAA2" not in text and "办理超期" in text and "不公开" in text
    assert "-50.00" in text


def test_a_superior_sees_through_whom_its_points_were_lost(mine):
    run = a_day()
    text = page(mine, "assessor", f"/w/results/{run.pk}/CM/")[1]
    assert "失分来自哪里" in text and f"/w/results/{run.pk}/ZC1/" in text and "只有下级平均" in text


def test_a_correction_is_shown_with_what_was_before(mine):
    a_day()
    answered("ZC1", "2026-AAAAA4")
    nightly.run(DAY)
    text = page(mine, "assessor")[1]
    assert "本日结果已更正" in text and "原 50.00" in text and "66.67" in text
    assert Publication.objects.count() == 4


def test_a_unit_that_a_correction_leaves_without_a_result_is_shown_with_what_it_was(mine):
    wrong = answered("ZC1", "2026-AAAAA1")
    answered("ZC2", "2026-AAAAA2")
    nightly.run(DAY)
    first = Run.objects.get(period="day")
    reverse(wrong, reason="wrong_record", actor=SYSTEM)
    nightly.run(DAY)
    board = queries.board(mine.scope("assessor"), DAY)
    kept, gone = (10_000, None, None), (None, 10_000, 10_000)
    shown = {row.unit.code: (row.day.final, row.day.before, row.rolling.before) for row in board.rows}
    assert board.corrected == first and shown == {"QSL": kept, "CM": kept, "ZC1": gone, "ZC2": kept}
    for post, url, way in (("assessor", URL, "/w/results"), (None, f"/results/?day={DAY}", "/results")):
        text = (signed_in(mine, post) if post else Client()).get(url).content.decode()
        assert "本日结果已更正" in text and board.run.get_reason_display() in text
        assert f'-- <small><a href="{way}/{first.pk}/ZC1/">原 100.00</a>' in text
        assert (signed_in(mine, post) if post else Client()).get(f"{way}/{first.pk}/ZC1/").status_code == 200


def test_a_correction_that_moved_no_score_marks_nothing(mine):
    answered("HQ", "2026-AAAAA5")
    a_day()
    answered("HQ", "2026-AAAAA6")
    nightly.run(DAY)
    assert Run.objects.filter(revises__period="day").exists()
    assert "已更正" not in page(mine, "assessor")[1]


def test_the_address_of_a_run_leads_to_its_day(mine):
    run = a_day()
    answer = signed_in(mine, "assessor").get(f"/w/results/{run.pk}/")
    assert answer.url == URL
    assert door.open(mine.scope("assessor"), run.subject) == run


@pytest.mark.parametrize("day", ["2026-13-40", "x", "'"])
def test_a_wrong_date_is_said_plainly(mine, day):
    status, text = page(mine, "assessor", f"/w/results/?day={day}")
    assert status == 400 and "日期写得不对" in text


@pytest.mark.parametrize("url", ["/w/results/999/", "/w/results/999/ZC1/", "/w/results/99999999999999999999999/X/"])
def test_what_is_absent_is_not_found(mine, url):
    assert page(mine, "assessor", url)[0] == 404


def test_nobody_reads_results_without_signing_in(mine):
    a_day()
    assert Client().get(URL).status_code == 302


def test_units_without_results_are_shown_when_asked_for(mine):
    a_day()
    assert "劳资科" not in page(mine, "assessor")[1]
    assert "劳资科" in page(mine, "assessor", URL + "&all=1")[1]
