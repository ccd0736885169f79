"""The organisation from one workbook (导入组织): preview, right rows or none, undo."""

from datetime import date, timedelta

import pytest

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.foundation.sheets.text import UnreadableFile
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Action
from sangesan.method.facts import SYSTEM, Actor
from sangesan.organization.people import services as people
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.queries import scope_of
from sangesan.organization.roster import queries, services
from sangesan.organization.roster.models import Batch
from sangesan.organization.roster.services.batches import WrongRows
from sangesan.organization.roster.services.undoing import LaterWork
from sangesan.organization.units import queries as units
from sangesan.organization.units import services as unit_services
from sangesan.organization.units.models import Coverage, Shift, Unit, UnitEdge
from tests.organization.roster.workbooks import APPOINTMENTS, PEOPLE, POSTS, UNITS, tables, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N3")]
TODAY = date(2026, 11, 20)
TABLES = (Unit, UnitEdge, Coverage, Shift, Person, Post, Appointment)


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.at(TODAY):
        yield


def take(**parts):
    return services.take_tables(tables=tables(**parts), actor=SYSTEM)


def rows_in_database():
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def faults(sheet, **parts):
    with pytest.raises(WrongRows) as caught:
        take(**parts)
    assert rows_in_database() == [[]] * len(TABLES), "nothing may be half-imported"
    return {change.row.line: "；".join(change.row.faults) for name, change in caught.value.plan.wrong if name == sheet}


def test_a_workbook_gives_units_people_posts_and_appointments():
    batch = services.upload(file_name="组织.xlsx", data=workbook(), actor=SYSTEM)
    assert batch.counts["单位"] == {"new": 6, "changed": 0, "same": 0, "wrong": 0}
    assert Person.objects.count() == 0, "a preview changes nothing"
    services.take(batch=batch, actor=SYSTEM)
    scope = scope_of(Person.objects.get(work_number="1002"))
    team = Unit.objects.get(code="ZC1")
    assert units.path_of(team.pk, TODAY) == "QSL/BB/ZC1/"
    assert team.pk in scope.units_for(Action.CLOSE)
    assert {post.code for post in scope.posts} == {"DZ1-SJ", "ZC1-CB"}
    assert Person.objects.get(work_number="1003").initials == "zdy"
    assert Fact.objects.get().kind == "organization.imported"


def test_the_same_workbook_again_changes_nothing():
    take()
    before = rows_in_database()
    again = take()
    assert rows_in_database() == before
    assert all(not n["new"] and not n["changed"] for name, n in again.counts.items() if name != "faults")


def test_people_come_without_a_day_earlier_than_their_posts():
    take()
    assert Person.objects.get(work_number="1002").since == date(2024, 5, 1)
    assert Person.objects.get(work_number="1003").since == TODAY


def test_what_changed_is_shown_and_taken():
    take()
    moved = [UNITS[0], ["ZC1", "综采一队", "区队", "", "QSL", "", 7, "", ""]]
    left = [APPOINTMENTS[0], ["1001", "ZC1-DZ", "", "2022-01-01", "2026-11-20"],
            ["1002", "ZC1-DZ", "代理", "", "2026-12-31"]]
    batch = services.upload(file_name="", data=workbook(单位=moved, 人员=None, 岗位=None, 任职=left), actor=SYSTEM)
    plan = queries.plan(read_workbook(bytes(batch.workbook), queries.SHEETS), TODAY)
    (change,) = plan.changes["单位"]
    assert [(d.label, d.old, d.new) for d in change.differences] == [("上级编码", "BB", "QSL"), ("顺序", 1, 7)]
    services.take(batch=batch, actor=SYSTEM)
    team = Unit.objects.get(code="ZC1")
    assert units.path_of(team.pk, TODAY) == "QSL/ZC1/"
    assert units.path_of(team.pk, TODAY - timedelta(days=1)) == "QSL/BB/ZC1/"
    holder = Post.objects.get(code="ZC1-DZ").appointments.get(until=date(2026, 12, 31))
    assert (holder.person.work_number, holder.kind) == ("1002", "acting")


