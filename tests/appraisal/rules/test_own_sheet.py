"""An enterprise's own 考核细则: titles, merged headings, its own heads, sums and notes; what it says is kept."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.appraisal.rules.models import RuleSet
from sangesan.appraisal.rules.services import put_in_force
from sangesan.foundation.sheets.workbooks import as_it_is
from tests.appraisal.rules.test_pages import DRAFT, text

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3b")]
HEADS = ["序号", "考核项目", "考核内容及标准", "分值（分）", "评分办法", "责任部门", "备注"]
ROWS = [
    [1, "组织建设", "支部委员会每月至少召开一次，有记录", "10分", "少开一次扣2分，扣完为止", "党委组织科", ""],
    [2, "组织建设", "三会一课制度落实", 10, "缺一次扣1.5分", "党委组织科", "查记录"],
    [3, "思想政治", "职工诉求按期答复", 20, "超期一件扣1分", "信访办", ""],
    [4, "思想政治", "形势任务教育", 20, "缺一次扣2分", "党委工作部", ""],
    [5, "安全生产", "隐患按期整改", 30, "按比例计分", "安监处", ""],
    [6, "加分项", "受到上级表彰", 10, "省级加5分，最多加8分", "党委工作部", ""],
    [7, "否决项", "泄密、打击报复", "一票否决", "发生一起即否决", "纪委", ""],
    ["", "合计", "", 100, "", "", ""], ["注：本细则由党委工作部解释。", "", "", "", "", "", ""]]


def book(rows, percent=False, merged=""):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        sheet = out.add_worksheet("党支部细则")
        sheet.merge_range("A1:G1", "某矿二〇二六年基层党支部考核细则")
        for n, row in enumerate([HEADS, *rows], start=1):
            sheet.write_row(n, 0, row)
        if merged:
            sheet.merge_range(merged, rows[0][3])
        if not percent:
            sheet.merge_range("B3:B4", "组织建设")
            sheet.merge_range("B5:B6", "思想政治")
    return made.getvalue()


def sheet(rows):
    """Return a workbook of one plain sheet (单表)."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        one = out.add_worksheet("考核表")
        for n, row in enumerate(rows):
            one.write_row(n, 0, row)
    return made.getvalue()


