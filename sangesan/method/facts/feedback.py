"""Facts of the feedback system (反馈系统的台账条目).

`unit` of a fact about handling is the path of the unit that answers for it (主办单位); of
`matter.received` it is the unit the matter arose in. `in_time` is 1, 0, or -1 where no clock
ran. A fact of quantity 0 is about a letter that came in as history and counts in no score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class MatterReceived(Fact):
    """A matter was heard (登记)."""

    kind: ClassVar[str] = "matter.received"
    stream: ClassVar[str] = "speaker"
    channel: str
    mode: str
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class MatterGraded(Fact):
    """A matter was graded (定级) by urgency × importance; `before` is the former grade or ''."""

    kind: ClassVar[str] = "matter.graded"
    grade: str
    before: str = ""
    urgency: int = 0
    importance: int = 0
    table: str


@dataclass(frozen=True, kw_only=True)
class MatterDispatched(Fact):
    """A matter was handed to a unit (派单); the promised clocks start here."""

    kind: ClassVar[str] = "matter.dispatched"
    grade: str
    due_day: str


@dataclass(frozen=True, kw_only=True)
class MatterSignedIn(Fact):
    """The unit signed for it (签收)."""

    kind: ClassVar[str] = "matter.signed_in"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class MatterReturned(Fact):
    """The unit returned it (退回), or the office ruled on the return (裁定; reason says which)."""

    kind: ClassVar[str] = "matter.returned"


@dataclass(frozen=True, kw_only=True)
class MatterExtended(Fact):
    """The due moment was moved (延期批准); `quantity` is the number of working days added."""

    kind: ClassVar[str] = "matter.extended"
    due_day: str


@dataclass(frozen=True, kw_only=True)
class MatterFirstAnswered(Fact):
    """The speaker got a first word (首次答复)."""

    kind: ClassVar[str] = "matter.first_answered"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class MatterAnswered(Fact):
    """The speaker got the answer (答复), after approval."""

    kind: ClassVar[str] = "matter.answered"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class MatterRated(Fact):
    """The speaker rated the answer (评价): satisfied / basic / dissatisfied; solved yes / no / ''."""

    kind: ClassVar[str] = "matter.rated"
    stream: ClassVar[str] = "speaker"
    rating: str
    solved: str = ""


@dataclass(frozen=True, kw_only=True)
class MatterClosed(Fact):
    """A matter was closed (办结) by someone other than its handler."""

    kind: ClassVar[str] = "matter.closed"
    grade: str
    in_time: int


@dataclass(frozen=True, kw_only=True)
class MatterReopened(Fact):
    """A matter was opened again (重新办理): dissatisfied, not_solved, or false_closing."""

    kind: ClassVar[str] = "matter.reopened"


@dataclass(frozen=True, kw_only=True)
class MatterOverdue(Fact):
    """A clock ran out (超期): a promised one or a statutory one of `method.terms`; once per round of handling."""

    kind: ClassVar[str] = "matter.overdue"
    clock: str
    grade: str


@dataclass(frozen=True, kw_only=True)
class MatterMerged(Fact):
    """A duplicate was joined to another matter (并案); `into` is the other's address."""

    kind: ClassVar[str] = "matter.merged"
    into: str


@dataclass(frozen=True, kw_only=True)
class MatterDeclined(Fact):
    """A matter was not accepted (不予受理) and the speaker told where to go."""

    kind: ClassVar[str] = "matter.declined"


@dataclass(frozen=True, kw_only=True)
class IdentityOpened(Fact):
    """A speaker's identity was opened (查看身份) by the officer in charge, with a reason."""

    kind: ClassVar[str] = "identity.opened"


@dataclass(frozen=True, kw_only=True)
class IdentityErased(Fact):
    """A speaker had name and contact taken out (删除姓名), by receipt."""

    kind: ClassVar[str] = "identity.erased"
    stream: ClassVar[str] = "speaker"


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(Fact):
    """An edited answer was put out for all (公开答复); its words are evidence."""

    kind: ClassVar[str] = "answer.published"


@dataclass(frozen=True, kw_only=True)
class AnswerWithdrawn(Fact):
    """A published answer was taken back (撤回公开), with a reason."""

    kind: ClassVar[str] = "answer.withdrawn"


@dataclass(frozen=True, kw_only=True)
class MatterPlanned(Fact):
    """Measures, persons and dates were reported (报措施)."""

    kind: ClassVar[str] = "matter.planned"
    in_time: int


@dataclass(frozen=True, kw_only=True)
class MatterCalledBack(Fact):
    """The speaker was called back (回访): reached or unreached."""

    kind: ClassVar[str] = "matter.called_back"


@dataclass(frozen=True, kw_only=True)
class MatterSuspended(Fact):
    """Handling waits for a third party (挂起), or goes on again; reason says which."""

    kind: ClassVar[str] = "matter.suspended"


@dataclass(frozen=True, kw_only=True)
class MatterWithdrawn(Fact):
    """The speaker withdrew it (撤回)."""

    kind: ClassVar[str] = "matter.withdrawn"
    stream: ClassVar[str] = "speaker"
