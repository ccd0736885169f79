"""Objections (考核异议查询): what stands open how long, who may object, who may decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet
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
from sangesan.method.separation import may_decide
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered, lineage

from ..models import Appeal, Publication
from .access import readable_units, result_for

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How far a published result is (公布状态): provisional while open or while an objection waits, then final.

    `replaced` is the newest published run that corrects it; what was corrected is final no more.
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
    """An objection as a page shows it (异议): its words only to those who may open it."""

    appeal: Appeal
    indicator: str
    text: str
    reason: str
    facts: list[Row] = field(default_factory=list)
    may_decide: bool = False
    revised: Run | None = None


def standing(run: Run, publication: Publication | None = None) -> Standing | None:
    """Return how far a published run is (公布状态), or None while it is not published."""
    found = publication or Publication.objects.filter(run=run).first()
    if found is None:
        return None
    day = clock.local(found.published_at).date()
    last = closes(day, calendar(day, day + AHEAD))
    waiting = Appeal.objects.filter(run=run, ruling=None).count()
    newer = Publication.objects.filter(run__scope=run.scope, run__period=run.period, run__until=run.until,
                                       run__gt=run.pk).select_related("run").order_by("-run").first()
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
    """Return the objections this scope may open (可查看的异议), newest first: its own unit's, and those to decide."""
    rows = Appeal.objects.select_related("unit", "run", "ruling").order_by("-filed_at", "-pk")
    if scope.can(Action.DECIDE_APPEAL):
        return rows
    own = {p.unit for p in scope.posts if p.head}
    return rows.filter(unit__in=own | {u for unit in own for u in covered(unit, clock.today())})


def appeal_for(scope: Scope, number: str) -> Told:
    """Return an objection that the scope may open, else NotFound (按权限取异议)."""
    found = visible(scope).filter(number=number).first()
    if found is None or not _reaches(scope, found):
        raise NotFound(_("没有找到这项异议"))
    return told(scope, found)


def told(scope: Scope, appeal: Appeal) -> Told:
    """Return an objection with its words and the facts it is about (异议内容)."""
    facts = line_facts(appeal)
    ruling = getattr(appeal, "ruling", None)
    return Told(
        appeal=appeal, indicator=names([appeal]).get(appeal.pk, appeal.indicator), text=_words(appeal.record),
        reason=ruled_for(appeal), facts=facts,
        may_decide=ruling is None and _may_decide(scope, appeal, facts),
        revised=Run.objects.filter(revises=appeal.run_id).first() if ruling and ruling.upheld else None,
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
    """Return the facts an objection is about (涉及的条目): the one it means, or all that cost points."""
    if appeal.about:
        ids = [appeal.about]
    else:
        scores = rows_of.scores(appeal.run, unit=appeal.unit_id)
        ids = [f for s in scores for line in s.statement["lines"] if line[0] == appeal.indicator for f in line[5]]
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
    return [a for a in rows if _reaches(scope, a) and _may_decide(scope, a, line_facts(a))]


def opener(scope: Scope, key: str) -> Appeal | None:
    """Open the door of `appeals/<number>` (开门), or None."""
    try:
        return appeal_for(scope, key).appeal
    except NotFound:
        return None


def _reaches(scope: Scope, appeal: Appeal) -> bool:
    if speaks_for(scope, appeal.unit) or appeal.person_id == scope.person:
        return True
    return bool(scope.units_for(Action.DECIDE_APPEAL) & set(lineage(appeal.unit_id, appeal.run.until)))


def _may_decide(scope: Scope, appeal: Appeal, facts: list[Row]) -> bool:
    """Whether this person had no part in it (无利害关系): neither recorded nor assessed it, nor speaks for the unit."""
    if not scope.units_for(Action.DECIDE_APPEAL) & set(lineage(appeal.unit_id, appeal.run.until)):
        return False
    posts = {row.actor.removeprefix("post:"): row.day for row in facts if row.actor.startswith("post:")}
    ids = dict(Post.objects.filter(code__in=posts).values_list("code", "pk"))
    recorded = {person for code, day in posts.items() if code in ids for person in holders(ids[code], day)}
    run = appeal.run
    recorded |= assessed_by(appeal.unit_id, appeal.indicator, run.since, run.until)
    own = [scope.person] if speaks_for(scope, appeal.unit, staff=True) else []
    return may_decide(scope.person, recorded=recorded, filed=[appeal.person_id, *own])


def _words(record: int) -> str:
    found = fact(record)
    return (text_of(str(found.content.get("words", ""))) if found else None) or _("内容已到期清除")
