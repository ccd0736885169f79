"""Pages of publicity (宣传引导页面): one tap on a phone, the sheet on paper, rights, bad input, steady queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.publicity import roads, services
from sangesan.execution.publicity.models import Campaign, Handing
from sangesan.foundation import clock
from tests.builders import unit as make_unit
from tests.publicities import crews, planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1a")]


@pytest.fixture
def mine(noon):
    return crews()


def test_a_plan_is_made_in_one_form(mine):
    cadre = signed_in(mine.persons["cadre"])
    assert "综采一队党支部" in cadre.get("/w/publicity/new/").content.decode()
    given = {"title": "防冻", "message": "暖气开通。", "starts": "2026-11-24", "ends": "2026-12-24",
             "places": ["preshift", "screen"], "units": [str(mine.units["ZB1"].pk)]}
    made = cadre.post("/w/publicity/new/", given)
    plan = Campaign.objects.get()
    assert made["Location"] == f"/w/publicity/{plan.pk}/" and plan.texts.count() == 2
    assert "综采一队党支部" in cadre.get(made["Location"]).content.decode()


def test_one_tap_receives_and_passes_on_and_the_crew_finds_it_in_its_to_do(mine):
    plan, branch = planned(mine, units=("ZB1",)), mine.units["ZB1"].pk
    secretary, home = signed_in(mine.persons["secretary"]), f"/w/publicity/{plan.pk}/"
    assert home in secretary.get("/w/todo/").content.decode()
    assert "收到并传达" in secretary.get(home).content.decode()
    assert secretary.post(f"{home}{branch}/pass/").status_code == 302
    shown = secretary.get(home).content.decode()
    assert "综采一队零点班" in shown and "收到并传达" not in shown
    crew = signed_in(mine.persons["crew"])
    assert home in crew.get("/w/todo/").content.decode()
    page = crew.get(home).content.decode()
    assert "班前会上讲了" in page and "综采一队零点班" not in page
    crew.post(f"{home}{mine.units['ZC1J'].pk}/pass/")
    assert Handing.objects.get(unit__code="ZC1J").passed_at and home not in crew.get("/w/todo/").content.decode()


def test_another_s_plan_is_not_there(mine):
    plan = planned(mine, units=("ZB1",))
    home, branch = f"/w/publicity/{plan.pk}/", mine.units["ZB1"].pk
    for who in ("chief2", "handler", "correspondent", "admin", "assessor"):
        client = signed_in(mine.persons[who])
        assert client.get(home).status_code == 404 and plan.title not in client.get("/w/publicity/").content.decode()
        for path in (f"{branch}/receive/", f"{branch}/pass/", "end/"):
            assert client.post(home + path, {"words": "x"}).status_code == 404, (who, path)
    cadre = signed_in(mine.persons["cadre"])
    assert cadre.post(f"{home}{branch}/pass/").status_code == 404
    assert cadre.post(f"{home}{10**30}/pass/").status_code == 404 == cadre.get(f"/w/publicity/{10**30}/").status_code
    assert not Handing.objects.exclude(received_at=None).exists()


@pytest.mark.parametrize("parts", [
    {"ends": "2026-11-01"}, {"ends": "很快"}, {"units": ["999999"]}, {"units": []}, {"places": []}, {"title": ""},
    {"places": ["x'); --"]}, {"title": "防" * 61}, {"message": "\x00"}, {"cause": "matters/x"},
    {"text_screen": "长" * 90},
])
def test_bad_input_is_refused_in_words_and_nothing_is_kept(mine, parts):
    given = {"title": "防冻", "message": "暖气开通", "starts": "2026-11-24", "ends": "2026-12-20",
             "places": ["screen"], "units": [str(mine.units["ZB1"].pk)]}
    answer = signed_in(mine.persons["cadre"]).post("/w/publicity/new/", given | parts)
    assert answer.status_code in (404, 422) and "Traceback" not in answer.content.decode()
    assert not Campaign.objects.exists()


def test_unknown_cursors_and_states_change_nothing(mine):
    planned(mine)
    cadre = signed_in(mine.persons["cadre"])
    for path in ("publicity/?after=x", "publicity/?after=2026-13-40.1", "publicity/?state=zzz", "openness/?after=9.x",
                 f"publicity/?after=2026-11-24.{10**40}", "publicity/sheet/?day=x"):
        assert cadre.get(f"/w/{path}").status_code == 200, path
    assert cadre.get("/w/publicity/sheet/?unit=QQ").status_code == 404


def test_the_sheet_has_three_answers_and_the_notice_handed_to_the_unit_and_prints(mine, monkeypatch):
    monkeypatch.setattr(roads, "_answers", [lambda day, most: [
        roads.Answer(f"问题{n}", "已经办好") for n in range(5)]])
    planned(mine, units=("ZB1",))
    planned(mine, units=("ZC2",), title="另一队的通知")
    crew = signed_in(mine.persons["crew"])
    page = crew.get("/w/publicity/sheet/").content.decode()
    assert "问题2" in page and "问题3" not in page and "管路结冰" in page and "另一队的通知" not in page
    paper = crew.get("/w/publicity/sheet/ZC1J/2026-11-24/sheet.pdf")
    assert paper["Content-Type"] == "application/pdf" and paper.content[:5] == b"%PDF-"
    assert crew.get("/w/publicity/sheet/ZC2/2026-11-24/sheet.pdf").status_code == 404
    assert crew.get("/w/publicity/sheet/ZC1J/2027-11-24/sheet.pdf").status_code == 404
    with clock.at(clock.now() + timedelta(days=40)):
        assert "管路结冰" not in signed_in(mine.persons["crew"]).get("/w/publicity/sheet/").content.decode()


def test_queries_do_not_grow_with_units_and_plans(mine):
    client = signed_in(mine.persons["cadre"])

    def asked(path):
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    plan = planned(mine, units=("ZB1",))
    few = asked("/w/publicity/"), asked(f"/w/publicity/{plan.pk}/")
    for n in range(8):
        mine.units[f"X{n}"] = make_unit(f"X{n}", f"新队{n}", "team", mine.units["CM"])
        mine.units[f"Y{n}"] = make_unit(f"Y{n}", f"班{n}", "crew", mine.units["ZC1"])
    larger = planned(mine, units=("ZB1", *(f"X{n}" for n in range(8))))
    services.pass_on(scope=mine.scope("secretary"), campaign=larger.pk, unit=mine.units["ZB1"].pk)
    many = asked("/w/publicity/"), asked(f"/w/publicity/{larger.pk}/")
    assert many[0] <= few[0] and many[1] <= few[1] and max(many) <= 45
