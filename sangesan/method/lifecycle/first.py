"""The first table (流转表 2026.1): matters that came in under it go on under it."""

from __future__ import annotations

from ..authority import Action
from .guards import Guard
from .states import OPEN, State
from .transitions import By, Transition, other, staff

S, A, G = State, Action, Guard
BEFORE = {S.RECEIVED, S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING}
UNDER_WAY = {S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING, S.SUSPENDED, S.REVIEW}
STEPS: tuple[Transition, ...] = (
    other(By.SYSTEM, "declare", "报险", {S.RECEIVED}, S.GRADED),
    staff("grade", "定级", {S.RECEIVED}, S.GRADED, A.TRIAGE, sealed=False),
    staff("describe", "更正登记", {S.RECEIVED, S.GRADED}, None, A.TRIAGE, sealed=False),
    staff("concern", "标明涉及对象", BEFORE, None, A.TRIAGE, sealed=False),
    other(By.SYSTEM, "recuse", "回避收回", {S.DISPATCHED, S.HANDLING}, S.RETURNED),
    staff("accuse", "转纪检", {S.RECEIVED, S.GRADED}, S.RECEIVED, A.TRIAGE, G.NOT_DANGEROUS),
    other(By.SYSTEM, "enclose", "移入纪检监察信箱", {S.RECEIVED}, S.SEALED),
    staff("regrade", "调级", UNDER_WAY, None, A.TRIAGE, G.NO_REGRADING, G.NOT_DANGEROUS, sealed=False),
    staff("agree", "同意降级", UNDER_WAY, None, A.SUPERVISE, G.REGRADING, G.NOT_PROPOSER, sealed=False),
    staff("confirm", "确认 A 级", UNDER_WAY, None, A.CONFIRM_A, G.PROVISIONAL, sealed=False),
    staff("lower", "降级", UNDER_WAY, None, A.CONFIRM_A, G.PROVISIONAL, sealed=False),
    staff("dispatch", "派单", {S.GRADED}, S.DISPATCHED, A.TRIAGE, sealed=False),
    staff("sign_in", "签收", {S.DISPATCHED}, S.HANDLING, A.HANDLE, lead=True),
    staff("return", "退回", {S.DISPATCHED}, S.RETURNED, A.HANDLE, G.RETURNS_LEFT, lead=True),
    staff("rule", "裁定", {S.RETURNED}, S.DISPATCHED, A.TRIAGE, sealed=False),
    staff("first_answer", "首次答复", {S.HANDLING}, None, A.HANDLE, G.NOT_FIRST_ANSWERED, lead=True),
    staff("plan", "报措施", {S.HANDLING}, None, A.HANDLE, G.NEEDS_PLAN, G.NOT_PLANNED, lead=True),
    staff("note", "记进展", {S.DISPATCHED, S.HANDLING, S.REVIEW}, None, A.HANDLE, lead=True),
    staff("extend", "申请延期", {S.HANDLING}, None, A.HANDLE, G.NO_EXTENSION, G.NOT_LATE, lead=True, sealed=False),
    staff("grant", "批准延期", {S.HANDLING, S.REVIEW}, None, A.APPROVE, G.EXTENSION, G.NOT_REQUESTER, lead=True),
    staff("refuse", "不批延期", {S.HANDLING, S.REVIEW}, None, A.APPROVE, G.EXTENSION, G.NOT_REQUESTER, lead=True),
    staff("suspend", "挂起", {S.HANDLING}, S.SUSPENDED, A.APPROVE, lead=True),
    staff("resume", "恢复办理", {S.SUSPENDED}, S.HANDLING, A.HANDLE, lead=True),
    staff("draft", "提交答复", {S.HANDLING}, S.REVIEW, A.HANDLE, lead=True),
    staff("take_back", "收回答复", {S.REVIEW}, S.HANDLING, A.HANDLE, G.IS_AUTHOR, G.JUST_NOW, lead=True),
    staff("approve", "同意答复", {S.REVIEW}, S.ANSWERED, A.APPROVE, G.NOT_AUTHOR, lead=True),
    staff("reject", "退回修改", {S.REVIEW}, S.HANDLING, A.APPROVE, G.NOT_AUTHOR, lead=True),
    staff("call_back", "回访", {S.ANSWERED}, None, A.CALL_BACK, G.NOT_HANDLER),
    staff("close", "办结", {S.ANSWERED}, S.CLOSED, A.CLOSE, G.NOT_A, G.NOT_HANDLER, G.HEARD),
    staff("close", "办结", {S.ANSWERED}, S.CLOSED, A.CLOSE_A, G.IS_A, G.NOT_HANDLER, G.CALLED_BACK, sealed=False),
    staff("reopen", "重新办理", {S.ANSWERED, S.CLOSED}, S.HANDLING, A.TRIAGE, G.WITHIN_REOPEN),
    staff("merge", "并案", BEFORE, S.MERGED, A.TRIAGE, G.NOT_DANGEROUS, sealed=False),
    staff("decline", "不予受理", {S.RECEIVED, S.GRADED}, S.DECLINED, A.TRIAGE, G.NOT_DANGEROUS),
    staff("supervise", "督办", UNDER_WAY - {S.GRADED}, None, A.SUPERVISE, sealed=False),
    staff("uphold", "维持原答复", {S.SECOND_REVIEW}, S.CLOSED, A.SUPERVISE, G.NOT_HANDLER),
    staff("redo", "责令重办", {S.SECOND_REVIEW, S.THIRD_REVIEW}, S.HANDLING, A.SUPERVISE, G.NOT_HANDLER),
    staff("end", "终结", {S.THIRD_REVIEW}, S.ENDED, A.SUPERVISE, G.NOT_HANDLER),
    other(By.SPEAKER, "rate", "评价", {S.ANSWERED}, None, G.NOT_RATED),
    other(By.SPEAKER, "dissatisfied", "不满意重办", {S.ANSWERED}, S.HANDLING, G.FIRST_TIME),
    other(By.SPEAKER, "withdraw", "撤回", BEFORE, S.WITHDRAWN, G.NOT_A),
    other(By.SPEAKER, "review", "申请复查", {S.ANSWERED, S.CLOSED}, S.SECOND_REVIEW, G.WITHIN_REVIEW,
           G.NOT_REVIEWED),
    other(By.SPEAKER, "third_review", "申请复核", {S.CLOSED}, S.THIRD_REVIEW, G.WITHIN_REVIEW, G.REVIEWED),
    other(By.SPEAKER, "reply", "补充", set(OPEN), None),
    other(By.SYSTEM, "expire", "未评价办结", {S.ANSWERED}, S.CLOSED, G.NOT_A, G.NOT_RATED, G.WAITED),
)
