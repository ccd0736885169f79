"""Patterns of personal data (个人信息模式), with their check digits; whatever is not surely personal stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What was found (类别), as the mask says it."""

    ID_CARD = "身份证号"
    PHONE = "电话"
    BANK_CARD = "银行卡号"
    PLATE = "车牌"
    ADDRESS = "住址"
    EMAIL = "邮箱"
    CONTACT = "网络账号"
    NAME = "姓名"


PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split())
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CARD = re.compile(r"62|60|63|68|69|4|5|3[457]|9[4-9]")


def id_card(digits: str) -> bool:
    """Return whether digits are those of an identity card (身份证): place, birthday, check digit.

    >>> id_card("130502198001011234"), id_card("130502198001011230"), id_card("130502800101123")
    (True, False, True)
    """
    if digits[:2] not in PROVINCES:
        return False
    born = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    if len(digits) == 15:
        return True
    rest = sum(int(d) * w for d, w in zip(digits[:17], WEIGHTS, strict=True)) % 11
    return "1800" < born[:4] < "2100" and "10X98765432"[rest] == digits[17].upper()


def bank_card(digits: str) -> bool:
    """Return whether digits are those of a bank card (银行卡): Luhn, no digit repeated all along.

    >>> bank_card("6222021234567890128"), bank_card("6222021234567890123"), bank_card("4444444444444448")
    (True, False, False)
    """
    if len(set(digits)) < 4 or not CARD.match(digits):
        return False
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _two_digits(found: str) -> bool:
    return sum(c.isdigit() for c in found) >= 2


_HAN = r"[\u4e00-\u9fff]"
_N = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_HOUSE = rf"{_N}(?:号楼|栋|幢|座|号院|楼)[ ,-]?"
_ROOM = (rf"(?:{_N}单元[ ,-]?(?:\d{{3,4}}|[一二三四五六七八九]?[零〇一二三四五六七八九]{{3}}|{_N}[楼层](?:\d{{1,4}})?)"
         r"(?:室|号|户)?|\d{3,4}[室户])")
_DOOR = r"\d{1,3}-\d{1,2}-\d{3,4}"
YARD = re.compile(rf"{_HAN}{{2,8}}(?:小区|家属院|家属区|花园|新村|苑|公寓|路|街)(?:\d{{1,4}}号)?$")
"""What may stand before a house belongs to the address as well (小区名)."""
COUNTY = re.compile(rf"{_HAN}{{2,8}}[县区市]{_HAN}{{2,6}}$")
_LETTER = r"[A-HJ-NP-Za-hj-np-z]"
PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Kind.EMAIL, re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{2,20}){1,3}",
                            re.ASCII), bool),
    (Kind.PLATE, re.compile(rf"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新] ?{_LETTER}[·. -]?"
                            rf"(?:(?:{_LETTER}|\d){{5,6}}|(?:{_LETTER}|\d){{4}}[挂学警港澳])(?![0-9A-Za-z])"),
     _two_digits),
    (Kind.ADDRESS, re.compile(_HOUSE + _ROOM), bool),
    (Kind.ADDRESS, re.compile(rf"(?<![\d-]){_DOOR}[室户]|(?:小区|家属院|家属区|花园|新村|公寓|住){_DOOR}(?![\d-])"),
     bool),
    (Kind.ADDRESS, re.compile(rf"(?:(?<=住)|(?<=家在)|(?<=平房)|(?<=家属院)|(?<=家属区)){_N}排{_N}号"), bool),
    (Kind.ADDRESS, re.compile(rf"{_HAN}{{2,3}}村(?:{_N}[组队社])?{_N}[号户](?![井楼线柜门])"), bool),
    (Kind.ADDRESS, re.compile(rf"(?:镇|乡|街道){_HAN}{{1,8}}(?:村|屯|社区)(?:{_N}[组队号社])?"), bool),
    (Kind.CONTACT, re.compile(r"(?:微信|QQ|qq|[Vv][Xx])号?[:是 ]{0,2}[A-Za-z0-9][A-Za-z0-9_-]{4,19}(?![A-Za-z0-9_-])"),
     bool),
)
