"""Workbooks (工作簿): what is refused before a row is looked at."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from sangesan.foundation.sheets import giving, workbooks
from sangesan.foundation.sheets.columns import CellError, Choice, Day, Sheet, Text, Whole
from sangesan.foundation.sheets.text import UnreadableFile
from sangesan.foundation.sheets.workbooks import read_workbook

SHEET = Sheet("人员", (Text("工号", True), Text("姓名"), Day("日期")), most=10)


def book(fill):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        fill(made)
    return out.getvalue()


def plain(*rows, name="人员"):
    return giving.workbook({name: rows})


def test_merged_cells_are_refused_with_their_place():
    def fill(made):
        page = made.add_worksheet("人员")
        page.write_row(0, 0, ["工号", "姓名", "日期"])
        page.merge_range(1, 0, 2, 1, "合并")

    with pytest.raises(UnreadableFile, match="A2:B3"):
        read_workbook(book(fill), [SHEET])


def test_a_title_above_the_heads_may_be_there_and_may_be_merged():
    def fill(made):
        page = made.add_worksheet("人员")
        page.merge_range(0, 0, 0, 2, "青石岭矿人员表")
        page.write_row(2, 0, ["工号*", "姓名", "日期"])
        page.write_row(3, 0, ["1001", "王大力"])

    [row] = read_workbook(book(fill), [SHEET])["人员"].rows
    assert (row.line, row["工号"], row["姓名"]) == (4, "1001", "王大力")


@pytest.mark.parametrize("inside, why", [
    (b"Workbook", "旧的 .xls 格式"), ("EncryptedPackage".encode("utf-16-le"), "加了密码"),
])
def test_an_old_or_a_locked_workbook_is_told_from_what_is_none(inside, why):
    with pytest.raises(UnreadableFile, match=why):
        read_workbook(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + inside + bytes(3000), [SHEET])


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken", "工号,姓名\n1,王".encode()])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(UnreadableFile):
        read_workbook(data, [SHEET])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/worksheets/sheet1.xml", "0" * 2000)
    with pytest.raises(UnreadableFile, match="太大"):
        read_workbook(packed.getvalue(), [SHEET])


def test_too_many_rows_are_refused():
    with pytest.raises(UnreadableFile, match="超过 10 行"):
        read_workbook(plain(["工号"], *[[n] for n in range(1, 12)]), [SHEET])


def test_a_missing_or_doubled_column_is_named():
    with pytest.raises(UnreadableFile, match="缺“工号”列"):
        read_workbook(plain(["姓名"], ["王强"]), [SHEET])
    with pytest.raises(UnreadableFile, match="有两列“工号”"):
        read_workbook(plain(["工号", "工号*"], [1, 2]), [SHEET])


def test_a_workbook_without_a_known_sheet_is_refused():
    with pytest.raises(UnreadableFile, match="没有名为 人员"):
        read_workbook(plain(["工号"], name="Sheet1"), [SHEET])


def test_blank_rows_and_rows_above_the_header_do_not_shift_the_lines():
    table = read_workbook(plain([], ["工号*", "姓名"], ["1", "王"], [], ["2", "李"]), [SHEET])["人员"]
    assert [(row.line, row["工号"]) for row in table.rows] == [(3, "1"), (5, "2")]


def test_what_looks_like_a_formula_stays_text():
    data = giving.with_faults(read_workbook(plain(["工号", "姓名"], ["1", "=1+1"]), [SHEET]).values())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "cell",
    [date(2026, 3, 2), datetime(2026, 3, 2, 8), "2026-3-2", "2026/03/02", "2026.3.2", "2026年3月2日", 20260302.0],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert Day("日期").value(cell) == date(2026, 3, 2)


@pytest.mark.parametrize("cell", ["2026-13-01", "明天", 46083, "0001-01-01", "2026-02-30"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(CellError, match="不是日期"):
        Day("日期").value(cell)


def test_numbers_and_choices_keep_to_their_bounds():
    assert Whole("顺序", most=9).value(3.0) == 3
    for wrong in ("十", "3.5", 10, -1):
        with pytest.raises(CellError):
            Whole("顺序", most=9).value(wrong)
    with pytest.raises(CellError, match="可选：是、否"):
        Choice("负责人", choices={"是": 1, "否": 0}).value("对")
    with pytest.raises(CellError, match="缺“工号”"):
        Text("工号", True).value("  ")
