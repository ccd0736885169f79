"""The leading group and the yearly focus of the demo mine (示范矿的领导小组和工作重点), decided each January."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from sangesan.decision.focus import services
from sangesan.decision.focus.models import Seat

from .cast import holder
from .work import Act, at

GROUP = (("QSL-SJ", "head"), ("QSL-KZ", "deputy"), ("QSL-FSJ", "deputy"), ("QSL-AQKZ", "member"),
         ("QSL-GHZX", "member"), ("QSL-TWSJ", "member"))
FOCUS = (
    ("安全生产无重伤", "一季度一通三防，雨季三防，冬季防冻；隐患当班整改，别人验收", "QSL-AQKZ"),
    ("职工反映件件有回音", "来信来访当天登记、按期答复；拖得久的由分管领导督办", "QSL-FSJ"),
    ("工资奖金公开", "各队每月先公示后发放，工会分会抽查", "QSL-GHZX"),
    ("青年人留得住", "住宿、夜班伙食、师徒结对，季度座谈听意见", "QSL-TWSJ"),
)


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield each January's decision (每年一月定重点)."""
    for year in range(since.year, until.year + 1):
        day = max(since, date(year, 1, 8))
        if day <= until:
            yield Act(at(day, 7, 20), f"focus {year}", partial(decide, year, day))


def decide(year: int, day: date) -> None:
    """Write down the group, once, and the focus of the year (登记)."""
    scope, decided = holder("DWB-GS"), f"党委会 {day:%Y-%m-%d} 第 1 项"
    if not Seat.objects.exists():
        for post, seat in GROUP:
            services.join(scope=scope, post=post, seat=seat, decided_by=decided)
    for title, content, post in FOCUS:
        services.set_focus(scope=scope, year=year, title=title, content=content, post=post, decided_by=decided)
