"""Pages of the routines (制度页面): the rule said in words, versions, and a table whose numbers open."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from sangesan.execution.duties import services as working
from sangesan.execution.duties.models import Duty
from sangesan.execution.routines import services
from sangesan.execution.routines.models import Routine, Version
from sangesan.execution.routines.queries import completeness
from sangesan.execution.routines.queries.table import table
from sangesan.foundation import clock
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.facts import Actor
from tests.builders import small_mine
from tests.duties import later, owed
from tests.routines import WEEKLY, confirm, made, ruled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
FORM = {k: v for k, v in WEEKLY.items() if k not in ("steps", "unit_kinds", "at")} | {
    "at": "18:00", "unit_kinds": ["team"], "steps": "讲隐患\n议怎么防", "window": "day", "offset": 0, "attendance": 0}


@pytest.fixture
def mine(noon):
    confirm(2026)
    return small_mine()


def counted(mine):
    """Make, do one in time, miss one, and count (办一件、缺一件)."""
    ruled()
    made()
    with clock.at(later(days=3)):
        duty = Duty.objects.filter(unit__code="ZC1").order_by("nominal").first()
        working.complete(duty=duty, actor=Actor.post("chief"))
    moment = later(days=8)
    with clock.at(moment):
        services.rebuild()
    return moment


def test_a_rule_is_read_aloud_before_it_is_saved_and_then_put_in_force(mine):
    cadre = signed_in(mine.persons["cadre"])
    read = cadre.post("/w/routines/new/", FORM | {"code": "AQR", "kind": "task", "preview": "1"}).content.decode()
    assert "每周五，遇休息日顺延" in read and "2026-11-27" in read and not Routine.objects.exists()
    assert cadre.post("/w/routines/new/", FORM | {"code": "AQR", "kind": "task"}).status_code == 302
    assert cadre.post("/w/routines/AQR/force/", {"decided_by": "党委会", "since": "2026-11-24"}).status_code == 302
    page = cadre.get("/w/routines/AQR/").content.decode()
    assert "施行中" in page and "党委会" in page and "议怎么防" in page
    assert cadre.post("/w/routines/AQR/edit/", FORM | {"rule": "FREQ=WEEKLY;BYDAY=WE"}).status_code == 302
    assert Version.objects.count() == 2 and "每周五" in cadre.get("/w/routines/").content.decode()


@pytest.mark.parametrize(("rule", "why"), [("FREQ=MINUTELY", "太密"), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "永远"),
                                           ("<b>x</b>", "不认识")])
def test_what_cannot_be_is_said_beside_the_form_and_nothing_is_stored(mine, rule, why):
    cadre = signed_in(mine.persons["cadre"])
    answer = cadre.post("/w/routines/new/", FORM | {"code": "AQR", "kind": "task", "rule": rule})
    assert answer.status_code == 422 and why in answer.content.decode() and not Routine.objects.exists()
    assert "<b>x</b>" not in answer.content.decode()


@pytest.mark.parametrize("post", ["chief", "leader", "assessor", "admin"])
def test_only_who_edits_routines_changes_them(mine, post):
    ruled()
    client = signed_in(mine.persons[post])
    for address in ("install/", "new/", "AQR/edit/", "AQR/force/", "AQR/end/"):
        assert client.post(f"/w/routines/{address}", FORM).status_code in (403, 404), address
    assert Version.objects.count() == 1 and not hasattr(Version.objects.get(), "end")
    assert client.get("/w/routines/AQR/").status_code == (404 if post == "admin" else 200)
    assert client.get("/w/routines/NONE/").status_code == 404


@pytest.mark.chapter("S3e")
def test_every_number_opens_to_exactly_its_duties(mine):
    with clock.at(counted(mine)):
        leader = signed_in(mine.persons["leader"])
        page = leader.get("/w/completeness/?unit=CM&month=2026-11").content.decode()
        assert "综采一队" in page and "unit=ZC1&amp;state=on_time" in page
        for unit, state, n in (("ZC1", "on_time", 1), ("ZC1", "missing", 0), ("ZC2", "missing", 1),
                               ("CM", "expected", 2)):
            found = leader.get(f"/w/duties/?month=2026-11&unit={unit}&state={state}").content.decode()
            assert found.count('class="row-title"') == n, (unit, state)
        assert page.count('value="2026-11"') == 1, "the month that is shown stands in the field"
        for state, n in (("expected", 2), ("missing", 1)):
            ask = f"month=2026-11&amp;months=1&amp;unit=CM&amp;state={state}"
            assert f'/w/duties/?{ask}">{n}<' in page, "sums open too"
        assert leader.get("/w/duties/?month=2026-11&unit=CM&state=running").content.decode().count("row-title") == 0
        assert 'value="2026-12"' in leader.get("/w/duties/?unit=CM").content.decode()
        by = {row.name: row.total for row, _ in _rows(mine.scope("leader"), unit="CM")}
        assert (by["综采一队"].on_time, by["综采二队"].missing, by["综采二队"].expected) == (1, 1, 1)


def _rows(scope, **parts):
    return table(scope, **({"month": clock.today().replace(day=1, month=11)} | parts)).rows


def test_assessors_see_counts_and_open_nothing(mine):
    with clock.at(counted(mine)):
        assessor = signed_in(mine.persons["assessor"])
        page = assessor.get("/w/completeness/?month=2026-11&by=routine").content.decode()
        assert "安全活动日" in page and "/w/duties/?" not in page
        assert assessor.get("/w/duties/?month=2026-11").status_code == 404
        assert signed_in(mine.persons["admin"]).get("/w/completeness/").status_code == 403


def test_a_chief_counts_the_own_unit_and_no_other(mine):
    with clock.at(counted(mine)):
        chief = signed_in(mine.persons["chief"])
        assert "综采二队" not in chief.get("/w/completeness/?month=2026-11").content.decode()
        assert chief.get("/w/completeness/?unit=ZC2").status_code == 404
        above = chief.get("/w/completeness/?month=2026-11&unit=CM")
        assert above.status_code == 200 and "综采二队" not in above.content.decode(), "one's own alone"
        assert "综采二队" not in chief.get("/w/duties/?month=2026-11").content.decode()


@pytest.mark.parametrize("query", ["month=2026-13", "unit=../x", "months=99", "state=x", "page=-1", "month=9999-01"])
def test_a_filter_that_cannot_be_is_refused_without_a_trace(mine, query):
    leader = signed_in(mine.persons["leader"])
    for address in ("/w/completeness/", "/w/duties/"):
        answer = leader.get(f"{address}?{query}")
        assert answer.status_code in (200, 422) and "Traceback" not in answer.content.decode()


def test_the_table_costs_the_same_for_few_and_for_many(mine):
    with clock.at(counted(mine) + timedelta(days=60)):
        services.rebuild()
        costs = []
        for count in (1, 3):
            with CaptureQueriesContext(connection) as seen:
                completeness.by_unit(mine.scope("leader"), completeness.months_of(clock.today(), count), "*")
            costs.append(len(seen) - 5)  # the scope itself
        assert costs[0] == costs[1]


def test_the_post_that_checks_is_named_by_its_code(mine):
    cadre = signed_in(mine.persons["cadre"])
    for code in ("", "nobody"):
        answer = cadre.post("/w/routines/new/", FORM | {"code": "AQR", "kind": "task", "checks": "post",
                                                        "checker": code})
        assert answer.status_code == 422 and "检查岗位" in answer.content.decode() and not Routine.objects.exists()
    sent = FORM | {"code": "AQR", "kind": "task", "checks": "post", "checker": "logistics"}
    assert cadre.post("/w/routines/new/", sent).status_code == 302
    assert Version.objects.get().checker == mine.posts["logistics"]
    assert mine.posts["logistics"].title in cadre.get("/w/routines/AQR/").content.decode()
    assert 'value="logistics"' in cadre.get("/w/routines/AQR/edit/").content.decode()


@pytest.mark.chapter("S3e")
def test_routines_and_what_comes_from_none_add_up_to_what_the_units_have(mine):
    moment = counted(mine)
    with clock.at(later(days=1)):
        owed(mine, "ZC1", title="修更衣室的灯", hours=24)
    with clock.at(moment):
        services.rebuild()
        leader = signed_in(mine.persons["leader"])
        by = table(mine.scope("leader"), month=clock.today().replace(day=1, month=11), by="routine")
        units = table(mine.scope("leader"), month=clock.today().replace(day=1, month=11))
        assert by.total.total == units.total.total
        rest, ask = by.rows[-1]
        assert rest.name.startswith("不属制度的") and (rest.total.expected, rest.total.missing) == (1, 1)
        page = leader.get("/w/completeness/?month=2026-11&by=routine").content.decode()
        assert f"/w/duties/?{ask.replace('&', '&amp;')}&amp;state=missing" in page
        found = leader.get(f"/w/duties/?{ask}&state=missing").content.decode()
        assert "修更衣室的灯" in found and found.count('class="row-title"') == 1


def test_what_is_shown_leaves_the_house_as_it_stands_and_is_logged(mine):
    with clock.at(counted(mine)):
        leader, sheets = signed_in(mine.persons["leader"]), []
        for address in ("/w/completeness/table.xlsx?unit=CM&month=2026-11",
                        "/w/duties/list.xlsx?month=2026-11&unit=CM&state=missing"):
            given = leader.get(address)
            assert given.status_code == 200 and "attachment" in given["Content-Disposition"]
            sheets.append(CalamineWorkbook.from_filelike(io.BytesIO(given.content)).get_sheet_by_index(0).to_python())
        assert sheets[0][0][:3] == ["单位", "应办", "已办"] and ["综采二队", 1, 0] in [row[:3] for row in sheets[0]]
        assert sheets[1][1][1] == "综采二队" and sheets[1][1][4] == "未办"
        assert [row.detail["rows"] for row in AuditEntry.objects.filter(event="export.made")] == [2, 1]
        assert signed_in(mine.persons["assessor"]).get("/w/duties/list.xlsx").status_code == 404
        assert signed_in(mine.persons["admin"]).get("/w/completeness/table.xlsx").status_code == 403
