"""People and posts of the demo mine (示范矿人员、岗位): about 3,000 people, work numbers from 1001."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from . import names
from .units import MINE, OFFICES, TEAMS, UnitRow, units

SINCE = date(2024, 1, 1)
CORRESPONDENTS = 110
PASSWORD = "Qsl@2026demo"  # noqa: S105 - printed for everybody; demo only


@dataclass(frozen=True)
class PostRow:
    """One post (岗位行)."""

    code: str
    title: str
    unit: str
    role: str
    line: str = "administration"
    head: bool = False


@dataclass(frozen=True)
class Mine:
    """The whole organisation (全矿组织) as rows: units, people, posts, who holds what."""

    units: list[UnitRow]
    people: list[tuple[str, str, str]] = field(default_factory=list)  # work number, name, unit
    posts: list[PostRow] = field(default_factory=list)
    held: list[tuple[str, str, str]] = field(default_factory=list)  # work number, post code, kind


# Who can be tried out: work number, post code, who it is, what to look at first.
ACCOUNTS = [
    ("1001", "QSL-SJ", "党委书记", "今日情况、督办"),
    ("1002", "QSL-KZ", "矿长", "今日情况、A 级办结"),
    ("1003", "DWB-GS", "党委工作部干事", "事项列表、登记来件"),
    ("1004", "XFB-FB", "信访办分办员", "来件分办"),
    ("1005", "DW-ZC1-SJ", "综采一队党支部书记", "我的待办、审核答复"),
    ("1006", "LZK-CB", "劳资科承办人", "我的待办、签收办理"),
    ("1007", "ZC1-1-XX", "综采一队信息员", "快速上报"),
    ("1008", "DDS-ZB", "值班领导", "确认 A 级"),
    ("1009", "JWB-JC", "纪检监察员", "检举控告"),
    ("1010", "GHB-GB", "工会干部", "回访"),
    ("1011", "DWB-KH", "考核员", "每日考核"),
    ("1012", "BGS-XT", "系统管理员", "组织维护"),
    ("1013", "BGS-AQ", "安全管理员", "账号邀请"),
    ("1014", "BGS-SJ", "审计管理员", "审计日志"),
    ("1015", "ZJ2-DZ", "综掘二队队长", "我的待办"),
    ("1016", "DW-ZJ2-SJ", "综掘二队党支部书记", "我的待办"),
    ("1017", "ZC1-2-BZ", "综采一队班长", "上报、办理"),
    ("1018", "LZK-KZ", "劳资科科长", "审核答复"),
]
LEADERS = [
    ("QSL-SJ", "党委书记", "DW", "leader", "party", True),
    ("QSL-KZ", "矿长", MINE, "leader", "administration", True),
    ("QSL-FSJ", "党委副书记", "DW", "leader", "party", False),
    ("QSL-SCKZ", "生产副矿长", MINE, "leader", "administration", False),
    ("QSL-AQKZ", "安全副矿长", MINE, "leader", "administration", False),
    ("QSL-JWSJ", "纪委书记", "JWB", "inspector", "party", False),
    ("QSL-GHZX", "工会主席", "GH", "union", "union", True),
    ("QSL-TWSJ", "团委书记", "TW", "youth", "youth", True),
    ("BB-JZ", "本部井井长", "BB", "chief", "administration", True),
    ("DJ-JZ", "东井井长", "DJ", "chief", "administration", True),
    ("XJ-JZ", "西井井长", "XJ", "chief", "administration", True),
]
SPECIAL = [
    ("DWB-GS", "党委工作部干事", "DWB", "cadre"),
    ("DWB-KH", "考核员", "DWB", "assessor"),
    ("XFB-FB", "信访分办员", "XFB", "triage"),
    ("XFB-FB2", "信访分办员", "XFB", "triage"),
    ("DDS-ZB", "值班领导", "DDS", "duty"),
    ("DDS-ZB2", "值班领导（四点班）", "DDS", "duty"),
    ("DDS-ZB3", "值班领导（零点班）", "DDS", "duty"),
    ("JWB-JC", "纪检监察员", "JWB", "inspector"),
    ("GHB-GB", "工会生产保护干事", "GH", "union"),
    ("BGS-XT", "系统管理员", "BGS", "system_admin"),
    ("BGS-AQ", "安全管理员", "BGS", "security_admin"),
    ("BGS-SJ", "审计管理员", "BGS", "auditor"),
]

QUIET = [
    ("DDS-DD", "调度员", "DDS", "dispatcher"), ("GHB-GH", "关怀员", "GH", "carer"),
    ("YYY-YS", "心理科医生", "YYY", "doctor"),
]
HEADS = {
    "party": ("SJ", "党支部书记", "secretary"),
    "union": ("ZX", "分会主席", "union"),
    "youth": ("SJ", "团支部书记", "youth"),
}


def posts(rows: list[UnitRow]) -> list[PostRow]:
    """Return every post (全部岗位)."""
    made = [PostRow(*row) for row in LEADERS] + [PostRow(*row) for row in SPECIAL]
    for row in rows:
        if row.kind == "specialty":
            made.append(PostRow(f"{row.code}-FZ", f"{row.name}专业负责人", row.code, "chief", head=True))
        elif row.kind == "crew":
            made.append(PostRow(f"{row.code}-BZ", "班长", row.code, "crew_leader", head=True))
        elif row.kind == "branch":
            made.append(branch_post(row))
    for code, _, kind, *_ in TEAMS:
        title = {"team": "队长", "contractor": "项目经理", "retirees": "主任"}.get(kind, "经理")
        made.append(PostRow(f"{code}-DZ", title, code, "chief", head=True))
        made.append(PostRow(f"{code}-CB", "核算员", code, "handler"))
    for code, _, _ in OFFICES:
        made.append(PostRow(f"{code}-KZ", "负责人", code, "chief", head=True))
        made.append(PostRow(f"{code}-CB", "承办人", code, "handler"))
    crews = [row.code for row in rows if row.kind == "crew"]
    step = len(crews) / CORRESPONDENTS
    chosen = [crews[int(n * step)] for n in range(CORRESPONDENTS)]
    made += [PostRow(*row) for row in QUIET]
    return made + [PostRow(f"{code}-XX", "信息员", code, "correspondent", "party") for code in chosen]


def branch_post(row: UnitRow) -> PostRow:
    """Return the head's post of a branch of a line (支部书记、分会主席、团支部书记)."""
    tail, title, role = HEADS[row.line]
    return PostRow(f"{row.code}-{tail}", title, row.code, role, row.line, True)


