"""A unit's statement (考核清单): each point opens to its facts, each lost point to where it went."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.appraisal.rules.queries import by_id, link_for, standards
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.appraisal.scoring.queries.reading import in_form
from sangesan.foundation import door
from sangesan.ledger.evidence.queries import words_of
from sangesan.ledger.facts.queries import Row, roots, several
from sangesan.ledger.facts.queries.proving import Root
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import term
from sangesan.method.indicators import State
from sangesan.method.losses import lost_by_line, moved_by_fact
from sangesan.method.statement import Line as Item
from sangesan.method.statement import effective_weights
from sangesan.method.weights import read
from sangesan.organization.units.models import Line, Unit
from sangesan.organization.units.queries import last_day, parent_of, subtree_during

from ..models import Publication
from . import by_day
from .access import PUBLIC, ResultNotFound, corrected, daily, readable_units, result_for
from .appeals import Ruled, ruled
from .basis import Flaws, doubts
from .objecting import open_lines, speaks_for
from .reckoning import Sources, children_of, reckoning, sources
from .stages import Standing as Stage
from .stages import standing

ROUTINE = re.compile(r"[A-Z][A-Z0-9]{1,11}(-[A-Z0-9]{1,8})?-\d{1,3}")
CLOCKS = {"sign_in": lazy("签收"), "first_answer": lazy("首次答复"), "plan": lazy("措施"), "due": lazy("办理"),
          "confirm": lazy("险情确认")}


@dataclass(frozen=True)
class Counted:
    """A fact behind a point (计入的条目); `url` only when its door opens, `reason` only within reach."""

    word: str
    day: date | None
    number: str
    url: str
    good: bool
    points: int
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """An indicator of the statement (清单项): worth, earned and lost in hundredths, its facts.

    `open` says that this reader may object to it now, `veto` that it has no points but vetoes.
    """

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
    said: str = ""
    open: bool = False
    veto: bool = False

    @property
    def uncounted(self) -> str:
        """Why it stands without points (不计的说法): only where nothing stands below it did nothing happen."""
        if not self.facts:
            return _("没有发生，不计")
        return _("一票否决") if self.veto else _("不计分")


@dataclass(frozen=True)
class Statement:
    """A unit's statement in one run (考核清单)."""

    run: Run
    unit: Unit
    score: Score
    stage: Stage | None
    rules: str
    line: str
    entries: list[Entry]
    lost: Sources
    reckoning: str
    above: list[Unit]
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


def statement_for(scope: Scope, run_id: int, code: str, line: str = "") -> Statement:
    """Return a unit's statement that the scope may read, of its result or of one line of it, else ResultNotFound."""
    run = result_for(scope, run_id)
    known = line in {"", *Line.values}
    score = rows_of.scores(run, unit__code=code, line=line).select_related("unit").first() if known else None
    units = readable_units(scope, run)
    if score is None or (units is not None and score.unit_id not in units):
        raise ResultNotFound()
    rules = by_id(run.rule_set_id)
    rule = link_for(rules, line, score.unit.kind).rule
    was = corrected(run)
    earlier = rows_of.scores(was, unit=score.unit, line=line).first() if was else None
    stage = standing(run)
    return Statement(
        appeals=ruled(run, score.unit_id), flaws=doubts(run, run.until, score.unit.code),
        may_object=bool(stage and stage.open and speaks_for(scope, score.unit) and not hasattr(run, "revision")),
        run=run, unit=score.unit, score=score, stage=stage, rules=rules.name,
        line=str(dict(Line.choices).get(line, "")),
        entries=entries(scope, run, score, open_lines(scope, run, score.unit, stage)),
        lost=sources(run, score, rule), reckoning=reckoning(score, rule, children_of(run, score)),
        above=readers(run, score.unit, units), roots=roots(run.until),
        before=earlier.final if earlier and earlier.final != score.final else None,
    )


def readers(run: Run, unit: Unit, units: set[int] | None) -> list[Unit]:
    """Return who reads a unit's result (计入上级): the unit above, and the departments it is a contact unit of."""
    above = parent_of(unit.pk, min(run.until, last_day(unit)))
    contact = [code for code, points_of in run.contacts.items() if unit.code in points_of]
    found = [*([above] if above else []), *Unit.objects.filter(code__in=contact).order_by("code")]
    return [one for one in dict.fromkeys(found) if units is None or one.pk in units]


