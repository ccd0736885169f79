"""Objections (考核异议查询): what stands open how long, who may object, who may decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.appraisal.rules.models import Indicator
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import assessed_by
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.foundation.errors import NotFound
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import Row, fact, several
from sangesan.method.authority import Action, Scope
from sangesan.method.omissions import OMITTED, Place
from sangesan.method.separation import may_decide
from sangesan.organization.people.standing_in import as_one
from sangesan.organization.units.queries.ended import ways_up

from ..models import Appeal
from . import omitted
from .objecting import speaks_for, spoken_for
from .recorded import led, recorded_by

FEW = 20
"""So many objections are told of at the desk (工作台所列异议数)."""


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
    say who records what is missing; `scored` that the unit has a result, whose statement opens.
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
    scored: bool = True


def visible(scope: Scope) -> QuerySet[Appeal]:
    """Return the objections this scope may open (可查看的异议), newest first.

    Its own unit's, its own, those to decide, and what is said to be missing of the work it does itself.
    """
    rows = Appeal.objects.select_related("unit", "run", "ruling").order_by("-filed_at", "-pk")
    if scope.can(Action.DECIDE_APPEAL):
        return rows
    return rows.filter(Q(unit__in=spoken_for(scope).keys()) | Q(person=scope.person)
                       | Q(about=OMITTED, unit__in=omitted.worked(scope)))


def appeal_for(scope: Scope, number: str) -> Told:
    """Return an objection that the scope may open, else NotFound (按权限取异议)."""
    found = opener(scope, number)
    if found is None:
        raise NotFound(_("没有找到这项异议"))
    return told(scope, found)


def told(scope: Scope, appeal: Appeal) -> Told:
    """Return an objection with its words and the facts it is about (异议内容)."""
    ruling = getattr(appeal, "ruling", None)
    late = omitted.late_facts(appeal) if ruling is None else []
    return Told(
        appeal=appeal, indicator=names([appeal]).get(appeal.pk, appeal.indicator), text=_words(appeal.record),
        reason=ruled_for(appeal), facts=line_facts(appeal), late=late,
        may_decide=ruling is None and bool(_decidable(scope, [appeal], lambda _appeal: late)),
        revised=Run.objects.filter(revises=appeal.run_id).first() if ruling and ruling.upheld else None,
        righted=omitted.righted_by(appeal) if ruling and ruling.upheld else [],
        places=omitted.places_of(appeal) if ruling is None and appeal.omission else [],
        scored=rows_of.scores(appeal.run, unit=appeal.unit_id).exists(),
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
    return _decidable(scope, _undecided(scope), omitted.late_facts)


def asked(scope: Scope) -> list[Appeal]:
    """Return the oldest of them for the desk (待办), without looking for what came late, which takes longer.

    Whoever recorded that learns it on the page of the objection.
    """
    return _decidable(scope, _undecided(scope)[:FEW], lambda _appeal: ())


def _undecided(scope: Scope) -> list[Appeal]:
    if not scope.can(Action.DECIDE_APPEAL):
        return []
    return _reached(scope, list(visible(scope).filter(ruling=None).order_by("filed_at", "pk")))


def opener(scope: Scope, key: str) -> Appeal | None:
    """Open the door of `appeals/<number>` (开门), or None; what the page shows of it is not looked for."""
    found = list(visible(scope).filter(number=key))
    return next(iter(_reached(scope, found) if scope.can(Action.DECIDE_APPEAL) else found), None)


def _reached(scope: Scope, appeals: Sequence[Appeal]) -> list[Appeal]:
    """Return those of some objections that a scope may open (可打开的异议), in a few questions for any number."""
    spoken, worked, over = spoken_for(scope), omitted.worked(scope), _over(scope, appeals)
    return [a for a in appeals if a.unit_id in spoken or a.person_id == scope.person
            or (a.omission and a.unit_id in worked) or a.pk in over]


def _over(scope: Scope, appeals: Sequence[Appeal]) -> set[int]:
    """Return the objections of units over which a scope decides (管辖内的异议), as they stood then."""
    roots = scope.units_for(Action.DECIDE_APPEAL)
    ways = ways_up((a.unit_id, a.run.until) for a in appeals) if roots else {}
    return {a.pk for a in appeals if roots & set(ways.get((a.unit_id, a.run.until), ()))}


def _decidable(scope: Scope, appeals: Sequence[Appeal], late: Callable[[Appeal], Sequence[Row]]) -> list[Appeal]:
    """Return the objections this person may decide (可裁定的异议); `late` tells what came late in a line."""
    over = _over(scope, appeals)
    selves = as_one(scope.person) if over else set()
    return [a for a in appeals if a.pk in over and _apart(scope, a, late(a), selves)]


def _apart(scope: Scope, appeal: Appeal, late: Sequence[Row], selves: Collection[int]) -> bool:
    """Whether this person had no part in it (无利害关系): neither recorded nor assessed it, nor speaks for the unit.

    Nor did they lead it within the period, or whoever counts as one with them (代办). Of one fact that is who
    recorded it; of a line, also of what is said to be missing in it, who recorded anything that counts there or that
    would by now.
    """
    ids = [appeal.about] if appeal.about > 0 else [f for line in _lines(appeal) for f in (*line[4], *line[5])]
    run = appeal.run
    recorded = recorded_by([*_rows(ids), *late]) | assessed_by(appeal.unit_id, appeal.indicator, run.since, run.until)
    own = [scope.person] if speaks_for(scope, appeal.unit, staff=True) else []
    recorded |= led(appeal.unit_id, run.since, run.until)
    return all(may_decide(one, recorded=recorded, filed=[appeal.person_id, *own]) for one in selves)


def _words(record: int) -> str:
    found = fact(record)
    return (text_of(str(found.content.get("words", ""))) if found else None) or _("内容已到期清除")
