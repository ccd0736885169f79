"""Numbers by which a person is found (个人号码), in whatever digits and with whatever between them they are written.

A check digit makes sure, so an identity card may be cut anywhere; a mobile number has none and is known by the
groups in which people write it, unless it stands where amounts or sizes do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .announced import announced
from .patterns import Kind, bank_card, id_card, like_card

_NUMERALS = "零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
READ = {code: str(unicodedata.digit(chr(code))) for code in (*range(0xB2, 0x2800), *range(0x1D7CE, 0x1D800))
        if unicodedata.digit(chr(code), None) is not None}
READ |= str.maketrans(_NUMERALS, "00012345678912123456789")
"""Digits that are spoken, formal, in circles or in letters of another style (读作的数字)."""
_FORMAL = "[零壹贰叁肆伍陆柒捌玖]"
_THREE = re.compile(f"(?<={_FORMAL})参|参(?={_FORMAL})")
"""The formal three as it is written in traditional characters is a word by itself (參加), a digit beside digits."""
_NONE = "\u200b-\u200f\u2060\ufeff"
_GAP = rf"[ \n\r\t·.\-_/~()+{_NONE}]{{0,2}}"
_ANY = r"[\W_]{0,3}"
_PLUS86 = rf"(?:\(?(?:\+|00)?86{_GAP})?"
_ENDS = r"(?!\d|-\d{1,3}(?!\d))"
_UNIT = rf"{_ENDS}(?![元块吨米件台个次年月型]|mm|kg)"
_AREA = rf"\(?0(?:10|2\d|[3-9]\d\d)\)?{_GAP}"
_MORE = r"(?:-\d{1,5}(?!\d)|转\d{1,5})?"
CARD = re.compile(rf"(?<!\d)(?=(\d(?:{_ANY}\d){{16}}{_ANY}[\dXx])(?![0-9A-Za-z]))")
"""An identity card may begin at any digit of a run of numbers; its check digit says where."""
OLD_CARD = re.compile(r"(?<![0-9A-Za-z.])(\d{15})(?![0-9A-Za-z.])")
_SLIP = re.compile(r"(?<![0-9A-Za-z.-])(\d(?:[\W_]?\d){16}[\W_]?[\dXx])(?![0-9A-Za-z])")
_NO_CARD = re.compile(r"(?:编[码号]|料[号码]|合同号?|[单票]号|工单|条码|凭证号?|流水号?|序列号|订单)\D{0,4}$")
"""What has place and birthday of a card and a wrong check digit is one, unless it is said to be something else."""
_UNION = re.compile(r"(?<![0-9A-Za-z.-])(62\d\d([ -]?)\d{4}\2\d{4}\2\d{4}(?:\2\d{3})?)(?![0-9A-Za-z])")
"""A card of the bank union with a wrong check digit: as it is printed, unless it is said to be something else."""
BANK = re.compile(rf"(?<![0-9A-Za-z.])(\d{{4}}(?:{_GAP}\d{{4}}){{2,3}}{_GAP}\d{{1,4}}|62\d{{4}}[ -]\d{{10,13}})"
                  r"(?![0-9A-Za-z])")
NUMBERS = (
    re.compile(rf"(?<![0-9.])({_PLUS86}1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}){_ENDS}"),
    re.compile(rf"(?<![0-9.])({_PLUS86}1[3-9]\d\d \d{{4}} \d{{3}})(?!\d)"),
    re.compile(r"(?<![0-9.])(1([\W_]{1,2})[3-9](?:\2\d){9})(?!\d)"),
    re.compile(rf"(?<![0-9A-Za-z.])(\(0\d{{2,3}}\) ?[2-9]\d{{2,3}}[ -]?\d{{4}}{_MORE})(?!\d)"),
    re.compile(rf"(?<![0-9A-Za-z.])(0\d{{2,3}}[-/][2-9]\d{{6,7}}{_MORE})(?!\d)"),
    re.compile(rf"(?<![0-9A-Za-z.])(0(?:10|2\d|[3-9]\d\d)\.[2-9]\d{{6,7}}{_MORE})(?![\d.])"),
    re.compile(rf"(?<![0-9A-Za-z.-])(0(?:10|2\d|[3-9]\d\d) ?[2-9]\d{{6,7}}{_MORE})(?![0-9A-Za-z.-])"),
    re.compile(r"(?<![0-9A-Za-z.-])(0(?:10|2\d|[3-9]\d\d)[ -][2-9]\d{2,3}[ -]\d{4})(?![ -]?\d)"),
    re.compile(rf"(?<![0-9A-Za-z.-])((?:\+|00)86[ -]?(?:10|2\d|[3-9]\d\d)[ -]?[2-9]\d{{6,7}}{_MORE})(?!\d)"),
    re.compile(rf"(?<![0-9.])(1[3-9]\d{{3}}[ -]\d{{6}}|1[3-9]\d{{4}} \d{{5}}){_UNIT}"),
)
"""Mobile and fixed numbers (电话); a fixed one without its area only where it is announced."""
LISTED = re.compile(rf"(?<![0-9.])(1[3-9]\d([\W_]{{1,3}})\d{{4}}\2\d{{4}}){_UNIT}")
"""A mobile in its groups with any sign between them, also one that parts the items of a list."""
_ODD = re.compile(r"(?<![0-9A-Za-z.-])(1[3-9]\d{1,3}([.\-])\d{2,4}\2\d{2,5})(?![0-9A-Za-z.-])")
"""A mobile in other groups than the usual ones, of eleven digits in all."""
_AMOUNTS = re.compile(r"规格|尺寸|外形|型号|分别|各[是为]?|产量|工资|奖金|发了|[长宽高][:是为]?$")


def numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the personal numbers of a text (查找号码) whose separators are plain, one perhaps twice.

    A numeral beside plain digits is a word by itself (张三139…一直没人接): spoken ones are read after those.

    >>> set(numbers("130502·19800101·1234 一三九/零三一九/一二三四")) == {(0, 20, Kind.ID_CARD), (21, 34, Kind.PHONE)}
    True
    """
    plain = _ITEM.sub(r"\1,", text)
    found = list(_standing(plain))
    yield from found
    if _SPOKEN.search(plain):
        read = (_THREE.sub("3", plain) if "参" in plain else plain).translate(READ)
        yield from (one for one in _standing(read) if not any(start <= one[0] < end for start, end, _ in found))
        yield from ((*m.span(), _spelt(len(m[0]))) for m in _ALONG.finditer(plain) if _telling(m[0].translate(READ)))


