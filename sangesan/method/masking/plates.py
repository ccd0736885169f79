"""Plates of vehicles (车牌): of today and of before, civil, with green ground, official, of embassies and of the army.

An army plate looks like a face or a room of a mine (南A12301面): what makes it one follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTER = r"[A-HJ-NP-Za-hj-np-z]"
_SIGN = rf"(?:{_LETTER}|\d)"
_HOME = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]"
_OFFICIAL = "[挂学警港澳使领]"
_ARMY = "[军空海北沈兰济南广成]"
_SAID = "(?:(?<=车)|(?<=[牌照])|(?<=牌号)|(?<=车号)|(?<=[牌号照车][:是为 ]))"
_ENDS = "(?![0-9A-Za-z])"
_NO_FACE = "(?![0-9A-Za-z面巷孔架柜型号米立]|工作面)"
PLATES = (
    re.compile(rf"{_HOME} ?{_LETTER}[·. -]?(?:{_SIGN}(?:[ ·.]?{_SIGN}){{4,5}}(?:[挂领](?![导取班用]))?|"
               rf"{_SIGN}{{4}}{_OFFICIAL}|{_SIGN}{{2}}{_OFFICIAL})(?!-?[0-9A-Za-z])"),
    re.compile(rf"{_SAID}{_HOME}[\W_]{{0,2}}{_LETTER}(?:[\W_]{{0,2}}{_SIGN}){{5,6}}{_ENDS}"),
    re.compile(rf"(?:(?<=车牌)|(?<=牌照)|(?<=牌号)|(?<=车牌[:是为 ])|(?<=牌照[:是为 ])|(?<=牌号[:是为 ])){_LETTER}[· ]?"
               rf"{_SIGN}{{5,6}}{_ENDS}"),
    re.compile(rf"{_HOME}[· ]?[XS]\d{{4}}应急(?![灯预电物])", re.IGNORECASE),
    re.compile(rf"{_SAID}[VKHBSLJNGCEZ]{_LETTER}[· ]?\d{{5}}{_ENDS}", re.IGNORECASE),
    re.compile(rf"WJ[· ]?(?:{_HOME}|\d\d)[·. -]?(?:{_LETTER}\d{{4}}|\d{{4}}[0-9A-Z]){_ENDS}", re.IGNORECASE),
    re.compile(rf"{_ARMY} ?{_LETTER}[·. -]?\d{{5}}{_NO_FACE}"),
    re.compile(r"使[· ]?\d{3}[· ]?\d{3}(?![0-9A-Za-z号人次元个])|"
               r"(?<![\d.])(?:京 ?A[· ]?\d{3}[· ]?|\d{3}[· ])\d{3}[使领](?![用馆事导])"),
)


def plates(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where plates stand (查找车牌), one perhaps twice.

    >>> said = "车牌VA·12345，南A12345，南A12301面，冀E·F5J678，新A区澡堂"
    >>> [said[start:end] for start, end in plates(said)]
    ['冀E·F5J678', 'VA·12345', '南A12345']
    """
    for pattern in PLATES:
        yield from (m.span() for m in pattern.finditer(text) if sum(sign.isdigit() for sign in m[0]) >= 2)
