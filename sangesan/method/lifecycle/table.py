"""The transition table (流转表): every step a matter can take, and nothing else.

A step names who may take it: a permission for staff, or the speaker, or the system. For what
has left the ordinary flow (检举控告) every staff permission is the inspectors' own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..authority import Action
from .guards import Guard, Situation, holds
from .states import OPEN, State

VERSION = "2026.1"


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


def _staff(action: str, name: str, sources: set[State] | frozenset[State], target: State | None, permission: Action,
           *guards: Guard, lead: bool = False, sealed: bool | None = None) -> Transition:
    return Transition(action, name, frozenset(sources), target, permission, guards, By.STAFF, lead, sealed)


def _other(by: By, action: str, name: str, sources: set[State], target: State | None, *guards: Guard) -> Transition:
    return Transition(action, name, frozenset(sources), target, None, guards, by)


S, A, G = State, Action, Guard
_BEFORE = {S.RECEIVED, S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING}
_UNDER_WAY = {S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING, S.SUSPENDED, S.REVIEW}
TRANSITIONS: tuple[Transition, ...] = (
    _other(By.SYSTEM, "declare", "报险", {S.RECEIVED}, S.GRADED),
    _staff("grade", "定级", {S.RECEIVED}, S.GRADED, A.TRIAGE, sealed=False),
    _staff("describe", "更正登记", {S.RECEIVED, S.GRADED}, None, A.TRIAGE, sealed=False),
    _staff("concern", "标明涉及对象", _BEFORE, None, A.TRIAGE, sealed=False),
    _other(By.SYSTEM, "recuse", "回避收回", {S.DISPATCHED, S.HANDLING}, S.RETURNED),
    _staff("accuse", "转纪检", {S.RECEIVED, S.GRADED}, S.RECEIVED, A.TRIAGE, G.NOT_DANGEROUS, sealed=False),
    _staff("take_up", "受理", {S.RECEIVED}, S.HANDLING, A.INSPECT, sealed=True),
    _staff("regrade", "调级", _UNDER_WAY, None, A.TRIAGE, G.NO_REGRADING, G.NOT_DANGEROUS, sealed=False),
    _staff("agree", "同意降级", _UNDER_WAY, None, A.SUPERVISE, G.REGRADING, G.NOT_PROPOSER, sealed=False),
    _staff("confirm", "确认 A 级", _UNDER_WAY, None, A.CONFIRM_A, G.PROVISIONAL, sealed=False),
    _staff("lower", "降级", _UNDER_WAY, None, A.CONFIRM_A, G.PROVISIONAL, sealed=False),
    _staff("dispatch", "派单", {S.GRADED}, S.DISPATCHED, A.TRIAGE, sealed=False),
    _staff("sign_in", "签收", {S.DISPATCHED}, S.HANDLING, A.HANDLE, lead=True),
    _staff("return", "退回", {S.DISPATCHED}, S.RETURNED, A.HANDLE, G.RETURNS_LEFT, lead=True),
    _staff("rule", "裁定", {S.RETURNED}, S.DISPATCHED, A.TRIAGE, sealed=False),
    _staff("first_answer", "首次答复", {S.HANDLING}, None, A.HANDLE, G.NOT_FIRST_ANSWERED, lead=True),
    _staff("plan", "报措施", {S.HANDLING}, None, A.HANDLE, G.NEEDS_PLAN, G.NOT_PLANNED, lead=True),
    _staff("note", "记进展", {S.DISPATCHED, S.HANDLING, S.REVIEW}, None, A.HANDLE, lead=True),
    _staff("extend", "申请延期", {S.HANDLING}, None, A.HANDLE, G.NO_EXTENSION, G.NOT_LATE, lead=True, sealed=False),
    _staff("grant", "批准延期", {S.HANDLING, S.REVIEW}, None, A.APPROVE, G.EXTENSION, G.NOT_REQUESTER, lead=True),
    _staff("refuse", "不批延期", {S.HANDLING, S.REVIEW}, None, A.APPROVE, G.EXTENSION, G.NOT_REQUESTER, lead=True),
    _staff("suspend", "挂起", {S.HANDLING}, S.SUSPENDED, A.APPROVE, lead=True),
    _staff("resume", "恢复办理", {S.SUSPENDED}, S.HANDLING, A.HANDLE, lead=True),
    _staff("draft", "提交答复", {S.HANDLING}, S.REVIEW, A.HANDLE, lead=True),
    _staff("take_back", "收回答复", {S.REVIEW}, S.HANDLING, A.HANDLE, G.IS_AUTHOR, G.JUST_NOW, lead=True),
    _staff("approve", "同意答复", {S.REVIEW}, S.ANSWERED, A.APPROVE, G.NOT_AUTHOR, lead=True),
    _staff("reject", "退回修改", {S.REVIEW}, S.HANDLING, A.APPROVE, G.NOT_AUTHOR, lead=True),
    _staff("call_back", "回访", {S.ANSWERED}, None, A.CALL_BACK, G.NOT_HANDLER),
    _staff("close", "办结", {S.ANSWERED}, S.CLOSED, A.CLOSE, G.NOT_A, G.NOT_HANDLER, G.HEARD),
    _staff("close", "办结", {S.ANSWERED}, S.CLOSED, A.CLOSE_A, G.IS_A, G.NOT_HANDLER, G.CALLED_BACK, sealed=False),
    _staff("reopen", "重新办理", {S.ANSWERED, S.CLOSED}, S.HANDLING, A.TRIAGE, G.WITHIN_REOPEN),
    _staff("merge", "并案", _BEFORE, S.MERGED, A.TRIAGE, G.NOT_DANGEROUS, sealed=False),
    _staff("decline", "不予受理", {S.RECEIVED, S.GRADED}, S.DECLINED, A.TRIAGE, G.NOT_DANGEROUS),
    _staff("supervise", "督办", _UNDER_WAY - {S.GRADED}, None, A.SUPERVISE, sealed=False),
    _staff("uphold", "维持原答复", {S.SECOND_REVIEW}, S.CLOSED, A.SUPERVISE, G.NOT_HANDLER),
    _staff("redo", "责令重办", {S.SECOND_REVIEW, S.THIRD_REVIEW}, S.HANDLING, A.SUPERVISE, G.NOT_HANDLER),
    _staff("end", "终结", {S.THIRD_REVIEW}, S.ENDED, A.SUPERVISE, G.NOT_HANDLER),
    _other(By.SPEAKER, "rate", "评价", {S.ANSWERED}, None, G.NOT_RATED),
    _other(By.SPEAKER, "dissatisfied", "不满意重办", {S.ANSWERED}, S.HANDLING, G.FIRST_TIME),
    _other(By.SPEAKER, "withdraw", "撤回", _BEFORE, S.WITHDRAWN, G.NOT_A),
    _other(By.SPEAKER, "review", "申请复查", {S.ANSWERED, S.CLOSED}, S.SECOND_REVIEW, G.WITHIN_REVIEW,
           G.NOT_REVIEWED),
    _other(By.SPEAKER, "third_review", "申请复核", {S.CLOSED}, S.THIRD_REVIEW, G.WITHIN_REVIEW, G.REVIEWED),
    _other(By.SPEAKER, "reply", "补充", set(OPEN), None),
    _other(By.SYSTEM, "expire", "未评价办结", {S.ANSWERED}, S.CLOSED, G.NOT_RATED, G.WAITED),
)


def find(action: str, situation: Situation) -> Transition | None:
    """Return the step of that name from this state (流转项): the first whose guards hold, else the first."""
    rows = [t for t in TRANSITIONS if t.action == action and _fits(t, situation)]
    return next((t for t in rows if refusal(t, situation) is None), rows[0] if rows else None)


def refusal(transition: Transition, situation: Situation) -> str | None:
    """Return why the guards refuse a step (不能的原因), or None."""
    return next((g.value for g in transition.guards if not holds(g, situation)), None)


def offered(situation: Situation, can: Callable[[Transition], bool], by: By = By.STAFF) -> Iterator[Transition]:
    """Yield the steps that may be taken now (可做的操作); `can` judges the permission."""
    for transition in TRANSITIONS:
        if transition.by == by and _fits(transition, situation) and refusal(transition, situation) is None:
            if can(transition):
                yield transition


def _fits(transition: Transition, situation: Situation) -> bool:
    return situation.state in transition.sources and transition.sealed in (None, situation.sealed)
