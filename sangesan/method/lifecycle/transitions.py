"""A step (流转): what every table of the life of a matter is made of.

A step names who may take it: a permission for staff, or the speaker, or the system. For what
has left the ordinary flow (检举控告) every staff permission is the inspectors' own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..authority import Action
from .guards import Guard
from .states import State


class By(StrEnum):
    """Who takes a step (由谁)."""

    STAFF = "staff"
    SPEAKER = "speaker"
    SYSTEM = "system"


@dataclass(frozen=True)
class Transition:
    """A step (流转): from the sources to the target, None meaning the state stays.

    `lead` asks the permission over the unit in charge (主办单位), not over any unit touched;
    `sealed` False is for ordinary matters only, True for accusations only, None for both.
    """

    action: str
    name: str
    sources: frozenset[State]
    target: State | None
    permission: Action | None
    guards: tuple[Guard, ...] = ()
    by: By = By.STAFF
    lead: bool = False
    sealed: bool | None = None


def staff(action: str, name: str, sources: set[State] | frozenset[State], target: State | None, permission: Action,
           *guards: Guard, lead: bool = False, sealed: bool | None = None) -> Transition:
    """Return a step of staff (经办人员的一步)."""
    return Transition(action, name, frozenset(sources), target, permission, guards, By.STAFF, lead, sealed)


def other(by: By, action: str, name: str, sources: set[State], target: State | None, *guards: Guard) -> Transition:
    """Return a step of the speaker or the system (反映人或系统的一步)."""
    return Transition(action, name, frozenset(sources), target, None, guards, by)
