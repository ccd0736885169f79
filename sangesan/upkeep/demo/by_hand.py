"""The assessor's own work in the demo mine (示范矿的人工考核): exceptions, a second person, and a draft to try out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.rules.library import START
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import HandEntry

from .appraisal import first_after
from .cast import holder
from .work import Act, at

FOUND = (
    ("ZJ1", "organisation_life", -200, "当月支委会记录与签到簿不符，见督察单第 12 号", True),
    ("JD1", "openness", -100, "零点班考勤晚贴两天，见公开栏照片登记", True),
    ("JY1", "organisation_life", -100, "主题党日没有留存材料，已电话核实", None),
)
"""Branch, indicator, points and reason of an exception; whether the second person agreed, None while it waits."""
CONFIRMED = ("organisation_life", "openness")


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield what was assessed by hand in each month, and the draft of a new version (各场)."""
    month = first_after(first_after(since))
    while month <= until:
        last = month - timedelta(days=1)
        for n, (code, indicator, points, why, agreed) in enumerate(FOUND):
            yield Act(at(month, 9 + n), f"exception {last} {n}", partial(enter, last, code, indicator, points, why))
            if agreed is not None:
                yield Act(at(month, 15), f"second {last} {n}", partial(check, last, code, indicator))
        for indicator in CONFIRMED:
            yield Act(at(month, 16), f"confirm {last} {indicator}", partial(confirm, last, indicator))
        month = first_after(month)
    yield Act(at(until - timedelta(days=3), 10), "draft", draft)


def enter(last: date, code: str, indicator: str, points: int, why: str) -> None:
    """The assessor enters an exception (登记例外)."""
    services.enter(scope=holder("DWB-KH"), since=last.replace(day=1), until=last, indicator=indicator,
                   unit=f"DW-{code}", how="points", points=points, words=why)


def check(last: date, code: str, indicator: str) -> None:
    """A second person agrees (复核)."""
    row = HandEntry.objects.get(until=last, unit__code=f"DW-{code}", indicator=indicator)
    services.check(scope=holder("DWB-GS"), entry=row.pk, agreed=True)


def confirm(last: date, indicator: str) -> None:
    """All others have no exception (确认其余无例外)."""
    services.confirm_all(scope=holder("DWB-KH"), since=last.replace(day=1), until=last, indicator=indicator)


def draft() -> None:
    """A second version waits for the congress (新版草案): more comes from below, so it can be tried out."""
    links = [START["links"][0] | {"share": 5_000}, *START["links"][1:]]
    rules.draft(code="period", version=2, **START | {"links": links})
