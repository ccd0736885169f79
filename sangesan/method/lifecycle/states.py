"""States of a matter (事项状态), as in contracts.md."""

from __future__ import annotations

from enum import StrEnum

from ..words import word


class State(StrEnum):
    """Where a matter stands (状态)."""

    RECEIVED = "received"
    GRADED = "graded"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    REVIEW = "review"
    ANSWERED = "answered"
    CLOSED = "closed"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SECOND_REVIEW = "second_review"
    THIRD_REVIEW = "third_review"
    ENDED = "ended"
    SEALED = "sealed"


S = State
STATE_NAMES = {
    S.RECEIVED: word("已登记"), S.GRADED: word("待派单"), S.DISPATCHED: word("待签收"), S.HANDLING: word("办理中"),
    S.REVIEW: word("待审核"), S.ANSWERED: word("已答复"), S.CLOSED: word("办结"), S.RETURNED: word("退回待裁"),
    S.SUSPENDED: word("挂起"), S.MERGED: word("并案"), S.DECLINED: word("不予受理"), S.WITHDRAWN: word("撤回"),
    S.SECOND_REVIEW: word("复查"), S.THIRD_REVIEW: word("复核"), S.ENDED: word("终结"),
    S.SEALED: word("已移入纪检监察信箱"),
}
MAIN = (S.RECEIVED, S.GRADED, S.DISPATCHED, S.HANDLING, S.REVIEW, S.ANSWERED, S.CLOSED)
"""The straight road (主线)."""
FINAL = frozenset({S.MERGED, S.DECLINED, S.WITHDRAWN, S.ENDED, S.SEALED})
"""No way out (终点); a closed matter can still be reopened or reviewed."""
OPEN = frozenset(State) - FINAL - {S.CLOSED}
"""Somebody still owes something (未办结)."""
