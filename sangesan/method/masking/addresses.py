"""Where somebody lives (住址): a house with its door, a door in a village, a house number in a street.

A mine has houses, roads and numbers of its own: a house without a door, a support in a roadway and the day of
a month are no address. Yard, street and county that stand before a house belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = r"[\u4e00-\u9fff]"
_NAME = r"[^\W\da-zA-Z_的和与及在是有我你他们上给了于从到对]"
"""A sign of a name of a place; these words stand in none."""
_VILLAGE = r"[^\W\da-zA-Z_的和与及在是有我你他们上给了于从到对镇乡县区市]"
_N = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_COUNTED = "人个名位间元块张套条台次米平吨斤年月天日点分秒度工面采队级多余家号%"
"""With one of these after it a number is no door."""
_NO_PLACE = r"(?![井线柜门杆架机支信轨托])"
_HOUSE = (rf"(?:{_N}(?:#楼?|号?(?:单身|宿舍|家属)?楼|栋|幢|座|号院)|[A-Za-z]座|[东西南北前后]楼|单身楼|宿舍楼?|"
          "家属楼|公寓)[ ,-]?")
_SIDE = "[东西中南北]户"
_ROOM = (rf"(?:{_N}(?:单元|门)[ ,-]?"
         rf"(?:\d{{3,4}}|[一二三四五六七八九]?[零〇一二三四五六七八九]{{3}}|{_N}[楼层](?:\d{{1,4}})?)(?:室|号|户|{_SIDE})?|{_N}[楼层]\d{{3,4}}(?:室|号|(?![\d{_COUNTED}伏千./*~-]))|"
         rf"\d{{3,4}}(?:[室户]|房间?)|{_N}单元{_SIDE}|{_SIDE}|[东西中]单元\d{{3,4}}|[1-9]\d?[0-3]\d(?![\d{_COUNTED}./*~-]))")
_DOOR = r"\d{1,3}-\d{1,2}-\d{3,4}"
_ROAD = (r"(?:(?<![线电轨带输公管油水气回网通道这那条一半])(?<!(?<!钢)铁)路|街|大道|胡同)"
         r"(?:[东西南北中]段)?[甲乙丙]?")
_WITHIN = rf"院?(?:{_HOUSE}(?:{_ROOM})?)?{_NO_PLACE}"
_HOUSES = re.compile(rf"{_HOUSE}{_ROOM}|{_N}号{_N}单元\d{{3,4}}|"
                     rf"(?<![\d-]){_DOOR}[室户]|(?<=[苑园府庭村寓住区院家城湾郡邸居轩阁]){_DOOR}(?![\d-])")
_BUNKS = re.compile(r"(?<![\d.矿共有约近])(?!\d00)[1-9]\d\d(?:号|室)?(?:宿舍|寝室)")
"""A room of the hostel that is told before its word: 302宿舍."""
_ROWS = re.compile(rf"(?:(?<=住)|(?<=家在)|(?<=平房)|(?<=平房区)|(?<=家属院)|(?<=家属区)|"
                   rf"(?<=生活区)|(?<=小区)|(?<=新村)){_N}排{_N}号(?![楼路])")
_STREETS = re.compile(rf"{_ROAD}(?:(?:3[2-9]|[4-9]\d|[1-9]\d\d\d?)号|\d{{1,2}}号院){_WITHIN}")
"""Only from 32 on: up to there a number after a road may be a day of the month."""
_LIVES = re.compile(r"(?:住(?![院宅])址?|家在|地址|老家)[在是:]?"
                    rf"((?:{_HAN}{{1,14}}?)(?:{_ROAD}|巷)\d{{1,4}}号{_WITHIN})")
_LIVES_IN = re.compile(rf"(?:住(?![院宅])址?|家在|地址)[在是:]?{_HAN}{{0,14}}?"
                       rf"((?:[东西南北前后]|{_N})[排栋幢]第?{_N}[号户]){_NO_PLACE}")
_MINE = re.compile(rf"((?:{_HAN}{{1,14}}(?:{_ROAD}|[巷排栋幢]|号楼)|{_N}(?:[排栋幢]|号楼)){_N}[号户]|{_DOOR})"
                   r"(?=[就]?是我们?家)")
"""Whoever says that he lives there means a house by any number, in a lane or a row as well."""
_DISTRICT = ("(?<![采园厂矿库社工小活盘])(?:(?<![东西南北中新老本])|(?<=[桥城河江湖海关郊][东西南北中新]))区")
_COUNTY_OF_ONE = rf"(?![该本全各来去到外邻我两]县){_NAME}县"
_TOWN_PART = rf"(?:{_NAME}{{2,6}}(?:(?<![超集菜门])市|县|{_DISTRICT})|{_COUNTY_OF_ONE})"
_NUMBERED = re.compile(rf"(?:路|街|大道|胡同|巷)(?:[东西南北中]段)?\d{{1,4}}号{_WITHIN}")
_IN_TOWN = re.compile(rf"{_TOWN_PART}{_NAME}{{1,8}}$")
"""With its town or county before it a house by any number is one; parts of a mine (采区, 东区) are no town."""
_LANES = re.compile(rf"{_NAME}{{0,8}}\d{{1,4}}弄\d{{1,4}}号(?:\d{{3,4}}室?)?")
_HAMLETS = re.compile(rf"{_VILLAGE}{{2,3}}村(?:{_N}[组队社])?{_N}[号户](?![井楼线柜门])|"
                      rf"{_HAN}{{1,3}}[镇乡庄屯寨]{_N}[组队社]{_N}[号户]{_NO_PLACE}")
_COUNTRY = re.compile(rf"(?:镇|乡|街道){_NAME}{{1,8}}(?:村|屯|社区)(?:{_N}[组队号社])?")
"""A village without a door only with its county before it."""
_AT_HOME = re.compile(r"(?:住(?![院宅])址?|家在|地址|老家)[在是:]?"
                      rf"({_HAN}{{1,8}}(?:[镇乡县]|{_DISTRICT}){_NAME}{{1,6}}[村屯](?:{_N}[组队社])?|"
                      rf"{_NAME}{{1,4}}[村庄屯寨营堡]{_N}[组队社])")
_YARD = re.compile(rf"{_HAN}{{2,8}}(?:小区|家属[院区]|花园|新村|苑|{_ROAD}(?:\d{{1,4}}号院?)?)$")
_VILLAGES_TOWN = re.compile(rf"(?:{_NAME}{{2,6}}[县区市])?{_NAME}{{1,3}}[镇乡]$")
_TOWN = re.compile(rf"(?:{_NAME}{{2,8}}[省市县区])?{_NAME}{{1,4}}$")
_COUNTY = re.compile(rf"(?:{_NAME}{{2,8}}[县区市]|{_COUNTY_OF_ONE}){_NAME}{{2,6}}$")
_LEAD = re.compile(r".{0,60}(?:家住|住址|地址|老家|[住寄](?!宅)|[在到])[是:]?")
_TELLING = re.compile(r"\d-\d|[户室排房栋幢座楼院镇乡村庄屯寨营堡寓舍路街巷弄#]|单元|大道|胡同")
"""Where none of these stands there is no address; most texts are through here."""


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where somebody's address stands (查找住址), one perhaps twice.

    >>> said = "住桥西区中兴路128号，3号楼停水，中兴路8号停电，老家在团结巷8号"
    >>> sorted({said[start:end] for start, end in addresses(said)})
    ['团结巷8号', '桥西区中兴路128号']
    """
    if not _TELLING.search(text):
        return
    for core, before in ((_HOUSES, _YARD), (_BUNKS, None), (_ROWS, None), (_STREETS, _TOWN),
                         (_HAMLETS, _VILLAGES_TOWN)):
        yield from ((_begin(text, m.start(), before), m.end()) for m in core.finditer(text))
    if "弄" in text:
        yield from ((m.start() + _lead(m[0]), m.end()) for m in _LANES.finditer(text))
    for said in (_LIVES, _LIVES_IN, _MINE, _AT_HOME):
        yield from (m.span(1) for m in said.finditer(text))
    for core, before in ((_COUNTRY, _COUNTY), (_NUMBERED, _IN_TOWN)):
        for m in core.finditer(text):
            if (begin := _begin(text, m.start(), before)) < m.start():
                yield begin, m.end()


def _begin(text: str, start: int, before: re.Pattern[str] | None) -> int:
    """Return where an address begins (住址起点): with what stands before its house, without words that lead to it."""
    found = before.search(text[max(0, start - 16) : start]) if before else None
    return start - len(found[0]) + _lead(found[0]) if found else start


def _lead(found: str) -> int:
    """Return how long the words are that lead to an address (引出住址的话)."""
    lead = _LEAD.match(found)
    return lead.end() if lead and lead.end() < len(found) else 0
