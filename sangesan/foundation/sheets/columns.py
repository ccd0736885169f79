"""What a sheet should hold (表样): typed columns, and how a cell becomes a value."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
YES, NO = "是", "否"
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_DECIMAL = re.compile(r"(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,20})?|\.\d{1,20}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CellError(ValueError):
    """A cell that can't be taken (单元格有误), in plain Chinese."""


@dataclass(frozen=True)
class Column:
    """A column (列). The kind is given by the subclass; `note` and `example` go into the template."""

    name: str
    required: bool = False
    note: str = ""
    example: Any = ""
    width: int = 14

    def value(self, cell: Any) -> Any:
        """Return the value of a cell (取值); None when empty. Raises CellError."""
        text = plain(cell)
        if _CONTROL.search(text):
            raise CellError(_("“%(name)s”里有不可见的控制字符") % {"name": self.name})
        if not text:
            if self.required:
                raise CellError(_("缺“%(name)s”") % {"name": self.name})
            return None
        return self.take(text, cell)

    def take(self, text: str, cell: Any) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Column):
    """Words (文字), at most `longest` characters."""

    longest: int = 80

    def take(self, text: str, cell: Any) -> str:
        if len(text) > self.longest:
            raise CellError(_("“%(name)s”超过 %(most)s 个字") % {"name": self.name, "most": self.longest})
        return text


@dataclass(frozen=True)
class Codes(Text):
    """Several codes in one cell (多个编码), parted by 、 , ; or blanks."""

    longest: int = 2000

    def take(self, text: str, cell: Any) -> list[str]:
        return [code for code in re.split(r"[、,，;；\s]+", super().take(text, cell)) if code]


@dataclass(frozen=True)
class Day(Column):
    """A date (日期), as Excel keeps it or written in any usual way.

    >>> Day("日期").value("2026年3月2日"), Day("日期").value("20260302").isoformat()
    (datetime.date(2026, 3, 2), '2026-03-02')
    """

    def take(self, text: str, cell: Any) -> date:
        if isinstance(cell, datetime):
            day = cell.date()
        elif isinstance(cell, date):
            day = cell
        else:
            found = _DATE.fullmatch(text)
            try:
                day = date(*(int(part) for part in found.groups() if part)) if found else None
            except ValueError:
                day = None
        if day is None or not EARLIEST <= day <= LATEST:
            raise CellError(
                _("“%(name)s”不是日期：%(text)s，请写成 2026-01-31") % {"name": self.name, "text": text[:20]}
            )
        return day


@dataclass(frozen=True)
class Whole(Column):
    """A whole number (整数) within bounds."""

    least: int = 0
    most: int = 1_000_000

    def take(self, text: str, cell: Any) -> int:
        if not re.fullmatch(r"-?\d{1,12}", text) or not self.least <= int(text) <= self.most:
            raise CellError(
                _("“%(name)s”应是 %(least)s 到 %(most)s 的整数，现在是：%(text)s")
                % {"name": self.name, "least": self.least, "most": self.most, "text": text[:20]}
            )
        return int(text)


@dataclass(frozen=True)
class Decimals(Column):
    """A number not below zero with at most `places` decimals (小数), as a whole number of its smallest parts.

    Full-width digits are digits; a power of ten (1e5) is no number anybody writes in a sheet.

    >>> Decimals("分值").value("２．５"), Decimals("分值").value(40), Decimals("金额", most=10**7).value("3,333.34")
    (250, 4000, 333334)
    >>> Decimals("分值").value(0.1 + 0.2), Decimals("分值").value(".5")
    (30, 50)
    """

    most: int = 1_000
    places: int = 2

    def take(self, text: str, cell: Any) -> int:
        # What a formula adds up may be off by a hair: 0.1 + 0.2 is 0.3 to whoever reads the sheet.
        said = str(round(cell, 9)) if isinstance(cell, float) else unicodedata.normalize("NFKC", text)
        value = Fraction(said.replace(",", "")) * 10**self.places if _DECIMAL.fullmatch(said) else Fraction(1, 2)
        if value.denominator != 1 or value > self.most * 10**self.places:
            raise CellError(
                _("“%(name)s”应是 0 到 %(most)s 的数，最多 %(places)s 位小数，现在是：%(text)s")
                % {"name": self.name, "most": self.most, "places": self.places, "text": text[:20]}
            )
        return int(value)


@dataclass(frozen=True)
class Choice(Column):
    """One of a list (选项): `choices` maps the word in the sheet to its slug."""

    choices: dict[str, Any] = field(default_factory=dict)

    def take(self, text: str, cell: Any) -> Any:
        if text not in self.choices:
            raise CellError(
                _("“%(name)s”不能是“%(text)s”，可选：%(choices)s")
                % {"name": self.name, "text": text[:20], "choices": "、".join(map(str, self.choices))}
            )
        return self.choices[text]


@dataclass(frozen=True)
class Flag(Choice):
    """Yes or no (是否); empty is no."""

    choices: dict[str, Any] = field(default_factory=lambda: {YES: True, NO: False})


@dataclass(frozen=True)
class Sheet:
    """A sheet (工作表) and its columns; `most` rows at the most."""

    name: str
    columns: tuple[Column, ...]
    most: int = 50_000

    @property
    def example(self) -> list[str]:
        """The example row of the template (示例行), which is never taken for data."""
        return [plain(column.example) for column in self.columns]


def plain(cell: Any) -> str:
    """Return a cell as plain text (单元格文字), whole numbers without their decimal point.

    >>> plain(1001.0), plain(" 张三　"), plain(None)
    ('1001', '张三', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return str(cell).strip(" \t\r\n\u3000\xa0\ufeff")
