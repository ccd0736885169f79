"""Units of the demo mine (示范矿单位): one mine, three shafts, specialties, teams, crews, four lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MINE = "QSL"
SHIFTS = {"检修班": ("08:00", "16:00"), "四点班": ("16:00", "00:00"), "零点班": ("00:00", "08:00")}


@dataclass(frozen=True)
class UnitRow:
    """One unit (单位行); `covers` lists what a unit of a line covers, `shift` a crew's shift."""

    code: str
    name: str
    kind: str
    parent: str = ""
    line: str = "administration"
    size: int = 0
    covers: tuple[str, ...] = ()
    shift: str = ""


SHAFTS = [("BB", "本部井"), ("DJ", "东井"), ("XJ", "西井")]
SPECIALTIES = [
    ("CM", "采煤", "BB"), ("JJ", "掘进", "BB"), ("JD", "机电", "BB"), ("YS", "运输", "BB"), ("TF", "通风", "BB"),
    ("DC", "地测防治水", "BB"), ("DCM", "东井采煤", "DJ"), ("DJJ", "东井掘进", "DJ"), ("DJD", "东井机电运输", "DJ"),
    ("DTF", "东井通风", "DJ"), ("XCM", "西井采煤", "XJ"), ("XJJ", "西井掘进", "XJ"), ("XJD", "西井机电运输", "XJ"),
    ("XTF", "西井通风", "XJ"), ("XX", "洗选", MINE), ("HQ", "后勤", MINE),
]
# code, name, kind, parent, crews, kind of work (for the words), people
TEAMS = [
    ("ZC1", "综采一队", "team", "CM", 5, "cut", 128),
    ("ZC2", "综采二队", "team", "CM", 5, "cut", 124),
    ("AZ1", "安装队", "team", "CM", 4, "cut", 86),
    ("ZJ1", "综掘一队", "team", "JJ", 5, "drive", 98),
    ("ZJ2", "综掘二队", "team", "JJ", 5, "drive", 102),
    ("KJ1", "开掘一队", "team", "JJ", 4, "drive", 84),
    ("HX1", "巷修队", "team", "JJ", 4, "drive", 78),
    ("JD1", "机电一队", "team", "JD", 5, "elec", 110),
    ("JX1", "机修队", "team", "JD", 4, "elec", 72),
    ("JY1", "机运队", "team", "YS", 5, "trans", 118),
    ("YS1", "运输队", "team", "YS", 5, "trans", 104),
    ("TF1", "通风队", "team", "TF", 4, "vent", 92),
    ("CF1", "瓦斯抽放队", "team", "TF", 4, "vent", 64),
    ("TS1", "探放水队", "team", "DC", 4, "geo", 66),
    ("ZC3", "综采三队", "team", "DCM", 5, "cut", 120),
    ("ZJ3", "综掘三队", "team", "DJJ", 4, "drive", 92),
    ("KJ3", "开掘三队", "team", "DJJ", 4, "drive", 84),
    ("JY2", "东井机运队", "team", "DJD", 5, "trans", 108),
    ("TF2", "东井通风队", "team", "DTF", 4, "vent", 70),
    ("ZC4", "综采四队", "team", "XCM", 5, "cut", 112),
    ("KJ2", "开掘二队", "team", "XJJ", 4, "drive", 82),
    ("JY3", "西井机运队", "team", "XJD", 5, "trans", 102),
    ("TF3", "西井通风队", "team", "XTF", 4, "vent", 68),
    ("WW1", "外委掘进项目部", "contractor", "XJJ", 6, "contract", 108),
    ("XMC", "洗煤厂", "enterprise", "XX", 12, "wash", 196),
    ("WYG", "物业公司", "enterprise", "HQ", 10, "prop", 118),
    ("YYY", "职工医院", "enterprise", "HQ", 6, "hosp", 84),
    ("CYB", "餐饮服务部", "enterprise", "HQ", 6, "prop", 60),
    ("JQG", "机器制修厂", "enterprise", "HQ", 6, "wash", 70),
    ("TXB", "离退休管理办公室", "retirees", MINE, 0, "retire", 40),
]
OFFICES = [
    ("DWB", "党委工作部", 9), ("JWB", "纪委", 7), ("GHB", "工会", 8), ("TWB", "团委", 4), ("XFB", "信访办", 5),
    ("BGS", "矿办公室", 9), ("AJC", "安监处", 24), ("DDS", "调度室", 20), ("LZK", "劳资科", 10), ("PXK", "培训科", 8),
    ("HQK", "后勤科", 12), ("SCK", "生产科", 11), ("JDK", "机电科", 12), ("TFK", "通风科", 10), ("DCK", "地测科", 10),
    ("CWK", "财务科", 9), ("GYK", "供应科", 12), ("BWK", "保卫科", 18),
]
BRANCHES_OF_OFFICES = {
    "机关第一党支部": ("DWB", "JWB", "GHB", "TWB", "XFB", "BGS", "LZK", "PXK", "CWK"),
    "机关第二党支部": ("AJC", "DDS", "SCK", "JDK", "TFK", "DCK", "HQK", "GYK", "BWK"),
}
SHARED = {"AZ1": "ZC2", "CF1": "TF1"}  # a small team belongs to the branch of another
YOUNG = ("ZC1", "ZC2", "ZJ1", "ZJ2", "JD1", "JY1", "TF1", "ZC3", "JY2", "ZC4", "XMC", "YYY")
CREWS = ("检修一班", "检修二班", "四点班", "零点班", "零点二班", "机电检修班", "运转一班", "运转二班", "运转三班",
         "筛分班", "装车班", "化验班")
