"""Spelling (写法): one name, however it is written: with gaps, in figures, or by a number of work."""

from __future__ import annotations

import re

from .folding import fold

_NUMBER = re.compile(r"(?:工号|工作证号?)[:为是\s]{0,3}([0-9A-Za-z]{3,32})")
_GAPS = re.compile("[^\\w，。；：！？、,;:!?]|[_\u115f\u1160\u3164\uffa0]")
_OTHER = str.maketrans("壹贰叁肆伍陆柒捌玖①②③④⑤⑥⑦⑧⑨ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", "一二三四五六七八九" * 3)
_NUMERAL = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")


def closed_up(text: str) -> str:
    """Return words without what somebody may have written within a name (去间隔): gaps, dots, quotes, ends of lines.

    >>> closed_up("张·大 力，綜採_一隊（隊長）\\n等，李\\u200b四")
    '张大力，綜採一隊隊長等，李四'
    """
    return _GAPS.sub("", text)


def figures(text: str) -> str:
    """Return words with their numerals in figures (数字归一): 综采一队 and 综采1队 are one.

    >>> figures("综采一队、掘进二十一队、十二采区，一把手，综采壹队、综采①队、综采Ⅰ队")
    '综采1队、掘进21队、12采区，1把手，综采1队、综采1队、综采1队'
    """
    return _NUMERAL.sub(lambda at: str(_value(at[0])), text.translate(_OTHER))


def spoken(text: str) -> str:
    """Return words with their small figures as they are spoken (数字读法).

    >>> spoken("1采区、21队，7605面")
    '一采区、二十一队，7605面'
    """
    return re.sub(r"(?<!\d)[1-9]\d?(?!\d)", lambda at: _said(int(at[0])), text)


_DIGITS = "零一二三四五六七八九"


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if ones else 0)


def _said(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def work_numbers(text: str) -> set[str]:
    """Return the numbers of work that stand in words (写到的工号): they say who is meant as surely as a name.

    >>> sorted(work_numbers("工号：1004、工号 1005 的人，1006"))
    ['1004', '1005']
    """
    return set(_NUMBER.findall(fold(text)))
