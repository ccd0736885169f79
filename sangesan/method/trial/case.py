"""Reading a case (读取试算文件): shapes and decimal strings, each fault named by its place.

>>> hundredths("92.5", "own", 0, 100), share("0.3", "share"), fraction("11.5", "weight")
(9250, 3000, Fraction(23, 2))
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..rounding import FULL, q

PLACES = 40
_DECIMAL = re.compile(rf"-?\d{{1,15}}(\.\d{{1,{PLACES}}})?", re.ASCII)
LONGEST = 200


class BadCase(ValueError):
    """A case that can't be computed (试算文件有误); the text says where and why."""


def mapped(value: Any, place: str, known: Sequence[str] = ()) -> Mapping[str, Any]:
    """Return an object of the case (对象); a key that is not known is refused, for it would change nothing."""
    if not isinstance(value, Mapping):
        raise BadCase(f"{place} 须是一个对象")
    strange = sorted(set(value) - set(known)) if known else []
    if strange:
        raise BadCase(f"{place} 不认识 {shown(strange[0])}，可写的是 {'、'.join(known)}")
    return value


def shown(name: str) -> str:
    """Return a name as a fault may say it (引述), short and on one line."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:40])


def listed(value: Any, place: str) -> Sequence[Any]:
    """Return a list of the case (列表)."""
    if not isinstance(value, list):
        raise BadCase(f"{place} 须是一个列表")
    return value


def required(value: Mapping[str, Any], name: str, place: str) -> Any:
    """Return what must be there (必填项)."""
    if name not in value:
        raise BadCase(f"{place} 缺少 {name}")
    return value[name]


def text(value: Any, place: str) -> str:
    """Return a name or an id (名称或编号)."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise BadCase(f"{place} 须是不空的文字")
    if not value.isprintable():
        raise BadCase(f"{place} 里有不能显示的字符")
    return value


def choice(value: Any, place: str, known: Sequence[str]) -> str:
    """Return one of the known words (选项)."""
    if value not in known:
        raise BadCase(f"{place} 须是 {'、'.join(known)} 之一")
    return value


def fraction(value: Any, place: str) -> Fraction:
    """Return a decimal string as it is (数), exact; a bare JSON number is none, whether it has a point or not."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise BadCase(f"{place} 须是写成文字的小数，例如 \"92.50\"")
    return Fraction(value)


def weight(value: Any, place: str) -> Fraction:
    """Return a weight (权重), never below nought."""
    exact = fraction(value, place)
    if exact < 0:
        raise BadCase(f"{place} 不能是负数")
    return exact


def hundredths(value: Any, place: str, low: int, high: int) -> int:
    """Return points or yuan in hundredths (分值、金额), rounded half away from zero, within bounds."""
    exact = fraction(value, place)
    if not low <= exact <= high:
        raise BadCase(f"{place} 须在 {low} 到 {high} 之间")
    return q(exact * 100)


def share(value: Any, place: str) -> int:
    """Return a share of one in basis points (比例)."""
    exact = fraction(value, place) * FULL
    if not 0 <= exact <= FULL or exact.denominator != 1:
        raise BadCase(f"{place} 须在 0 到 1 之间，最多四位小数")
    return int(exact)


def money(value: Any, place: str) -> int:
    """Return an amount in cents (金额), which has no parts of a cent."""
    exact = weight(value, place) * 100
    if exact.denominator != 1:
        raise BadCase(f"{place} 最多写到分")
    return int(exact)


def truth(value: Any, place: str) -> bool:
    """Return a yes or no (是否)."""
    if not isinstance(value, bool):
        raise BadCase(f"{place} 须是 true 或 false")
    return value


def upward(parents: Mapping[str, str]) -> list[str]:
    """Return the names with everything below before what is above (自下而上). Raises BadCase on a circle.

    >>> upward({"mine": "", "t1": "mine", "c1": "t1"})
    ['c1', 't1', 'mine']
    """
    left = dict.fromkeys(parents, 0)
    for name, parent in parents.items():
        if parent and parent not in parents:
            raise BadCase(f"{name} 的上级 {parent} 不在文件里")
        if parent:
            left[parent] += 1
    ready, order = [name for name, count in left.items() if not count], []
    while ready:
        order.append(name := ready.pop())
        if parent := parents[name]:
            left[parent] -= 1
            if not left[parent]:
                ready.append(parent)
    if len(order) < len(parents):
        raise BadCase(f"{next(name for name, count in left.items() if count)} 的上级绕成了圈")
    return order
