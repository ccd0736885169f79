"""Any sheet of one's own is read or says what it is not: nothing that somebody uploads stops the recogniser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangesan.method.recognising import read
from sangesan.method.sheet_heads import HEADS, heads
from sangesan.method.sheet_rows import walk

pytestmark = pytest.mark.chapter("S3b")
HEADED = st.sampled_from([*(one for words in HEADS.values() for one in words), "序号", "得分", "扣分原因",
                          "加分事项", "加分标准", "否决情形", "考核内容及评分标准"])
SAID = st.sampled_from([
    "", "", "", "1", "10", "20分", "10%", "0.2", "5-10分", "党建工作（20分）", "三会一课", "党课（5分）", "缺一次扣1分",
    "每次加2分，最多加5分", "获市级表彰", "加2分", "一票否决", "一、安全生产", "合计", "小计", "注：扣完为止",
    "按期答复，迟报减半"])
ROW = st.one_of(st.lists(HEADED, min_size=1, max_size=6), st.lists(SAID, max_size=6), st.lists(SAID, max_size=6))
TOP = st.lists(HEADED, min_size=2, max_size=6)
SHEETS = st.builds(lambda first, more: [first, *more], TOP, st.lists(ROW, max_size=9))
MERGED = st.frozensets(st.tuples(st.integers(1, 9), st.integers(0, 5)), max_size=6)


def test_a_table_below_another_continues_no_item_of_it_though_its_heads_name_no_worth_either():
    found = read([["考核项目", "考核内容", "评分办法"], ["党建工作（20分）", "三会一课", "缺一次扣1分"],
                  ["", "党课", "缺一次扣2分"], ["序号", "加分事项", "加分标准"], ["1", "获市级表彰", "加2分"],
                  ["考核项目", "考核内容", "评分办法"], ["", "党费按月收缴", "缺一次扣3分"]])
    assert [(one.line, one.name, one.standard, one.worth) for one in found.items] == [
        (2, "三会一课", "三会一课；党课；缺一次扣1分；缺一次扣2分", "20"), (5, "获市级表彰", "获市级表彰；加2分", ""),
        (7, "党费按月收缴", "党费按月收缴；缺一次扣3分", "")]


def test_the_first_heads_again_below_another_table_are_read_as_before():
    """Read by the columns of the table between, 20 points were how points are taken, and 少一篇扣2分 the worth."""
    first = ["序号", "考核内容", "分值", "扣分标准"]
    sheet = [first, ["1", "学习", "10", "缺一次扣1分"], ["序号", "加分项目", "加分标准", "加分分值"],
             ["1", "获奖", "市级加2分", "5"], first, ["2", "宣传", "20", "少一篇扣2分"],
             ["序号", "扣分标准", "考核内容", "分值"], ["3", "缺一次扣3分", "谈心", "30"]]
    found = walk(sheet, heads(sheet)).rows
    assert [(row.said["name"], row.said["how"], row.said["worth"], row.section) for row in found if row.line != 4] == [
        ("学习", "缺一次扣1分", "10", ""), ("宣传", "少一篇扣2分", "20", ""), ("谈心", "缺一次扣3分", "30", "")]


def told(*sheet):
    """Return the items of a sheet (识别结果): name, worth, how they count, what one costs."""
    found = read([*sheet])
    return [(one.name, one.worth, one.method, one.each) for one in found.items], found.columns


def test_a_title_merged_over_the_table_is_no_head_of_the_columns_that_are_not_read():
    """Last year's points and reasons were read as how points are taken, for 考核细则 in the title is a head, too."""
    rows = [["机关科室考核细则"] * 5, ["考核内容", "考核标准", "分值", "得分", "扣分原因"],
            ["党课", "每季一次", "10", "9", "缺记录扣1分"]]
    assert told(*rows) == ([("党课", "10", "completeness", "")], ["得分", "扣分原因"])


@pytest.mark.parametrize("above", [
    [["考核内容", "分值", "扣分标准", "加分标准"]],
    [["考核内容", "分值", "评分标准", "评分标准"], ["", "", "扣分标准", "加分标准"]]])
def test_a_table_that_takes_points_and_gives_some_stands_not_beside_the_hundred(above):
    rows = [["党课", "10", "缺一次扣1分", "受表彰加1分"], ["公开", "20", "缺一次扣2分", ""]]
    assert told(*above, *rows)[0] == [("党课", "10", "deduct", "1"), ("公开", "20", "deduct", "2")]


@pytest.mark.parametrize("between", [
    [["考核内容", "加分标准", "加分分值"], ["获奖", "市级加2分", "5"], ["加分内容", "分值", "评分标准", "部门"]],
    [["加分内容", "分值", "评分标准", ""]], [["二、加分项", "", "", ""], ["内容", "最高分", "标准", ""]]])
def test_a_table_that_gives_points_is_known_wherever_its_columns_stand(between):
    first, last = ["考核内容", "分值", "扣分标准", "部门"], ["公开", "10", "缺一次扣1分", "工会"]
    given = ["先进集体", "5", "省级5分，市级3分", "工会"]
    rows = [first, ["党课", "10", "缺一次扣1分", "工会"], *between, given, first, last]
    found = {name: method for name, _worth, method, _each in told(*rows)[0]}
    assert (found["党课"], found["先进集体"], found["公开"]) == ("deduct", "add", "deduct")


@settings(max_examples=60, deadline=None)
@given(sheet=SHEETS, merged=MERGED)
def test_every_row_of_any_sheet_is_an_item_or_goes_on_with_one_or_is_named_as_none(sheet, merged):
    found, there = read(sheet, merged, ["安全生产"]), heads(sheet)
    assert all(one.name for one in found.items)
    said = {n for n, row in enumerate(sheet, start=1) if any(cell.strip() for cell in row)}
    walked = walk(sheet, there, merged).rows if there else []
    taken = {line for row in walked for line in range(row.line, row.last + 1)}
    above = set(range(there.at + 1, there.below + 1)) if there else set()
    assert said <= taken | above | {one.line for one in found.left} and taken <= set(range(1, len(sheet) + 1))
