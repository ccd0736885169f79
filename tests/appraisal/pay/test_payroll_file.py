"""The payroll file: it agrees with the pool, and whatever is edited in it is found when it comes back."""

import io
from datetime import date

import pytest
import xlsxwriter

from sangesan.appraisal.pay import queries, services
from sangesan.appraisal.pay.models import Export
from sangesan.foundation import clock
from sangesan.foundation.sheets import giving
from sangesan.ledger.audit.models import AuditEntry
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import named
from tests.appraisal.pay.test_pay import corrected, decided, mine, october, read, shared
from tests.builders import unit
from tests.facts import at
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3d")]
__all__ = ["decided", "mine", "october"]


def test_the_payroll_file_agrees_with_the_pool_is_logged_and_holds_no_formula(mine, october):
    mine.persons["w1"].name = "=cmd()"
    mine.persons["w1"].save()
    pool = shared(mine, october)
    made = services.export(scope=mine.scope("payroll"), number=pool.number)
    book = read(made)
    rows = [row for row in book["工资表"][1:] if row[2]]
    assert sum(round(row[10] * 100) for row in rows) == 900_000 == round(book["汇总"][3][3] * 100)
    assert rows[0][3] == "'=cmd()" and "不得外传" in book["工资表"][-1][0]
    assert AuditEntry.objects.filter(event="export.made", subject=pool.subject).get().detail == {"rows": 4}
    assert Export.objects.get().pool == pool


def test_a_payroll_file_that_was_edited_and_sent_back_is_found(mine, october):
    pool, scope = shared(mine, october), mine.scope("payroll")
    made = services.export(scope=scope, number=pool.number)
    assert services.check(scope=scope, number=pool.number, file=made) == (True, [])
    sheets = read(made)
    assert services.check(scope=scope, number=pool.number, file=giving.workbook(sheets)) == (False, [])
    sheets["工资表"][1][10] = 99999.99
    edited = giving.workbook(sheets)
    same, [found] = services.check(scope=scope, number=pool.number, file=edited)
    assert not same and (found.number, found.theirs) == ("2001", 9_999_999)
    file = io.BytesIO(edited)
    file.name = "工资表.xlsx"
    text = signed_in(mine.persons["payroll"]).post(f"/w/pay/{pool.number}/check/", {"file": file}).content.decode()
    assert "文件被改动过" in text and "99,999.99。</p>" in text


def _doubled(sheets):
    sheets["工资表"].insert(1, [*sheets["工资表"][1][:10], 1])


def _unnamed(sheets):
    sheets["工资表"].insert(1, ["", "", "", "某人", 1, 100, 31, 1, 5000, 0, 5000])


def _renamed(sheets):
    sheets["工资表"][1][3] = "别人"


def _less(sheets):
    sheets["工资表"][1][10] = "无"


def _another_sum(sheets):
    sheets["汇总"][1][3] = 1


def _another_count(sheets):
    sheets["汇总"][1][2] += 1


def _weighed_otherwise(sheets):
    sheets["工资表"][1][7] = 1.5


def _of_another_month(sheets):
    sheets["核对"][2][1] = "2026-AAAAAA"
    sheets["工资表"].pop(1)


@pytest.mark.parametrize(("edit", "number", "word"), [
    (_weighed_otherwise, "2001", "改过的是“系数”"), (_of_another_month, "", "文件 2026-AAAAAA"),
    (lambda sheets: sheets.pop("核对"), "", "看不出是哪一期的"),
    (_doubled, "2001", "写了 2 行"), (_unnamed, "", "系统没有这一行"), (_renamed, "2001", "改过的是“姓名”"),
    (_less, "2001", "金额不是数"), (_another_count, "", "改过的是“人数”"), (_another_sum, "", "文件 1.00"),
    (lambda sheets: sheets["工资表"].pop(1), "2001", "文件里没有这一行"),
])
def test_whatever_is_edited_in_a_payroll_file_is_found(mine, october, edit, number, word):
    pool, scope = shared(mine, october), mine.scope("payroll")
    sheets = read(services.export(scope=scope, number=pool.number))
    assert services.check(scope=scope, number=pool.number, file=giving.workbook(sheets)) == (False, [])
    edit(sheets)
    same, [found] = services.check(scope=scope, number=pool.number, file=giving.workbook(sheets))
    assert not same and found.number == number and word in found.word


