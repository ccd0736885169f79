"""Who may object to what (谁可以对哪一项提异议), while a result is provisional."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.models import Indicator
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import assessed
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.method.authority import HeldPost, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered_by_many
from sangesan.organization.units.queries.ended import covered_last, heirs

from .access import readable_units, result_for
from .stages import Standing, standing


@dataclass(frozen=True)
class Objectionable:
    """One line a scope may object to (可异议项), the facts behind it, and the post it speaks under.

    `scored` says that the unit has a result, whose statement opens.
    """

    run: Run
    unit: Unit
    indicator: Indicator
    facts: tuple[int, ...]
    post: HeldPost
    scored: bool = True


@dataclass(frozen=True)
class Unscored:
    """A unit's lines that stand in no statement (没有结果的各项), for nothing was counted there: code and name."""

    run: Run
    unit: Unit
    lines: list[tuple[str, str]]


def objectionable(scope: Scope, run_id: int, code: str, indicator: str) -> Objectionable:
    """Return a line this scope may object to now (可异议项), or say why not.

    Where nothing was counted at all a unit has no result, but the same lines: what is missing may be said of them.
    """
    run, unit = result_for(scope, run_id), Unit.objects.filter(code=code).first()
    units = readable_units(scope, run)
    about = Indicator.objects.filter(rule_set=run.rule_set_id, code=indicator).first()
    if unit is None or about is None or units is not None and unit.pk not in units:
        raise NotFound(_("没有找到这一项"))
    rows = list(rows_of.scores(run, unit=unit))
    lines = [line for s in rows for line in s.statement["lines"] if line[0] == indicator]
    if not lines and indicator not in assessed(run, [code])[code]:
        raise NotFound(_("没有找到这一项"))
    if about.method == Indicator.Method.DAYS:
        raise Conflict(_("异议没有提交"), why=_("这一项是各日结果的平均，本身没有可更正的条目"),
                       next=_("请打开有异议的那一天的清单，在那里提出；那一天更正后，本期随之更正"))
    post = speaks_for(scope, unit, staff=about.objector == Indicator.Objector.STAFF)
    if post is None:
        raise Forbidden(_("异议没有提交"), why=_("异议由被考核单位的负责人或所属支部书记提出"))
    now = standing(run)
    if now is None or not now.open or Run.objects.filter(revises=run).exists():
        raise Conflict(_("异议没有提交"), why=_("异议期是公布后三个工作日，现在已过，或结果已有更正"),
                       next=_("请查看最新的结果；确有错误请与考核员联系"))
    return Objectionable(run, unit, about, tuple(f for line in lines for f in (*line[5], *line[4])), post,
                         bool(rows))


def open_lines(scope: Scope, run: Run, unit: Unit, stage: Standing | None) -> set[str]:
    """Return the indicators of a unit's statement that a scope may object to now (可提异议的各项)."""
    if stage is None or not stage.open or hasattr(run, "revision"):
        return set()
    head = speaks_for(scope, unit)
    by = {Indicator.Objector.HEAD: head, Indicator.Objector.STAFF: head or speaks_for(scope, unit, staff=True)}
    if by[Indicator.Objector.STAFF] is None:
        return set()
    return {code for code, _name, who in _raised(run) if by[Indicator.Objector(who)]}


def unscored(scope: Scope, run: Run | None, stage: Standing | None) -> list[Unscored]:
    """Return what a scope may object to for its units beside their statements (没有结果的各项), by code of the unit."""
    if run is None or stage is None or not stage.open or hasattr(run, "revision"):
        return []
    heads, told = spoken_for(scope), _raised(run)
    if not heads and all(who != Indicator.Objector.STAFF for *_named, who in told):
        return []
    rows = Unit.objects.filter(pk__in=heads.keys() | {post.unit for post in scope.posts}).order_by("code")
    units = readable_units(scope, run)
    there: dict[int, set[str]] = {}
    for unit, said in rows_of.scores(run, unit__in=[one.pk for one in rows]).values_list("unit", "statement"):
        there.setdefault(unit, set()).update(line[0] for line in said["lines"])
    found, asked = [], assessed(run, [unit.code for unit in rows])
    for unit in rows:
        missing = asked[unit.code] - there.get(unit.pk, set())
        lines = [(code, name) for code, name, who in told if code in missing and (
            unit.pk in heads or who == Indicator.Objector.STAFF)]
        found += [Unscored(run, unit, lines)] if lines and (units is None or unit.pk in units) else []
    return found


def _raised(run: Run) -> list[tuple[str, str, str]]:
    """Return the indicators that are objected to as such (可提异议的指标): code, name, by whom; no mean of days."""
    rows = Indicator.objects.filter(rule_set=run.rule_set_id).exclude(method=Indicator.Method.DAYS)
    return list(rows.values_list("code", "name", "objector"))


def speaks_for(scope: Scope, unit: Unit, *, staff: bool = False) -> HeldPost | None:
    """Return the post under which a scope may object for a unit (代表单位的岗位), or None.

    It is a head's post of the unit, in any line, or of a branch that covers it; where the rule says
    so any post in the unit. For a unit that ended: of whoever took over, or of a branch that covered it to the end.
    """
    for post in scope.posts:
        if post.unit == unit.pk and (post.head or staff):
            return post
    ended = unit.closed is not None and unit.closed <= clock.today()
    return (spoken_for(scope) if ended else _led(scope)).get(unit.pk)


def spoken_for(scope: Scope) -> dict[int, HeldPost]:
    """Return the units for which a scope speaks as a head (所代表的单位), each with the post under which it does."""
    found, today = _led(scope), clock.today()
    own = {post.unit: post for post in reversed(scope.posts) if post.head}
    if not own:
        return {}
    ended = [(new, old) for old, new in heirs(today).items() if new in own] + covered_last(own, today)
    for unit, old in ended:
        found.setdefault(old, own[unit])
    return found


def _led(scope: Scope) -> dict[int, HeldPost]:
    """Return the units a scope heads or whose branch it heads today (所负责的单位)."""
    own = {post.unit: post for post in reversed(scope.posts) if post.head}
    covers = covered_by_many(own, clock.today()) if own else {}
    found = dict(own)
    for post in scope.posts:
        for unit in covers.get(post.unit, ()) if post.head else ():
            found.setdefault(unit, post)
    return found
