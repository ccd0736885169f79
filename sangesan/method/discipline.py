"""The discipline mailbox (纪检监察信箱): its steps, its clocks, and how many must agree to a key.

An accusation (检举控告) answers to other rules than a matter: two keys open it, inspectors alone
handle it, and a named one has clocks of its own (domain.md §1.7).

>>> needed(admitted=0), needed(admitted=1), needed(admitted=7)
(1, 2, 2)
>>> acceptance_due(date(2026, 11, 24), Days())
datetime.date(2026, 12, 15)
>>> [step.action for step in offered("opened", named=True)]
['take_up', 'decline', 'reply']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .deadlines import Calendar, Days, add_working_days
from .words import word

ACCEPTANCE_DAYS = FEEDBACK_DAYS = 15
"""Working days until a named speaker hears of the acceptance, and of the result (实名举报告知、反馈时限)."""
READERS = 2
"""Inspectors with a key whom a mine should always have (持钥人下限): when the only one goes, nobody reads on."""
NOBODY, EVER = date.min, date.max
"""Until when nobody reads, and whoever stays (读信止期)."""
STATES = {"received": word("待开箱"), "opened": word("待受理"), "handling": word("核查中"), "closed": word("已办结"),
          "declined": word("不予受理")}
TONES = {"received": "warn", "opened": "act", "handling": "act", "closed": "ok", "declined": ""}
OPEN = frozenset({"received", "opened", "handling"})


@dataclass(frozen=True)
class Step:
    """A step of the inspectors (办理步骤): from states to a state (None: it stays); `words` go to the speaker.

    `named` asks it of named accusations only; `once` lets it be taken once.
    """

    action: str
    name: str
    sources: frozenset[str]
    target: str | None
    words: bool = True
    named: bool = False
    once: str = ""


STEPS = (
    Step("open", word("开箱"), frozenset({"received"}), "opened", words=False),
    Step("take_up", word("受理并告知"), frozenset({"opened"}), "handling"),
    Step("decline", word("不予受理并告知去向"), frozenset({"opened"}), "declined"),
    Step("close", word("办结"), frozenset({"handling"}), "closed", words=False),
    Step("tell", word("反馈结果"), frozenset({"closed"}), None, once="told_day"),
    Step("reply", word("回复反映人"), frozenset({"opened", "handling", "closed"}), None),
)


def find(action: str, state: str) -> Step | None:
    """Return the step of that name from this state (可否办这一步), or None."""
    return next((s for s in STEPS if s.action == action and state in s.sources), None)


def offered(state: str, *, named: bool, done: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Yield the steps that may be taken now (可做的步骤); `done` names fields already filled."""
    for step in STEPS:
        if step.action != "open" and state in step.sources and step.once not in (done - {""}):
            if named or not step.named:
                yield step


def needed(*, admitted: int) -> int:
    """Return how many approvals a new key needs (需几人同意): the founding paper key alone, then always two."""
    return 2 if admitted else 1


def read_until(ends: Iterable[date]) -> date:
    """Return from which day on nobody can read the letters any more (何日起无人能读), of the ends of all who can.

    >>> [read_until(ends).year for ends in ([date(2026, 12, 10), EVER], [date(2026, 12, 10)], [])]
    [9999, 2026, 1]
    """
    return max(ends, default=NOBODY)


def acceptance_due(received: date, calendar: Calendar) -> date:
    """Return by when a named speaker is told of the acceptance (告知受理期限)."""
    return add_working_days(received, ACCEPTANCE_DAYS, calendar)


def feedback_due(closed: date, calendar: Calendar) -> date:
    """Return by when a named speaker is told of the result (反馈结果期限)."""
    return add_working_days(closed, FEEDBACK_DAYS, calendar)


SIZES = (2**13, 2**15, 2**17, 2**19, 2**21, 2**23, 2**24)
"""Size classes of what is sealed, in bytes (尺寸档): a length must not tell one letter from another."""


def padded(size: int) -> int:
    """Return the class a size falls into (归档尺寸), its four bytes of length included.

    >>> padded(10), padded(8188), padded(8189), padded(2**24)
    (8192, 8192, 32768, 33554432)
    """
    return next((s for s in SIZES if size + 4 <= s), -(-(size + 4) // SIZES[-1]) * SIZES[-1])


__all__ = ["ACCEPTANCE_DAYS", "Days", "FEEDBACK_DAYS", "OPEN", "SIZES", "STATES", "STEPS", "Step", "TONES",
           "acceptance_due", "feedback_due", "find", "needed", "offered", "padded"]
