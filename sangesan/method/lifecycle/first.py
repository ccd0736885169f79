"""The first table (流转表 2026.1): matters that came in under it go on under it."""

from __future__ import annotations

from ..authority import Action
from ..words import word
from .guards import Guard
from .states import OPEN, State
from .transitions import By, Transition, other, staff

S, A, G = State, Action, Guard
BEFORE = {S.RECEIVED, S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING}
UNDER_WAY = {S.GRADED, S.DISPATCHED, S.RETURNED, S.HANDLING, S.SUSPENDED, S.REVIEW}
STEPS: tuple[Transition, ...] = (
    other(By.SYSTEM, "declare", word("报险"), {S.RECEIVED}, S.GRADED),
    staff("grade", word("定级"), {S.RECEIVED}, S.GRADED, A.TRIAGE, sealed=False),
    staff("describe", word("更正登记"), {S.RECEIVED, S.GRADED}, None, A.TRIAGE, sealed=False),
    staff("concern", word("标明涉及对象"), BEFORE, None, A.TRIAGE, sealed=False),
    other(By.SYSTEM, "recuse", word("回避收回"), {S.DISPATCHED, S.HANDLING}, S.RETURNED),
    staff("accuse", word("转纪检"), {S.RECEIVED, S.GRADED}, S.RECEIVED, A.TRIAGE, G.NOT_DANGEROUS),
    other(By.SYSTEM, "enclose", word("移入纪检监察信箱"), {S.RECEIVED}, S.SEALED),
    staff("regrade", word("调级"), UNDER_WAY, None, A.TRIAGE, G.NOT_DANGEROUS, sealed=False),
    staff("agree", word("同意降级"), UNDER_WAY, None, A.SUPERVISE, G.REGRADING, G.NOT_PROPOSER, sealed=False),
    staff("confirm", word("确认 A 级"), UNDER_WAY, None, A.CONFIRM_A, G.PROVISIONAL, sealed=False),
    staff("lower", word("降级"), UNDER_WAY, None, A.CONFIRM_A, G.PROVISIONAL, sealed=False),
    staff("dispatch", word("派单"), {S.GRADED}, S.DISPATCHED, A.TRIAGE, sealed=False),
    staff("sign_in", word("签收"), {S.DISPATCHED}, S.HANDLING, A.HANDLE, lead=True),
    staff("return", word("退回"), {S.DISPATCHED}, S.RETURNED, A.HANDLE, G.RETURNS_LEFT, lead=True),
    staff("rule", word("裁定"), {S.RETURNED}, S.DISPATCHED, A.TRIAGE, sealed=False),
    staff("first_answer", word("首次答复"), {S.HANDLING}, None, A.HANDLE, G.NOT_FIRST_ANSWERED, lead=True),
    staff("plan", word("报措施"), {S.HANDLING}, None, A.HANDLE, G.NEEDS_PLAN, G.NOT_PLANNED, lead=True),
    staff("note", word("记进展"), {S.DISPATCHED, S.HANDLING, S.REVIEW}, None, A.HANDLE, lead=True),
    staff("extend", word("申请延期"), {S.HANDLING}, None, A.HANDLE, G.NO_EXTENSION, G.NOT_LATE, lead=True,
          sealed=False),
    staff("grant", word("批准延期"), {S.HANDLING, S.REVIEW}, None, A.APPROVE, G.EXTENSION, G.NOT_REQUESTER, lead=True),
    staff("refuse", word("不批延期"), {S.HANDLING, S.REVIEW}, None, A.APPROVE, G.EXTENSION, G.NOT_REQUESTER, lead=True),
    staff("suspend", word("挂起"), {S.HANDLING}, S.SUSPENDED, A.APPROVE, lead=True),
    staff("resume", word("恢复办理"), {S.SUSPENDED}, S.HANDLING, A.HANDLE, lead=True),
    staff("draft", word("提交答复"), {S.HANDLING}, S.REVIEW, A.HANDLE, lead=True),
    staff("take_back", word("收回答复"), {S.REVIEW}, S.HANDLING, A.HANDLE, G.IS_AUTHOR, G.JUST_NOW, lead=True),
    staff("approve", word("同意答复"), {S.REVIEW}, S.ANSWERED, A.APPROVE, G.NOT_AUTHOR, lead=True),
    staff("reject", word("退回修改"), {S.REVIEW}, S.HANDLING, A.APPROVE, G.NOT_AUTHOR, lead=True),
    staff("call_back", word("回访"), {S.ANSWERED}, None, A.CALL_BACK, G.NOT_HANDLER),
    staff("close", word("办结"), {S.ANSWERED}, S.CLOSED, A.CLOSE, G.NOT_A, G.NOT_HANDLER, G.HEARD),
    staff("close", word("办结"), {S.ANSWERED}, S.CLOSED, A.CLOSE_A, G.IS_A, G.NOT_HANDLER, G.CALLED_BACK, sealed=False),
    staff("reopen", word("重新办理"), {S.ANSWERED, S.CLOSED}, S.HANDLING, A.TRIAGE, G.WITHIN_REOPEN),
    staff("merge", word("并案"), BEFORE, S.MERGED, A.TRIAGE, G.NOT_DANGEROUS, sealed=False),
    staff("decline", word("不予受理"), {S.RECEIVED, S.GRADED}, S.DECLINED, A.TRIAGE, G.NOT_DANGEROUS),
    staff("supervise", word("督办"), UNDER_WAY - {S.GRADED}, None, A.SUPERVISE, sealed=False),
    staff("uphold", word("维持原答复"), {S.SECOND_REVIEW}, S.CLOSED, A.SUPERVISE, G.NOT_HANDLER),
    staff("redo", word("责令重办"), {S.SECOND_REVIEW, S.THIRD_REVIEW}, S.HANDLING, A.SUPERVISE, G.NOT_HANDLER),
    staff("end", word("终结"), {S.THIRD_REVIEW}, S.ENDED, A.SUPERVISE, G.NOT_HANDLER),
    other(By.SPEAKER, "rate", word("评价"), {S.ANSWERED}, None, G.NOT_RATED),
    other(By.SPEAKER, "dissatisfied", word("不满意重办"), {S.ANSWERED}, S.HANDLING, G.FIRST_TIME),
    other(By.SPEAKER, "withdraw", word("撤回"), BEFORE, S.WITHDRAWN, G.NOT_A),
    other(By.SPEAKER, "review", word("申请复查"), {S.ANSWERED, S.CLOSED}, S.SECOND_REVIEW, G.WITHIN_REVIEW,
           G.NOT_REVIEWED),
    other(By.SPEAKER, "third_review", word("申请复核"), {S.CLOSED}, S.THIRD_REVIEW, G.WITHIN_REVIEW, G.REVIEWED),
    other(By.SPEAKER, "reply", word("补充"), set(OPEN), None),
    other(By.SYSTEM, "expire", word("未评价办结"), {S.ANSWERED}, S.CLOSED, G.NOT_A, G.NOT_RATED, G.WAITED),
)
