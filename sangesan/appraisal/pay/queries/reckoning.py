"""Reckoning (兑现计算): from a list of people and a run's results to what each line weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing
from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets.tables import Table
from sangesan.method import pay
from sangesan.method.pay import Member, PayRule
from sangesan.method.paylist import over_whole
from sangesan.method.spelling import closed_up, figures
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import subtree_during
from sangesan.organization.units.queries.ended import ways_up

from ..models import Payout, Pool
from .pools import Order, last_revision

SAID = 5
"""So many faults of a list are told at once (一次列出)."""


@dataclass(frozen=True)
class Reckoned:
    """A list that was read and found right (核对过的名单)."""

    members: list[Member]
    units: dict[int, int]
    rule: PayRule


def pay_rule(run: Run) -> PayRule:
    """Return the pay rule of a run's rules (兑现办法)."""
    rules = by_id(run.rule_set_id)
    assert rules.pay is not None
    return PayRule(rules.pay.mode, rules.pay.floor, rules.pay.deducted_most, rules.pay.reserve,
                   tuple((g.least, g.coefficient) for g in rules.grades))


def factors(run: Run, units: Iterable[int]) -> dict[int, int]:
    """Return the factor of each unit (单位系数): its own published result, else that of the nearest above.

    A unit that ended within the period had above it what was there on its last day.
    """
    rule = pay_rule(run)
    finals = dict(standing.scores(run, line="").values_list("unit", "final"))
    found = {}
    for (unit, _day), way in ways_up((unit, run.until) for unit in units).items():
        score = next((finals[step] for step in reversed(way) if step in finals), None)
        found[unit] = pay.pool_factor(score, rule)
    return found


def members(run: Run, rows: Iterable[tuple[int, int, int, int, int]], units: Mapping[int, int]) -> list[Member]:
    """Return the lines with the factor of each (各行系数); rows are person, unit, base, share, days.

    A post-holder is paid by the own result, everybody else by the unit's.
    """
    rule = pay_rule(run)
    own = {p: (final, vetoed) for p, final, vetoed in
           standing.persons(run).values_list("person", "final", "vetoed")}
    found = []
    for key, (person, unit, base, share, days) in enumerate(rows, start=1):
        final, vetoed = own.get(person, (None, False))
        held = final is not None or vetoed
        mine = pay.person_factor(final, rule, vetoed=vetoed) if held else units[unit]
        found.append(Member(key, unit, base, share, days, mine, held))
    return found


def reckon(run: Run, top: int, table: Table) -> tuple[Reckoned, list[int]]:
    """Read a list for a run (核对名单) and return it with the person of each line; raises UserError with its lines."""
    codes = {row["单位编码"] for row in table.rows}
    there = {u.code: u for u in Unit.objects.filter(code__in=codes, pk__in=subtree_during(top, run.since, run.until))}
    known = {p.work_number: p for p in Person.objects.filter(work_number__in={r["工号"] for r in table.rows})}
    units, people = {code: u.pk for code, u in there.items()}, {number: p.pk for number, p in known.items()}
    order = Order(run)
    days, seen, faults = (run.until - run.since).days + 1, set(), []
    for row in table.rows:
        key = (row["单位编码"], row["工号"])
        wrong = list(row.faults)
        if not wrong:
            unit = there.get(key[0])
            wrong += _another(_("单位"), key[0], row["单位"], unit, order.called(unit) if unit else "")
            wrong += _another(_("工号"), key[1], row["姓名"], known.get(key[1]))
            wrong += [_("同一单位同一人写了两行")] if key in seen else []
            wrong += [_("份额超过 100%")] if row["份额（%）"] > pay.WHOLE else []
            wrong += [_("出勤超过 %d 天") % days] if row["出勤天数"] > days else []
        seen.add(key)
        faults += [_("第 %(line)d 行%(what)s") % {"line": row.line, "what": "、".join(wrong)}] if wrong else []
    if not table.rows:
        faults = [_("名单是空的")]
    if not faults:
        rows = [(people[r["工号"]], r["份额（%）"], r["出勤天数"]) for r in table.rows]
        double = set(over_whole(rows, days))
        numbers = sorted(number for number, pk in people.items() if pk in double)
        faults = [_("工号 %s 的份额合计超过一个全岗") % number for number in numbers]
    if faults:
        more = _("……共 %d 处") % len(faults) if len(faults) > SAID else ""
        raise UserError(_("没有分配"), why="；".join(faults[:SAID]) + more, next=_("请改好名单再上传"), code="roster")
    # By person and not as the list has them: who of two that weigh alike gets the odd cent is no matter of order.
    raw = sorted((people[r["工号"]], units[r["单位编码"]], r["岗位系数"], r["份额（%）"], r["出勤天数"])
                 for r in table.rows)
    given = factors(run, {one[1] for one in raw})
    return Reckoned(members(run, raw, given), given, pay_rule(run)), [one[0] for one in raw]


def _another(what: str, code: str, said: str | None, found: Unit | Person | None, shown: str = "") -> list[str]:
    """Return what is wrong with a code or number and the name beside it (名称不符): one of the two is another's.

    A list sorted in one column alone pays everybody somebody else's money; a name left out is none.
    `shown` is how pages call it.
    """
    if found is None:
        return [_("没有这个%s") % what]
    known = (found.name, shown, shown.partition("（")[0])
    if not said or figures(closed_up(said)) in {figures(closed_up(name)) for name in known}:
        return []
    return [_("%(what)s %(code)s 是%(name)s，表里写的是%(said)s") % {
        "what": what, "code": code, "name": found.name, "said": said[:20]}]


def owed(pool: Pool, run: Run, lines: list[Payout]) -> dict[int, int]:
    """Return what each line is owed after a correction (应补发), by the id of its row."""
    rows = [(r.person_id, r.unit_id, r.base, r.share, r.days) for r in lines]
    units = dict(Payout.objects.filter(pool=pool, person=None).values_list("unit", "cents"))
    old = dict(Payout.objects.filter(pool=pool, person=None).values_list("unit", "factor"))
    then, now = factors(pool.run, old), factors(run, old)
    # What no correction moved stays as it was paid, however it was reckoned when it was shared out.
    now = {unit: old[unit] if now[unit] == then[unit] else now[unit] for unit in old}
    before = [pay.Member(n, r.unit_id, r.base, r.share, r.days, r.factor) for n, r in enumerate(lines, start=1)]
    after = members(run, rows, now)
    shared = pay.Shared(units, {n: r.total for n, r in enumerate(lines, start=1)}, pool.reserve, pool.left)
    found = pay.top_up(shared, before, after, old, now)
    return {lines[n - 1].pk: cents for n, cents in found.items()}


def corrected(pool: Pool, lines: list[Payout]) -> str:
    """Return how a pool stands to a later correction (更正与补发): '' none or topped up, `owed`, or `same`."""
    run = last_revision(pool)
    if run == pool.run or Payout.objects.filter(pool=pool, adjusts__isnull=False, run=run).exists():
        return ""
    return "owed" if owed(pool, run, lines) else "same"