def mine(seed: int = 2026) -> Mine:
    """Return the demo mine (示范矿), the same for the same seed."""
    random, made = Random(seed), Mine(units())  # noqa: S311 - invented people, no secret
    made.posts.extend(posts(made.units))
    homes = home_units(made.units)
    wanted = {account[1]: account[0] for account in ACCOUNTS}
    number = 10_000
    seats = {code: 0 for code in homes}
    for post in made.posts:
        work_number = wanted.get(post.code, "")
        if not work_number:
            number += 1
            work_number = str(number)
        made.people.append((work_number, names.name(random), home_of(post.unit, made.units)))
        made.held.append((work_number, post.code, "full"))
        seats[made.people[-1][2]] = seats.get(made.people[-1][2], 0) + 1
    for code, size in homes.items():
        for _ in range(max(0, size - seats.get(code, 0))):
            number += 1
            made.people.append((str(number), names.name(random), code))
    return made


def home_units(rows: list[UnitRow]) -> dict[str, int]:
    """Return how many people each office and crew has (编制): a team's men stand in its crews."""
    homes = {}
    for row in rows:
        crews = [other.code for other in rows if other.kind == "crew" and other.parent == row.code]
        if crews:
            homes[row.code] = 4
            homes |= {code: (row.size - 4) // len(crews) for code in crews}
        elif row.size:
            homes[row.code] = row.size
    return homes


def home_of(code: str, rows: list[UnitRow]) -> str:
    """Return the administrative unit where the holder of a post belongs (所在单位)."""
    row = next(r for r in rows if r.code == code)
    if row.line == "administration":
        return code
    return row.covers[0] if row.kind == "branch" else {"DW": "DWB", "GH": "GHB", "TW": "TWB"}[row.code]
