"""The four lists (四张清单, chapter S3e): what has no measure, no procedure, no result, no second check.

They name indicators, routines, duties and records, and the unit that can mend each: never a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sangesan.appraisal.rules import queries as rules
from sangesan.appraisal.scoring import queries as scoring
from sangesan.execution.duties import queries as duties
from sangesan.execution.routines import queries as routines
from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.queries import named, within

MOST = 20
SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Lack:
    """One thing that lacks something (一项): what, of which unit or version, and where it is mended."""

    what: str
    of: str
    url: str = ""


@dataclass(frozen=True)
class Lacks:
    """One of the four lists (一张清单), the first of its rows, and how many there are in all."""

    word: str
    why: str
    none: str
    rows: list[Lack]
    total: int


def lacks(scope: Scope) -> list[Lacks]:
    """Return the four lists within reach (四张清单)."""
    day = clock.today()
    found = [
        _list(_("没有量化的目标和指标"), _("指标没有写明按哪些台账条目计算"), _("现行和起草中的指标都有计量依据"),
              rules.unmeasured(day), lambda row: Lack(row.name, str(row.rule_set))),
        _list(_("没有程序的工作"), _("施行中的制度没有写步骤，做的人不知道先后"), _("施行中的制度都写明了步骤"),
              routines.without_steps(day),
              lambda row: Lack(row.title, row.routine.code, f"/w/routines/{row.routine.code}/")),
    ]
    if scope.can(Action.SEE_WORK):
        called = {code: name for code, (_place, name) in named(day).items()}
        found.append(_list(
            _("到期没有结果的事"), _("近三十天到期、宽限也过了，还没有办结、免办或取消"), _("近三十天到期的都有结果"),
            duties.missing(scope, clock.now() - SINCE),
            lambda row: Lack(row.origin.title, f"{called.get(row.unit.code, row.unit)} · {clock.local(row.due):%m-%d}",
                             f"/w/{row.subject}/")))
    item = scoring.items()
    found.append(_list(
        _("没有复核的评分"), _("人工登记的加减分，要另一个人复核以后才计入"),
        _("人工登记的评分都已复核"), scoring.unchecked(within(scope, Action.COUNT_WORK)),
        lambda row: Lack(row.unit.name, item(row),
                         "/w/assessments/" if scope.can(Action.ASSESS) else "")))
    return found


def _list(word: str, why: str, none: str, rows: QuerySet, told: Callable[[Any], Lack]) -> Lacks:
    return Lacks(word, why, none, [told(row) for row in rows[:MOST]], rows.count())
