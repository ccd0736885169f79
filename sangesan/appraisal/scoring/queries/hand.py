"""What the assessor's page shows (人工考核页): all units of an indicator on one page, and what waits for a check."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.appraisal.rules.queries import PERIOD, Rules, in_force
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.ledger.evidence.queries import words_of
from sangesan.ledger.facts.queries import entries as facts
from sangesan.ledger.facts.queries import several
from sangesan.method.authority import Action, Scope
from sangesan.method.rounding import points
from sangesan.method.spans import Span, span, span_of, spans
from sangesan.method.statement import Indicator
from sangesan.organization.people.models import Person, Post
from sangesan.organization.people.standing_in import as_one
from sangesan.organization.units.models import Unit

from ..models import HandCheck, HandEntry, Run
from . import standing
from .daily import latest
from .intact import altered_entries

HOW = {"confirm": lazy("确认无例外"), "points": lazy("更正分值"), "exempt": lazy("免考"), "veto": lazy("否决")}
LOG = 50


@dataclass(frozen=True)
class Entry:
    """An entry as the page shows it (登记); `again` says that the same item of the unit was entered once more,
    `against` what whoever sent it back or took it back said.
    """

    row: HandEntry
    word: str
    words: str
    state: str
    tone: str
    who: str
    checker: str
    mine: bool
    end: str = ""
    item: str = ""
    again: bool = False
    against: str = ""

    @property
    def waiting(self) -> bool:
        return self.tone == "act"


@dataclass(frozen=True)
class Choice:
    """An indicator to be assessed (待考指标): for how many units nothing was entered yet."""

    code: str
    name: str
    left: int


@dataclass(frozen=True)
class Line:
    """A unit on the page (单位): its present points and what was entered."""

    unit: Unit
    score: str
    entries: list[Entry]


def assessed_by(unit: int, indicator: str, since: date, until: date) -> set[int]:
    """Return who entered, confirmed or checked by hand an indicator of a unit in a period (登记和复核的人)."""
    rows = HandEntry.objects.filter(unit=unit, indicator=indicator, since__gte=since, until__lte=until)
    return {person for pair in rows.values_list("by", "check_row__by") for person in pair if person}


def span_asked(text: str) -> Span:
    """Return the month, quarter or year asked for (考核期); the last month that is over by default."""
    try:
        return span(text or f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}")
    except ValueError:
        raise UserError(_("没有显示"), why=_("考核期写得不对"), next=_("请写成 2026-11、2026-Q4 或 2026 的样子"),
                        status=400) from None


def asked_in(rules: Rules | None, period: str) -> list[Indicator]:
    """Return what is assessed by hand in a period (本期人工考核指标), each indicator in one kind of period.

    Those of every period are entered by the month; what was entered counts in the quarter and the year.
    """
    wanted = ("", period) if period == Run.Period.MONTH else (period,)
    return [i for i in rules.indicators if i.target == "unit" and i.period in wanted] if rules else []


def spans_offered(asked: Span, rules: Rules | None) -> list[Span]:
    """Return the periods to choose from (可选考核期): months, and quarters and years with indicators of their own."""
    kinds = {Run.Period.MONTH.value, *(i.period for i in (rules.indicators if rules else ()) if i.target == "unit")}
    found = [one for one in spans(clock.today()) if one.period in kinds]
    return found if asked in found else [asked, *found]


def units_assessed(indicator: Indicator, since: date, until: date) -> list[Unit]:
    """Return the units an indicator applies to in a period (被考单位), in organisation order."""
    return [unit for unit in _units(since, until) if indicator.applies(unit.kind, unit.line)]


def _units(since: date, until: date) -> list[Unit]:
    return list(Unit.objects.filter(Q(closed=None) | Q(closed__gt=since), opened__lte=until))


def choices_of(indicators: Iterable[Indicator], since: date, until: date) -> list[Choice]:
    """Return the indicators of a month with what is left to do (各项进度)."""
    units = _units(since, until)
    done = defaultdict(set)
    for unit, code in HandEntry.objects.filter(since=since, until=until).values_list("unit", "indicator"):
        done[code].add(unit)
    return [Choice(i.code, i.name, sum(i.applies(unit.kind, unit.line) and unit.pk not in done[i.code]
                                       for unit in units)) for i in indicators]


def following(scope: Scope, month: str, indicator: str) -> str:
    """Return the next indicator for which something is left (下一项), or the same when nothing is."""
    rows = page_of(scope, month, indicator)["choices"]
    at = next(n for n, one in enumerate(rows) if one.code == indicator)
    return next((one.code for one in (*rows[at + 1:], *rows[:at]) if one.left), indicator)


def posts_named(unit: str) -> dict[str, str]:
    """Return the posts of a unit a veto may fall on (责任岗位), by code."""
    return dict(Post.objects.filter(unit__code=unit, until=None).order_by("-head", "code").values_list("code", "title"))


def page_of(scope: Scope, month: str, indicator: str) -> dict[str, Any]:
    """Return the assessor's page (人工考核) of a period and an indicator."""
    if not scope.can(Action.ASSESS):
        raise Forbidden(_("没有打开"), why=_("人工考核只给考核员看"))
    period = span_asked(month)
    since, until = period.first, period.last
    rules = in_force(PERIOD, since)
    asked = asked_in(rules, period.period)
    choices = choices_of(asked, since, until)
    code = indicator or next((c.code for c in choices if c.left), asked[0].code if asked else "")
    one = next((i for i in asked if i.code == code), None)
    if choices and one is None:
        raise NotFound(_("没有找到这项指标"))
    rows = list(HandEntry.objects.filter(since=since, until=until).select_related("unit", "check_row").order_by("-pk"))
    shown, changed = told(scope, rows, {i.code: i.name for i in asked}), set(altered_entries(rows))
    return {
        "month": period.slug, "span": period, "spans": spans_offered(period, rules), "since": since,
        "until": until, "choices": choices, "one": one,
        "lines": lines_of(one, since, until, shown) if one else [], "done": sum(not c.left for c in choices),
        "left": next((c.left for c in choices if c.code == code), 0),
        "waiting": [e for e in shown if e.waiting],
        "altered": [e for e in shown if e.row in changed],
        "log": [e for e in shown if not e.waiting and e.row.how != "confirm"][:LOG],
        "work": work_of(shown),
    }


