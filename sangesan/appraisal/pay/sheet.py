"""Sheets of payroll (工资表格式): the list that comes in, the table that goes out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.columns import CellError, Column, Sheet, Text, Whole


@dataclass(frozen=True)
class Hundredths(Column):
    """A number with at most two decimals (两位小数), as a whole number of hundredths, or of other `parts` of one.

    >>> Hundredths("岗位系数").value("1.25"), Hundredths("金额").value(3333.34)
    (125, 333334)
    """

    most: int = 10**13
    parts: int = 100

    def take(self, text: str, cell: Any) -> int:
        try:
            value = Decimal(text.replace(",", "")) * self.parts
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= self.most:
            raise CellError(_("“%(name)s”应为不小于零、最多两位小数的数：%(text)s") % {
                "name": self.name, "text": text[:20]})
        return int(value)


MOST = 20_000
ROSTER = Sheet("分配名单", (
    Text("单位编码", required=True, longest=40, example="ZC1"), Text("单位", longest=60),
    Text("工号", required=True, longest=32, example="1004"), Text("姓名", longest=40),
    Hundredths("岗位系数", required=True, most=10_000, example="1.00"),
    Hundredths("份额（%）", required=True, most=10_000, example="100"),
    Whole("出勤天数", required=True, example="30"),
), most=MOST)
PAYROLL = Sheet("工资表", (
    Text("单位编码", required=True, longest=40), Text("单位", longest=80), Text("工号", required=True, longest=32),
    Text("姓名", longest=80), Hundredths("岗位系数"), Hundredths("份额（%）"), Whole("出勤天数"),
    Hundredths("系数", parts=10_000), Hundredths("金额"), Hundredths("补发"), Hundredths("合计", required=True),
), most=MOST)
SUMMARY = Sheet("汇总", (
    Text("单位编码", longest=40), Text("单位", longest=80), Whole("人数"), Hundredths("合计"),
), most=MOST)
PROOF = Sheet("核对", (Text("项目", longest=40), Text("金额", longest=80)), most=100)