def test_a_file_whose_numbers_were_saved_as_text_is_the_same(mine, october):
    """Some programs save every cell as they show it, with commas and two digits."""
    pool, scope = shared(mine, october), mine.scope("payroll")
    sheets = read(services.export(scope=scope, number=pool.number))
    for rows in sheets.values():
        rows[1:] = [[cell if isinstance(cell, str) or of in ("出勤天数", "人数") else f"{cell:,.2f}"
                     for of, cell in zip(rows[0], row, strict=False)] for row in rows[1:]]
    assert services.check(scope=scope, number=pool.number, file=giving.workbook(sheets)) == (False, [])
    sheets["核对"][3][1] = "1.00"
    [found] = services.check(scope=scope, number=pool.number, file=giving.workbook(sheets))[1]
    assert found.unit == "奖金池"


def test_a_file_given_out_before_a_top_up_is_known_and_told_to_be_old(mine, october):
    pool, scope = shared(mine, october), mine.scope("payroll")
    old = services.export(scope=scope, number=pool.number)
    corrected(mine)
    with clock.at(at(date(2026, 12, 1))):
        services.adjust(scope=scope, number=pool.number)
        same, found = services.check(scope=scope, number=pool.number, file=old)
    assert same and {one.number for one in found} == {"2003", "2004", ""}


def test_a_column_that_the_clerk_took_out_is_not_asked_for(mine, october):
    pool, scope = shared(mine, october), mine.scope("payroll")
    sheets = read(services.export(scope=scope, number=pool.number))
    sheets["工资表"] = [[*row[:4], *row[8:]] for row in sheets["工资表"]]
    assert services.check(scope=scope, number=pool.number, file=giving.workbook(sheets)) == (False, [])


def test_a_formula_in_a_file_that_came_back_is_found_though_it_shows_the_right_sum(mine, october):
    pool, scope = shared(mine, october), mine.scope("payroll")
    sheets, out = read(services.export(scope=scope, number=pool.number)), io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                page.write_row(line, 0, cells)
            if name == "工资表":
                page.write_formula(1, 10, "=I2+J2", None, rows[1][10])
    same, [found] = services.check(scope=scope, number=pool.number, file=out.getvalue())
    assert not same and "公式" in found.word


def test_a_payroll_file_says_of_which_period_and_pool_it_is(mine, october):
    pool = shared(mine, october)
    book = read(services.export(scope=mine.scope("payroll"), number=pool.number))
    assert book["核对"][1:3] == [["期间", "月度 2026-10"], ["编号", pool.number]]
    assert all(pool.number in rows[-1][0] for rows in book.values())


def test_a_quarter_is_called_a_quarter_and_not_by_its_last_month(mine, october):
    pool = shared(mine, october)
    assert str(queries.proof(pool)["期间"]) == "月度 2026-10"
    pool.run.period, pool.run.since = "quarter", date(2026, 10, 1)
    pool.run.until = date(2026, 12, 31)
    assert queries.proof(pool)["期间"] == "2026 年第四季度"


def test_units_stand_in_the_order_of_the_organisation_in_list_pool_and_file_and_those_that_ended_last(mine, october):
    Unit.objects.filter(code="ZC1").update(position=9)
    Unit.objects.filter(code="ZC2").update(position=1)
    pool = shared(mine, october)
    codes = ["ZC2", "ZC1"]

    def told():
        listed = queries.roster(october, mine.units["QSL"].pk)[1:]
        return [[row.unit.code for row in queries.units(pool)],
                list(dict.fromkeys(row.unit.code for row in queries.lines(pool))),
                [row[0] for row in queries.totals(queries.lines(pool)) if row[0]],
                [code for code in dict.fromkeys(row[0] for row in listed) if code in codes]]
    assert told() == [codes] * 4
    Unit.objects.filter(code="ZC2").update(closed=date(2026, 10, 20))
    assert told() == [codes[::-1]] * 4


def test_two_crews_of_one_name_in_a_team_that_took_another_in_are_told_apart(mine):
    with clock.at(at(date(2026, 9, 20))):
        for code in ("ZC1N", "AZ1N"):
            unit(code, "零点班", Kind.CREW, mine.units["ZC1"])
        unit("ZC2N", "零点班", Kind.CREW, mine.units["ZC2"])
    told = {code: name for code, (_place, name) in named(date(2026, 10, 31)).items() if code.endswith("N")}
    assert told == {"ZC1N": "综采一队 零点班（ZC1N）", "AZ1N": "综采一队 零点班（AZ1N）", "ZC2N": "综采二队 零点班"}
