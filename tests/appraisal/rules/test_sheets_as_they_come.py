"""Own sheets of rules in the forms that enterprises use: nothing is passed over without being named."""

import io

import pytest
import xlsxwriter

from sangesan.foundation.sheets import workbooks
from tests.appraisal.rules.test_own_sheet import sheet, uploaded
from tests.appraisal.rules.test_pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3b")]
HEADS = ["考核内容", "分值", "扣分标准"]


def merged(rows, *places, name="党支部"):
    """Return a workbook of one sheet with merged cells (合并的表)."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        one = out.add_worksheet(name)
        for n, row in enumerate(rows):
            one.write_row(n, 0, row)
        for place in places:
            top, left = (ord(place[0]) - 65, int(place[1:place.index(":")]) - 1)
            one.merge_range(place, rows[left][top])
    return made.getvalue()


def read(assessor, data):
    """Return what a sheet gave (识别结果), its rows as (name, points, each), and the page."""
    answer = uploaded(assessor, data)
    rows = answer.context["tables"]["指标"].rows
    return answer.context["recognised"][0], [(r["指标"], r["分值"], r["每次分值"]) for r in rows], answer


def left(one):
    return {row.line: str(row.why) for row in one.left}


def test_a_heading_that_names_a_field_is_the_field_of_its_items_and_others_are_told(assessor):
    rows = [["考核领域", "考核内容", "分值", "扣分标准"], ["一、安全\n生产（50分）", "困难帮扶走访", 25, "少一户扣1分"],
            ["", "安全宣讲", 25, "缺一次扣1分"], ["治安稳定", "隐患按期整改", 30, "逾期一条扣1分"],
            ["队伍素质", "支委会每月召开", 20, "缺一次扣2分"]]
    one, _rows, answer = read(assessor, sheet(rows))
    assert [row["领域"] for row in answer.context["tables"]["指标"].rows] == ["safety", "safety", "order", "building"]
    assert one.headings == ["队伍素质"] and "考核项目“队伍素质”不是本企业的考核领域" in text(answer)


def test_a_standard_that_charges_petitions_is_told_with_its_row_of_the_own_sheet(assessor):
    rows = [["某矿考核表", "", ""], HEADS, ["诉求按期答复", 50, "超期一件扣1分，造成上访的每起扣5分"],
            ["支委会按时开", 50, "缺一次扣2分"]]
    _one, _rows, answer = read(assessor, sheet(rows))
    [(place, name, faults)] = answer.context["faults"]
    assert (place, name) == ("考核表 第 3 行", "诉求按期答复") and "反映多少不能影响得分" in faults[0]
    veto = uploaded(assessor, sheet([["序号", "否决情形"], [1, "职工群众越级上访"], [2, "泄露举报人信息"]]))
    assert [name for _place, name, _faults in veto.context["faults"]] == ["职工群众越级上访"]
    told = {"name": "x", "data": answer.context["data"]}
    back = assessor.post("/w/rules/import/faults/", told).content
    again = uploaded(assessor, back)
    assert again.context["recognised"] == [] and again.context["faults"][0][0] == "指标 第 2 行", "its own rows now"


def test_columns_and_rows_that_are_not_taken_are_listed_with_why(assessor):
    rows = [["党支部考核细则", "", "", "", ""], ["说明：满分100分，扣分标准按本表", "", "", "", ""],
            ["考核内容", "分值", "扣分标准", "检查人", "得分"],
            ["日常管理", 30, "", "", ""], ["支委会按时开", 30, "缺一次扣2分", "张三", ""],
            ["家属走访", "", "", "", ""], ["班子团结", "—", "视情况", "", ""],
            ["宣讲", "5-10分", "酌情", "", "", "手写"], ["考核内容", "分值", "扣分标准", "检查人", "得分"],
            ["诉求按期答复", 50, "超期一件扣1分，拖延扣2分", "", ""],
            ["分值合计", 100, "", "", ""], ["注：扣完为止", "", "", "", ""]]
    one, found, answer = read(assessor, sheet(rows))
    assert found == [("支委会按时开", 3_000, 200), ("宣讲", None, None), ("诉求按期答复", 5_000, 100)]
    assert one.columns == ["检查人", "得分", "第F列（没有表头）"] and one.sums == ("100", "80")
    assert left(one) == {
        1: "表头以上的文字", 2: "表头以上的文字", 4: "当作小标题：分值是下面各项之和", 6: "小标题",
        7: "没有分值，也没有写怎样扣分加分", 8: "分值写作“5-10分”，读不出是几分", 9: "重复的表头",
        10: "写了几种分值：1、2；每次分值先取 1，其余由考核员登记", 11: "合计行", 12: "说明文字"}
    page = text(answer)
    assert "没有读取的列：检查人、得分" in page and "原表合计 100 分，认出的各项合计 80 分" in page
    assert "第 4 行 · 日常管理 30：当作小标题" in page
    every = {row.line for row in one.left} | {5, 8, 10} | {3}
    assert every == set(range(1, 13)), "each row is an item, the heads, or named"


def test_rows_that_repeat_another_and_sheets_that_are_too_large_are_named(assessor, monkeypatch):
    item = ["支委会按时开", 50, "缺一次扣2分"]
    one, found, _answer = read(assessor, sheet([HEADS, item, item]))
    assert len(found) == 1 and left(one) == {3: "与 考核表 第 2 行 相同，不再取用"}
    monkeypatch.setattr(workbooks, "SHEETS", 1)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        for name in ("一", "二"):
            for n, row in enumerate([HEADS, item]):
                (out.get_worksheet_by_name(name) or out.add_worksheet(name)).write_row(n, 0, row)
    assert "超过 1 张，这一张没有读" in text(uploaded(assessor, made.getvalue()))


def test_two_rows_of_heads_are_read_as_one(assessor):
    rows = [["序号", "考核项目", "考核内容", "分值", "考核评分", "", "责任部门"],
            ["", "", "", "", "扣分标准", "得分", ""],
            [1, "党建", "支委会每月召开", "１０", "缺一次扣２分，扣完为止", "", "组织科"]]
    places = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2")
    for data in (merged(rows, *places), merged(rows, "E1:F1")):
        one, found, answer = read(assessor, data)
        assert found == [("支委会每月召开", 1_000, 200)] and one.columns == ["得分"]
        assert answer.context["tables"]["指标"].rows[0]["牵头部门"] == "组织科"


def test_points_in_brackets_count_where_there_is_no_column_of_them(assessor):
    rows = [["序号", "考核项目", "考核内容", "评分标准"], [1, "党建（40分）", "三会一课", "缺一次扣2分"],
            ["", "", "党课", "缺一次扣2分"], [2, "信访（60分）", "诉求按期答复(20分)", "超期一件扣1分"],
            [3, "", "厂务公开(40分)", "少一次扣2分"]]
    _one, found, answer = read(assessor, merged(rows, "B2:B3", "B4:B5"))
    assert [(points, each) for _name, points, each in found] == [(4_000, 200), (2_000, 100), (4_000, 200)]
    assert "党课" in answer.context["tables"]["指标"].rows[0]["考核标准"]


def test_headings_within_a_sheet_and_further_rows_of_an_item_are_kept_with_it(assessor):
    rows = [["序号", "考核内容", "标准分", "考核办法", "责任部门"], ["一", "党建", "", "", ""],
            [1, "支委会按时开", 100, "缺一次扣2分", "组织科"], ["", "", "", "记录不全扣2分", ""],
            ["二", "加分项", "", "", ""], [1, "受到上级表彰", "", "每次加1分，最多加5分", "党委工作部"],
            ["三", "一票否决", "", "", ""], [1, "发生重伤以上事故", "", "", "安监处"],
            ["序号", "加分项目", "加分标准", "加分上限", ""], [1, "经验被推广", "每项加2分", 6, ""]]
    one, _found, answer = read(assessor, sheet(rows))
    told = [(r["指标"], r["计分方法"], r["分值"]) for r in answer.context["tables"]["指标"].rows]
    assert told == [("支委会按时开", "deduct", 10_000), ("受到上级表彰", "add", 500),
                    ("发生重伤以上事故", "veto", 0), ("经验被推广", "add", 600)]
    assert "记录不全扣2分" in answer.context["tables"]["指标"].rows[0]["考核标准"]
    assert left(one) == {2: "小标题", 5: "小标题", 7: "小标题", 9: "重复的表头"}


@pytest.mark.parametrize(("written", "points", "how", "each"), [
    ("满分10分", 1_000, "逾期一条减1分", 100), ("20（含加分5分）", 2_000, "少一次扣2", 200),
    ("15 分", 1_500, "每缺一次-2分", 200), ("１０％", 1_000, "每低10%扣１分", 100), (10, 1_000, "扣发100元", None)])
def test_points_and_deductions_are_read_however_they_are_written(assessor, written, points, how, each):
    rows = [HEADS, ["支委会按时开", written, how], ["诉求按期答复", 70, "按比例"]]
    _one, found, _answer = read(assessor, sheet(rows))
    assert found[0] == ("支委会按时开", points, each)


def test_of_two_columns_of_worths_that_of_the_item_counts_and_one_head_may_say_all(assessor):
    rows = [["一级指标", "权重", "二级指标", "分值", "评分标准"], ["安全", 0.4, "隐患整改率", 0.25, "每低1%扣1分"],
            ["", "", "走动巡查", 0.15, "少一次扣1分"], ["党建", 0.6, "主题党日", 0.6, "少1次扣2分"]]
    one, found, _answer = read(assessor, merged(rows, "A2:A3", "B2:B3"))
    assert [points for _name, points, _each in found] == [2_500, 1_500, 6_000] and one.columns == ["权重"]
    rows = [["序号", "考核内容及评分标准", "分值"], [1, "1.厂务公开每月一次，少一次扣2分", 40],
            [2, "2.劳动竞赛按计划开展，少一次扣3分", 60]]
    assert read(assessor, sheet(rows))[1] == [("厂务公开每月一次", 4_000, 200), ("劳动竞赛按计划开展", 6_000, 300)]


def test_halves_beside_each_other_are_named_and_numbers_before_an_item_are_none_of_its_words(assessor):
    one, found, _answer = read(assessor, sheet([["考核内容", "分值", "考核内容", "分值"], ["支委会", 50, "党课", 50]]))
    assert found == [("支委会", 5_000, None)] and one.columns == ["考核内容", "分值"]
    rows = [["大项", "考核内容", "", "分值", "评分标准"], ["党建", 1, "支委会每月一次", 20, "缺一次扣2分"],
            ["否决项", 2, "泄密", "否决", "一票否决"], ["", 3, "党课每季一次", "加5分", "每次加1分"]]
    one, found, answer = read(assessor, merged(rows, "B1:C1", name="综采一队月度考核"))
    assert [name for name, *_rest in found] == ["支委会每月一次", "泄密", "党课每季一次"] and one.kind == "区队"
    assert [row["计分方法"] for row in answer.context["tables"]["指标"].rows] == ["deduct", "veto", "add"]


def test_a_head_over_two_columns_and_names_in_the_column_of_headings(assessor):
    rows = [["考核项目", "", "考核标准", "分值", "扣分办法"], ["和谐创建", "联系点", "每月到一次", 60, "少一次扣5分"],
            ["安全生产", "走动巡查", "每月四次", 40, "少一次扣5分"]]
    _one, found, answer = read(assessor, merged(rows, "A1:B1"))
    assert [name for name, *_rest in found] == ["联系点", "走动巡查"]
    assert [row["领域"] for row in answer.context["tables"]["指标"].rows] == ["harmony", "safety"]
    rows = [["考核项目", "考核标准", "分值", "扣分办法"], *([name, "每季度一次", 30, "少一次扣5分"] for name in (
        "警示教育", "厂务公开", "劳动竞赛"))]
    one, found, answer = read(assessor, sheet(rows))
    assert [name for name, *_rest in found] == ["警示教育", "厂务公开", "劳动竞赛"] and one.headings == []
    assert [row["数据来源"] for row in answer.context["tables"]["指标"].rows] == ["integrity", "openness", "union"]


def test_two_heads_that_only_part_how_points_are_taken_are_read_as_that(assessor):
    rows = [["被考核单位：", "", "考核时间：", "", "", ""],
            ["序号", "考核内容", "分值", "评分标准", "", "考核部门"], ["", "", "", "扣分", "加分", ""],
            [1, "支委会每月召开", 10, "缺一次扣2分，记录不全扣1-3分", "", "组织科"],
            [2, "不发生集体上访", 5, "发生一起扣5分", "", "信访办"]]
    one, found, answer = read(assessor, merged(
        rows, "A1:B1", "C1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"))
    assert found[0] == ("支委会每月召开", 1_000, 200) and one.columns == []
    assert left(one)[4] == "写了几种分值：2、1、3；每次分值先取 2，其余由考核员登记"
    assert "按上访、诉求多少扣分" in text(answer), "what it takes is read, so what it charges is told"


def test_a_row_of_heads_of_another_table_is_no_item_whatever_stands_in_it(assessor):
    rows = [["序号", "加分内容", "加分标准", "审定部门"], [1, "省部级荣誉", "每项加3分，最多加6分", "党委工作部"],
            ["序号", "否决事项", "否决标准", "审定部门"], [1, "打击报复", "一票否决", "纪委"]]
    one, found, _answer = read(assessor, sheet(rows))
    assert [name for name, *_ in found] == ["省部级荣誉", "打击报复"] and left(one) == {3: "重复的表头"}
    assert one.columns == ["审定部门"]


def test_what_one_costs_may_stand_in_a_column_of_numbers_beside_what_a_row_may_get(assessor):
    rows = [["序号", "检查项目", "检查标准", "应得分", "扣分标准（分/次）", "实得分"],
            [1, "班务公开", "考勤、工分每天公开", 20, -2, ""], ["合计", "", "", 20, "", ""]]
    _one, found, answer = read(assessor, sheet(rows))
    assert found == [("班务公开", 2_000, 200)]


@pytest.mark.parametrize(("above", "head", "kind"), [
    ([[], [], [], ["机关科室考核表"]], "责任部门", "科室"), ([["考核表"]], "责任科室", "党支部"),
    ([["机关科室考核表"], ["单位："], ["说明：党支部先自评，再由组织科复核"]], "责任部门", "科室")])
def test_the_title_says_whose_rules_they_are_wherever_it_stands_and_the_heads_do_not(assessor, above, head, kind):
    rows = [*above, ["考核内容", "分值", "扣分标准", head], ["支委会按时开", 10, "缺一次扣2分", "组织科"]]
    one, _found, _answer = read(assessor, sheet(rows))
    assert one.kind == kind


@pytest.mark.parametrize(("title", "places"), [
    (["机关科室考核细则", "", "", ""], ["A1:D1"]), (["机关科室考核细则", "", "编制：", ""], ["A1:B1", "C1:D1"])])
def test_a_title_merged_over_the_table_says_whose_rules_they_are_and_is_no_head(assessor, title, places):
    rows = [title, [*HEADS, "得分"], ["支委会按时开", 10, "缺一次扣2分", ""]]
    one, found, _answer = read(assessor, merged(rows, *places, name="考核表"))
    assert (one.kind, one.columns, left(one)) == ("科室", ["得分"], {1: "表头以上的文字"})
    assert found == [("支委会按时开", 1_000, 200)]


def test_why_a_sheet_of_ones_own_is_not_taken_is_said_of_that_sheet(assessor, monkeypatch):
    item = ["支委会按时开", 50, "缺一次扣2分"]
    assert "没有认出考核项：要有一行表头" in text(uploaded(assessor, sheet([["考核细则"]])), 422)
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    assert "工作表“考核表”超过 3 行" in text(uploaded(assessor, sheet([HEADS, *[item] * 9])), 422)
    monkeypatch.undo()
    rows = [[f"第{n}件事", 1, "缺一次扣0.1分"] for n in range(401)]
    assert "认出 401 项，一份办法最多 400 项" in text(uploaded(assessor, sheet([HEADS, *rows])), 422)


def test_more_items_than_a_kind_of_unit_may_have_are_told_in_the_preview(assessor):
    rows = [[f"党课第{n}讲", 1, "缺一次扣0.1分"] for n in range(42)]
    answer = uploaded(assessor, sheet([HEADS, *rows]))
    assert answer.context["counts"]["指标"] == (40, 2) and "党支部已经有 40 项，这一项多出来了" in text(answer)
    told = {"name": "细则", "data": answer.context["data"], "right_only": "1"}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302


def test_a_hidden_sheet_is_not_read_and_named(assessor):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        for name in ("党支部", "去年"):
            for n, row in enumerate([HEADS, [f"{name}支委会按时开", 50, "缺一次扣2分"]]):
                (out.get_worksheet_by_name(name) or out.add_worksheet(name)).write_row(n, 0, row)
        out.get_worksheet_by_name("去年").hide()
    answer = uploaded(assessor, made.getvalue())
    assert [r["指标"] for r in answer.context["tables"]["指标"].rows] == ["党支部支委会按时开"]
    assert "去年：隐藏的表，没有读" in text(answer)


def test_a_hidden_sheet_is_not_all_that_is_said_where_the_one_that_is_seen_has_no_heads(assessor):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as out:
        out.add_worksheet("考核表").write_row(0, 0, ["考核细则"])
        out.add_worksheet("选项").hide()
    said = text(uploaded(assessor, made.getvalue()), 422)
    assert "工作表“选项”隐藏的表，没有读" in said and "没有认出考核项：要有一行表头" in said