def work_of(shown: list[Entry]) -> list[tuple[Any, int]]:
    """Return how the assessors' own work went in a month (考核员自身情况): counts, of nobody in particular."""
    entered = [e for e in shown if e.row.how != "confirm"]
    return [(_("确认无例外"), len(shown) - len(entered)), (_("登记例外"), len(entered)),
            (_("等待复核"), sum(e.waiting for e in entered)),
            (_("复核退回"), sum(e.end == "refused" for e in entered)),
            (_("事后冲正"), sum(e.end == "back" for e in entered))]


def lines_of(one: Indicator, since: date, until: date, shown: list[Entry]) -> list[Line]:
    """Return the units of an indicator with their present points (各单位现得分)."""
    run = latest(span_of(since, until).period, until)
    scores: dict[str, str] = {}
    for code, statement in standing.scores(run).values_list("unit__code", "statement") if run else ():
        for line in statement["lines"]:
            if line[0] == one.code:
                scores[code] = points(line[2])
    found: dict[int, list[Entry]] = {}
    for entry in shown:
        if entry.row.indicator == one.code:
            found.setdefault(entry.row.unit_id, []).append(entry)
    return [Line(unit, scores.get(unit.code, "--"), found.get(unit.pk, [])) for unit in
            units_assessed(one, since, until)]


