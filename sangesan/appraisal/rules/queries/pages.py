"""What pages show of the rules (办法页面): versions, their states, what a draft changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.rounding import points
from sangesan.method.spans import whole_from
from sangesan.method.weights import written

from ..models import Decision, Field, Grade, Indicator, InForce, Link, PayRule, RuleSet
from .checking import faults
from .comparing import changes, columns, kinds_of, settled
from .frozen import PERIOD
from .intact import altered, whole
from .said import linked, percent, said, weighed

STATES = {"draft": (lazy("草案"), "act"), "decided": (lazy("已决定，待施行"), "warn"),
          "coming": (lazy("已定施行"), "warn"),
          "in_force": (lazy("施行中"), "ok"), "past": (lazy("已被新版代替"), "")}


@dataclass(frozen=True)
class Version:
    """A version on the list (版本)."""

    row: RuleSet
    state: str
    since: date | None
    decision: Decision | None
    count: int

    @property
    def word(self) -> Any:
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        return STATES[self.state][1]

    @property
    def begins(self) -> str:
        """The first month, quarter and year it assesses (最早考核的时段): those that begin under it."""
        assesses = self.since is not None and self.row.code == PERIOD
        return "、".join(one.word for one in whole_from(self.since)) if assesses else ""


@dataclass(frozen=True)
class Group:
    """The indicators of some kinds of units (一类单位的指标), with what they weigh."""

    word: str
    rows: list[Indicator]

    @property
    def told(self) -> list[tuple[Indicator, str]]:
        """Each indicator with how it counts, in words (各项怎样计分)."""
        return [(row, said(row)) for row in self.rows]

    @property
    def total(self) -> int | str:
        return written(sum(row.weight for row in self.rows))

    @property
    def results(self) -> int | str:
        return written(sum(row.weight for row in self.rows if row.side == Indicator.Side.RESULT))


def edits(scope: Scope) -> bool:
    """Return whether the scope drafts rules (可否起草)."""
    return scope.can(Action.EDIT_RULES)


def reads(scope: Scope) -> bool:
    """Return whether the scope may read the rules (可否查看): everybody signed in, for they judge everybody."""
    return bool(scope.posts)


def state_of(row: RuleSet) -> str:
    """Return the state of a version (版本状态)."""
    since = InForce.objects.filter(rule_set=row).values_list("since", flat=True).first()
    if since is None:
        return "decided" if Decision.objects.filter(rule_set=row).exists() else "draft"
    return "coming" if since > clock.today() else "in_force"


def replaced() -> RuleSet | None:
    """Return the draft whose place an imported one takes (被替换的草案)."""
    last = RuleSet.objects.filter(code=PERIOD).order_by("-version").first()
    return last if last is not None and state_of(last) == "draft" else None


def versions(scope: Scope) -> list[Version]:
    """Return the versions, newest first (版本列表); drafts only for those who draft."""
    if not reads(scope):
        raise NotFound()
    in_force = dict(InForce.objects.values_list("rule_set", "since"))
    decisions = {d.pk: d for d in Decision.objects.all()}
    counts: dict[int, int] = {}
    for pk in Indicator.objects.values_list("rule_set", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    found, seen = [], set()
    for row in RuleSet.objects.order_by("code", "-version"):
        since = in_force.get(row.pk)
        if since is None:
            state = "decided" if row.pk in decisions else "draft"
        else:
            state = "coming" if since > clock.today() else "past" if row.code in seen else "in_force"
            seen |= {row.code} if state == "in_force" else set()
        if state != "draft" or edits(scope):
            found.append(Version(row, state, since, decisions.get(row.pk), counts.get(row.pk, 0)))
    return sorted(found, key=lambda v: (v.row.code != "period", -v.row.version))


def version_for(scope: Scope, code: str, version: int) -> Version:
    """Return a version that the scope may read, else NotFound (某版办法)."""
    found = next((v for v in versions(scope) if (v.row.code, v.row.version) == (code, version)), None)
    if found is None:
        raise NotFound(_("没有找到这一版办法"))
    return found


def page_of(scope: Scope, code: str, version: int) -> dict[str, Any]:
    """Return what the page of a version shows (办法页)."""
    found = version_for(scope, code, version)
    row, pay = found.row, PayRule.objects.filter(rule_set=found.row).first()
    before = RuleSet.objects.filter(code=code, in_force__since__isnull=False, version__lt=version).order_by(
        "-version").first()
    return {
        "v": found, "groups": groups(list(row.indicators.all())), "links": [
            {"words": linked(k), "line": k.line or "any", "kind": k.kind or "any"} for k in row.links.all()],
        "weights": weighed(row.line_weights), "open": edits(scope) and found.state == "draft" and row.code == "period",
        "grades": [(g.name, points(g.least), points(g.coefficient // 100)) for g in row.grades.all()], "pay": pay,
        "floor": points(pay.floor // 100) if pay else "", "most": percent(pay.deducted_most) if pay else "",
        "reserve": percent(pay.reserve) if pay else "", "shared": percent(row.person_share),
        "highest": written(row.own_cap),
        "faults": faults(row) if found.state == "draft" and row.code == "period" else [],
        "digest": whole(row), "before": before,
        "changes": [*changes(before, row), *settled(before, row)] if before else [],
        "edits": edits(scope), "altered": found.state != "draft" and altered(row),
    }


def groups(rows: list[Indicator]) -> list[Group]:
    """Return indicators by the kinds of units they apply to (按单位类别)."""
    found: dict[str, list[Indicator]] = {}
    for row in rows:
        found.setdefault(kinds_of(row), []).append(row)
    return [Group(word, listed) for word, listed in found.items()]


def content_of(row: RuleSet) -> dict[str, Any]:
    """Return a version as the content of a draft (草案内容)."""
    pay = PayRule.objects.filter(rule_set=row).first()
    return {
        "name": row.name, "indicators": [columns(i) for i in row.indicators.all()],
        "links": [columns(k) for k in Link.objects.filter(rule_set=row)],
        "grades": [columns(g) for g in Grade.objects.filter(rule_set=row)], "pay": columns(pay) if pay else None,
        "own_cap": row.own_cap, "person_share": row.person_share, "line_weights": row.line_weights,
        "contacts": row.contacts,
    }


def listed(scope: Scope) -> dict[str, Any]:
    """Return what the list of versions shows (办法列表页)."""
    found = versions(scope)
    return {"versions": found, "drafted": any(v.state == "draft" and v.row.code == "period" for v in found),
            "edits": edits(scope), "fields": list(Field.objects.all())}


def free_code(scope: Scope, code: str, version: int) -> str:
    """Return a code no indicator of the version has (空闲编码)."""
    taken = set(version_for(scope, code, version).row.indicators.values_list("code", flat=True))
    return next(name for n in range(1, 1000) if (name := f"own_{n}") not in taken)
