"""A unit's statement (考核清单): each point opens to its facts, each lost point to where it went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.appraisal.rules.queries import by_id, standards
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.foundation import door
from sangesan.ledger.facts.queries import Row, roots, several
from sangesan.ledger.facts.queries.proving import Root
from sangesan.method.authority import Scope
from sangesan.method.facts import term
from sangesan.method.indicators import State
from sangesan.method.linkage import Blend, Rule
from sangesan.method.losses import lost_by_fact, lost_by_line, lost_by_source
from sangesan.method.rounding import points
from sangesan.method.statement import Line, effective_weights
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import parent_of

from ..models import Publication
from .access import PUBLIC, ResultNotFound, daily, readable_units, result_for
from .appeals import Ruled, ruled, speaks_for, standing
from .appeals import Standing as Stage
from .board import Flaws, doubts

ROUTINE = re.compile(r"[A-Z][A-Z0-9]{1,11}(-[A-Z0-9]{1,8})?-\d{1,3}")
CLOCKS = {"sign_in": lazy("签收"), "first_answer": lazy("首次答复"), "plan": lazy("措施"), "due": lazy("办理")}


@dataclass(frozen=True)
class Counted:
    """A fact behind a point (计入的条目); `url` only when its door opens for this reader."""

    word: str
    day: date | None
    number: str
    url: str
    good: bool
    points: int


@dataclass(frozen=True)
class Entry:
    """An indicator of the statement (清单项): worth, earned and lost in hundredths, its facts."""

    code: str
    name: str
    standard: str
    counted: bool
    worth: int
    earned: int
    lost: int
    good: int
    bad: int
    facts: list[Counted]


@dataclass(frozen=True)
class Below:
    """A unit below and what its result cost here (下级)."""

    unit: Unit
    final: int
    lost: int


@dataclass(frozen=True)
class Statement:
    """A unit's statement in one run (考核清单)."""

    run: Run
    unit: Unit
    score: Score
    stage: Stage | None
    rules: str
    entries: list[Entry]
    below: list[Below]
    lost_own: int
    reckoning: str
    above: Unit | None
    before: int | None
    roots: list[Root]
    appeals: list[Ruled]
    may_object: bool
    flaws: Flaws

    @property
    def period(self) -> bool:
        """Whether it is that of a month, quarter or year (时段)."""
        return not daily(self.run)

    @property
    def publication(self) -> Publication | None:
        return self.stage.publication if self.stage else None


def statement_for(scope: Scope, run_id: int, code: str) -> Statement:
    """Return a unit's statement that the scope may read, else ResultNotFound (考核清单)."""
    run = result_for(scope, run_id)
    score = rows_of.scores(run, unit__code=code).order_by("line").select_related("unit").first()
    units = readable_units(scope, run)
    if score is None or (units is not None and score.unit_id not in units):
        raise ResultNotFound()
    rules = by_id(run.rule_set_id)
    rule = rules.links.get(score.unit.kind) or rules.links[""]
    children = {code: final for code, final, *_more in score.statement["children"]}
    lost_own, lost_below = lost_by_source(score.own, children, rule, score.final)
    units_below = {unit.code: unit for unit in Unit.objects.filter(code__in=children)}
    above = parent_of(score.unit_id, run.until)
    earlier = rows_of.scores(run.revises, unit=score.unit).first() if run.revises else None
    stage = standing(run)
    return Statement(
        appeals=ruled(run, score.unit_id), flaws=doubts(run, run.until, score.unit_id),
        may_object=bool(stage and stage.open and speaks_for(scope, score.unit) and not hasattr(run, "revision")),
        run=run, unit=score.unit, score=score, stage=stage, rules=rules.name,
        entries=entries(scope, run, score), lost_own=lost_own, reckoning=reckoning(score, rule),
        below=[Below(unit, children[unit.code], lost_below[unit.code]) for unit in units_below.values()],
        above=above if above and (units is None or above.pk in units) else None,
        before=earlier.final if earlier and earlier.final != score.final else None, roots=roots(run.until),
    )


def entries(scope: Scope, run: Run, score: Score) -> list[Entry]:
    """Return the indicators with their points and facts (各项得失)."""
    lines = [Line(c, w, s, State(state), tuple(good), tuple(bad))
             for c, w, s, state, good, bad, *_more in score.statement["lines"]]
    worth, lost = effective_weights(lines), lost_by_line(score.own, lines)
    called = {i.code: i.name for i in by_id(run.rule_set_id).indicators}
    explained = standards(run.rule_set_id)
    rows = several(fact for line in lines for fact in (*line.good, *line.bad))
    links = opened(scope, rows)
    found = []
    for line in lines:
        full, gone = worth.get(line.code, 0), lost.get(line.code, 0)
        costs, gains = lost_by_fact(gone, line.bad), lost_by_fact(full - gone, line.good)
        facts = [counted(rows.get(f), links, False, -costs[f]) for f in line.bad]
        facts += [counted(rows.get(f), links, True, gains[f]) for f in line.good]
        facts.sort(key=lambda fact: (fact.good, fact.day or date.min))
        found.append(Entry(line.code, called.get(line.code, line.code), explained.get(line.code, ""),
                           line.measured.counted is not None, full, full - gone, gone,
                           len(line.good), len(line.bad), facts))
    return found


def opened(scope: Scope, rows: dict[int, Row]) -> dict[str, str]:
    """Return the address of each subject whose door opens for this reader (可打开的事项)."""
    subjects = set() if scope is PUBLIC else {row.subject for row in rows.values()}
    return {subject: f"/w/{subject}/" for subject in door.opened(scope, subjects)}


def counted(row: Row | None, links: dict[str, str], good: bool, worth: int) -> Counted:
    """Return a fact as the page shows it (条目); of one behind a closed door only kind and day."""
    if row is None:
        return Counted(_("内容已到期清除"), None, "", "", good, worth)
    word = term(row.kind)
    if row.kind == "matter.overdue":
        word = _("%s超期") % CLOCKS.get(str(row.content.get("clock")), "")
    elif "in_time" in row.content:
        word = f"{word}，{_('按期') if row.content['in_time'] else _('迟到')}"
    url = links.get(row.subject, "")
    number = row.subject.partition("/")[2] if url else routine_of(row)
    return Counted(word, row.day, number, url, good, worth)


def routine_of(row: Row) -> str:
    """Return the code of the routine a duty fell due by (制度编号), '' for anything else: a rule is no secret."""
    rule = str(row.content.get("rule", "")) if row.kind.startswith("duty.") else ""
    return _("制度 %s") % rule if ROUTINE.fullmatch(rule) else ""


def reckoning(score: Score, rule: Rule) -> str:
    """Return how the result was reckoned, for a pocket calculator (算式)."""
    if score.own is None or score.linked is None:
        return _("只有%s，直接作为结果") % (_("下级平均") if score.own is None else _("本级得分"))
    if not isinstance(rule, Blend):
        return _("本级 %(own)s，按连带规则计入下级") % {"own": points(score.own)}
    return _("本级 %(own)s × %(mine)s%% + 下级平均 %(below)s × %(share)s%% = %(final)s") % {
        "own": points(score.own), "mine": (10_000 - rule.share) // 100, "below": points(score.linked),
        "share": rule.share // 100, "final": points(score.final),
    }
