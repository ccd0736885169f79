"""The five networks of the demo mine (示范矿联络网): every unit has nodes but one crew, so that the map shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.networks.services import take

from .people import SINCE, Mine
from .units import OFFICES, SHARED, TEAMS, YOUNG

HEAD = ["联络网", "岗位编码", "单位编码", "产生方式", "产生日期", "公示日期", "任期至"]
TERM = date(2027, 12, 31)
Row = list[str]


def fill(made: Mine) -> int:
    """Fill the networks (设联络员) on the day the demo mine begins."""
    with clock.at(SINCE):
        return take(data=[HEAD, *rows(made)], actor=SYSTEM)


def rows(made: Mine) -> Iterator[Row]:
    """Yield every node as a row of the sheet (联络员行)."""
    for code, _name, kind, *_ in TEAMS:
        branch = f"DW-{SHARED.get(code, code)}-SJ"
        if code not in SHARED:
            yield from of_branch(f"DW-{code}", f"GH-{code}-ZX" if kind != "retirees" else f"{code}-CB")
        if kind != "retirees":
            yield node("思想政治联络网", branch, code)
            yield node("信访网络", f"{code}-CB", code, "支部推荐")
            yield node("宣传网络", f"TW-{code}-SJ" if code in YOUNG else f"{code}-CB", code, "支部推荐")
            yield node("思想教育引导网络", f"GH-{code}-ZX", code)
    for number, officer in enumerate(("XFB-FB", "AJC-CB"), 1):
        yield from of_branch(f"DW-JG{number}", officer)
    for code, *_ in OFFICES:
        yield node("宣传思想工作研讨网络", f"{code}-KZ", code)
    yield node("宣传思想工作研讨网络", "DWB-GS", "DWB")
    yield from of_crews(made)


def of_branch(code: str, petition: str) -> Iterator[Row]:
    """Yield the nodes of a branch (支部联络员)."""
    for name in ("思想政治联络网", "宣传网络", "思想教育引导网络", "宣传思想工作研讨网络"):
        yield node(name, f"{code}-SJ", code)
    yield node("信访网络", petition, code, "支部推荐")


def of_crews(made: Mine) -> Iterator[Row]:
    """Yield the nodes of the crews (班组联络员): a correspondent also stands for a neighbour without one."""
    chosen = {post.unit: post.code for post in made.posts if post.role == "correspondent"}
    crews = [unit for unit in made.units if unit.kind == "crew"]
    empty = [unit.code for unit in crews if unit.code not in chosen][-1]
    for unit in crews:
        yield node("思想政治联络网", f"{unit.code}-BZ", unit.code)
        near = chosen.get(unit.code) or next(
            chosen[other.code] for other in crews if other.parent == unit.parent and other.code in chosen)
        if unit.code != empty:
            yield node("信访网络", near, unit.code, "班组推选", SINCE.isoformat(), TERM.isoformat())


def node(network: str, post: str, unit: str, chosen: str = "岗位兼任", posted: str = "", ends: str = "") -> Row:
    """Return one row (一行)."""
    return [network, post, unit, chosen, SINCE.isoformat(), posted, ends]
