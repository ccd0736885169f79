"""The four sheets of the organisation workbook (组织工作簿): 单位, 人员, 岗位, 任职."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.columns import CellError, Choice, Codes, Day, Flag, Sheet, Text, Whole
from sangesan.method.turns import MOST_DAYS, TurnError, read, said
from sangesan.organization.people.models import ROLE_NAMES, Appointment
from sangesan.organization.units.models import Kind, Line

KINDS = {label: value for value, label in Kind.choices}
LINES = {label: value for value, label in Line.choices}
ROLES = {name: role.value for role, name in ROLE_NAMES.items()}
HELD = {label: value for value, label in Appointment.Kind.choices}
ADDRESSES = {"wecom": "企业微信账号", "dingtalk": "钉钉账号", "email": "邮箱"}
"""Where a person is told that something waits, with the column of each."""
EXAMPLE_DAY = date(2026, 1, 1)


class Turns(Text):
    """Shifts as a mine writes them (班次): one, or several in turn, said in one way however they were typed."""

    def take(self, text: str, cell: Any) -> str:
        try:
            return said(read(super().take(text, cell)))
        except TurnError as fault:
            raise CellError(str(fault)) from None



UNITS = Sheet("单位", (
    Text("编码", True, _("单位的唯一编码，字母、数字、短横线"), "BB-ZC1", longest=32),
    Text("名称", True, "", _("综采一队（示例，导入时忽略）"), 24),
    Choice("类别", True, _("从列表中选择"), _("区队"), choices=KINDS),
    Choice("条线", False, _("不填就是行政；支部、工会、团组织各属自己的条线"), _("行政"), choices=LINES),
    Text("上级编码", False, _("只有矿和集团可以不填"), "BB", longest=32),
    Day("设立日期", False, _("不填就是导入当天"), EXAMPLE_DAY),
    Whole("顺序", False, _("同级单位的排列顺序"), 1),
    Codes("覆盖单位", False, _("支部、工会、团组织所管的行政单位编码，用顿号隔开"), "", 24),
    Turns("班次", False, _("这个单位现在上哪个班；轮着上的按顺序写，从现在的班写起，如 零点班、四点班、检修班"), "", 24,
          longest=200),
    Whole("几天一倒", False, _("轮着上的，几天换一个班；不倒班就不填"), "", least=1, most=MOST_DAYS),
), most=10_000)
PEOPLE = Sheet("人员", (
    Text("工号", True, _("一人一个，不能重复"), "1001", longest=32),
    Text("姓名", True, "", _("王示例"), longest=40),
    Text("单位编码", True, _("所在单位"), "BB-ZC1", longest=32),
    Text("手机", False, _("可以不填"), "", longest=20),
    Day("入册日期", False, _("不填就是导入当天"), EXAMPLE_DAY),
    Text("企业微信账号", False, _("提醒用，通讯录里的账号（userid），可以不填"), "", longest=64),
    Text("钉钉账号", False, _("提醒用，通讯录里的 UserId，可以不填"), "", longest=64),
    Text("邮箱", False, _("提醒用，可以不填"), "", longest=120),
))
POSTS = Sheet("岗位", (
    Text("岗位编码", True, _("岗位的唯一编码"), "BB-ZC1-DZ", 18, longest=40),
    Text("岗位名称", True, "", _("队长"), longest=60),
    Text("单位编码", True, _("岗位所在单位"), "BB-ZC1", longest=32),
    Choice("岗位类别", True, _("决定权限，从列表中选择"), _("单位负责人"), choices=ROLES),
    Choice("条线", False, _("不填就同单位的条线"), _("行政"), choices=LINES),
    Flag("负责人", False, _("一个单位在一条线上只有一个负责人岗位"), _("是")),
    Day("设立日期", False, _("不填就是导入当天"), EXAMPLE_DAY),
))
APPOINTMENTS = Sheet("任职", (
    Text("工号", True, "", "1001", longest=32),
    Text("岗位编码", True, "", "BB-ZC1-DZ", 18, longest=40),
    Choice("任职方式", False, _("不填就是专任；一人只能有一个专任岗位"), _("专任"), choices=HELD),
    Day("开始日期", False, _("不填就是导入当天"), EXAMPLE_DAY),
    Day("结束日期", False, _("这一天起不再任职；在任就不填，代理必须填"), ""),
    Whole("份额（%）", False, _("占全岗的百分之几，一人几岗合计不超过 100；不填就是余下的份额，头一个岗位 100"), 100,
          least=1, most=100),
))
SHEETS = (UNITS, PEOPLE, POSTS, APPOINTMENTS)
NOTES = (
    _("一、红色带 * 的列必须填写，其余可以不填。第二行是示例，导入时忽略，可以删去。"),
    _("二、不要合并单元格，不要改列名；自己加的列会原样保留在错误表里。"),
    _("三、可以只填其中几张表。表里没有的单位和人员保持不变，不会被撤销或删除。"),
    _("四、单位先后顺序不限；党组织、工会、团组织挂在矿或本条线的上级组织下，用“覆盖单位”写明所管的行政单位。"),
    _("五、上传后先看预览，再决定导入全部正确的行或者一行也不导入；导入后 24 小时内可以整批撤销。"),
)


def template() -> bytes:
    """Return the workbook to fill in (模板)."""
    return giving.template(SHEETS, NOTES)
