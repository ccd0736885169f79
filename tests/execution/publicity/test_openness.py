"""队务公开: all rows or none, sums for the unit's own people, corrections as new versions with their reason."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Happening
from sangesan.execution.publicity import queries, services
from sangesan.execution.publicity.models import Posting
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.facts.queries import entries
from sangesan.method.authority import Role
from sangesan.method.books.sections import section
from tests.builders import person, post
from tests.duties import owed
from tests.publicities import HEAD, crews, table
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1a")]
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def mine(noon):
    built = crews()
    for key, number, name, unit in (("worker", "4001", "钱七", "ZC1J"), ("other", "4002", "周八", "ZC2")):
        built.persons[key] = person(number, name, built.units[unit])
        post(key, "职工", built.units[unit], Role.MEMBER, built.persons[key])
    return built


GOOD = (("4001", "钱七", 22.5, 236, 480.5), ("3001", "检修班班长", "23", "241.25", "1,200"))


def posted(mine, *rows, by="crew", unit="ZC1J", month=OCTOBER, reason="", **parts):
    return services.post(scope=mine.scope(by), unit=unit, month=month, reason=reason,
                         workbook=parts.get("book") or table(*(rows or GOOD)))


def test_a_month_is_posted_from_the_sheet_in_hundredths_with_a_fact_that_fills_the_book(mine):
    made = posted(mine)
    rows = [(row.name, row.attendance, row.work, row.bonus) for row in made.rows.all()]
    assert rows == [("钱七", 2250, 23600, 48050), ("检修班班长", 2300, 24125, 120000)]
    fact, = entries(kinds=["openness.posted"])
    assert (fact.content["month"], fact.content["quantity"], fact.actor) == ("2026-10", 2, "post:crew")
    assert "钱七" not in str(fact.content)
    assert section("union", "openness").kinds == ("openness.posted",)


def test_posting_settles_the_unit_s_duty_so_that_it_is_not_entered_twice(mine):
    duty = duties.assign(kind="openness", subject="routines/1", title="队务公开", unit=mine.units["ZC1J"],
                         line="administration", due=datetime(2026, 11, 30, 18, tzinfo=clock.LOCAL),
                         actor=mine.scope("cadre").actor)
    posted(mine)
    assert Happening.objects.get(duty=duty).what == "done"


def test_the_duty_leads_to_the_table_and_is_not_done_without_it(mine):
    duty = owed(mine, kind="openness", subject="routines/1", title="队务公开")
    me = signed_in(mine.persons["chief"])
    assert "/w/openness/" in me.get("/w/todo/").content.decode()
    assert me.post(f"/w/duties/{duty.pk}/done/", {"words": "贴了"}).status_code == 409 and not duty.happenings.exists()


def test_an_older_month_and_a_correction_settle_no_other_month_s_duty(mine):
    duties.assign(kind="openness", subject="routines/1", title="队务公开", unit=mine.units["ZC1J"],
                  line="administration", due=datetime(2026, 11, 30, 18, tzinfo=clock.LOCAL),
                  actor=mine.scope("cadre").actor)
    posted(mine, month=date(2026, 7, 1))
    posted(mine, month=date(2026, 7, 1), reason="bonus")
    assert not Happening.objects.exists()


def test_sums_are_read_by_the_unit_s_own_people_and_by_nobody_else(mine):
    made = posted(mine)
    for who in ("crew", "worker", "correspondent", "chief", "secretary"):
        assert len(queries.table_of(mine.scope(who), made)) == 2, who
        page = signed_in(mine.persons[who]).get(f"/w/openness/{made.pk}/")
        assert "480.5" in page.content.decode() and page["Cache-Control"] == "no-store", who
    for who in ("leader", "cadre"):
        client = signed_in(mine.persons[who])
        page = client.get(f"/w/openness/{made.pk}/").content.decode()
        assert "钱七" not in page and "480.5" not in page and "公开了 2 人" in page, who
        assert client.get(f"/w/openness/{made.pk}/pdf/").status_code == 404
    for who in ("other", "night", "chief2", "admin", "assessor", "handler"):
        client = signed_in(mine.persons[who])
        for path in (f"{made.pk}/", f"{made.pk}/pdf/"):
            assert client.get(f"/w/openness/{path}").status_code == 404, who
        assert "检修班 2026-10" not in client.get("/w/openness/").content.decode()


def test_a_correction_is_a_new_version_with_its_reason_and_the_earlier_one_stays(mine):
    first = posted(mine)
    with pytest.raises(UserError, match="没有保存"):
        posted(mine)
    second = posted(mine, ("4001", "钱七", 22, 230, 400), reason="bonus")
    assert (second.version, second.get_reason_display()) == (2, "奖金分配有误") and first.rows.count() == 2
    rows, _after = queries.postings_page(mine.scope("crew"))
    assert rows == [second]
    client = signed_in(mine.persons["worker"])
    assert "已经更正" in client.get(f"/w/openness/{first.pk}/").content.decode()
    assert "奖金分配有误" in client.get(f"/w/openness/{second.pk}/").content.decode()


@pytest.mark.parametrize(("rows", "why"), [
    ([("4002", "周八", 1, 1, 1)], "不是综采一队检修班的人"), ([("4001", "张三", 1, 1, 1)], "不是综采一队检修班的人"),
    ([GOOD[0], GOOD[0]], "工号重复"), ([("4001", "钱七", -1, 1, 1)], "不带负号"),
    ([("4001", "钱七", "很多", 1, 1)], "不带负号"), ([("4001", "钱七", 1, 1, "=1+1")], "不带负号"),
    ([("4001", "钱七", 1, 1, 1.234)], "不带负号"), ([("4001", "", 1, 1, 1)], "缺“姓名”"),
])
def test_one_wrong_row_posts_nothing_and_is_named(mine, rows, why):
    with pytest.raises(UserError) as fault:
        posted(mine, *rows)
    assert why in str(fault.value) and not Posting.objects.exists() and not list(entries(kinds=["openness.posted"]))


def merged() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("队务公开")
        page.write_row(0, 0, HEAD)
        page.merge_range(1, 0, 2, 0, "4001")
    return out.getvalue()


@pytest.mark.parametrize("book", [
    b"x", table(*GOOD, sheet="别的"), table(("4001", "钱七"), head=["工号", "姓名"]), merged(), table(),
])
def test_a_wrong_workbook_is_refused_in_words(mine, book):
    with pytest.raises(UserError):
        posted(mine, book=book)
    sent = {"unit": "ZC1J", "month": "2026-10", "workbook": SimpleUploadedFile("x.xlsx", book)}
    answer = signed_in(mine.persons["crew"]).post("/w/openness/", sent)
    assert answer.status_code == 422 and "Traceback" not in answer.content.decode() and not Posting.objects.exists()


def test_future_and_old_months_and_other_units_are_refused(mine):
    for month in (date(2026, 12, 1), date(2025, 10, 1)):
        with pytest.raises(UserError):
            posted(mine, month=month)
    for who, unit in (("chief2", "ZC1J"), ("crew", "ZC1L"), ("leader", "ZC1J"), ("correspondent", "ZC1J"),
                      ("worker", "ZC1J"), ("crew", "QSL")):
        with pytest.raises(NotFound):
            posted(mine, by=who, unit=unit)
    assert not Posting.objects.exists()


def test_the_table_is_posted_on_the_page_and_printed(mine):
    crew = signed_in(mine.persons["crew"])
    assert "公开一个月" in crew.get("/w/openness/").content.decode()
    assert crew.get("/w/openness/template/").content[:2] == b"PK"
    sent = {"unit": "ZC1J", "month": "2026-10", "workbook": SimpleUploadedFile("x.xlsx", table(*GOOD))}
    made = crew.post("/w/openness/", sent)
    paper = crew.get(made["Location"] + "pdf/")
    assert paper.content[:5] == b"%PDF-" and "公开一个月" not in signed_in(
        mine.persons["worker"]).get("/w/openness/").content.decode()
