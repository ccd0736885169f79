"""What the pages of routines show (制度页面内容)."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.forms import Form, model_to_dict

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.cadence import CadenceError, checked
from sangesan.method.occurrences import Cadence, Policy, Window
from sangesan.method.rule_words import said

from . import services
from .models import Routine, Version
from .queries.versions import HOLDS, WAITING, cadence_of, preview, routine_for, routines, state_of
from .services.deciding import WHY, named
from .words import current, shown


def listed(scope: Scope) -> dict[str, Any]:
    """Return the routines for the list (制度列表): those that hold, and the others."""
    rows = [shown(version) for routine in routines(scope) if (version := current(routine.versions.all()))]
    return {"holding": [r for r in rows if r.state in (HOLDS, WAITING)],
            "others": [r for r in rows if r.state not in (HOLDS, WAITING)],
            "edits": scope.can(Action.EDIT_ROUTINES)}


def detailed(scope: Scope, code: str) -> dict[str, Any]:
    """Return one routine for its page (制度详情)."""
    routine = routine_for(scope, code)
    versions = list(routine.versions.select_related("routine", "force", "end", "checker"))
    now = current(versions)
    dates = preview(cadence_of(now), max(clock.today(), now.force.since if hasattr(now, "force") else clock.today()))
    draft = next((v for v in versions if not hasattr(v, "force")), None)
    return {"routine": routine, "subject": f"routines/{routine.code}", "it": shown(now), "dates": dates,
            "versions": [shown(v) for v in versions], "draft": draft, "edits": scope.can(Action.EDIT_ROUTINES),
            "ends": any(state_of(v) in (HOLDS, WAITING) and not hasattr(v, "end") for v in versions)}


def start_of(routine: Routine | None) -> dict[str, Any]:
    """Return what the editor begins with (起草底稿): the newest version, or a plain weekly rule."""
    last = routine.versions.select_related("checker").order_by("-number").first() if routine else None
    if last is not None:
        return model_to_dict(last) | {"checker": last.checker.code if last.checker else ""}
    return {"rule": "FREQ=WEEKLY;BYDAY=MO", "policy": "next", "window": "day", "at": time(18), "line": "party",
                    "unit_kinds": ["branch"]}


def previewed(form: Form) -> dict[str, Any]:
    """Return the rule in words and the next ten dates of what is typed (规则念一遍), or why it cannot be."""
    given = {name: form[name].value() for name in ("rule", "policy", "window", "offset", "grace", "lead")}
    try:
        rule = checked(str(given["rule"] or ""), clock.today())
        cadence = Cadence(rule, Policy(given["policy"]), Window(given["window"]),
                          *(min(max(int(given[n] or 0), 0), 60) for n in ("offset", "grace", "lead")))
        return {"said": said(cadence), "dates": preview(cadence, clock.today() + timedelta(days=1))}
    except CadenceError as fault:
        return {"wrong": WHY[str(fault)]}
    except ValueError:
        return {"wrong": WHY["wrong"]}


def save(routine: Routine | None, actor, given: dict[str, Any]) -> Version:
    """Save what was typed (保存草案); who checks is typed by the post's code."""
    code = given.pop("checker", "")
    given["checker"] = named(code) if given.get("checks") == Version.Checks.POST else None
    if routine is None:
        return services.begin(actor=actor, **given)
    return services.save_draft(routine=routine, actor=actor, **given)
