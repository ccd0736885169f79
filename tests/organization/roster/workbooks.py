"""Workbooks for the tests (测试用工作簿): a small mine, and one of any size."""

from __future__ import annotations

from sangesan.foundation.sheets import giving

UNITS = [
    ["编码*", "名称*", "类别*", "条线", "上级编码", "设立日期", "顺序", "覆盖单位", "班次", "几天一倒"],
    ["ZC1", "综采一队", "区队", "", "BB", "2020-01-01", 1, "", ""],  # before its parent: order is free
    ["QSL", "青石岭矿", "矿", "", "", "2000-01-01", 1, "", ""],
    ["BB", "本部井", "井", "", "QSL", "2010-01-01", 1, "", ""],
    ["ZC1-1", "综采一队检修班", "班组", "", "ZC1", "", 1, "", "检修班", ""],
    ["DW", "矿党委", "委员会", "党组织", "QSL", "", 9, "", ""],
    ["DZ1", "综采一队党支部", "支部", "党组织", "DW", "", 1, "ZC1", ""],
]
PEOPLE = [
    ["工号*", "姓名*", "单位编码*", "手机", "入册日期"],
    [1001, "王强", "ZC1", "13800000000", "2021-03-01"],
    ["1002", "李敏", "ZC1", "", ""],
    ["1003", "曾大有", "ZC1-1", "", ""],
]
POSTS = [
    ["岗位编码*", "岗位名称*", "单位编码*", "岗位类别*", "条线", "负责人", "设立日期"],
    ["ZC1-DZ", "队长", "ZC1", "单位负责人", "", "是", "2020-01-01"],
    ["DZ1-SJ", "党支部书记", "DZ1", "党支部书记", "", "是", ""],
    ["ZC1-CB", "承办人", "ZC1", "承办人", "", "", ""],
]
APPOINTMENTS = [
    ["工号*", "岗位编码*", "任职方式", "开始日期", "结束日期"],
    ["1001", "ZC1-DZ", "专任", "2022-01-01", ""],
    ["1002", "DZ1-SJ", "", "2024-05-01", ""],
    ["1002", "ZC1-CB", "兼任", "", ""],
]


def tables(**parts) -> dict[str, list[list]]:
    """Return the sheets of a small mine (小矿四表), some of them replaced or left out with None."""
    found = {"单位": UNITS, "人员": PEOPLE, "岗位": POSTS, "任职": APPOINTMENTS} | parts
    return {name: [list(row) for row in rows] for name, rows in found.items() if rows is not None}


def workbook(**parts) -> bytes:
    """Return the small mine as an .xlsx (小矿工作簿)."""
    return giving.workbook(tables(**parts))


def large(people: int, per_crew: int = 20) -> dict[str, list[list]]:
    """Return a mine of so many people (大矿四表): crews of twenty, ten crews to a team."""
    units, posts, held = [UNITS[0], UNITS[2]], [POSTS[0]], [APPOINTMENTS[0]]
    crews = [f"C{n:04d}" for n in range(-(-people // per_crew))]
    for n, crew in enumerate(crews):
        team = f"T{n // 10:03d}"
        if n % 10 == 0:
            units.append([team, f"采掘{n // 10}队", "区队", "", "QSL", "2020-01-01", n, "", ""])
        units.append([crew, f"采掘{n // 10}队{n % 10}班", "班组", "", team, "2020-01-01", n, "", "四点班"])
        posts.append([f"{crew}-BZ", "班长", crew, "班组长", "", "是", ""])
        held.append([f"{10000 + n * per_crew}", f"{crew}-BZ", "专任", "2024-01-01", ""])
    rows = [[f"{10000 + n}", f"王{'一二三四五六七八九'[n % 9]}", crews[n // per_crew], "", ""] for n in range(people)]
    return {"单位": units, "人员": [PEOPLE[0], *rows], "岗位": posts, "任职": held}