def of_two_kinds():
    """Return a workbook of rules for branches and for teams, a copy of the one, and a sheet of notes (多表细则)."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        for name, title, rows in (
            ("党支部", "党支部考核细则", [[1, "", "党课按时上", "４０", "缺一次扣２．５分", "", ""],
                                          [2, "", "隐患按期整改", "６０", "按比例", "", ""]]),
            ("十月", "党支部考核细则", [[1, "", "党课按时上", "40", "缺一次扣２．５分", "", ""]]),
            ("区队", "区队考核细则", [[1, "", "诉求按期答复", "100分", "迟一件扣１分", "", ""]]),
            ("说明", "填表说明", [["逐项打分", "", "", "", "", "", ""]]),
        ):
            sheet = out.add_worksheet(name)
            sheet.merge_range("A1:G1", title)
            for n, row in enumerate([HEADS, *rows], start=2):
                sheet.write_row(n, 0, row)
    return made.getvalue()


def uploaded(client, data):
    return client.post("/w/rules/import/", {"name": "支部考核细则", "file": SimpleUploadedFile("细则.xlsx", data)})


def test_merged_cells_are_read_with_what_they_say():
    [sheet] = as_it_is(book(ROWS)).values()
    assert [row[1] for row in sheet.rows[2:6]] == ["组织建设", "组织建设", "思想政治", "思想政治"]


@pytest.mark.parametrize("blank", ["J1:L3", "E1:E1048576", "A9:XFD1048576", "A30:G40"])
def test_blank_cells_merged_beyond_what_is_filled_are_no_fault_and_cost_nothing(blank):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        one = out.add_worksheet("考核表")
        for n, row in enumerate((["考核项目", "分值"], ["党课", 10], ["公开", 20])):
            one.write_row(n, 0, row)
        one.merge = [[*_corners(blank)]]
    [sheet] = as_it_is(made.getvalue()).values()
    assert [row[:2] for row in sheet.rows[:3]] == [["考核项目", "分值"], ["党课", 10], ["公开", 20]] and not sheet.again


def _corners(place):
    """Return a range as the writer keeps what is merged (合并范围)."""
    (top, left), (bottom, right) = (xlsxwriter.utility.xl_cell_to_rowcol(one) for one in place.split(":"))
    return top, left, bottom, right


def test_what_the_sheet_says_becomes_the_draft_and_what_it_does_not_say_is_asked_for(assessor):
    answer = uploaded(assessor, book(ROWS))
    page = text(answer)
    assert "企业自己的表" in page and answer.context["counts"]["指标"] == (6, 1)
    assert "形势任务教育" in page and "篇目" in page
    told = {"name": "支部考核细则", "data": answer.context["data"]}
    assert assessor.post("/w/rules/import/take/", told | {"right_only": "1"}).status_code == 302
    found = {i.name: i for i in RuleSet.objects.get(code="period").indicators.all()}
    one = found["支部委员会每月至少召开一次"]
    assert (one.weight, one.method, one.tallies[0]["kind"], one.tallies[0]["points"], one.lead) == (
        1_000, "deduct", "duty.missed", 200, "党委组织科")
    assert found["三会一课制度落实"].tallies[0]["points"] == 150 and found["三会一课制度落实"].evidence == "查记录"
    assert found["职工诉求按期答复"].tallies[0]["kind"] == "matter.overdue"
    assert found["隐患按期整改"].method == "completeness" and found["受到上级表彰"].cap == 1_800
    assert (found["泄密、打击报复"].method, found["泄密、打击报复"].weight) == ("veto", 0)
    assert all(i.place and i.kinds == ["branch.party"] for i in found.values())
    assert "三会一课制度落实" in text(assessor.get(DRAFT))
    back = assessor.post("/w/rules/import/faults/", told)
    assert back.status_code == 200 and back["Content-Type"].endswith("sheet")


def test_a_row_that_says_what_one_costs_is_an_item_though_its_worth_is_open(assessor):
    rows = [[1, "加分项", "受到上级表彰", "", "每次加1分，最多5分", "", ""],
            [2, "党建", "党课按时上", "", "少一次扣2分", "", ""],
            [3, "诉求", "办结属实", 15, "虚假办结每件扣5分", "", ""],
            [4, "会议", "例会决定按期落实", 10, "按比例计分，迟办得一半", "", ""],
            ["一、组织建设", "", "", "", "", "", ""], *[["注：缺一次扣1分"] * 7] * 2]
    answer = uploaded(assessor, book(rows, percent=True))
    praised, open_, solved, decided = answer.context["tables"]["指标"].rows
    assert (praised["分值"], praised["最高"], praised["每次分值"]) == (500, 1_000, 100)
    assert open_.faults == ["缺“分值”"] and solved["数据来源"] == "solved" and decided["迟办折算"] == 50


def test_worths_written_as_percentages_are_points_of_a_hundred(assessor):
    rows = [[1, "党建", "党课按时上", 0.4, "缺一次扣2分", "", ""], [2, "安全", "隐患按期整改", 0.6, "按比例", "", ""]]
    answer = uploaded(assessor, book(rows, percent=True))
    assert [row["分值"] for row in answer.context["tables"]["指标"].rows] == [4_000, 6_000]


def test_rows_that_share_one_merged_worth_are_one_item_with_all_they_say(assessor):
    rows = [[1, "党建", "党课按时上", 60, "缺一次扣2分", "组织科", ""],
            [2, "党建", "党员大会按时开", "", "缺一次扣3分", "", ""],
            [3, "安全", "隐患按期整改", 40, "按比例", "安监处", ""]]
    answer = uploaded(assessor, book(rows, percent=True, merged="D3:D4"))
    first, second = answer.context["tables"]["指标"].rows
    assert (first["分值"], second["分值"], first["每次分值"]) == (6_000, 4_000, 200)
    assert first["考核标准"] == "党课按时上；党员大会按时开；缺一次扣2分；缺一次扣3分" and first["牵头部门"] == "组织科"


def test_a_long_standard_is_taken_whole_and_one_that_is_too_long_is_named(assessor):
    long, longer = "党课按时上，" + "有备课、有签到、有讨论记录。" * 30, "支委会按时开，" + "有议题、有记录。" * 150
    rows = [[1, "", long, 40, "缺一次扣2分", "", ""], [2, "", longer, 60, "缺一次扣2分", "", ""]]
    answer = uploaded(assessor, book(rows, percent=True))
    assert answer.context["counts"]["指标"] == (1, 1) and "1000" in text(answer)
    told = {"name": "支部考核细则", "data": answer.context["data"], "right_only": "1"}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302
    assert long in RuleSet.objects.get(code="period").indicators.get().standard


@pytest.mark.parametrize("rows", [[], [["甲", "", "", "", "", "", ""]]])
def test_a_sheet_in_which_nothing_is_recognised_is_refused_with_the_way_on(assessor, rows):
    assert "请下载模板" in text(uploaded(assessor, book(rows, percent=True)), 422)


def test_every_sheet_of_a_workbook_is_taken_each_for_its_kind_of_units_and_a_copy_once(assessor):
    answer = uploaded(assessor, of_two_kinds())
    assert {one.sheet: one.items for one in answer.context["recognised"]} == {
        "党支部": 2, "十月": 0, "区队": 1, "说明": 0}
    rows = answer.context["tables"]["指标"].rows
    assert [(r["指标"], r["单位类别"], r["分值"], r["每次分值"]) for r in rows] == [
        ("党课按时上", ["党支部"], 4_000, 250), ("隐患按期整改", ["党支部"], 6_000, None),
        ("诉求按期答复", ["区队"], 10_000, 100)]
    assert "没有取用" in text(answer) and "1 项" in text(answer)


def test_a_draft_that_an_import_would_replace_is_named_before_it_is_gone(assessor):
    first = uploaded(assessor, of_two_kinds())
    assert "替换现有草案“基层党支部和区队考核办法”第 1 版" in text(first)
    assessor.post("/w/rules/import/take/", {"name": "旧细则", "data": first.context["data"], "right_only": "1"})
    assert "替换现有草案“旧细则”第 1 版" in text(uploaded(assessor, of_two_kinds()))
    assessor.post(f"{DRAFT}discard/")
    assert "替换现有草案" not in text(uploaded(assessor, of_two_kinds()))


def test_items_of_another_own_sheet_are_compared_by_what_they_are_and_not_by_their_rows(assessor):
    heads = ["考核内容", "分值", "扣分标准"]
    for rows in ([["党课按时上", 40, "缺一次扣2分"], ["诉求按期答复", 60, "超期一件扣1分"]],
                 [["警示教育", 10, "缺一次扣1分"], ["诉求按期答复", 50, "超期一件扣1分"],
                  ["支委会按时开", 40, "缺一次扣2分"]]):
        sent = uploaded(assessor, sheet([heads, *rows])).context["data"]
        assert assessor.post("/w/rules/import/take/", {"name": "细则", "data": sent}).status_code == 302
        row = RuleSet.objects.filter(code="period").latest("version")
        if row.version == 1:
            put_in_force(rule_set=row.pk, since=date(2026, 11, 1))
    told = assessor.get("/w/rules/period/2/").context["changes"]
    assert [(one["word"], one["name"], len(one["parts"])) for one in told] == [
        ("新增", "警示教育", 0), ("修改", "诉求按期答复", 3), ("新增", "支委会按时开", 0), ("取消", "党课按时上", 0)]
    assert {str(part["word"]) for part in told[1]["parts"]} == {"分值", "满分", "最高"}


def test_heads_that_say_two_things_or_are_called_otherwise_are_read_too(assessor):
    rows = [["项目", "检查内容", "考核标准及扣分办法", "标准分", "得分", "扣分原因", "责任单位"],
            ["党务", "三会一课", "每缺1次扣1分", 15, "", "", "组织科"],
            ["安全", "安全生产", "轻伤一人次扣10分；重伤以上一票否决", 30, "", "", "安监处"],
            ["加分", "市级以上表彰", "市级+2，省级+5，上限5分", "", "", "", ""],
            ["否决", "泄密", "发生即一票否决", 0, "", "", "纪委"]]
    life, safe, praised, leak = uploaded(assessor, sheet(rows)).context["tables"]["指标"].rows
    assert (life["计分方法"], life["每次分值"], life["牵头部门"]) == ("deduct", 100, "组织科")
    assert "每缺1次扣1分" in life["考核标准"]
    assert (safe["计分方法"], safe["分值"], safe["每次分值"]) == ("deduct", 3_000, 1_000), "worth points: no veto"
    assert (praised["计分方法"], praised["分值"], praised["最高"]) == ("add", 500, 1_000)
    assert any("每次分值" in fault for fault in praised.faults), "who praised decides how much: it is asked for"
    assert (leak["计分方法"], leak["分值"]) == ("veto", 0)


@pytest.mark.parametrize(("calculated", "lead"), [("计算方法", "考核部门"), ("考核方式", "主管部门")])
def test_a_sheet_of_key_figures_is_read(assessor, calculated, lead):
    rows = [["序号", "指标名称", "权重", "目标值", calculated, lead],
            [1, "隐患整改率", "60%", "98%", "每低1个百分点扣1分", "安监处"],
            [2, "三违起数", "40%", "≤5", "每超1起扣2分", "安监处"]]
    hazards, breaches = uploaded(assessor, sheet(rows)).context["tables"]["指标"].rows
    assert (hazards["分值"], hazards["每次分值"], hazards["数据来源"]) == (6_000, 100, "hazard")
    assert hazards["牵头部门"] == "安监处"
    assert (breaches["考核标准"], breaches["每次分值"]) == ("三违起数；≤5；每超1起扣2分", 200)


def test_sums_however_they_are_set_and_rows_that_only_head_those_below_are_no_items(assessor):
    rows = [["序号", "考核项目", "考核内容", "分值", "扣分标准", "考核部门"],
            ["一", "安全生产", "", 40, "", ""], [1, "", "隐患按期整改", 30, "逾期一条扣1分", "安监处"],
            [2, "", "安全学习", 10, "缺一次扣2分", "培训科"],
            ["二", "党建", "", 60, "", ""], [1, "", "党课按时上", 60, "缺一次扣5分", "组织科"],
            ["合　计", "", "", 100, "", ""], ["", "总 分", "", 100, "", ""]]
    found = uploaded(assessor, sheet(rows)).context["tables"]["指标"].rows
    assert [(row["指标"], row["分值"]) for row in found] == [
        ("隐患按期整改", 3_000), ("安全学习", 1_000), ("党课按时上", 6_000)]


def test_sheets_beside_the_hundred_points_are_read_for_the_units_of_the_sheet_before(assessor):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        for name, rows in {
            "区队考核": [["考核内容", "分值", "评分办法"], ["诉求按期答复", 100, "超期一件扣1分"]],
            "加分项": [["序号", "加分项目", "加分标准", "加分上限"], [1, "省部级表彰", "每项加3分", "5分"]],
            "一票否决": [["序号", "否决事项", "责任部门"], [1, "泄露职工反映、打击报复", "纪委"],
                         ["注：由纪委核定", "", ""]],
        }.items():
            one = out.add_worksheet(name)
            for n, row in enumerate(rows):
                one.write_row(n, 0, row)
    answer = uploaded(assessor, made.getvalue())
    assert {one.sheet: one.items for one in answer.context["recognised"]} == {"区队考核": 1, "加分项": 1, "一票否决": 1}
    _hundred, praised, leak = answer.context["tables"]["指标"].rows
    assert (praised["计分方法"], praised["分值"], praised["每次分值"], praised["最高"]) == ("add", 500, 300, 1_000)
    assert (leak["计分方法"], leak["分值"], leak["牵头部门"]) == ("veto", 0, "纪委")
    assert praised["单位类别"] == leak["单位类别"] == ["区队"]


def test_items_about_one_meeting_of_organisation_life_read_that_one_and_stand_in_its_section(assessor):
    rows = [["考核内容", "分值", "扣分标准"], *([said, 10, "缺一次扣2分"] for said in (
        "党员大会每季度一次", "支委会每月一次", "党小组会每月一次", "党课每季度一次", "主题党日每月一次",
        "三会一课制度落实", "党员大会、支委会按期开"))]
    found = uploaded(assessor, sheet(rows)).context["tables"]["指标"].rows
    assert [row["数据来源"] for row in found] == [
        "assembly", "committee", "group", "lecture", "party_day", "branch", "branch"]
    assert [row["篇目"] for row in found][:5] == ["支部党员大会", "支部委员会", "党小组会", "党课", "主题党日"]
    assert not any(row.faults for row in found)
