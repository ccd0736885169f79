"""Objections (考核异议查询): what stands open how long, who may object, who may decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.appraisal.rules.models import Indicator
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import assessed_by
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import Row, fact, several
from sangesan.method.appeals import closes
from sangesan.method.authority import Action, HeldPost, Scope
from sangesan.method.omissions import OMITTED, Place
from sangesan.method.separation import may_decide
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.people.standing_in import as_one
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered, lineage

from ..models import Appeal, Publication
from . import omitted
from .access import readable_units, result_for
from .recorded import recorded_by

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How far a published result is (公布状态): provisional while open or while an objection waits, then final.

    `replaced` is the newest published run that corrects it; what was corrected is final no more. An objection to
    what a run revised waits for the revision too: upheld, it moves that one.
    """

    publication: Publication
    until: date | None
    open: bool
    waiting: int
    replaced: Run | None = None

    @property
    def final(self) -> bool:
        return not self.open and not self.waiting and self.replaced is None


@dataclass(frozen=True)
class Objectionable:
    """One line a scope may object to (可异议项), the facts behind it, and the post it speaks under."""

    run: Run
    unit: Unit
    indicator: Indicator
    facts: tuple[int, ...]
    post: HeldPost


@dataclass(frozen=True)
class Ruled:
    """An objection beside a result (异议一行): its line, how it was decided and why."""

    appeal: Appeal
    indicator: str
    reason: str


@dataclass(frozen=True)
class Told:
    """An objection as a page shows it (异议): its words only to those who may open it.

    `facts` may be corrected, `late` was recorded since and may be named; `righted` is what the ruling named, `places`
    say who records what is missing.
    """

    appeal: Appeal
    indicator: str
    text: str
    reason: str
    facts: list[Row] = field(default_factory=list)
    may_decide: bool = False
    revised: Run | None = None
    late: list[Row] = field(default_factory=list)
    righted: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def standing(run: Run, publication: Publication | None = None) -> Standing | None:
    """Return how far a published run is (公布状态), or None while it is not published."""
    found = publication or Publication.objects.filter(run=run).first()
    if found is None:
        return None
    day = clock.local(found.published_at).date()
    last = closes(day, calendar(day, day + AHEAD))
    same = {"run__scope": run.scope, "run__period": run.period, "run__until": run.until}
    waiting = Appeal.objects.filter(**same, run__lte=run.pk, ruling=None).count()
    newer = Publication.objects.filter(**same, run__gt=run.pk).select_related("run").order_by("-run").first()
    return Standing(found, last, last is None or clock.today() <= last, waiting, newer.run if newer else None)


def final(run: Run) -> bool:
    """Return whether a run's results are final (是否最终): nothing revises it, nothing is open."""
    if Run.objects.filter(revises=run).exists():
        return False
    found = standing(run)
    return found is not None and found.final


def objectionable(scope: Scope, run_id: int, code: str, indicator: str) -> Objectionable:
    """Return a line this scope may object to now (可异议项), or say why not."""
    run = result_for(scope, run_id)
    scores = rows_of.scores(run, unit__code=code).select_related("unit")
    units = readable_units(scope, run)
    rows = [s for s in scores if units is None or s.unit_id in units]
    lines = [line for s in rows for line in s.statement["lines"] if line[0] == indicator]
    about = Indicator.objects.filter(rule_set=run.rule_set_id, code=indicator).first()
    if not lines or about is None:
        raise NotFound(_("没有找到这一项"))
    if about.method == Indicator.Method.DAYS:
        raise Conflict(_("异议没有提交"), why=_("这一项是各日结果的平均，本身没有可更正的条目"),
                       next=_("请打开有异议的那一天的清单，在那里提出；那一天更正后，本期随之更正"))
    unit = rows[0].unit
    post = speaks_for(scope, unit, staff=about.objector == Indicator.Objector.STAFF)
    if post is None:
        raise Forbidden(_("异议没有提交"), why=_("异议由被考核单位的负责人或所属支部书记提出"))
    now = standing(run)
    if now is None or not now.open or Run.objects.filter(revises=run).exists():
        raise Conflict(_("异议没有提交"), why=_("异议期是公布后三个工作日，现在已过，或结果已有更正"),
                       next=_("请查看最新的结果；确有错误请与考核员联系"))
    return Objectionable(run, unit, about, tuple(f for line in lines for f in (*line[5], *line[4])), post)


def open_lines(scope: Scope, run: Run, unit: Unit, stage: Standing | None) -> set[str]:
    """Return the indicators of a unit's statement that a scope may object to now (可提异议的各项)."""
    if stage is None or not stage.open or hasattr(run, "revision"):
        return set()
    head = speaks_for(scope, unit)
    by = {Indicator.Objector.HEAD: head, Indicator.Objector.STAFF: head or speaks_for(scope, unit, staff=True)}
    if by[Indicator.Objector.STAFF] is None:
        return set()
    rows = Indicator.objects.filter(rule_set=run.rule_set_id).exclude(method=Indicator.Method.DAYS)
    return {code for code, who in rows.values_list("code", "objector") if by[Indicator.Objector(who)]}


def speaks_for(scope: Scope, unit: Unit, *, staff: bool = False) -> HeldPost | None:
    """Return the post under which a scope may object for a unit (代表单位的岗位), or None.

    It is a head's post of the unit, in any line, or of a branch that covers it; where the rule says
    so any post in the unit.
    """
    today = clock.today()
    for post in scope.posts:
        if post.unit == unit.pk and (post.head or staff):
            return post
    return next((p for p in scope.posts if p.head and unit.pk in covered(p.unit, today)), None)


