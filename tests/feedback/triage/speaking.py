"""Letters of two kinds (两类来信), said and dispatched: what the tests of triage help begin with."""

from __future__ import annotations

import random

from sangesan.feedback.matters import services
from sangesan.feedback.triage.models import Suggestion
from tests.builders import heard

TALK = {
    "logistics": "食堂 馒头 凉 澡堂 热水 宿舍 洗衣机 更衣箱 班车 饮水机".split(),
    "pay": "工资 奖金 公示 拖欠 加班费 绩效 扣款 补贴 到账 工分".split(),
}


def speak(count: int, **parts) -> list[str]:
    """Let so many different things be said, by turns of two kinds; returns their numbers."""
    chance, numbers = random.Random(count), []
    for place in range(count):
        kind = list(TALK)[place % 2]
        text = "，".join(chance.sample(TALK[kind], 5)) + f"，第 {place} 回反映"
        numbers.append(heard(text, unit="ZC1", category=kind, **parts).number)
    return numbers


def dispatched(mine, numbers, lead="HQ") -> None:
    for number in numbers:
        services.judge(scope=mine.scope("triage"), number=number, urgency=1, importance=1, lead=mine.units[lead].pk)


def of(number: str) -> Suggestion:
    return Suggestion.objects.get(matter__number=number)
