"""Sheets of payroll (工资表格式): the list that comes in, the table that goes out."""

from __future__ import annotations

from sangesan.foundation.sheets.columns import Decimals, Sheet, Text, Whole

MOST = 20_000
LARGEST = 10**11
"""The largest amount a sheet may hold (最大金额), in yuan."""
ROSTER = Sheet("分配名单", (
    Text("单位编码", required=True, longest=40, example="ZC1"), Text("单位", longest=60),
    Text("工号", required=True, longest=32, example="1004"), Text("姓名", longest=40),
    Decimals("岗位系数", required=True, most=100, example="1.00"),
    Decimals("份额（%）", required=True, most=100, example="100"),
    Whole("出勤天数", required=True, example="30"),
), most=MOST)
PAYROLL = Sheet("工资表", (
    Text("单位编码", required=True, longest=40), Text("单位", longest=80), Text("工号", required=True, longest=32),
    Text("姓名", longest=80), Decimals("岗位系数"), Decimals("份额（%）"), Whole("出勤天数"),
    Decimals("系数", most=100, places=4), Decimals("金额", most=LARGEST), Decimals("补发", most=LARGEST),
    Decimals("合计", required=True, most=LARGEST),
), most=MOST)
SUMMARY = Sheet("汇总", (
    Text("单位编码", longest=40), Text("单位", longest=80), Whole("人数"), Decimals("合计", most=LARGEST),
), most=MOST)
PROOF = Sheet("核对", (Text("项目", longest=40), Text("金额", longest=80)), most=100)
