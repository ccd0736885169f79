"""Life of the branches (支部组织生活): committee, groups, assembly and theme day of each Party branch, every month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from .assemblies import hold
from .weeks import branches
from .work import Act, at, workday

# series, months between, first day of the month, hour, place, what is concluded; committees meet early, for the
# analysis of the month before is due on the fifth
KEPT = (
    ("committee", 1, 2, 15, "区队会议室", (
        "研究本月职工反映集中的三件事，分别定了牵头人。", "核对上月队务公开，两个班补上了考勤。",
        "积极分子培养联系人调整一名，已征求党小组意见。", "困难职工帮扶申请两件，按程序报工会。",
        "下月党员活动放在班前，不占休息时间。", "新工人师带徒对子全部落实，支委每人联系一对。",
    )),
    ("assembly", 3, 12, 16, "队部学习室", (
        "通报上季度支部工作和经费使用，党员没有异议。", "通过下季度党员责任区安排。",
        "学习安全生产有关规定，党员表态带头不违章。", "讨论接收预备党员一名，票决通过。",
    )),
    ("group", 1, 17, 14, "班组学习室", (
        "学习安全规程，每人说一条身边的隐患，报队里四条。", "听取积极分子思想汇报，提了两条建议。",
        "议组里党员怎么带新工人，一人带一个。", "通报支委会决定，没到会的两人已补上。",
    )),
    ("party_day", 1, 13, 15, "党员活动室", (
        "主题：身边的隐患我来查，查出六条，当场整改四条。", "主题：给零点班送热饭、检查候车棚。",
        "主题：学习劳动保护规定，答疑十一条。", "主题：党员带头修更衣箱，修好二十三个。",
    )),
)


SPREAD = {"committee": 4}
"""Over how many days the branches meet (错开几天), ten unless said here."""


def committee_day(month: date, n: int) -> date:
    """Return the day of a month on which the n-th branch's committee meets (支委会日)."""
    return workday(month.replace(day=KEPT[0][2] + n % SPREAD["committee"]))


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield what the branches held (组织生活的场次)."""
    month = since.replace(day=1)
    while month <= until:
        for n, code in enumerate(branches()):
            for series, every, first, hour, place, said in KEPT:
                day = workday(month.replace(day=first + n % SPREAD.get(series, 10)))
                if since < day <= until and (month.month - 1) % every == 0:
                    turn = month.month + n
                    chosen = tuple(said[(turn + k) % len(said)] for k in range(2))
                    yield Act(at(day, hour, n), f"{series} {code}", partial(
                        hold, f"DW-{code}-SJ", f"DW-{code}", series, place, [], turn, chosen))
        month = (month + timedelta(days=31)).replace(day=1)
