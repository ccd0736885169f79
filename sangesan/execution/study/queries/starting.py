"""What the plan of a session begins with (安排底稿): which study day asks for it, and how it was the last time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.authority import Scope

from ..models import Session
from .access import sessions

HOW, SHOWN = ("at", "shift", "place"), 20
"""So many sessions of each kind stand on the page (每组列出的次数)."""


def agenda(scope: Scope) -> list[tuple[str, list[Session]]]:
    """Return the sessions in groups (学习安排): whose heads nobody has counted yet, what comes, what was held."""
    rows, today = sessions(scope), clock.today()
    groups = ((_("待登记人数"), rows.filter(heads=None, day__lte=today).order_by("-day", "-at", "-pk")),
              (_("已安排"), rows.filter(heads=None, day__gt=today).order_by("day", "at", "pk")),
              (_("学过的"), rows.filter(heads__isnull=False).order_by("-day", "-at", "-pk")))
    return [(word, found) for word, some in groups if (found := list(some[:SHOWN]))]


def start_of(scope: Scope, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what need not be typed (已知的栏目): from the duty that leads here, else the last session's."""
    rows = sessions(scope)
    found = {name: asked[name] for name in ("unit", "of") if asked.get(name)}
    if found:
        rows = rows.filter(**{"unit__code" if name == "unit" else name: said for name, said in found.items()})
    last: Session | None = rows.order_by("-day", "-pk").first()
    before = {name: getattr(last, name) for name in HOW} | {"unit": last.unit.code, "of": last.of} if last else {}
    return before | found | {"day": _day(asked.get("day", ""))}


def _day(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return clock.today()
    return day if clock.near(day, 1) else clock.today()
