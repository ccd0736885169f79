"""Numbers that a word announces (有词在前的号码): what is said to be one needs no check digit and no usual groups.

Somebody who writes 身份证 or 电话 before a number means it, also with a slip of the pen or with odd signs between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .patterns import Kind

_GAP = r"[\W_]{0,3}"
_FILL = r"(?:编?号码?|no\.?|方式|字号|就?是|[为為]|改成|换成|我的?|[他她家]的?|[\s:,(\"'“”‘’「【\[<=]){0,6}"
_UNIT = r"(?![\d元块吨米件台个次年月天]|mm|kg)"
_DAY = r"(?!(?:19|20)\d\d[-./ ]\d\d?[-./ ]\d)"
_LINE = rf"{_DAY}[2-9](?:\d{{6,7}}(?!\d)|(?:[ .·-]?\d){{6,7}}){_UNIT}"
_MOBILE = rf"(?:1(?:{_GAP}[\dOolI]){{10}}|1[3-9]\d[ -]?\d{{4}}[ -]?\d{{3,5}}{_UNIT})(?![\dOolI])"
"""In any groups where it is whole; with a digit lost or doubled as people usually group it."""
_CALL = rf"(?:电话|手机|[座总]机|固话|固定电话|宅电|小灵通|传真|号码|联系|tel|phone|mobile){_FILL}"
_DATE = r"(?:19|20)\d\d(?:年\d\d?月\d\d?[日号]?|([-./])\d\d?\2\d\d?(?!\d)|\d{4}(?!\d))"
_LAST = r"号?码?的?(?:尾号|[后末][\d四五六]位)[:是为 ]{0,2}(\d{4,8})(?!\d)"
_DIAL = r"(?:打|拨|拨打|回电|致电|短信|[打拨]给我?|找我)[:, ]?"
ANNOUNCED = (
    (Kind.ID_CARD, re.compile(rf"(?:身份证|身份号|证件|(?<![a-z])id){_FILL}"
                              rf"(\d(?:{_GAP}\d){{14,16}}(?:{_GAP}[\dxo])?(?!{_GAP}\d))",
                              re.IGNORECASE)),
    (Kind.PAPER, re.compile(rf"(?:护照|通行证|港澳证|入台证|台胞证|回乡证|居住证|[军警]官证|士兵证|退[伍役休5]证|"
                            rf"居留证|残疾证|优待证|工伤证|(?:社保|医保|社会保障)[编卡]?号|驾(?:驶证|照)(?:档案编?)?|"
                            rf"(?:住院|病历|病案|学籍|准考证|公积金账)号|结婚证){_FILL}"
                            rf"((?:[A-Za-z]{{1,2}}{_GAP}|[一-龥])?\d(?:{_GAP}\d){{6,19}}(?!\d){_UNIT}|"
                            r"(?:[一-龥]{1,2}(?:\d{4})?)字第?\d{5,8}号?)", re.IGNORECASE)),
    (Kind.BORN, re.compile(rf"(?:出生(?:日期|年月日?|时间|于)?|生日|生于)[:是为在 ]{{0,2}}({_DATE})")),
    (Kind.BORN, re.compile(rf"(?<!\d)({_DATE})(?:出生|生(?=[人,。;、\s]|$))")),
    (Kind.BORN, re.compile(r"出生年月[:是为 ]{0,2}((?:19|20)\d\d[年.-]\d\d?月?)(?!\d)")),
    (Kind.BORN, re.compile(r"(?<!\d)(\d\d年\d\d?月\d\d?[日号]?)出?生(?=[人,。;、\s]|$)")),
    (Kind.ID_CARD, re.compile(rf"身份证{_LAST}")),
    (Kind.PHONE, re.compile(rf"(?:手机|电话){_LAST}")),
    (Kind.BANK_CARD, re.compile(rf"(?:卡|账户|账号){_LAST}")),
    (Kind.PHONE, re.compile(r"(?:尾号|[后末][\d四五六]位)[:是为 ]?(\d{4})(?=的?(?:手机|电话))")),
    (Kind.BANK_CARD, re.compile(r"(?:尾号|[后末][\d四五六]位)[:是为 ]?(\d{4})(?=的?(?:[^\W\d]{0,3}卡|账户))")),
    (Kind.PHONE, re.compile(rf"{_CALL}({_MOBILE}|(?:0?[1-9]\d{{1,2}}[-/ ])?{_LINE}(?:-\d{{1,5}}(?!\d)|转\d{{1,5}})?)",
                            re.IGNORECASE)),
    (Kind.PHONE, re.compile(rf"{_DIAL}({_MOBILE}|[2-9]\d{{6,7}}{_UNIT})")),
    (Kind.PHONE, re.compile(rf"(?:短号|小号|集群号){_FILL}(\d{{4,6}}){_UNIT}")),
    (Kind.PHONE, re.compile(r"(?<!\d)([2-9]\d{6,7})(?=[是为]我?[^\W\d_]{0,3}(?:电话|手机|座机|号码))")),
    (Kind.BANK_CARD, re.compile(r"(?:卡号|[账帐]号|[账帐]户|银行卡|(?<![打刷])卡|存折|"
                                rf"[建工农中交]行卡?|邮储){_FILL}(\d(?:{_GAP}\d){{11,20}}){_UNIT}")),
)
"""What announces, and the number it announces; a bare number of a fixed line only so, and no date for one."""
_MORE = re.compile(rf"(?:[、,/;或和及 ]{{1,2}}|或者)({_LINE})")


def announced(read: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield announced numbers of a text in plain digits (查找有词在前的号码), and further ones after a first telephone.

    >>> list(announced("电话2068456、2068457，电话2026-11-28坏了")) == [(2, 9, Kind.PHONE), (10, 17, Kind.PHONE)]
    True
    """
    for kind, pattern in ANNOUNCED:
        for found in pattern.finditer(read):
            more: re.Match[str] | None = found
            while more:
                yield (*more.span(1), kind)
                more = _MORE.match(read, more.end(1)) if kind == Kind.PHONE else None
