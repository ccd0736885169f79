"""Pages of the organisation (组织页面)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sangesan.feedback.matters.services import joining
from sangesan.foundation import clock
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.people import queries as people
from sangesan.organization.people import services
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.roster import services as roster
from sangesan.organization.roster.models import Batch
from sangesan.organization.roster.queries import SHEETS
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Unit
from tests.organization.roster.workbooks import PEOPLE, UNITS, tables, workbook
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def mine():
    with clock.at(TODAY):
        roster.take_tables(tables=tables(), actor=SYSTEM)
        root = Unit.objects.get(code="QSL")
        keeper = services.add_person(work_number="9001", name="郑工", unit=root)
        post = services.open_post(code="GLY", title="系统管理员", unit=root, role=Role.SYSTEM_ADMIN, actor=SYSTEM)
        services.appoint(person=keeper, post=post, actor=SYSTEM)
        yield


def keeper():
    return signed_in(Person.objects.get(work_number="9001"))


def chief():
    return signed_in(Person.objects.get(work_number="1001"))


def address(name, *args):
    return reverse(f"organization:{name}", args=args)


def said(response):
    return response.content.decode()


def test_who_holds_a_post_sees_the_tree_with_heads_and_counts():
    page = said(chief().get(address("tree")))
    assert "综采一队" in page and "王强" in page
    assert "6 个单位" not in page, "each line has its own tree"
    assert "导入组织" not in page


def test_the_tree_of_another_day_and_line_is_shown():
    page = said(chief().get(address("tree"), {"day": "2005-01-01"}))
    assert "青石岭矿" in page and "综采一队" not in page
    assert "综采一队党支部" in said(chief().get(address("tree"), {"line": "party"}))


def test_an_unknown_unit_in_the_address_is_404():
    assert chief().get(address("tree"), {"unit": "没有"}).status_code == 404


def test_a_strange_day_is_today():
    assert chief().get(address("tree"), {"day": "昨天"}).status_code == 200


def test_a_unit_shows_posts_holders_and_vacancies():
    page = said(chief().get(address("unit", "ZC1")))
    assert "队长" in page and "王强" in page and "任职" not in page
    assert "任职" in said(keeper().get(address("unit", "ZC1")))


@pytest.mark.parametrize(
    ("name", "args"),
    [("people", ()), ("person", ("1001",)), ("post", ("ZC1-DZ",)), ("appoint", ("ZC1-DZ",)), ("imports", ()),
     ("template", ()), ("add_unit", ("ZC1",)), ("move_unit", ("ZC1",)), ("add_person", ("ZC1",))],
)
def test_only_who_keeps_the_organisation_gets_its_forms_and_lists(name, args):
    assert chief().get(address(name, *args)).status_code == 404
    assert keeper().get(address(name, *args)).status_code == 200


def test_people_are_listed_page_by_page_and_found():
    with clock.at(TODAY):
        roster.take_tables(tables={"人员": [PEOPLE[0], *([f"2{n:03d}", "某人", "ZC1", "", ""] for n in range(120))]},
                           actor=SYSTEM)
    client, seen, after = keeper(), 0, ""
    while True:
        page = client.get(address("people"), {"after": after, "unit": "ZC1"})
        seen, after = seen + len(page.context["rows"]), page.context["more"]
        if not after:
            break
    assert seen == page.context["total"] == 123
    assert "曾大有" in said(client.get(address("people"), {"q": "zdy"}))


def test_a_person_is_appointed_and_ended_on_the_pages():
    client = keeper()
    done = client.post(address("appoint", "ZC1-CB"), {"person": "曾大有", "kind": "full", "day": "2026-11-20"})
    assert done.status_code == 302, said(done)
    row = Appointment.objects.get(person__work_number="1003")
    assert client.post(address("end", row.pk), {"day": "2026-12-01"}).status_code == 302
    row.refresh_from_db()
    assert row.until == date(2026, 12, 1)


def test_a_second_full_post_is_refused_on_the_form_and_nothing_is_lost():
    page = keeper().post(address("appoint", "ZC1-CB"), {"person": "1001", "kind": "full", "day": "2026-11-20"})
    assert page.status_code == 422
    assert "已专任" in said(page) and 'value="1001"' in said(page)
    assert Appointment.objects.filter(person__work_number="1001").count() == 1


def test_units_are_set_up_moved_and_closed_on_the_pages():
    client = keeper()
    fields = {"code": "ZC2", "name": "综采二队", "kind": "team", "line": "administration", "day": "2026-11-20"}
    for code in ("-1", ".", "_Z"):  # the ledger's paths begin with a letter or a digit
        assert client.post(address("add_unit", "BB"), fields | {"code": code}).status_code == 422
    assert client.post(address("add_unit", "BB"), fields).status_code == 302
    moved = client.post(address("move_unit", "ZC2"), {"parent": "ZC1 综采一队", "day": "2026-11-21"})
    assert moved.status_code == 302
    team = Unit.objects.get(code="ZC2")
    assert units.path_of(team.pk, date(2026, 11, 21)) == "QSL/BB/ZC1/ZC2/"
    ring = client.post(address("move_unit", "BB"), {"parent": "ZC1", "day": "2026-11-20"})
    assert ring.status_code == 422 and "BB → ZC1 → BB" in said(ring)
    assert client.post(address("close_unit", "ZC1"), {"day": "2026-11-21"}).status_code == 422


def test_an_unknown_unit_on_a_form_is_answered_with_a_suggestion():
    page = keeper().post(address("move_unit", "ZC1"), {"parent": "本部", "day": "2026-11-20"})
    assert page.status_code == 422 and "BB 本部井" in said(page)


def test_a_workbook_is_uploaded_looked_at_taken_in_and_undone():
    client, new = keeper(), [UNITS[0], ["ZC3", "综采三队", "区队", "", "BB", "", 3, "", ""]]
    file = SimpleUploadedFile("组织.xlsx", workbook(单位=new, 人员=None, 岗位=None, 任职=None))
    sent = client.post(address("imports"), {"file": file})
    batch = Batch.objects.first()
    assert sent.url == address("batch", batch.pk)
    assert "没有错误" in said(client.get(sent.url))
    assert not Unit.objects.filter(code="ZC3").exists()
    client.post(address("take", batch.pk))
    assert Unit.objects.filter(code="ZC3").exists()
    assert "撤销这次导入" in said(client.get(sent.url))
    client.post(address("undo", batch.pk))
    assert not Unit.objects.filter(code="ZC3").exists()


def test_wrong_rows_are_shown_and_the_workbook_comes_back():
    client = keeper()
    row = ["ZC3", "综采三队", "区队", "", "本部", "", 3, "", ""]
    wrong = workbook(单位=[UNITS[0], row], 人员=None, 岗位=None, 任职=None)
    client.post(address("imports"), {"file": SimpleUploadedFile("x.xlsx", wrong)})
    batch = Batch.objects.first()
    assert "上级编码“本部”没有这个单位，是不是 BB" in said(client.get(address("batch", batch.pk)))
    assert client.post(address("take", batch.pk)).status_code == 422
    back = read_workbook(client.get(address("faults", batch.pk)).content, SHEETS)
    assert "是不是 BB" in back["单位"].rows[0].cells[-1]
    client.post(address("drop", batch.pk))
    assert not Batch.objects.filter(pk=batch.pk).exists()


@pytest.mark.parametrize("data", [b"", b"broken", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook_is_answered_on_the_form(data):
    page = keeper().post(address("imports"), {"file": SimpleUploadedFile("x.xlsx", data)})
    assert page.status_code == 422


def test_a_year_is_confirmed_with_its_own_days():
    client = keeper()
    assert "待核定" in said(client.get(address("calendar")))
    wrong = client.post(address("confirm_year", 2027), {"off": "明天", "work": ""})
    assert wrong.status_code == 422 and "“明天”不是日期" in said(wrong)
    client.post(address("confirm_year", 2027), {"off": "2027-01-01、2027-02-05", "work": "2027-02-06"})
    made = calendar(date(2027, 1, 1), date(2027, 1, 1))
    assert made.confirmed(2027) and made.is_work(date(2027, 2, 6)) and not made.is_work(date(2027, 2, 5))
    assert chief().get(address("calendar")).status_code == 404


def test_a_branch_stands_in_the_tree_with_the_units_it_covers():
    page = chief().get(address("tree"), {"line": "party"})
    covers = {row.unit.code: row.covers for row in page.context["page"].rows}
    assert covers == {"QSL": [], "DW": [], "DZ1": ["综采一队"]}


def test_the_three_administrators_stay_apart_on_the_pages():
    root = Unit.objects.get(code="QSL")
    services.open_post(code="AQ", title="安全管理员", unit=root, role=Role.SECURITY_ADMIN, actor=SYSTEM, day=TODAY)
    page = keeper().post(address("appoint", "AQ"), {"person": "9001", "kind": "concurrent", "day": "2026-11-20"})
    assert "三员必须分设" in said(page)
    assert people.vacancies(TODAY).filter(code="AQ").exists()
    assert Post.objects.get(code="AQ").title in said(keeper().get(address("vacancies")))


def test_whoever_holds_a_second_post_holds_it_by_a_share_that_is_entered():
    team, client = Unit.objects.get(code="ZC1"), keeper()
    services.open_post(code="ZC1-ZB", title="值班员", unit=team, role=Role.HANDLER, actor=SYSTEM, day=TODAY)
    told = {"person": "1002", "kind": "concurrent", "day": "2026-11-20"}
    assert client.post(address("appoint", "ZC1-ZB"), told | {"share": "101"}).status_code == 422
    refused = said(client.post(address("appoint", "ZC1-ZB"), told | {"share": "30"}))
    assert "党支部书记”100%" in refused and "只余 0%，这里写了 30%" in refused
    Appointment.objects.filter(person__work_number="1002", post__code="DZ1-SJ").update(share=7_000)
    assert client.post(address("appoint", "ZC1-ZB"), told | {"share": "30"}).status_code == 302
    assert Appointment.objects.get(post__code="ZC1-ZB").share == 3_000
    assert "占 30%" in said(client.get(address("person", "1002")))


def test_whoever_enters_somebody_reads_that_he_sees_matters_a_few_minutes_later(monkeypatch):
    """Where there are many letters they are looked through in the background; only then he reads."""
    monkeypatch.setattr(joining, "AT_ONCE", -1)
    browser = keeper()
    asked = {"work_number": "7777", "name": "赵铁柱", "day": "2026-11-20"}
    page = said(browser.post(address("add_person", "QSL"), asked, follow=True))
    assert "人员已增加" in page and "几分钟后查完，他们就能看到事项" in page
    assert "没有说到赵铁柱。几分钟后查完，才能看到事项。" in said(browser.get(address("person", "7777")))
    joining.look_through()
    assert "几分钟后" not in said(browser.get(address("person", "7777")))
    monkeypatch.setattr(joining, "AT_ONCE", 1)
    page = said(browser.post(address("add_person", "QSL"), asked | {"work_number": "7778"}, follow=True))
    assert "人员已增加" in page and "几分钟后" not in page
