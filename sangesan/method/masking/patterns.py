"""What is personal (个人信息类别), the check digits of cards, and the patterns of mail and accounts."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What was found (类别), as the mask says it."""

    ID_CARD = "身份证号"
    PAPER = "证件号"
    PHONE = "电话"
    BANK_CARD = "银行卡号"
    PLATE = "车牌"
    ADDRESS = "住址"
    EMAIL = "邮箱"
    CONTACT = "网络账号"
    BORN = "出生日期"
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


def like_card(digits: str) -> bool:
    """Return whether digits are an identity card but for a slip of the pen (校验位不对的身份证): place and birthday.

    >>> like_card("130502198001011230"), like_card("130502198013011234"), like_card("301502198001011230")
    (True, False, False)
    """
    return len(digits) == 18 and id_card(digits[:6] + digits[8:17]) and digits[6:8] in ("19", "20")


def bank_card(digits: str) -> bool:
    """Return whether digits are those of a bank card (银行卡): Luhn, no bar code, no digit repeated all along.

    >>> bank_card("6222021234567890128"), bank_card("6222021234567890123"), bank_card("4444444444444448")
    (True, False, False)
    """
    if len(digits) < 15 or len(set(digits)) < 4 or not CARD.match(digits):
        return False
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


_HANDLE = r"[A-Za-z0-9][A-Za-z0-9_-]{4,19}(?![A-Za-z0-9_-])(?![人元块次条个步万])"
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,40}(?: ?[@#] ?|[\[({ ](?:at|@)[\])} ]|艾特)"
                            r"[A-Za-z0-9-]{1,40}(?:(?:[.。点]| dot )[A-Za-z0-9-]{2,20}){1,3}", re.ASCII)),
    (Kind.CONTACT, re.compile(r"(?:(?<![A-Za-z])V ?(?=: ?[A-Za-z])|[微威薇V] ?信|WeChat|Q ?Q|(?<![A-Za-z])Q号|"
                              r"加[VX微威薇]|\+ ?V|"
                              r"扣扣|企鹅|(?<![A-Za-z])[VW]X|(?:抖音|快手|钉钉|微博|小红书)(?:号|(?=[A-Za-z_-]{1,19}\d))|支付宝账号)"
                              r" ?(?:号码?|id)?"
                              rf"[:是为=( \"“‘]{{0,3}}{_HANDLE}", re.IGNORECASE)),
)
