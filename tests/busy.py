"""A busy mine (忙矿): the small mine with matters in every state, results and notices, made through the services."""

from __future__ import annotations

from datetime import timedelta

from sangesan.feedback.matters import services
from sangesan.foundation import clock
from sangesan.procedures import nightly
from tests.builders import Mine, heard

LONG = "机电队更衣室淋浴间的热水每到零点班升井以后就停，最近两周停了六次，大家只能用冷水冲洗，已经有三个人感冒请假"


def sent(mine: Mine, text: str, urgency: int = 2, importance: int = 2, **parts) -> str:
    """Hear, grade and dispatch (登记、定级、派单); returns the number."""
    number = heard(text, unit="ZC1", **parts).number
    triage = mine.scope("triage")
    services.grade(scope=triage, number=number, urgency=urgency, importance=importance)
    services.dispatch(scope=triage, number=number, lead=mine.units["HQ"].pk)
    return number


def handled(mine: Mine, text: str, **parts) -> str:
    """Sign for it and say a first word (签收、首次答复); returns the number."""
    number = sent(mine, text, **parts)
    services.sign_in(scope=mine.scope("handler"), number=number)
    services.first_answer(scope=mine.scope("handler"), number=number, text="已收到，正在核实")
    return number


def answered(mine: Mine, text: str, **parts) -> str:
    """Answer it, approved by another (答复); returns the number."""
    number = handled(mine, text, **parts)
    services.draft(scope=mine.scope("handler"), number=number, text="今天起恢复供应，由后勤科每晚检查")
    services.approve(scope=mine.scope("logistics"), number=number)
    return number


def busy(mine: Mine) -> dict[str, str]:
    """Fill the mine (造事项) and close the day; returns numbers by state, and a receipt."""
    said = {"dispatched": sent(mine, LONG), "late": sent(mine, "候车室漏雨", 3, 3)}
    said["handling"] = handled(mine, "工资条看不懂加班怎么算", mode="confidential")
    said["extending"] = handled(mine, "班中餐送得晚")
    services.extend(scope=mine.scope("handler"), number=said["extending"], days=3, reason="等配件")
    said["review"] = handled(mine, "宿舍网络晚上断")
    services.draft(scope=mine.scope("handler"), number=said["review"], text="已换路由器")
    said["answered"] = answered(mine, "食堂夜班没有热饭")
    said["closed"] = closed = answered(mine, "洗衣房的机器坏了一台")
    services.call_back(scope=mine.scope("triage"), number=closed, reached=True, text="已修好")
    for who in ("triage", "secretary"):
        services.close(scope=mine.scope(who), number=closed)
    kept = heard("澡堂的灯坏了三盏", unit="ZC1")
    said["received"], said["receipt"] = kept.number, kept.receipt
    said["danger"] = heard("采面顶板有响声", unit="ZC1", danger=True).number
    with clock.at(clock.now() + timedelta(hours=15)):
        nightly.run(clock.today() - timedelta(days=1))
    return said