def _spelt(length: int) -> Kind:
    """Return what a number spelt out in so many numerals is (逐字写出的号码): a slip of the pen changes that little."""
    return Kind.PHONE if length < 15 else Kind.ID_CARD if length == 18 else Kind.BANK_CARD


def _telling(digits: str) -> bool:
    """Return whether digits may be somebody's number (是否像号码): not the beat of a march, not years in a row.

    >>> _telling("138001380000"), _telling("121212121212"), _telling("202420252026")
    (True, False, False)
    """
    return len(set(digits)) > 3 and not re.fullmatch(r"(?:(?:19|20)\d\d)+", digits)


_SPOKEN = re.compile("[{0}][\\W_]{{0,3}}[{0}]".format("".join(map(chr, READ))))
"""One numeral alone spells no number."""
_ALONG = re.compile(rf"(?<![点{_NUMERALS}])[{_NUMERALS}]{{11,60}}(?![{_NUMERALS}十百千万亿])")
"""Eleven numerals and more without a break are a number spelt out, whatever their check digit: an amount is written
with tens and hundreds, and faces or years stand apart."""
_ITEM = re.compile(r"(?<!\d)([1-9]\d?|)\.(?=1\d{10}|0\d{2,3}[- ]?\d{7}|\d{15})")
"""The stop behind the number of an item (1.139…): no decimal point."""


def _standing(read: str) -> Iterator[tuple[int, int, Kind]]:
    if not _TELLING.search(read):
        return
    for kind, pattern, good in _CHECKED:
        yield from ((*m.span(1), kind) for m in pattern.finditer(read) if good(_bare(m[1])))
    for pattern in NUMBERS:
        yield from ((*m.span(1), Kind.PHONE) for m in pattern.finditer(read))
    yield from ((*m.span(1), Kind.PHONE) for pattern in (LISTED, _ODD) for m in pattern.finditer(read)
                if len(_bare(m[1])) == 11 and not _AMOUNTS.search(read[max(0, m.start() - 6) : m.start()]))
    for kind, pattern, good in _LIKE:
        yield from ((*m.span(1), kind) for m in pattern.finditer(read)
                    if good(_bare(m[1])) and not _NO_CARD.search(read[max(0, m.start() - 8) : m.start()]))
    yield from announced(read)


_TELLING = re.compile(r"(?:\d\D{0,3}){6}\d|[短小群]号|字第|出生|生日|生于|\d日?生|尾号|[后末][\d四五六]位|"
                      r"\d[OolI]")
"""Where no seven digits stand together no number is; most texts are through here."""
_LIKE = ((Kind.ID_CARD, _SLIP, like_card), (Kind.BANK_CARD, _UNION, lambda digits: len(set(digits)) > 3))
_CHECKED = ((Kind.ID_CARD, CARD, id_card), (Kind.ID_CARD, OLD_CARD, id_card), (Kind.BANK_CARD, BANK, bank_card))


def _bare(found: str) -> str:
    return re.sub(r"[^0-9Xx]", "", found)
