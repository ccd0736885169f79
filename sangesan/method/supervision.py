"""Supervision (督办): what calls for it, how it is done, and what a leader's own case must fix (包案).

Triggers and ways of domain.md 1.9, the five fixed things and the limit of 1.8.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .words import word


@dataclass(frozen=True)
class Trigger:
    """What calls for supervision (督办情形); `shown` when facts alone show it, so that night may propose it."""

    code: str
    name: str
    shown: bool = False


TRIGGERS = {t.code: t for t in (
    Trigger("late", word("无正当理由超期"), shown=True),
    Trigger("not_reported", word("未按规定回报结果"), shown=True),
    Trigger("procedure", word("未按规定程序办理"), shown=True),
    Trigger("shuffling", word("推诿、敷衍、拖延"), shown=True),
    Trigger("not_executed", word("不执行处理意见")),
    Trigger("instructed", word("领导批示")),
    Trigger("other", word("其他")),
)}
WAYS = {"phone": word("电话"), "letter": word("书面"), "talk": word("约谈"), "visit": word("派员")}
ADVICE = {"improve": word("改进工作"), "policy": word("完善政策"), "account": word("追究责任")}
"""The three proposals (三项建议)."""
LATE_BY_LAW = frozenset({"handling", "simple", "review", "third_review"})
"""Statutory clocks whose running out is lateness of whoever handles or reviews (法定超期)."""
CALLING = LATE_BY_LAW | {"due"}
"""Clocks whose running out calls for supervision as late (引起督办的时限)."""
SHUFFLED_REOPENINGS = 2
"""Reopened so often, it was put off rather than solved (重办次数)."""
UNREPORTED = 2
"""So many words of progress in succession that were owed and did not come (连续缺报次数)."""
BY_OFFICE = "procedure"
"""What is proposed as this is the petition office's: nobody was told, nothing handed on in time (信访办超期)."""
CASE_MONTHS = 3
COLLECTIVE = 5
"""So many persons make a matter collective (集体事项)."""
REPRESENTATIVES = 5
"""At most so many speak for a collective visit (代表人数)."""
REPEATED, REPEATED_DAYS, REPEATED_IMPORTANCE = 3, 30, 2
"""So many about one thing within so many days weigh as much as several persons (重复件, domain.md 2.2)."""


def called_for(*, late: bool = False, terms_missed: frozenset[str] = frozenset(), reopened: int = 0) -> str:
    """Return the gravest trigger that the facts show (应提请督办的情形), '' for none.

    >>> called_for(late=True, reopened=2), called_for(terms_missed=frozenset({"notice"})), called_for()
    ('late', 'procedure', '')
    """
    if late or terms_missed & LATE_BY_LAW:
        return "late"
    if reopened >= SHUFFLED_REOPENINGS:
        return "shuffling"
    return "procedure" if terms_missed else ""


def unreported(*, gaps: int, plan_missed: bool) -> bool:
    """Return whether results were not reported back as they had to be (未按规定回报).

    >>> [unreported(gaps=1, plan_missed=False), unreported(gaps=2, plan_missed=False),
    ...  unreported(gaps=0, plan_missed=True)]
    [False, True, True]
    """
    return gaps >= UNREPORTED or plan_missed


def last_day_of_case(taken_on: date) -> date:
    """Return the last day a leader's own case may have (包案期限): three months.

    >>> last_day_of_case(date(2026, 11, 30)), last_day_of_case(date(2026, 6, 1))
    (datetime.date(2027, 2, 28), datetime.date(2026, 9, 1))
    """
    months = taken_on.month - 1 + CASE_MONTHS
    year, month = taken_on.year + months // 12, months % 12 + 1
    return date(year, month, min(taken_on.day, monthrange(year, month)[1]))


def collective(persons: int) -> bool:
    """Return whether a matter is collective (是否集体).

    >>> collective(4), collective(5)
    (False, True)
    """
    return persons >= COLLECTIVE


def weighed(importance: int, repeats: int) -> int:
    """Return the importance after repeats (重复件加重): three within thirty days weigh at least 2.

    >>> weighed(1, 2), weighed(1, 3), weighed(3, 9)
    (1, 2, 3)
    """
    return max(importance, REPEATED_IMPORTANCE) if repeats >= REPEATED else importance
