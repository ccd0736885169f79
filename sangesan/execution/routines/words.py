"""Words about routines (制度用语): states, rules said in plain words, for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.method.cadence import CadenceError
from sangesan.method.rule_words import said
from sangesan.organization.people.models import ROLE_NAMES
from sangesan.organization.units.models import Kind, Line

from .models import Routine, Version
from .queries.versions import DRAFT, ENDED, HOLDS, WAITING, cadence_of, state_of

STATES = {DRAFT: (lazy("草案"), "warn"), WAITING: (lazy("待施行"), "act"), HOLDS: (lazy("施行中"), "ok"),
          ENDED: (lazy("已停止"), "")}


@dataclass(frozen=True)
class Shown:
    """A version as a page shows it (一版制度)."""

    routine: Routine
    version: Version
    state: str
    word: str
    tone: str
    rule: str
    whom: str


def shown(version: Version) -> Shown:
    """Return a version in words (制度说法)."""
    state = state_of(version)
    word, tone = STATES[state]
    return Shown(version.routine, version, state, str(word), tone, rule_said(version), whom(version))


def rule_said(version: Version) -> str:
    """Say how often (周期说法); a rule that can't be read says so."""
    try:
        words = said(cadence_of(version))
    except CadenceError:
        return _("规则有误")
    return _("%(rule)s，%(at)s 前") % {"rule": words, "at": f"{version.at:%H:%M}"}


def whom(version: Version) -> str:
    """Say to whom it applies and who holds it (适用与责任人说法)."""
    units = "、".join(version.units) if version.units else "、".join(
        str(dict(Kind.choices).get(kind, kind)) for kind in version.unit_kinds)
    line = dict(Line.choices).get(version.line, version.line)
    holder = ROLE_NAMES.get(version.role, "") if version.role else _("负责人")
    return _("%(units)s（%(line)s）· %(holder)s") % {"units": units, "line": line, "holder": holder}


def current(versions: Iterable[Version]) -> Version | None:
    """Return the version a list shows (列表所示): what holds, else what comes, else the draft, else the last."""
    found: dict[str, Any] = {}
    for version in versions:
        found.setdefault(state_of(version), version)
    return next((found[state] for state in (HOLDS, WAITING, DRAFT, ENDED) if state in found), None)
