"""The transition tables (流转表): every step a matter can take, and nothing else, by version.

A matter keeps the version it came in under; a new version holds for what comes in from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import first, second
from .guards import holds
from .situation import Situation
from .transitions import By, Transition

TABLES: dict[str, tuple[Transition, ...]] = {"2026.1": first.STEPS, "2026.2": second.STEPS}
VERSION = "2026.2"
TRANSITIONS = TABLES[VERSION]
"""The present table (现行流转表)."""
EVERY = tuple({step: None for steps in TABLES.values() for step in steps})
"""The steps of all versions (历版流转项), each once."""


def steps_of(version: str) -> tuple[Transition, ...]:
    """Return the table of a version (某版流转表), the present one when it is ''."""
    return TABLES[version] if version else TRANSITIONS


def find(action: str, situation: Situation) -> Transition | None:
    """Return the step of that name from this state (流转项): the first whose guards hold, else the first."""
    rows = [t for t in steps_of(situation.version) if t.action == action and _fits(t, situation)]
    return next((t for t in rows if refusal(t, situation) is None), rows[0] if rows else None)


def refusal(transition: Transition, situation: Situation) -> str | None:
    """Return why the guards refuse a step (不能的原因), or None."""
    return next((g.value for g in transition.guards if not holds(g, situation)), None)


def offered(situation: Situation, can: Callable[[Transition], bool], by: By = By.STAFF) -> Iterator[Transition]:
    """Yield the steps that may be taken now (可做的操作); `can` judges the permission."""
    for transition in steps_of(situation.version):
        if transition.by == by and _fits(transition, situation) and refusal(transition, situation) is None:
            if can(transition):
                yield transition


def _fits(transition: Transition, situation: Situation) -> bool:
    return situation.state in transition.sources and transition.sealed in (None, situation.sealed)
