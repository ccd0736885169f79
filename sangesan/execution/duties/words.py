"""Words about duties (应办事项用语): states, reasons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from sangesan.method.duty_status import Status

WORDS = {
    Status.NOT_DUE: (lazy("未到时间"), ""), Status.OPEN: (lazy("待办"), "act"), Status.ON_TIME: (lazy("按时"), "ok"),
    Status.LATE: (lazy("迟办"), "warn"), Status.MISSING: (lazy("未办"), "bad"), Status.EXEMPT: (lazy("免办"), ""),
    Status.CANCELLED: (lazy("取消"), ""),
}
"""Word and tone of each state (状态用语)."""
WHY = {
    "shutdown": lazy("停产检修"), "holiday": lazy("放假"), "emergency": lazy("抢险救灾"), "merged": lazy("单位合并"),
    "leave": lazy("人员不在岗"), "production": lazy("生产任务冲突"), "safety": lazy("安全原因"),
    "help": lazy("等待协办单位"), "material": lazy("等待材料经费"), "absence": lazy("人员不在岗"),
    "other": lazy("其他"),
    "unit_closed": lazy("单位撤销"), "rule_ended": lazy("制度停止"), "cause_ended": lazy("来由已撤销"),
}
"""Reasons why a duty was waived, moved or fell away (原因用语)."""


def chip(status: Status) -> dict[str, str]:
    """Return a state as a chip takes it (状态标签)."""
    word, tone = WORDS[status]
    return {"word": str(word), "tone": tone}