def test_a_share_of_a_post_comes_in_and_another_one_needs_a_new_row():
    heads = [*APPOINTMENTS[0], "份额（%）"]
    take(任职=[heads, *([*row, 70] for row in APPOINTMENTS[1:3]), [*APPOINTMENTS[3], 30]])
    assert dict(Appointment.objects.values_list("post__code", "share")) == {
        "ZC1-DZ": 7_000, "DZ1-SJ": 7_000, "ZC1-CB": 3_000}
    batch = services.upload(file_name="", data=workbook(任职=[heads, [*APPOINTMENTS[1], 60]]), actor=SYSTEM)
    plan = queries.plan(read_workbook(bytes(batch.workbook), queries.SHEETS), TODAY)
    assert plan.changes["任职"][0].row.faults == ["现在是百分之70，要改先填结束日期，再另起一行"]


def test_a_stand_in_without_an_end_is_a_wrong_row():
    endless = [*APPOINTMENTS, ["1002", "ZC1-DZ", "代理", "", ""]]
    batch = services.upload(file_name="", data=workbook(任职=endless), actor=SYSTEM)
    plan = queries.plan(read_workbook(bytes(batch.workbook), queries.SHEETS), TODAY)
    faults = [change.row.faults for change in plan.changes["任职"] if change.row.faults]
    assert faults == [["代理要写“结束日期”"]]


def test_two_units_change_places_in_one_workbook():
    take(单位=[*UNITS[:4], ["X", "采煤专业", "专业", "", "ZC1", "", 1, "", ""]], 人员=None, 岗位=None, 任职=None)
    swap = [["ZC1", "综采一队", "区队", "", "X", "", 1, "", ""], ["X", "采煤专业", "专业", "", "BB", "", 1, "", ""]]
    take(单位=[UNITS[0], *swap], 人员=None, 岗位=None, 任职=None)
    assert units.path_of(Unit.objects.get(code="ZC1").pk, TODAY) == "QSL/BB/X/ZC1/"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["A", "甲队", "区队", "", "没有", "", "", "", ""], "上级编码“没有”没有这个单位"),
        (["A", "甲队", "区队", "", "本部#井", "", "", "", ""], "是不是 BB（本部井）"),
        (["A", "甲队", "区队", "", "", "", "", "", ""], "缺“上级编码”"),
        (["A", "甲队", "大队", "", "BB", "", "", "", ""], "“类别”不能是“大队”"),
        (["A/B", "甲队", "区队", "", "BB", "", "", "", ""], "只能用字母"),
        (["-1", "甲队", "区队", "", "BB", "", "", "", ""], "只能用字母"),
        (["A", "甲队", "区队", "", "BB", "昨天", "", "", ""], "不是日期：昨天"),
        (["A", "甲队", "区队", "", "BB", "2026-02-30", "", "", ""], "不是日期"),
        (["A", "甲队", "区队", "", "A", "", "", "", ""], "绕成一圈：A → A"),
        (["ZC1", "又一个", "区队", "", "BB", "", "", "", ""], "在第 2 行已经出现"),
        (["A", "甲支部", "支部", "党组织", "ZC1", "", "", "", ""], "属于另一条线"),
        (["A", "甲队", "区队", "", "BB", "", "", "BB", ""], "行政单位不填“覆盖单位”"),
        (["A", "甲支部", "支部", "党组织", "DW", "", "", "ZC9", ""], "覆盖单位“ZC9”没有这个单位，是不是 ZC1"),
        (["A", "甲\x01队", "区队", "", "BB", "", "", "", ""], "控制字符"),
    ],
)
def test_a_wrong_unit_is_refused_with_its_reason(row, reason):
    assert reason in faults("单位", 单位=[*UNITS, row])[8]