def entries(scope: Scope, run: Run, score: Score, objectionable: Collection[str] = ()) -> list[Entry]:
    """Return the indicators with their points and facts (各项得失)."""
    lines = [Item(c, read(w), s, State(state), tuple(good), tuple(bad), *(more[:1] or (None,)),
                   tuple(map(tuple, more[1] if len(more) > 1 else ())))
             for c, w, s, state, good, bad, *more in score.statement["lines"]]
    worth, lost = effective_weights(lines), lost_by_line(score.own, lines)
    called = {i.code: i for i in in_form(by_id(run.rule_set_id), run.form).indicators}
    explained = standards(run.rule_set_id)
    rows = several(fact for line in lines for fact in (*line.good, *line.bad))
    links = opened(scope, rows)
    names, reasons = names_of(scope, links, rows), reasons_of(rows) if answers_for(scope, run, score.unit) else {}
    found = []
    for line in lines:
        full, gone, of = worth.get(line.code, 0), lost.get(line.code, 0), called.get(line.code)
        moved = moved_by_fact(line, full, gone, of.full if of else 0, of is not None and not of.base)
        facts = [replace(counted(rows.get(f), links, f in line.good, moved.get(f, 0), names), reason=reasons.get(f, ""),
                         **by_day.shown(rows.get(f), line, score.unit.code, links))
                 for f in (*line.bad, *line.good)]
        facts.sort(key=lambda fact: (fact.good, fact.day or date.min))
        found.append(Entry(line.code, of.name if of else line.code, explained.get(line.code, ""),
                           line.measured.counted is not None, full, full - gone, gone,
                           len(line.good), len(line.bad), facts, by_day.reckoned(line, rows),
                           line.code in objectionable, of is not None and of.method == "veto"))
    return found


def answers_for(scope: Scope, run: Run, unit: Unit) -> bool:
    """Return whether a reader answers for a unit or assesses it (本单位或考核人员): who reads why it was corrected."""
    if scope is PUBLIC:
        return False
    reach = {one for root in scope.units_for(Action.SEE_RESULT) for one in subtree_during(root, run.since, run.until)}
    return unit.pk in reach or speaks_for(scope, unit, staff=True) is not None


def reasons_of(rows: dict[int, Row]) -> dict[int, str]:
    """Return why what was corrected by hand was corrected (更正理由和凭据), by the id of the check."""
    entered = {n: int(row.content.get("entry", 0)) for n, row in rows.items() if row.kind == "assessment.checked"}
    told = several(entered.values()) if entered else {}
    digests = {n: str(told[of].content.get("words", "")) for n, of in entered.items() if of in told}
    said = words_of(one for one in digests.values() if one)
    return {n: said.get(one, "") for n, one in digests.items()}


def opened(scope: Scope, rows: dict[int, Row]) -> dict[str, str]:
    """Return the address of each subject whose door opens for this reader (可打开的事项)."""
    subjects = set() if scope is PUBLIC else {row.subject for row in rows.values()}
    return {subject: f"/w/{subject}/" for subject in door.opened(scope, subjects)}


def names_of(scope: Scope, links: Mapping[str, str], rows: Mapping[int, Row]) -> dict[str, str]:
    """Return what was to be done or studied (何事), by subject, and by which routine; a matter is known by its number.

    A routine is told to everybody: it is what the mine decided.
    """
    asked = {subject for subject in links if not subject.startswith("matters/")}
    asked |= {f"routines/{rule}" for row in rows.values() if (rule := routine_of(row))}
    signs = door.signs(scope, sorted(asked))
    return {subject: sign.word for subject, sign in signs.items()}


def counted(row: Row | None, links: Mapping[str, str], good: bool, worth: int,
            names: Mapping[str, str]) -> Counted:
    """Return a fact as the page shows it (条目), with its subject's name; of one behind a closed door kind and day."""
    if row is None:
        return Counted(_("内容已到期清除"), None, "", "", good, worth)
    word = term(row.kind)
    if row.kind == "matter.overdue":
        word = _("%s超期") % CLOCKS.get(str(row.content.get("clock")), "")
    elif "in_time" in row.content:
        word = f"{word}，{_('按期') if row.content['in_time'] else _('迟到')}"
    url = links.get(row.subject, "")
    number = names.get(row.subject, row.subject.partition("/")[2]) if url else _by_routine(routine_of(row), names)
    return Counted(word, row.day, number, url, good, worth)


def routine_of(row: Row) -> str:
    """Return the number of the routine a duty fell due by (制度编号), '' for anything else: a rule is no secret."""
    rule = str(row.content.get("rule", "")) if row.kind.startswith("duty.") else ""
    return rule if ROUTINE.fullmatch(rule) else ""


def _by_routine(rule: str, names: Mapping[str, str]) -> str:
    """Return by which routine a duty fell due (所依制度), '' by none."""
    return f"{names.get(f'routines/{rule}', '')} {_('制度 %s') % rule}".strip() if rule else ""
