"""Patterns of personal data (个人信息模式) with their check digits: cards, plates, mail and accounts."""

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


_LETTER = r"[A-HJ-NP-Za-hj-np-z]"
_SIGN = rf"(?:{_LETTER}|\d)"
_HOME = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]"
_OFFICIAL = "[挂学警港澳使领]"
_HANDLE = r"[A-Za-z0-9][A-Za-z0-9_-]{4,19}(?![A-Za-z0-9_-])(?![人元块次条个步万])"
PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Kind.EMAIL, re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,40}(?: ?@ ?|\(at\))"
                            r"[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{2,20}){1,3}", re.ASCII), bool),
    (Kind.PLATE, re.compile(rf"{_HOME} ?{_LETTER}[·. -]?(?:{_SIGN}(?:[ ·.]?{_SIGN}){{4,5}}|{_SIGN}{{4}}{_OFFICIAL})"
                            r"(?!-?[0-9A-Za-z])"), _two_digits),
    (Kind.PLATE, re.compile(rf"(?:(?<=车)|(?<=[牌号照])|(?<=[牌号照车][:是为 ])){_HOME}[\W_]{{0,2}}{_LETTER}"
                            rf"(?:[\W_]{{0,2}}{_SIGN}){{5,6}}(?![0-9A-Za-z])"), _two_digits),
    (Kind.PLATE, re.compile(rf"WJ ?(?:{_HOME}|\d\d)[·. -]?\d{{4}}[0-9A-Z](?![0-9A-Za-z])|"
                            r"使\d{3}[· ]?\d{3}(?![0-9A-Za-z号人次元个])", re.IGNORECASE), bool),
    (Kind.CONTACT, re.compile(r"(?:微信|V信|WeChat|Q ?Q|扣扣|(?<![A-Za-z])[VW]X|(?:抖音|快手|钉钉)号|支付宝[账帐]号)"
                              rf" ?(?:号|id)?[:是为 \"“‘]{{0,3}}{_HANDLE}", re.IGNORECASE), bool),
)
