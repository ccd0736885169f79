"""How long what was said is kept (保存期限): three years after a matter is over, unless the enterprise keeps it longer.

Then it is de-identified: who spoke, all words, photos and files go; category, unit, grade, clocks,
states and facts stay, so that no figure of the past changes. What is not over, under review or
supervised is never cleared, however old: it escalates instead. Accusations follow the rules of
discipline, despair its carer, and neither is ordinary.
"""

from __future__ import annotations

from datetime import date

from .lifecycle import State
from .words import word

YEARS = 3
"""Years after the end (保存年数), Personal Information Protection Law art. 19: the shortest that serves the purpose."""
OVER = frozenset({State.CLOSED, State.DECLINED, State.WITHDRAWN, State.ENDED})
"""States of a matter that is over (已了结); a joined one goes with the one it was joined to."""
SAID = word("内容已按保存期限清除")
"""What stands where the words stood (清除后的说明)."""


def last_day(today: date, years: int = YEARS) -> date:
    """Return the last day whose matters are due (到期日): what was over on it or before is cleared.

    >>> last_day(date(2029, 11, 24)), last_day(date(2028, 2, 29))
    (datetime.date(2026, 11, 24), datetime.date(2025, 2, 28))
    """
    years = max(years, 1)
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


def due(state: State, over: date, today: date, years: int = YEARS, *, watched: bool = False) -> bool:
    """Return whether a matter is to be cleared (到期): over for so long, and nobody looks into it any more.

    >>> today = date(2029, 11, 24)
    >>> due(State.CLOSED, date(2026, 11, 24), today), due(State.CLOSED, date(2026, 11, 25), today)
    (True, False)
    >>> due(State.HANDLING, date(2020, 1, 1), today), due(State.CLOSED, date(2020, 1, 1), today, watched=True)
    (False, False)
    """
    return state in OVER and not watched and over <= last_day(today, years)