def test_a_ring_of_units_is_named_and_what_hangs_below_it_refused():
    ring = [["A", "甲", "区队", "", "C", "", "", "", ""], ["B", "乙", "区队", "", "A", "", "", "", ""],
            ["C", "丙", "区队", "", "B", "", "", "", ""], ["D", "丁", "班组", "", "C", "", "", "", ""]]
    found = faults("单位", 单位=[*UNITS, *ring])
    assert "A → C → B → A" in found[8]
    assert "那一行有错" in found[11]


@pytest.mark.parametrize(
    ("sheet", "row", "reason"),
    [
        ("人员", ["1001", "重名", "ZC1", "", ""], "工号“1001”在第 2 行已经出现"),
        ("人员", ["1009", "某人", "综采1队", "", ""], "是不是 ZC1（综采一队）"),
        ("人员", ["", "某人", "ZC1", "", ""], "缺“工号”"),
        ("人员", ["10/9", "某人", "ZC1", "", ""], "工号“10/9”不是字母"),
        ("人员", ["１００９", "某人", "ZC1", "", ""], "工号“１００９”不是字母"),
        ("人员", ["1009", "长" * 41, "ZC1", "", ""], "超过 40 个字"),
        ("岗位", ["P9", "副手", "ZC1", "单位负责人", "", "是", ""], "负责人岗位已是 ZC1-DZ"),
        ("岗位", ["P9", "副手", "ZC1", "大官", "", "", ""], "“岗位类别”不能是“大官”"),
        ("任职", ["1001", "ZC1-CB", "专任", "2025-01-01", ""], "有两个专任岗位"),
        ("任职", ["1003", "ZC1-DZ", "兼任", "", ""], "已由工号 1001 担任"),
        ("任职", ["9999", "ZC1-CB", "", "", ""], "工号 9999 不在"),
        ("任职", ["1003", "没有", "", "", ""], "岗位 没有 不在"),
        ("任职", ["1003", "ZC1-CB", "", "2026-01-02", "2026-01-01"], "不在开始日期之后"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(sheet, row, reason):
    rows = {"人员": PEOPLE, "岗位": POSTS, "任职": APPOINTMENTS}[sheet]
    assert reason in faults(sheet, **{sheet: [*rows, row]})[len(rows) + 1]


def test_right_rows_may_be_taken_alone_and_what_rests_on_wrong_ones_stays_out():
    wrong = [*UNITS, ["A", "甲队", "区队", "", "没有", "", "", "", ""]]
    more = [*PEOPLE, ["1009", "某人", "A", "", ""]]
    batch = services.take_tables(tables=tables(单位=wrong, 人员=more), actor=SYSTEM, right_rows_only=True)
    assert Unit.objects.count() == 6
    assert not Person.objects.filter(work_number="1009").exists()
    assert batch.counts["faults"]["人员"] == {"5": ["单位编码“A”在“单位”表第 8 行，那一行有错"]}


def test_the_workbook_comes_back_with_its_faults():
    data = workbook(人员=[[*PEOPLE[0], "备注"], ["1009", "某人", "综采1队", "", "", "我写的"]], 任职=None, 岗位=None)
    batch = services.upload(file_name="x.xlsx", data=data, actor=SYSTEM)
    for state in ("draft", "taken"):
        back = read_workbook(queries.workbook_back(batch), queries.SHEETS)["人员"]
        assert back.header[-2:] == ["备注", "错误原因"]
        assert back.rows[0].cells[-2] == "我写的"
        assert "是不是 ZC1" in back.rows[0].cells[-1]
        if state == "draft":
            services.take(batch=batch, actor=SYSTEM, right_rows_only=True)


def test_the_template_is_read_as_empty_and_its_example_is_never_taken():
    read = read_workbook(queries.template(), queries.SHEETS)
    assert {name: len(table.rows) for name, table in read.items()} == {"单位": 0, "人员": 0, "岗位": 0, "任职": 0}


def test_undo_leaves_everything_as_it_was():
    take()
    before = rows_in_database()
    batch = take(
        单位=[
            UNITS[0],
            ["ZC1", "综采壹队", "区队", "", "X", "", 3, "", "四点班"],
            ["X", "采煤", "专业", "", "BB", "", 1, "", ""],
            ["DZ1", "综采一队党支部", "支部", "党组织", "DW", "", 1, "X", ""],
            ["ZC1-1", "检修", "班组", "", "", "", 1, "", "零点班"],
        ],
        人员=[PEOPLE[0], ["1001", "王强", "X", "1", ""], ["1010", "新人", "X", "", ""]],
        岗位=[
            POSTS[0],
            ["ZC1-DZ", "代队长", "ZC1", "单位负责人", "", "是", ""],
            ["X-P", "主任", "X", "单位负责人", "", "是", ""],
        ],
        任职=[APPOINTMENTS[0], ["1001", "ZC1-DZ", "", "2022-01-01", "2026-11-20"], ["1010", "X-P", "", "", ""]],
    )
    assert rows_in_database() != before
    with clock.at(clock.now() + timedelta(hours=23)):
        services.undo(batch=batch, actor=Actor.post("GLY"))
    assert rows_in_database() == before
    assert Fact.objects.order_by("pk").last().kind == "organization.import_undone"
    batch.refresh_from_db()
    assert (batch.state, batch.journal, batch.workbook) == ("undone", {}, None)


def test_an_import_cannot_be_undone_twice_or_after_a_day():
    batch = take()
    with clock.at(clock.now() + timedelta(hours=24)), pytest.raises(Conflict, match="24 小时"):
        services.undo(batch=batch, actor=SYSTEM)
    services.undo(batch=batch, actor=SYSTEM)
    with pytest.raises(Conflict):
        services.undo(batch=batch, actor=SYSTEM)


def later_end():
    row = Appointment.objects.get(post__code="ZC1-DZ")
    people.end_appointment(appointment=row, actor=SYSTEM)


def later_person():
    people.add_person(work_number="2001", name="后来", unit=Unit.objects.get(code="ZC1"))


def later_move():
    unit_services.move_unit(unit=Unit.objects.get(code="ZC1"), parent=Unit.objects.get(code="QSL"), actor=SYSTEM)


def later_deed():
    unit_services.cover(branch=Unit.objects.get(code="DW"), unit=Unit.objects.get(code="BB"),
                        actor=Actor.post("DZ1-SJ"))


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (later_end, "任职后来又改过"),
        (later_person, "已被用到：人员 1"),
        (later_move, "隶属"),
        (later_deed, "DZ1-SJ 已经办过事"),
    ],
)
def test_an_import_on_which_later_work_rests_stays_and_says_why(later, reason):
    batch = take()
    with clock.at(clock.now() + timedelta(hours=1)):
        later()
        before = rows_in_database()
        with pytest.raises(LaterWork, match=reason):
            services.undo(batch=batch, actor=SYSTEM)
    assert rows_in_database() == before


def test_a_workbook_is_taken_once():
    batch = services.upload(file_name="", data=workbook(), actor=SYSTEM)
    services.take(batch=batch, actor=SYSTEM)
    with pytest.raises(Conflict):
        services.take(batch=batch, actor=SYSTEM)


def test_a_file_that_cannot_be_read_is_not_kept():
    with pytest.raises(UnreadableFile):
        services.upload(file_name="x.xlsx", data=b"not a workbook", actor=SYSTEM)
    assert not Batch.objects.exists()


def test_names_do_not_stay_in_old_imports():
    batch = take()
    services.upload(file_name="draft.xlsx", data=workbook(), actor=SYSTEM)
    with clock.at(clock.now() + timedelta(hours=49)):
        services.drop_old()
    batch.refresh_from_db()
    assert (batch.journal, batch.workbook) == ({}, None)
    assert Batch.objects.count() == 1
