"""Objections (考核异议): filed by the unit on one line, decided by somebody who had no part in it.

Upheld means: the wrong facts are reversed and the right ones recorded for the day on which they
happened; or what was missing is there by now, recorded by its owner, and the ruling names it. The run
stays as it was published; the run that revises it names it, and the page shows both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import latest
from sangesan.appraisal.scoring.services import revise_period
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.ids import crockford
from sangesan.ledger.facts.queries import Row
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.appeals import Remedy, remedies, righted
from sangesan.method.authority import Scope
from sangesan.method.facts import KINDS
from sangesan.method.facts.appraisal import ObjectionDecided, ObjectionFiled, ObjectionRighted
from sangesan.method.omissions import OMITTED, WHOLE
from sangesan.method.texts import kept, letters, unfit
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import last_day, path_of

from .. import queries
from ..models import Appeal, Ruling
from .publishing import publish_again

LONGEST, SHORTEST = 500, 4
AGAIN = {Run.Period.DAY: scoring.assess_day, Run.Period.ROLLING: scoring.assess_rolling}
"""How a period is assessed anew (重新核算)."""


@transaction.atomic
def file(*, scope: Scope, run: int, code: str, indicator: str, text: str, about: int = WHOLE) -> Appeal:
    """Object to one line of a statement (提出异议) on the unit's behalf, while the result is provisional.

    In a line without facts nothing can be wrong but what is missing: that objection is about an omission.
    """
    line = queries.objectionable(scope, run, code, indicator)
    text = _worded(text, _("异议没有提交"), _("请写明哪里不对、实际情况怎样"))
    about = OMITTED if about == WHOLE and not line.facts else about
    if about not in (WHOLE, OMITTED, *line.facts):
        raise UserError(_("异议没有提交"), why=_("所选条目不在这一项里"), next=_("请从列表中选择"))
    if Appeal.objects.filter(run=line.run, unit=line.unit, indicator=indicator, about=about).exists():
        raise _again()
    now, number = clock.now(), f"{clock.today().year}-{crockford(6)}"
    told = ObjectionFiled(subject=f"appeals/{number}", unit=_path(line.unit, line.run), occurred_at=now,
                          line=line.indicator.line, run=line.run.pk, indicator=indicator, about=about)
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                number=number, run=line.run, unit=line.unit, indicator=indicator, about=about,
                person_id=scope.person, post=line.post.code, filed_at=now,
                record=record(told, actor=scope.actor, words=text))
    except IntegrityError as fault:
        raise _again() from fault


def decide(*, scope: Scope, number: str, upheld: bool, reason: str, remedy: Mapping[int, str] | None = None,
           named: Collection[int] = ()) -> Ruling:
    """Decide an objection (裁定异议); `remedy` names for each wrong fact what it becomes, `named` what came late.

    The revised run is made after the ruling is committed. Should that fail, the night makes it: the
    facts are there.
    """
    made = _decide(scope=scope, number=number, upheld=upheld, reason=reason, remedy=remedy or {}, named=set(named))
    if made.upheld:
        run = made.appeal.run
        assess_again(run)
        publish_again(run)
    return made


@transaction.atomic
def _decide(*, scope: Scope, number: str, upheld: bool, reason: str, remedy: Mapping[int, str],
            named: set[int]) -> Ruling:
    told = queries.appeal_for(scope, number)
    appeal = told.appeal
    if Ruling.objects.filter(appeal=appeal).exists():
        raise Conflict(_("裁定没有登记"), why=_("这项异议已经裁定"), next=_("请刷新页面查看"))
    if not told.may_decide:
        raise Forbidden(_("裁定没有登记"), why=_("记过、核过这一项的人和提出异议的单位不能裁定"),
                        next=_("请由另一位裁定人办理"))
    reason = _worded(reason, _("裁定没有登记"), _("请写明核实了什么、为什么"))
    rows = {row.id: row for row in told.facts}
    if upheld and not remedy and not named:
        raise _nothing_chosen(appeal)
    if not upheld and (remedy or named):
        raise UserError(_("裁定没有登记"), why=_("异议不成立时不更正条目，也不选补记"),
                        next=_("请去掉所选的条目，或改为成立"))
    if strange := set(remedy) - set(rows):
        raise UserError(_("裁定没有登记"), why=_("第 %d 条不在这一项里") % min(strange), next=_("请从列表中选择"))
    if strange := named - {row.id for row in queries.offered(appeal, told.late)}:
        raise UserError(_("裁定没有登记"), why=_("第 %d 条不在补记的条目里，或已经冲正") % min(strange),
                        next=_("请刷新页面，从列表中选择"))
    for one, slug in sorted(remedy.items()):
        _put_right(rows[one], slug, scope, reason)
    now = clock.now()
    about: Any = {"subject": appeal.subject, "unit": _path(appeal.unit, appeal.run), "occurred_at": now,
                  "run": appeal.run_id, "indicator": appeal.indicator}
    for one in sorted(named):
        record(ObjectionRighted(fact=one, **about), actor=scope.actor)
    ruled = ObjectionDecided(upheld=int(upheld), **about)
    try:
        with transaction.atomic():
            return Ruling.objects.create(
                appeal=appeal, upheld=upheld, person_id=scope.person, post=scope.posts[0].code, decided_at=now,
                record=record(ruled, actor=scope.actor, words=reason))
    except IntegrityError as fault:
        raise Conflict(_("裁定没有登记"), why=_("这项异议已经裁定"), next=_("请刷新页面查看")) from fault


def _path(unit: Unit, run: Run) -> str:
    """Return the path of a unit as a run ended, or as it itself did before (单位路径)."""
    return path_of(unit.pk, min(run.until, last_day(unit)))


def assess_again(run: Run) -> None:
    """Assess the day or period of a run again (重新核算), upon what revised it meanwhile; of two at once, one again."""
    try:
        _assess(run)
    except IntegrityError:
        _assess(run)


def _assess(run: Run) -> None:
    """Assess the day of a run, or revise the last result of its period where late facts touch it (重新核算)."""
    if run.period in AGAIN:
        AGAIN[Run.Period(run.period)](run.until)
    else:
        revise_period(latest(run.period, run.until) or run)


def _put_right(row: Row, slug: str, scope: Scope, reason: str) -> None:
    """Reverse a wrong fact and record the right one (冲正、重记), dated as it happened."""
    chosen: Remedy | None = next((r for r in remedies(row.kind, row.content) if r.slug == slug), None)
    if chosen is None:
        raise UserError(_("裁定没有登记"), why=_("第 %d 条不能这样更正") % row.id, next=_("请从列表中选择"))
    reverse(row.id, reason="objection", actor=scope.actor, words=reason)
    if chosen.kind:
        kind = KINDS[chosen.kind]
        parts = righted(row.content, chosen, [f.name for f in fields(kind)])
        record(kind(**parts | {"occurred_at": _moment(str(row.content["occurred_at"]))}), actor=scope.actor)


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _worded(text: str, what: str, next: str) -> str:
    text = kept(text)
    if letters(text) < SHORTEST or len(text) > LONGEST or unfit(text):
        raise UserError(what, why=_("文字应为 %(least)d 到 %(most)d 字") % {"least": SHORTEST, "most": LONGEST},
                        next=next)
    return text


def _nothing_chosen(appeal: Appeal) -> UserError:
    if appeal.about > 0:
        return UserError(_("裁定没有登记"), why=_("异议成立，却没有选择更正哪一条"),
                         next=_("请在列表中选择要更正的条目"))
    return UserError(_("裁定没有登记"), why=_("异议成立，却没有选择更正哪一条，也没有选据以更正的补记"),
                     next=_("请在列表中选择；还没有补记的，等登记的人补记后再裁定"))


def _again() -> Conflict:
    return Conflict(_("异议没有提交"), why=_("对这一条已经提过异议"), next=_("请查看原来的异议"))
