"""Publicity for tests (造宣传): a mine with crews, a plan handed down, a month's table as a workbook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sangesan.execution.publicity import services
from sangesan.execution.publicity.models import Campaign
from sangesan.foundation import clock
from sangesan.foundation.sheets import giving
from sangesan.method.authority import Role
from sangesan.organization.units.models import Kind
from tests.builders import Mine, hire, small_mine, unit

HEAD = ["工号", "姓名", "出勤（天）", "工分", "奖金（元）"]


def crews() -> Mine:
    """Build the small mine with two crews that have heads (两个班), and a second team without a branch."""
    mine = small_mine()
    mine.units["ZC1L"] = unit("ZC1L", "综采一队零点班", Kind.CREW, mine.units["ZC1"])
    hire(mine, "crew", "检修班班长", "ZC1J", Role.CREW_LEADER, "3001", head=True)
    hire(mine, "night", "零点班班长", "ZC1L", Role.CREW_LEADER, "3002", head=True)
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "3003", head=True)
    return mine


def planned(mine: Mine, *, by: str = "cadre", units: tuple[str, ...] = ("ZB1", "ZC2"), days: int = 20, **parts: Any
            ) -> Campaign:
    """Make a plan and hand it down (定计划)."""
    given = {"title": "冬季防冻保暖", "message": "更衣室暖气今天开通。管路结冰请马上报调度，电话 2345。"} | parts
    given = {"starts": clock.today(), "ends": clock.today() + timedelta(days=days)} | given
    return services.plan(scope=mine.scope(by), units=[mine.units[code].pk for code in units], **given)


def table(*rows: tuple, head: list[str] = HEAD, sheet: str = "队务公开") -> bytes:
    """Return a month's table (公示表)."""
    return giving.workbook({sheet: [head, *rows]})
