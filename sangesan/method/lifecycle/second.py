"""The second table (流转表 2026.2): suspension on approval, review one level above, supervision that ends.

Whatever is not named here is as in the first table.
"""

from __future__ import annotations

from ..authority import Action
from ..words import word
from . import first
from .guards import Guard
from .states import FINAL, OPEN, State
from .transitions import By, Transition, other, staff

S, A, G = State, Action, Guard
_HANDED_OUT = first.UNDER_WAY - {S.GRADED}
_IN_HAND = {S.HANDLING, S.SUSPENDED, S.REVIEW}
_ANSWERED = {S.ANSWERED, S.CLOSED}
_LATER = set(State) - {S.RECEIVED} - FINAL
_AFTER = _LATER | {S.WITHDRAWN, S.ENDED}
"""What a leader took on, or supervises, still ends where the speaker took it back or the law ended it."""
_FRESH = {S.RECEIVED, S.GRADED}
_SETTLES = {S.SECOND_REVIEW: S.CLOSED, S.THIRD_REVIEW: S.ENDED}
_REVIEWED = set(_SETTLES)
_MARKABLE = first.BEFORE | _IN_HAND | _ANSWERED | _REVIEWED
"""Whom a matter is about is said, and taken back, as long as somebody may read it for its answer or decide on it."""
_APART = (G.NOT_HANDLER, G.NOT_INVOLVED)
_HERE = (*_APART, G.NO_HEARING, G.INSIDE)
_ABOVE = (*_APART, G.PASSED_UP)
"""Who enters what the unit above the enterprise decided had no part in it either (登记上级结论)."""
CHANGED: tuple[Transition, ...] = (
    staff("extend", word("申请延期"), {S.HANDLING}, None, A.HANDLE, G.ORDINARY, G.NO_EXTENSION, G.NOT_LATE, lead=True,
          sealed=False),
    staff("ask_pause", word("申请挂起"), {S.HANDLING}, None, A.HANDLE, G.NO_PAUSE, G.PAUSABLE, lead=True),
    staff("pause", word("批准挂起"), {S.HANDLING}, S.SUSPENDED, A.APPROVE, G.PAUSE, G.NOT_PAUSER, lead=True),
    staff("no_pause", word("不批挂起"), {S.HANDLING}, None, A.APPROVE, G.PAUSE, G.NOT_PAUSER, lead=True),
    staff("procedure", word("改办理程序"), {S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING}, None, A.TRIAGE,
          sealed=False),
    staff("object", word("提出异议"), _FRESH, None, A.TRIAGE, G.FORWARDED, G.NO_OBJECTION, G.OBJECTION_OPEN,
          sealed=False),
    staff("hand_back", word("同意退回转送单位"), _FRESH, S.DECLINED, A.TRIAGE, G.OBJECTION, sealed=False),
    staff("keep", word("转送单位不同意退回"), _FRESH, None, A.TRIAGE, G.OBJECTION, sealed=False),
    staff("link", word("关联初次件"), _LATER | {S.RECEIVED}, None, A.TRIAGE, sealed=False),
    staff("supervise", word("督办"), _HANDED_OUT | {S.SECOND_REVIEW}, None, A.SUPERVISE, G.NOT_SUPERVISED,
          G.ANOTHERS, sealed=False),
    staff("waive", word("不予督办"), _AFTER, None, A.SUPERVISE, G.SUPERVISION_PROPOSED, G.ANOTHERS,
          sealed=False),
    staff("write_back", word("回告督办结果"), _AFTER, None, A.HANDLE, G.SUPERVISED, G.NO_RESULT, G.UNITS, lead=True,
          sealed=False),
    staff("write_back", word("回告督办结果"), _AFTER, None, A.TRIAGE, G.SUPERVISED, G.NO_RESULT, G.OFFICES,
          sealed=False),
    staff("end_supervision", word("结束督办"), _AFTER, None, A.SUPERVISE, G.SUPERVISED, G.RESULT_BACK, G.NOT_HANDLER,
          G.ANOTHERS, sealed=False),
    staff("suggest", word("提出建议"), _LATER, None, A.SUPERVISE, sealed=False),
    staff("take_on", word("领导包案"), _HANDED_OUT, None, A.SUPERVISE, G.NO_CASE, sealed=False),
    staff("case_note", word("记包案进展"), _AFTER, None, A.SEE, G.CASE, G.IN_CASE, sealed=False),
    staff("conclude", word("包案结案"), _AFTER, None, A.SEE, G.CASE, G.CASE_LEADER, G.SETTLED, sealed=False),
    *(staff("uphold", word("维持"), {s}, to, A.REVIEW, *_HERE) for s, to in _SETTLES.items()),
    *(staff("change", word("变更"), {s}, to, A.REVIEW, *_HERE) for s, to in _SETTLES.items()),
    staff("redo", word("责令重新办理"), {S.SECOND_REVIEW}, S.HANDLING, A.REVIEW, *_HERE),
    staff("hearing", word("举行听证"), {S.THIRD_REVIEW}, None, A.REVIEW, *_HERE),
    staff("apply_review", word("登记书面复查申请"), _ANSWERED, S.SECOND_REVIEW, A.TRIAGE, G.NOT_UPHELD, sealed=False),
    staff("apply_third_review", word("登记书面复核申请"), {S.CLOSED}, S.THIRD_REVIEW, A.TRIAGE, G.UPHELD, sealed=False),
    staff("pass_up", word("转送上级单位"), _REVIEWED, None, A.TRIAGE, *_APART, G.NO_HEARING, G.NOT_PASSED_UP, G.OUTWARD,
          sealed=False),
    *(staff("upper_uphold", word("上级维持"), {s}, to, A.TRIAGE, *_ABOVE, sealed=False) for s, to in _SETTLES.items()),
    *(staff("upper_change", word("上级变更"), {s}, to, A.TRIAGE, *_ABOVE, sealed=False) for s, to in _SETTLES.items()),
    staff("upper_redo", word("上级责令重新办理"), _REVIEWED, S.HANDLING, A.TRIAGE, *_ABOVE, sealed=False),
    staff("end_hearing", word("听证结束"), {S.THIRD_REVIEW}, None, A.REVIEW, *_APART, G.HEARING),
    staff("close", word("办结"), {S.ANSWERED}, S.CLOSED, A.CLOSE, G.NOT_A, G.NOT_HANDLER, G.HEARD, G.CLOSER,
          G.NOT_AWAITED),
    staff("close", word("办结"), {S.ANSWERED}, S.CLOSED, A.CLOSE_A, G.IS_A, G.NOT_HANDLER, G.CALLED_BACK, G.CLOSER,
          G.NOT_AWAITED, sealed=False),
    other(By.SYSTEM, "expire", word("未评价办结"), {S.ANSWERED}, S.CLOSED, G.NOT_A, G.NOT_RATED, G.WAITED,
          G.NOT_AWAITED),
    staff("care", word("转关怀"), first.BEFORE, S.RECEIVED, A.TRIAGE, sealed=False),
    staff("concern", word("标明涉及对象"), _MARKABLE, None, A.TRIAGE, sealed=False),
    staff("unmark", word("撤销标明"), _MARKABLE, None, A.TRIAGE, G.MARKED, sealed=False),
    other(By.SYSTEM, "recuse", word("回避收回"), {S.DISPATCHED, *_IN_HAND}, S.RETURNED),
    other(By.SYSTEM, "route", word("直送劳资科"), _FRESH, S.DISPATCHED),
    other(By.SPEAKER, "rate", word("评价"), _ANSWERED, None, G.NOT_RATED, G.WITHIN_RATING),
    other(By.SPEAKER, "dissatisfied", word("不满意重办"), _ANSWERED, S.HANDLING, G.FIRST_TIME, G.NOT_UPHELD,
          G.WITHIN_RATING),
    other(By.SPEAKER, "review", word("申请复查"), _ANSWERED, S.SECOND_REVIEW, G.REVIEW_OPEN, G.NOT_UPHELD),
    other(By.SPEAKER, "third_review", word("申请复核"), {S.CLOSED}, S.THIRD_REVIEW, G.THIRD_REVIEW_OPEN, G.UPHELD),
    other(By.SPEAKER, "reply", word("补充"), set(OPEN), None),
)
_GONE = {step.action for step in CHANGED} | {"suspend", "end"}
STEPS: tuple[Transition, ...] = tuple(step for step in first.STEPS if step.action not in _GONE) + CHANGED