def visible(scope: Scope) -> QuerySet[Appeal]:
    """Return the objections this scope may open (可查看的异议), newest first.

    Its own unit's, its own, those to decide, and what is said to be missing of the work it does itself.
    """
    rows = Appeal.objects.select_related("unit", "run", "ruling").order_by("-filed_at", "-pk")
    if scope.can(Action.DECIDE_APPEAL):
        return rows
    own = {p.unit for p in scope.posts if p.head}
    units = own | {u for unit in own for u in covered(unit, clock.today())}
    return rows.filter(Q(unit__in=units) | Q(person=scope.person) | Q(about=OMITTED, unit__in=omitted.worked(scope)))


def appeal_for(scope: Scope, number: str) -> Told:
    """Return an objection that the scope may open, else NotFound (按权限取异议)."""
    found = visible(scope).filter(number=number).first()
    if found is None or not _reaches(scope, found):
        raise NotFound(_("没有找到这项异议"))
    return told(scope, found)


def told(scope: Scope, appeal: Appeal) -> Told:
    """Return an objection with its words and the facts it is about (异议内容)."""
    ruling = getattr(appeal, "ruling", None)
    late = omitted.late_facts(appeal) if ruling is None else []
    return Told(
        appeal=appeal, indicator=names([appeal]).get(appeal.pk, appeal.indicator), text=_words(appeal.record),
        reason=ruled_for(appeal), facts=line_facts(appeal), late=late,
        may_decide=ruling is None and _may_decide(scope, appeal, late),
        revised=Run.objects.filter(revises=appeal.run_id).first() if ruling and ruling.upheld else None,
        righted=omitted.righted_by(appeal) if ruling and ruling.upheld else [],
        places=omitted.places_of(appeal) if ruling is None and appeal.omission else [],
    )


def names(appeals: Sequence[Appeal]) -> dict[int, str]:
    """Return the name of each objection's indicator (指标名称), in one query."""
    rows = Indicator.objects.filter(rule_set__in={a.run.rule_set_id for a in appeals})
    known = {(rule_set, code): name for rule_set, code, name in rows.values_list("rule_set_id", "code", "name")}
    return {a.pk: known.get((a.run.rule_set_id, a.indicator), a.indicator) for a in appeals}


def ruled_for(appeal: Appeal) -> str:
    """Return why an objection was decided as it was (裁定理由), '' while it waits."""
    ruling = getattr(appeal, "ruling", None)
    return _words(ruling.record) if ruling else ""


def line_facts(appeal: Appeal) -> list[Row]:
    """Return the facts an objection may correct (可更正的条目): the one it means, or all that cost points."""
    return _rows([appeal.about] if appeal.about > 0 else [f for line in _lines(appeal) for f in line[5]])


def _lines(appeal: Appeal) -> list[Sequence[Any]]:
    """Return the lines of the statement that an objection is to (所异议的项), one for each line of work."""
    scores = rows_of.scores(appeal.run, unit=appeal.unit_id)
    return [line for s in scores for line in s.statement["lines"] if line[0] == appeal.indicator]


def _rows(ids: Sequence[int]) -> list[Row]:
    rows = several(ids)
    return [rows[one] for one in ids if one in rows]


def ruled(run: Run, unit: int = 0) -> list[Ruled]:
    """Return the objections to a run and to those it revises (本结果的异议), of one unit or all, oldest first."""
    runs, now = [run.pk], run
    while now.revises_id:
        now = now.revises
        runs.append(now.pk)
    rows = Appeal.objects.filter(run__in=runs, **({"unit": unit} if unit else {}))
    found = list(rows.select_related("unit", "run", "ruling").order_by("filed_at"))
    named = names(found)
    return [Ruled(one, named[one.pk], ruled_for(one)) for one in found]


def waiting(scope: Scope) -> list[Appeal]:
    """Return the objections this scope may decide (待裁定的异议), oldest first."""
    if not scope.can(Action.DECIDE_APPEAL):
        return []
    rows = visible(scope).filter(ruling=None).order_by("filed_at")
    return [a for a in rows if _reaches(scope, a) and _may_decide(scope, a, omitted.late_facts(a))]


def opener(scope: Scope, key: str) -> Appeal | None:
    """Open the door of `appeals/<number>` (开门), or None."""
    try:
        return appeal_for(scope, key).appeal
    except NotFound:
        return None


def _reaches(scope: Scope, appeal: Appeal) -> bool:
    if speaks_for(scope, appeal.unit) or appeal.person_id == scope.person:
        return True
    if appeal.omission and appeal.unit_id in omitted.worked(scope):
        return True
    return bool(scope.units_for(Action.DECIDE_APPEAL) & set(lineage(appeal.unit_id, appeal.run.until)))


def _may_decide(scope: Scope, appeal: Appeal, late: Sequence[Row]) -> bool:
    """Whether this person had no part in it (无利害关系): neither recorded nor assessed it, nor speaks for the unit.

    Nor did whoever counts as one with them (代办). Of one fact that is who recorded it; of a line, also of what is
    said to be missing in it, who recorded anything that counts there or that would by now.
    """
    if not scope.units_for(Action.DECIDE_APPEAL) & set(lineage(appeal.unit_id, appeal.run.until)):
        return False
    ids = [appeal.about] if appeal.about > 0 else [f for line in _lines(appeal) for f in (*line[4], *line[5])]
    run = appeal.run
    recorded = recorded_by([*_rows(ids), *late]) | assessed_by(appeal.unit_id, appeal.indicator, run.since, run.until)
    own = [scope.person] if speaks_for(scope, appeal.unit, staff=True) else []
    return all(may_decide(one, recorded=recorded, filed=[appeal.person_id, *own]) for one in as_one(scope.person))


def _words(record: int) -> str:
    found = fact(record)
    return (text_of(str(found.content.get("words", ""))) if found else None) or _("内容已到期清除")
