"""The month's analysis (月分析): drafted from facts, written by its author, finished when a meeting has studied it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import fact as fact_of
from sangesan.ledger.facts.services import record
from sangesan.method import analysis as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import AnalysisFinished
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import Analysis
from ..queries.access import own_analysis
from ..queries.paper import composed
from ..queries.studied import studied
from .words import checked, refused


@transaction.atomic
def draft(*, unit: Unit, month: date, figures: Mapping[str, Any]) -> Analysis:
    """Hand a unit the figures of its month (起草月分析): only such as may be shown. Run twice it changes nothing.

    A draft takes up what came late until it is finished; what is finished stays.
    """
    made, new = Analysis.objects.get_or_create(unit=unit, month=month, defaults={
        "line": unit.line, "path": path_of(unit.pk, clock.today()), "figures": dict(figures),
        "drafted_at": clock.now()})
    if not new and made.finished_at is None and made.figures != dict(figures):
        Analysis.objects.filter(pk=made.pk, finished_at=None).update(figures=dict(figures), drafted_at=clock.now())
        made.refresh_from_db()
    return made


@transaction.atomic
def write(*, scope: Scope, analysis: int, causes: str, advice: str) -> Analysis:
    """Write causes and advice (写原因和建议), the only two things that are typed."""
    found = _open(scope, analysis)
    found.causes = checked(causes, _("原因"), rule.LONGEST_WORDS)
    found.advice = checked(advice, _("建议"), rule.LONGEST_WORDS)
    found.save(update_fields=["causes", "advice"])
    return found


@transaction.atomic
def finish(*, scope: Scope, analysis: int, meeting: str) -> Analysis:
    """Finish an analysis (定稿): after a meeting of the unit studied it; its decisions are duties already."""
    found = _open(scope, analysis)
    if not (found.causes and found.advice):
        raise refused(_("原因和建议还没有写"), _("请先写，再研究"))
    one = next((one for one in studied(found) if one.subject == meeting), None)
    if one is None:
        raise refused(_("没有选在哪次会上研究的"), _("请先开会形成纪要，再从列表里选"), "meeting")
    found.meeting, found.finished_at = meeting, clock.now()
    words = json.dumps(composed(found), ensure_ascii=False, sort_keys=True)
    found.fact = record(AnalysisFinished(
        subject=found.subject, unit=found.path, line=found.line, occurred_at=found.finished_at,
        month=f"{found.month:%Y-%m}", meeting=meeting, quantity=one.decisions), actor=scope.actor, words=words)
    found.words = str(fact_of(found.fact).content["words"])
    found.save(update_fields=["meeting", "finished_at", "fact", "words"])
    fulfil(scope, found.unit_id, found.line, "analysis", lambda day: rule.month_before(day) == found.month)
    return found


def fulfil(scope: Scope, unit: int, line: str, kind: str, fits: Callable[[date], bool]) -> None:
    """Say that a routine's duty is done (完成制度的待办), if one is open whose nominal date is of the same period."""
    now = clock.now()
    rows = Duty.objects.filter(origin__kind=kind, unit=unit, line=line, opens__lte=now, closes__gte=now)
    asked = rows.exclude(settled()).select_related("origin").order_by("due")
    duty = next((one for one in asked if fits(one.nominal)), None)
    if duty is not None:
        duties.complete(duty=duty, actor=scope.actor, person=scope.person)


def _open(scope: Scope, analysis: int) -> Analysis:
    found = own_analysis(scope, analysis)
    held = Analysis.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    if held.finished_at is not None:
        raise Conflict(_("没有保存"), why=_("这份分析已经研究定稿，不再改动"))
    return held
