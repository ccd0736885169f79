"""Preview (试算): how the matters of the last quarter would have been graded under another table."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import visible
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.grading import CLOCK_NAMES, NAMES, RHYTHMS, Level, Table, Told, Where, grade
from sangesan.organization.people.models import ROLE_NAMES

__all__ = ["ROLE_NAMES", "changed", "preview", "told_name"]
QUARTER = timedelta(days=91)
WHERES = {Where.LEAD: lazy("主办单位"), Where.ARISES: lazy("发生单位"), Where.ABOVE: lazy("上级专业"),
          Where.MINE: lazy("全矿")}


def told_name(told: Told) -> str:
    """Return who is told, in words (告知对象)."""
    return f"{WHERES[told.where]} · {ROLE_NAMES[told.role]}"


def preview(scope: Scope, now: Table, then: Table) -> list[tuple[str, str, int, int]]:
    """Return for each grade its name and how many there were by one table and by the other (试算)."""
    rows = visible(scope) if scope.person else Matter.objects.none()
    rows = rows.filter(received_day__gte=clock.today() - QUARTER, urgency__gte=1, importance__gte=1, danger=False)
    counts = rows.values_list("urgency", "importance").order_by().annotate(n=Count("pk"))
    before, after = dict.fromkeys(NAMES, 0), dict.fromkeys(NAMES, 0)
    for urgency, importance, n in counts:
        before[grade(urgency, importance, table=now)] += n
        after[grade(urgency, importance, table=then)] += n
    return [(g, name, before[g], after[g]) for g, name in NAMES.items()]


def changed(now: Table, then: Table) -> list[tuple[str, str, str]]:
    """Return what a draft would change beside the matrix (改动): what, as it is, as it would be."""
    found = []
    for name, level in now.levels.items():
        before, after = _said(level), _said(then.levels[name])
        found += [(f"{name} {what}", before.get(what, "--"), after.get(what, "--"))
                  for what in {**before, **after} if before.get(what) != after.get(what)]
    return found


def _said(level: Level) -> dict[str, str]:
    """Return a level in words (级别说法)."""
    clocks = {CLOCK_NAMES[slug]: clock.words for slug, clock in level.clocks.items()}
    groups = ["、".join(str(ROLE_NAMES[role]) for role in sorted(group)) for group in level.closers]
    return {_("报告"): level.report.words, **clocks, _("报进展"): RHYTHMS[level.progress],
            _("告知"): "、".join(sorted({told_name(one) for one in level.told})),
            _("办结"): _("；并须 ").join(groups), _("超期升级"): f"{level.escalates_after} {level.escalates_to}"}