def told(scope: Scope, rows: list[HandEntry], items: Mapping[str, str]) -> list[Entry]:
    """Return entries with their item, state, reason and people (登记与复核)."""
    checks = {row.pk: row.check_row for row in rows if hasattr(row, "check_row")}
    people = {*(row.by for row in rows), *(c.by for c in checks.values())}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    back = _reversed([c.fact for c in checks.values()])
    reasons = _reasons([*(row.fact for row in rows), *(c.fact for c in checks.values()), *back.values()])
    found, own = [], as_one(scope.person)
    titles = dict(Post.objects.filter(code__in={row.post for row in rows if row.post}).values_list("code", "title"))
    stand = Counter(_item(row) for row in rows if _stands(row, checks.get(row.pk), back))
    for row in rows:
        check = checks.get(row.pk)
        state, tone = _state(row, check, back)
        end = "" if check is None else "refused" if not check.agreed else "back" if check.fact in back else "agreed"
        said = reasons.get(back.get(check.fact, 0 if check.agreed else check.fact), "") if check else ""
        found.append(Entry(row, _word(row, titles), reasons.get(row.fact, ""), str(state), tone,
                           names.get(row.by, ""), names.get(check.by, "") if check else "", row.by in own, end,
                           items.get(row.indicator, row.indicator), check is None and stand[_item(row)] > 1, said))
    return found


def _item(row: HandEntry) -> tuple[int, str, str]:
    return row.unit_id, row.indicator, row.how


def _stands(row: HandEntry, check: HandCheck | None, back: Mapping[int, int]) -> bool:
    """Return whether an entry counts or may still come to count (有效登记)."""
    return row.how != "confirm" and (check is None or check.agreed and check.fact not in back)


def _state(row: HandEntry, check: Any, back: Mapping[int, int]) -> tuple[Any, str]:
    if row.how == "confirm":
        return _("已确认"), "ok"
    if check is None:
        return _("待复核"), "act"
    if not check.agreed:
        return _("已退回"), ""
    return (_("已冲正"), "") if check.fact in back else (_("已复核，计入"), "ok")


def _word(row: HandEntry, titles: Mapping[str, str]) -> str:
    """Return what was entered (登记内容): the points, or the post a veto falls on."""
    sign = "+" if row.points > 0 else ""
    more = f"{sign}{points(row.points)}" if row.how == "points" else titles.get(row.post, row.post)
    return f"{HOW[row.how]} {more}".strip()


def _reversed(ids: list[int]) -> dict[int, int]:
    """Return which facts were reversed, each with its reversal (已冲正)."""
    subjects = {row.subject for row in several(ids).values()}
    if not subjects:
        return {}
    rows = facts(subjects=sorted(subjects), kinds=["fact.reversed"])
    found = {int(row.content["reverses"]): row.id for row in rows}
    return {one: found[one] for one in ids if one in found}


def _reasons(ids: list[int]) -> dict[int, str]:
    digests = {n: str(row.content.get("words", "")) for n, row in several(ids).items()}
    said = words_of(d for d in digests.values() if d)
    return {n: said.get(d, "") for n, d in digests.items()}


def unchecked(units: Iterable[int]) -> QuerySet[HandEntry]:
    """Return the entries about units that nobody has checked yet (待复核的登记), the oldest first."""
    rows = HandEntry.objects.filter(unit__in=list(units), check_row=None).exclude(how="confirm")
    return rows.select_related("unit").order_by("at", "pk")


def items() -> Callable[[HandEntry], str]:
    """Return what says which item of which period an entry is about (考核期和指标), each period's rules read once."""
    known: dict[date, dict[str, str]] = {}

    def said(row: HandEntry) -> str:
        if row.since not in known:
            rules = in_force(PERIOD, row.since)
            known[row.since] = {one.code: one.name for one in (rules.indicators if rules else ())}
        return f"{span_of(row.since, row.until).word} · {known[row.since].get(row.indicator, row.indicator)}"

    return said


def unit_for(scope: Scope, month: str, indicator: str, unit: str) -> dict[str, Any]:
    """Return the page of one unit's exception (登记例外页), else NotFound."""
    page = page_of(scope, month, indicator)
    line = next((one for one in page["lines"] if one.unit.code == unit), None)
    if line is None:
        raise NotFound(_("没有找到这个单位"), why=_("它不在这一期，或者不考这项指标"))
    return page | {"line": line}