WORK = {code: work for code, *_, work, _ in TEAMS} | {code: "office" for code, *_ in OFFICES}


def units() -> list[UnitRow]:
    """Return every unit (全部单位), parents before children."""
    rows = [UnitRow(MINE, "青石岭矿", "mine")]
    rows += [UnitRow(code, name, "shaft", MINE) for code, name in SHAFTS]
    rows += [UnitRow(code, name, "specialty", parent) for code, name, parent in SPECIALTIES]
    rows += [UnitRow(code, name, kind, parent, size=size) for code, name, kind, parent, _, _, size in TEAMS]
    rows += [UnitRow(code, name, "office", MINE, size=size) for code, name, size in OFFICES]
    for code, *_, crews, _, _ in TEAMS:
        rows += [UnitRow(f"{code}-{n + 1}", CREWS[n], "crew", code, shift=shift_of(n)) for n in range(crews)]
    return rows + list(party()) + list(union()) + list(youth())


def shift_of(number: int) -> str:
    """Return the shift of a team's n-th crew (班次); those that run what never stops have several in turn."""
    name, order = CREWS[number], tuple(SHIFTS)
    named = next((shift for shift in SHIFTS if shift[:2] in name), "")
    return named or ("、".join(order[number % 3 :] + order[: number % 3]) if number > 5 else "检修班")


def party() -> Iterator[UnitRow]:
    """Yield the Party committee and its branches (党委、党支部)."""
    yield UnitRow("DW", "青石岭矿党委", "committee", MINE, "party", covers=(MINE,))
    for code, name, *_ in TEAMS:
        if code not in SHARED:
            covers = (code, *(small for small, big in SHARED.items() if big == code))
            yield UnitRow(f"DW-{code}", f"{short(name)}党支部", "branch", "DW", "party", covers=covers)
    for number, (name, covers) in enumerate(BRANCHES_OF_OFFICES.items(), 1):
        yield UnitRow(f"DW-JG{number}", name, "branch", "DW", "party", covers=covers)


def union() -> Iterator[UnitRow]:
    """Yield the union and its workshop unions (工会、车间工会)."""
    yield UnitRow("GH", "青石岭矿工会委员会", "committee", MINE, "union", covers=(MINE,))
    for code, name, kind, *_ in TEAMS:
        if kind != "retirees":
            yield UnitRow(f"GH-{code}", f"{short(name)}分会", "branch", "GH", "union", covers=(code,))


def youth() -> Iterator[UnitRow]:
    """Yield the youth league and its branches (团委、团支部)."""
    yield UnitRow("TW", "青石岭矿团委", "committee", MINE, "youth", covers=(MINE,))
    names = {code: name for code, name, *_ in TEAMS}
    for code in YOUNG:
        yield UnitRow(f"TW-{code}", f"{names[code]}团支部", "branch", "TW", "youth", covers=(code,))


def short(name: str) -> str:
    """Return how a unit is called in daily speech (简称).

    >>> short("离退休管理办公室")
    '离退休'
    """
    return name.replace("管理办公室", "")
