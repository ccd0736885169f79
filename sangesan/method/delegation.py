"""Standing in (请假代办): for how long a post may be handed to somebody else, and which post never.

Delegation is a dated acting appointment and nothing more: rights and duties move with it for that
time and return by themselves.
"""

from __future__ import annotations

from datetime import date

from .authority import SEPARATED, Role

LONGEST = 92
"""Days a post may be stood in for at most (最长代办天数): a quarter; beyond it the post is filled anew."""

PERSONAL = frozenset({Role.INSPECTOR, Role.CARER, Role.DOCTOR, *SEPARATED})
"""Posts whose trust is one person's own (不得委托的岗位): sealed letters, care and the three administrators."""


def delegable(role: Role | str) -> bool:
    """Return whether a holder may hand the post on for a time (可否委托).

    >>> delegable(Role.CHIEF), delegable("inspector"), delegable(Role.AUDITOR)
    (True, False, False)
    """
    return Role(role) not in PERSONAL


def too_long(since: date, until: date) -> bool:
    """Return whether a span is longer than may be stood in for (超过最长天数); `until` is the day of return.

    >>> too_long(date(2026, 1, 1), date(2026, 4, 3)), too_long(date(2026, 1, 1), date(2026, 4, 4))
    (False, True)
    """
    return (until - since).days > LONGEST
