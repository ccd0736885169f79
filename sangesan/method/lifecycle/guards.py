"""Guards (前置条件): what must hold, besides state and permission, before a step is taken."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from ..words import word
from .situation import Situation
from .states import State

MOST_RETURNS = 2
REOPEN_DAYS = REVIEW_DAYS = 30
RATING_DAYS = 15
TAKE_BACK_MINUTES = 10
_SETTLED = (State.ANSWERED, State.CLOSED, State.ENDED, State.WITHDRAWN)
"""In which states what a leader took on is resolved (已有结果): answered, ended by law, or taken back."""


class Guard(StrEnum):
    """A condition (条件); the value is what is said when it fails."""

    def __str__(self) -> str:
        return str(word(self.value))

    IS_A = word("只有 A 级事项走这一步")
    NOT_A = word("A 级事项由矿领导办结")
    NOT_DANGEROUS = word("险情已经报出，须由值班领导确认或降级")
    PROVISIONAL = word("这一事项没有待确认的 A 级")
    NOT_HANDLER = word("办理过这一事项的人不能回访或办结它")
    NOT_AUTHOR = word("答复的起草人不能审核自己的答复")
    IS_AUTHOR = word("只有起草人可以收回答复")
    JUST_NOW = word("提交已超过 10 分钟，不能收回")
    RETURNS_LEFT = word("已退回两次或已经裁定，不能再退回")
    NOT_FIRST_ANSWERED = word("已经首次答复过")
    NOT_PLANNED = word("措施已经报过")
    NEEDS_PLAN = word("C 级事项不要求单独报措施")
    NOT_LATE = word("已经到期，不能再申请延期")
    NO_EXTENSION = word("这一轮办理已经申请或批准过一次延期")
    EXTENSION = word("没有待批准的延期申请")
    NOT_REQUESTER = word("申请人不能批准自己的申请")
    REGRADING = word("没有待同意的降级")
    NOT_PROPOSER = word("降级须由另一个人同意")
    NOT_RATED = word("已经评价过")
    RATED = word("还没有评价")
    FIRST_TIME = word("已按评价重新办理过一次，再次办理由分办员决定")
    HEARD = word("还没有评价，也没有回访记录")
    CLOSER = word("按分级表，这一步不由您的岗位同意，或您已经同意过")
    CALLED_BACK = word("A 级事项办结前须有回访记录")
    WAITED = word("答复后未满 15 天")
    WITHIN_REOPEN = word("办结已超过 30 天")
    WITHIN_REVIEW = word("答复或办结已超过 30 天")
    NOT_REVIEWED = word("已经复查过，可以申请复核")
    REVIEWED = word("复核之前须先复查")
    PAUSABLE = word("已经到期，不能再申请挂起")
    NO_PAUSE = word("已有一次挂起申请等待批准")
    PAUSE = word("没有待批准的挂起申请")
    NOT_PAUSER = word("申请人不能批准自己的挂起申请")
    ORDINARY = word("简易程序不延期；需要更长时间的，请先转为普通程序")
    FORWARDED = word("只有上级转办的事项可以提出异议")
    OBJECTION_OPEN = word("收到已超过 5 个工作日，不能再提出异议")
    NO_OBJECTION = word("异议已经提出，等待转送单位答复")
    OBJECTION = word("没有等待答复的异议")
    NOT_INVOLVED = word("办理、审核或者复查过这一事项的人，不能再复查、复核它")
    REVIEW_OPEN = word("收到书面答复已超过三十日")
    THIRD_REVIEW_OPEN = word("收到复查答复已超过三十日")
    NOT_UPHELD = word("已有复查结论，可以申请复核")
    UPHELD = word("复核之前须先有复查结论")
    WITHIN_RATING = word("答复后已满 15 天，不能再评价")
    NO_HEARING = word("正在听证")
    HEARING = word("没有正在举行的听证")
    OUTWARD = word("本矿有人能审理这次申请，由他们复查、复核")
    NOT_PASSED_UP = word("已转送上级单位，等待上级单位的结论")
    INSIDE = word("由上级单位审理，结论由分办员登记")
    PASSED_UP = word("还没有转送上级单位")
    NOT_SUPERVISED = word("已在督办")
    SUPERVISION_PROPOSED = word("没有待确认的督办建议")
    SUPERVISED = word("这一事项没有在督办")
    RESULT_BACK = word("承办单位还没有回告督办结果")
    NO_RESULT = word("督办结果已经回告")
    UNITS = word("督办的是信访办，由信访办回告结果")
    OFFICES = word("督办的是承办单位，由承办单位回告结果")
    ANOTHERS = word("督办的是您自己的科室，由矿领导决定")
    NOT_AWAITED = word("正在督办，承办单位还没有回告督办结果")
    NO_CASE = word("已经有领导包案")
    CASE = word("这一事项没有包案")
    CASE_LEADER = word("由包案领导签字结案")
    SETTLED = word("事项还在办理，答复反映人以后再签字结案")
    MARKED = word("没有标明过涉及对象")
    IN_CASE = word("只有包案领导和承办单位可以记包案进展")


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
    Guard.NOT_PROPOSER: lambda s: not s.proposer,
    Guard.NOT_RATED: lambda s: not s.rated,
    Guard.RATED: lambda s: s.rated,
    Guard.FIRST_TIME: lambda s: not s.dissatisfied_before,
    Guard.HEARD: lambda s: s.rated or s.called_back,
    Guard.CLOSER: lambda s: s.closer,
    Guard.CALLED_BACK: lambda s: s.called_back,
    Guard.WAITED: lambda s: s.answered_days is not None and s.answered_days >= RATING_DAYS,
    Guard.WITHIN_REOPEN: lambda s: s.closed_days is None or s.closed_days <= REOPEN_DAYS,
    Guard.WITHIN_REVIEW: lambda s: (s.answered_days if s.closed_days is None else s.closed_days or 0) in (
        None, *range(REVIEW_DAYS + 1)),
    Guard.NOT_REVIEWED: lambda s: not s.reviewed,
    Guard.REVIEWED: lambda s: s.reviewed,
    Guard.PAUSABLE: lambda s: not s.late,
    Guard.NO_PAUSE: lambda s: not s.pause_pending,
    Guard.PAUSE: lambda s: s.pause_pending,
    Guard.NOT_PAUSER: lambda s: not s.pauser,
    Guard.ORDINARY: lambda s: not s.simple,
    Guard.FORWARDED: lambda s: s.forwarded,
    Guard.OBJECTION_OPEN: lambda s: s.objection_open,
    Guard.NO_OBJECTION: lambda s: not s.objection_pending,
    Guard.OBJECTION: lambda s: s.objection_pending,
    Guard.NOT_INVOLVED: lambda s: not s.involved,
    Guard.REVIEW_OPEN: lambda s: s.review_open,
    Guard.THIRD_REVIEW_OPEN: lambda s: s.third_review_open,
    Guard.NOT_UPHELD: lambda s: not s.upheld,
    Guard.UPHELD: lambda s: s.upheld,
    Guard.WITHIN_RATING: lambda s: s.answered_days is not None and s.answered_days < RATING_DAYS,
    Guard.NO_HEARING: lambda s: not s.hearing,
    Guard.HEARING: lambda s: s.hearing,
    Guard.OUTWARD: lambda s: s.outward,
    Guard.NOT_PASSED_UP: lambda s: not s.passed_up,
    Guard.INSIDE: lambda s: not s.passed_up and not s.decided_above,
    Guard.PASSED_UP: lambda s: s.passed_up,
    Guard.NOT_SUPERVISED: lambda s: not s.supervised,
    Guard.SUPERVISION_PROPOSED: lambda s: s.supervision_proposed,
    Guard.SUPERVISED: lambda s: s.supervised,
    Guard.RESULT_BACK: lambda s: s.result_back,
    Guard.NO_RESULT: lambda s: not s.result_back,
    Guard.UNITS: lambda s: not s.of_office,
    Guard.OFFICES: lambda s: s.of_office,
    Guard.ANOTHERS: lambda s: not s.own_office,
    Guard.NOT_AWAITED: lambda s: not s.supervised or s.result_back,
    Guard.NO_CASE: lambda s: not s.case_open,
    Guard.CASE: lambda s: s.case_open,
    Guard.SETTLED: lambda s: s.state in _SETTLED,
    Guard.MARKED: lambda s: s.marked,
    Guard.CASE_LEADER: lambda s: s.case_leader,
    Guard.IN_CASE: lambda s: s.in_case or s.case_leader,
}


def holds(guard: Guard, situation: Situation) -> bool:
    """Return whether a guard holds (条件是否满足)."""
    return _HOLDS[guard](situation)
