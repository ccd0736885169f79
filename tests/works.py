"""Work items for tests (造工作项): begun and driven through the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.execution.work import services
from sangesan.execution.work.models import Step, WorkItem
from sangesan.foundation import clock
from tests.builders import Mine


def begun(mine: Mine, *, by: str = "cadre", units: tuple[str, ...] = ("ZC1", "ZC2"), days: int = 20, **parts: Any
          ) -> WorkItem:
    """Begin a work item (立项) of the small mine."""
    given = {"title": "冬季防冻保暖", "aim": "澡堂、食堂、候罐室都有热水和暖气"} | parts
    return services.begin(scope=mine.scope(by), units=[mine.units[code].pk for code in units],
                          due=clock.today() + timedelta(days=days), **given)


def waiting(item: WorkItem, stage: str = "") -> list[Step]:
    """Return the open steps of a stage (未办步骤), in order."""
    done = Duty.objects.filter(settled()).values("pk")
    rows = item.steps.filter(stage=stage or item.stage).exclude(duty__in=done)
    return list(rows.select_related("part__unit", "duty__unit"))


def taken(mine: Mine, step: Step, *, by: str, words: str = "在两个班的班前会上讲了") -> Step:
    """Take a step (办一步)."""
    return services.take(scope=mine.scope(by), item=step.item_id, duty=step.duty_id, words=words)
