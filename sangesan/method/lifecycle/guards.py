"""Guards (前置条件): what must hold, besides state and permission, before a step is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .states import State

MOST_RETURNS = 2
REOPEN_DAYS = REVIEW_DAYS = 30
RATING_DAYS = 15
TAKE_BACK_MINUTES = 10


@dataclass(frozen=True)
class Situation:
    """What the guards look at (情形): the matter, and who I am in it.

    Days and minutes are None when the thing has not happened.
    """

    state: State
    grade: str = ""
    provisional: bool = False
    sealed: bool = False
    returns: int = 0
    bound: bool = False
    late: bool = False
    first_answered: bool = False
    planned: bool = False
    extension_pending: bool = False
    extended: bool = False
    regrading_pending: bool = False
    rated: bool = False
    called_back: bool = False
    dissatisfied_before: bool = False
    reviewed: bool = False
    answered_days: int | None = None
    closed_days: int | None = None
    drafted_minutes: int | None = None
    handler: bool = False
    author: bool = False
    proposer: bool = False
    requester: bool = False


class Guard(StrEnum):
    """A condition (条件); the value is what is said when it fails."""

    IS_A = "只有 A 级事项走这一步"
    NOT_A = "A 级事项由矿领导办结"
    NOT_DANGEROUS = "险情已经报出，须由值班领导确认或降级"
    PROVISIONAL = "这一事项没有待确认的 A 级"
    NOT_HANDLER = "办理过这一事项的人不能回访或办结它"
    NOT_AUTHOR = "答复的起草人不能审核自己的答复"
    IS_AUTHOR = "只有起草人可以收回答复"
    JUST_NOW = "提交已超过 10 分钟，不能收回"
    RETURNS_LEFT = "已退回两次或已经裁定，不能再退回"
    NOT_FIRST_ANSWERED = "已经首次答复过"
    NOT_PLANNED = "措施已经报过"
    NEEDS_PLAN = "C 级事项不要求单独报措施"
    NOT_LATE = "已经到期，不能再申请延期"
    NO_EXTENSION = "已经申请或批准过一次延期"
    EXTENSION = "没有待批准的延期申请"
    NOT_REQUESTER = "申请人不能批准自己的申请"
    REGRADING = "没有待同意的降级"
    NO_REGRADING = "已有一项降级等待同意"
    NOT_PROPOSER = "降级须由另一个人同意"
    NOT_RATED = "已经评价过"
    RATED = "还没有评价"
    FIRST_TIME = "已按评价重新办理过一次，再次办理由分办员决定"
    HEARD = "还没有评价，也没有回访记录"
    CALLED_BACK = "A 级事项办结前须有回访记录"
    WAITED = "答复后未满 15 天"
    WITHIN_REOPEN = "办结已超过 30 天"
    WITHIN_REVIEW = "答复或办结已超过 30 天"
    NOT_REVIEWED = "已经复查过，可以申请复核"
    REVIEWED = "复核之前须先复查"


_HOLDS: dict[Guard, Callable[[Situation], bool]] = {
    Guard.IS_A: lambda s: s.grade == "A",
    Guard.NOT_A: lambda s: s.grade != "A",
    Guard.NOT_DANGEROUS: lambda s: not s.provisional,
    Guard.PROVISIONAL: lambda s: s.provisional,
    Guard.NOT_HANDLER: lambda s: not s.handler,
    Guard.NOT_AUTHOR: lambda s: not s.author,
    Guard.IS_AUTHOR: lambda s: s.author,
    Guard.JUST_NOW: lambda s: s.drafted_minutes is not None and s.drafted_minutes < TAKE_BACK_MINUTES,
    Guard.RETURNS_LEFT: lambda s: s.returns < MOST_RETURNS and not s.bound,
    Guard.NOT_FIRST_ANSWERED: lambda s: not s.first_answered,
    Guard.NOT_PLANNED: lambda s: not s.planned,
    Guard.NEEDS_PLAN: lambda s: s.grade in ("A", "B"),
    Guard.NOT_LATE: lambda s: not s.late,
    Guard.NO_EXTENSION: lambda s: not s.extension_pending and not s.extended,
    Guard.EXTENSION: lambda s: s.extension_pending,
    Guard.NOT_REQUESTER: lambda s: not s.requester,
    Guard.REGRADING: lambda s: s.regrading_pending,
    Guard.NO_REGRADING: lambda s: not s.regrading_pending,
    Guard.NOT_PROPOSER: lambda s: not s.proposer,
    Guard.NOT_RATED: lambda s: not s.rated,
    Guard.RATED: lambda s: s.rated,
    Guard.FIRST_TIME: lambda s: not s.dissatisfied_before,
    Guard.HEARD: lambda s: s.rated or s.called_back,
    Guard.CALLED_BACK: lambda s: s.called_back,
    Guard.WAITED: lambda s: s.answered_days is not None and s.answered_days >= RATING_DAYS,
    Guard.WITHIN_REOPEN: lambda s: s.closed_days is None or s.closed_days <= REOPEN_DAYS,
    Guard.WITHIN_REVIEW: lambda s: (s.answered_days if s.closed_days is None else s.closed_days or 0) in (
        None, *range(REVIEW_DAYS + 1)),
    Guard.NOT_REVIEWED: lambda s: not s.reviewed,
    Guard.REVIEWED: lambda s: s.reviewed,
}


def holds(guard: Guard, situation: Situation) -> bool:
    """Return whether a guard holds (条件是否满足)."""
    return _HOLDS[guard](situation)
