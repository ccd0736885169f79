"""Registries of letters (来信登记簿): a CSV as offices keep it, checked row by row, taken in whole.

A letter's key is the hash of (received_at, title, text), so taking a registry in again adds
nothing, also when another program has written its line breaks anew. Letters older than ninety
days come in as history: no clocks, no alerts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import CATEGORIES, CHANNELS
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets.text import CsvText, UnreadableFile
from sangesan.method.folding import fold
from sangesan.organization.units.models import Unit

COLUMNS = ("received_at", "channel", "category", "unit", "title", "text", "contact")
NEEDED = ("received_at", "channel", "title", "text")
ALIASES = {
    "收到时间": "received_at", "来信时间": "received_at", "渠道": "channel", "类别": "category", "单位": "unit",
    "标题": "title", "内容": "text", "正文": "text", "联系方式": "contact",
}
EARLIEST = date(1950, 1, 1)
HISTORY = timedelta(days=90)
_MOMENT = re.compile(
    r"(?:(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2}))"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?")


@dataclass(frozen=True)
class Letter:
    """A row that can be taken in (可登记的行)."""

    line: int
    key: str
    received: datetime
    channel: str
    category: str
    unit: int | None
    title: str
    text: str
    contact: str
    extra: dict[str, str]

    @property
    def day(self) -> date:
        return self.received.date()

    @property
    def history(self) -> bool:
        """Whether it comes in as history (历史件)."""
        return self.day < clock.today() - HISTORY


@dataclass(frozen=True)
class Wrong:
    """A row that can't be (有误的行): where, and why."""

    line: int
    reason: str


@dataclass
class Registry:
    """A registry that was read (登记簿): right rows, doubled rows, wrong rows."""

    right: list[Letter] = field(default_factory=list)
    doubled: int = 0
    wrong: list[Wrong] = field(default_factory=list)


class RowError(ValueError):
    """Why a row can't be taken in (行内错误)."""


def read(csv: CsvText) -> Registry:
    """Read a registry (读登记簿). Raises UnreadableFile when columns are missing."""
    names = [ALIASES.get(fold(name), name.lower() if name.lower() in COLUMNS else name) for name in csv.header]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise UnreadableFile(_("不能读取这个登记簿"), why=_("缺少列 %s") % "、".join(missing),
                             next=_("列名须为 %s") % "、".join(COLUMNS))
    twice = sorted({name for name in COLUMNS if names.count(name) > 1})
    if twice:
        raise UnreadableFile(_("不能读取这个登记簿"), why=_("列 %s 出现两次") % "、".join(twice), next=_("请删去一列"))
    units, found, seen = _Units(), Registry(), set()
    for line, cells in csv.rows():
        try:
            letter = _letter(line, names, cells, units)
        except (RowError, UserError) as fault:
            found.wrong.append(Wrong(line, str(fault) if isinstance(fault, RowError) else str(fault.why)))
            continue
        if letter.key in seen:
            found.doubled += 1
            continue
        seen.add(letter.key)
        found.right.append(letter)
    return found


def _letter(line: int, names: Sequence[str], cells: Sequence[str], units: _Units) -> Letter:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names):]):
        raise RowError(_("这一行有 %(n)d 格，列名只有 %(m)d 个") % {"n": len(cells), "m": len(names)})
    row = dict(zip(names, [cell.strip() for cell in cells], strict=False))
    said = {name: row.pop(name, "") for name in COLUMNS}
    raw = (said["received_at"], *(said[name].replace("\r\n", "\n") for name in ("title", "text")))
    return Letter(
        line=line, key=hashlib.sha256("\x1f".join(raw).encode()).hexdigest(), received=moment(said["received_at"]),
        channel=_channel(said["channel"]), category=_category(said["category"]), unit=units.named(said["unit"]),
        title=words(said["title"], what=_("标题"), longest=80, needed=False), text=words(said["text"], what=_("正文")),
        contact=words(said["contact"], what=_("联系方式"), longest=100, needed=False),
        extra={name: value for name, value in row.items() if name and value},
    )


def moment(said: str) -> datetime:
    """Return when a letter came (收到时间) in the mine's own time; noon when only a day is given.

    >>> str(moment("2019/4/5")), str(moment("2019-04-05T20:30:00Z"))
    ('2019-04-05 12:00:00+08:00', '2019-04-06 04:30:00+08:00')
    """
    found = _MOMENT.fullmatch(said)
    if not found:
        raise RowError(_("收到时间“%s”不是日期") % said[:30] if said else _("缺收到时间"))
    *written, utc, sign, hours, minutes = found.groups()
    year, month, day, *time = [int(part) for part in written if part]
    hour, minute, second = (*time, 0)[:3] if time else (12, 0, 0)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=clock.LOCAL)
        if utc or sign:
            ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
            at = at.replace(tzinfo=timezone(-ahead if sign == "-" else ahead)).astimezone(clock.LOCAL)
    except (ValueError, OverflowError):
        raise RowError(_("收到时间“%s”不是日期") % said[:30]) from None
    if at.date() > clock.today():
        raise RowError(_("收到时间在今天之后"))
    if at.date() < EARLIEST:
        raise RowError(_("收到时间太早"))
    return at


def _channel(said: str) -> str:
    slug = _slug(said, CHANNELS)
    if not slug:
        raise RowError(_("没有“%s”这个渠道") % said[:30] if said else _("缺渠道"))
    if slug == "discipline":
        raise RowError(_("纪检监察信箱的来件不能从这里导入，请交纪检监察部门"))
    return slug


def _category(said: str) -> str:
    slug = _slug(said, CATEGORIES)
    if said and not slug:
        raise RowError(_("没有“%s”这个类别") % said[:30])
    return slug


def _slug(said: str, known: dict) -> str:
    if said in known:
        return said
    return next((slug for slug, name in known.items() if str(name) == fold(said)), "")


class _Units:
    """Units by code or by a name that only one unit bears (按编码或名称找单位)."""

    def __init__(self) -> None:
        self._ids: dict[str, int | None] = {}
        for pk, code, name in Unit.objects.filter(closed=None).values_list("pk", "code", "name"):
            self._ids[fold(name)] = None if fold(name) in self._ids else pk
            self._ids[code] = pk
        if not self._ids:
            raise UserError(_("没有导入"), why=_("系统里还没有建立单位"), next=_("请先导入组织机构"))

    def named(self, said: str) -> int | None:
        if not said:
            return None
        known = said if said in self._ids else fold(said)
        if known not in self._ids:
            raise RowError(_("没有“%s”这个单位") % said[:30])
        if self._ids[known] is None:
            raise RowError(_("叫“%s”的单位不止一个，请填编码") % said[:30])
        return self._ids[known]


