"""Inspection and rectification (督察整改): who may verify what was put right, and how old a finding is.

Whoever did it never verifies it, nor does anybody under them; it is verified by the finder, or by a
named independent person of another shift.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

MOST_ITEMS = 200
"""A checklist longer than this is read by nobody (检查表上限)."""
AGES = (7, 30)
"""Days that part fresh findings from older ones (存续天数分档)."""


@dataclass(frozen=True)
class Verifier:
    """Who wants to verify (验收人): the person, their posts, the posts they report to."""

    person: int
    posts: frozenset[str]
    superiors: frozenset[str] = frozenset()


def refusal(
    verifier: Verifier, *, finder: int, named: str, doer: int, doer_posts: Collection[str], responsible: bool = False
) -> str:
    """Return why this person can't verify (不能验收的原因), '' when they can.

    `named` is the post of the named independent, `responsible` whether they belong to the unit that did it.

    >>> doer = dict(doer=5, doer_posts={"chief"})
    >>> refusal(Verifier(1, frozenset({"safety"})), finder=1, named="", **doer)
    ''
    >>> refusal(Verifier(5, frozenset({"chief"})), finder=5, named="chief", **doer)
    'doer'
    >>> refusal(Verifier(6, frozenset({"crew"}), frozenset({"chief"})), finder=1, named="crew", **doer)
    'under'
    >>> refusal(Verifier(7, frozenset({"night"})), finder=1, named="night", **doer)
    ''
    >>> refusal(Verifier(8, frozenset({"other"})), finder=1, named="night", **doer)
    'stranger'
    >>> refusal(Verifier(9, frozenset({"clerk"})), finder=1, named="clerk", responsible=True, **doer)
    'unit'
    """
    if verifier.person == doer:
        return "doer"
    if verifier.superiors & set(doer_posts):
        return "under"
    if verifier.person == finder:
        return ""
    if not named or named not in verifier.posts:
        return "stranger"
    return "unit" if responsible else ""


def catch_up(state: str, wanted: str) -> tuple[str, ...] | None:
    """Return the steps by which a finding follows the system that holds it (跟上外来状态); None when it can't.

    What was verified stays so: nobody opens it again from outside; nor what a superior here waived.

    >>> catch_up("late", "closed"), catch_up("done", "closed"), catch_up("open", "open")
    (('done', 'pass'), ('pass',), ())
    >>> catch_up("done", "open"), catch_up("verified", "closed"), catch_up("verified", "open")
    (('return',), (), None)
    >>> catch_up("waived", "open"), catch_up("waived", "done"), catch_up("waived", "closed")
    ((), (), ('pass',))
    """
    if state == "waived":
        return ("pass",) if wanted == "closed" else ()
    here = {"late": "open", "verified": "closed"}.get(state, state)
    steps = {("open", "done"): ("done",), ("open", "closed"): ("done", "pass"), ("done", "closed"): ("pass",),
             ("done", "open"): ("return",)}
    return () if here == wanted else steps.get((here, wanted))


def another_shift(one: str, other: str) -> bool:
    """Return whether two shifts differ (是否不同班次); who stands in no shift is independent of every one.

    >>> another_shift("检修班", "零点班"), another_shift("检修班", "检修班"), another_shift("", "检修班")
    (True, False, True)
    """
    return not one or not other or one != other


def age(days: int) -> int:
    """Return in which class of age a finding is (存续分档): 0 up to a week, 1 up to a month, 2 older.

    >>> [age(days) for days in (0, 7, 8, 30, 31)]
    [0, 0, 1, 1, 2]
    """
    return sum(days > limit for limit in AGES)
