"""The sheet 联络员 (联络员表): nodes by the hundred, all rows or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.columns import Choice, Day, Sheet, Text
from sangesan.foundation.sheets.tables import Row, Table, parse
from sangesan.foundation.sheets.text import UnreadableFile
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.facts import Actor
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit

from ..models import CHOSEN, Network, Node
from .nodes import enter

WAYS = {str(word): slug for slug, word in CHOSEN}
EXAMPLE = date(2026, 1, 4)
SHEET = Sheet("联络员", (
    Text("联络网", True, lazy("五个联络网之一的全名"), lazy("信访网络"), 20, longest=40),
    Text("岗位编码", True, lazy("担任联络员的岗位"), "ZC1-1-XX", longest=40),
    Text("单位编码", True, lazy("他联络的单位"), "ZC1-1", longest=32),
    Choice("产生方式", True, lazy("从列表中选择"), lazy("班组推选"), choices=WAYS),
    Day("产生日期", True, "", EXAMPLE),
    Day("公示日期", False, lazy("班组推选的要公示以后才算在岗"), EXAMPLE),
    Day("任期至", False, lazy("不填就是没有任期"), date(2028, 12, 31)),
), most=5_000)
NOTES = (lazy("一、联络员是岗位，不是个人：人换了，岗位还是联络员。"),
         lazy("二、有一行错，整个文件都不导入；改正后再上传。"),
         lazy("三、已经有的联络员不会重复增加。"))


class WrongRows(UserError):
    """Some rows are wrong and nothing was taken in (有错误行)."""

    code = "wrong_rows"


def template() -> bytes:
    """Return the workbook to fill in (模板)."""
    return giving.template([SHEET], NOTES)


def take(*, data: bytes | Sequence[Sequence[Any]], actor: Actor) -> int:
    """Take a workbook or rows with their header in (导入联络员); return how many nodes are new."""
    if isinstance(data, bytes):
        table = read_workbook(data, [SHEET]).get(SHEET.name)
        if table is None:
            raise UnreadableFile(_("没有导入"), why=_("里面没有“联络员”表"), next=_("请下载模板，按模板填写"))
    else:
        table = parse(SHEET, data[0], data[1:])
    return _taken(table, actor)


@transaction.atomic
def _taken(table: Table, actor: Actor) -> int:
    networks = {each.name: each for each in Network.objects.all()}
    posts = {each.code: each for each in Post.objects.filter(until=None)}
    units = {each.code: each for each in Unit.objects.filter(closed=None)}
    known = set(Node.objects.filter(until=None).values_list("network__name", "post__code", "unit__code"))
    fresh = 0
    for row in table.rows:
        for column, named in (("联络网", networks), ("岗位编码", posts), ("单位编码", units)):
            if row[column] and row[column] not in named:
                row.faults.append(_("没有这个%(column)s：%(said)s") % {"column": column, "said": row[column]})
        key = (row["联络网"], row["岗位编码"], row["单位编码"])
        if row.faults or key in known:
            continue
        known.add(key)
        fresh += _entered(row, networks[key[0]], posts[key[1]], units[key[2]], actor)
    if table.wrong:
        first = "；".join(_("第 %(line)s 行：%(fault)s") % {"line": row.line, "fault": row.faults[0]}
                         for row in table.wrong[:3])
        raise WrongRows(_("没有导入，一行也没有改动"), why=_("有 %(n)s 行有错，%(first)s")
                        % {"n": len(table.wrong), "first": first}, next=_("请改正后再上传"))
    return fresh


def _entered(row: Row, network: Network, post: Post, unit: Unit, actor: Actor) -> int:
    try:
        enter(network=network, post=post, unit=unit, actor=actor, chosen=row["产生方式"], chosen_on=row["产生日期"],
              posted_on=row["公示日期"], term_ends=row["任期至"], since=row["公示日期"] or row["产生日期"])
    except UserError as fault:
        row.faults.append(fault.why)
        return 0
    return 1
