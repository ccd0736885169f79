"""Facts of the execution system (执行系统的台账条目).

`subject` is the duty's address, `unit` the path of who answers for it as it was that day, `reason`
the kind of its origin (例会、周计划、交办 …), `rule` the origin's code (a routine's code and version),
`counterpart` the path of the unit it is done with, or ''.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class _OfDuty(Fact):
    """What every fact about a duty carries (应办事项的公共字段)."""

    rule: str = ""
    counterpart: str = ""


@dataclass(frozen=True, kw_only=True)
class DutyFellDue(_OfDuty):
    """A duty fell due (到期): the denominator, recorded by night; neither exempt nor cancelled by then."""

    kind: ClassVar[str] = "duty.fell_due"


@dataclass(frozen=True, kw_only=True)
class DutyDone(_OfDuty):
    """A duty was done in time (按时办结)."""

    kind: ClassVar[str] = "duty.done"


@dataclass(frozen=True, kw_only=True)
class DutyLate(_OfDuty):
    """A duty was done late (迟办)."""

    kind: ClassVar[str] = "duty.late"


@dataclass(frozen=True, kw_only=True)
class DutyMissed(_OfDuty):
    """A duty was not done when its grace ended (未办), recorded by night; it may still be done late."""

    kind: ClassVar[str] = "duty.missed"


@dataclass(frozen=True, kw_only=True)
class DutyExempted(_OfDuty):
    """A duty was waived (免办); `why` says for what, its words stand beside."""

    kind: ClassVar[str] = "duty.exempted"
    why: str


@dataclass(frozen=True, kw_only=True)
class DutyMoved(_OfDuty):
    """A duty's due moment was moved (改期) by a second person; the nominal date stays."""

    kind: ClassVar[str] = "duty.moved"
    why: str
    before: str
    to: str
    asked_by: str


@dataclass(frozen=True, kw_only=True)
class DutyHandedOver(_OfDuty):
    """A duty went from a unit that ended to the one that took over (移交): `before` its path, `to` the other's code.

    `unit` is under whom it counts from now on: what was late already stays with the unit that was.
    """

    kind: ClassVar[str] = "duty.handed_over"
    before: str
    to: str


@dataclass(frozen=True, kw_only=True)
class DutyCancelled(_OfDuty):
    """A duty fell away (取消), for its cause did."""

    kind: ClassVar[str] = "duty.cancelled"
    why: str
