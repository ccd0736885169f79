"""Omissions (漏计): what should have counted and did not; who records it, where, and how a late entry counts.

Whoever decides an objection invents no fact. What is missing is recorded by its owner, where it always is; the
ruling names it (docs/adr/0077).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .rounding import FULL
from .statement import Counted, Indicator, Tally
from .words import word

OMITTED = -1
"""What an objection is about that means none of the facts counted, but what was not (应计未计)."""
WHOLE = 0
"""What an objection is about that means the line as a whole (这一项整体)."""


class Asked(StrEnum):
    """Who is asked to record what is missing (请谁补记)."""

    UNIT = "unit"  # whoever does the unit's work
    ASSESSOR = "assessor"
    NOBODY = ""  # somebody records it, but nobody in particular owes it


@dataclass(frozen=True)
class Place:
    """Where something is recorded (登记处): by whom, on which page, and how what comes late counts."""

    owner: str
    word: str
    url: str
    late: str
    asked: Asked = Asked.UNIT


_AT_WORK = word("承办岗位")
_DUTY = word("办结时间写实际办完的时间；宽限期过后才登记的按迟办计，确实按时办完的，由裁定人更正本项的未办、迟办条目。")
_BY_ENTRY = word("按登记的时间入账，补登的计入补登那一天；已有条目记错的，由裁定人更正本项条目，或由登记的人冲正重记。")
_ROOMS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("meeting", "branch"), word("会议"), "/w/meetings/"),
    (("contact",), word("联系点"), "/w/contacts/"), (("rectify", "hazard"), word("督察整改"), "/w/findings/"),
    (("openness",), word("公开"), "/w/openness/"), (("weekly_plan",), word("周计划"), "/w/plans/"),
    (("analysis",), word("月分析"), "/w/analyses/"), (("discussion",), word("座谈"), "/w/discussions/"),
    (("study",), word("学习日"), "/w/study/"), (("reception",), word("信访接待日"), "/w/reception/"),
    (("walk_round",), word("走动检查"), "/w/inspections/new/"),
)
"""Where a duty of some reasons is done (应办事项的专页)."""
_DUTIES = Place(_AT_WORK, word("应办事项"), "/w/duties/", _DUTY)
_KINDS: tuple[tuple[str, Place], ...] = (
    ("visit.", Place(word("来联系的部门"), word("联系点"), "/w/contacts/", word("补登的记在联系的那一天。"),
                     Asked.NOBODY)),
    ("matter.rated", Place(word("反映人"), word("事项评价"), "", word("评价由反映人作出，别人不能代填。"),
                           Asked.NOBODY)),
    ("matter.", Place(word("承办单位"), word("事项"), "/w/matters/", _BY_ENTRY)),
    ("figure.", Place(word("督察岗位"), word("外来数据"), "/w/inspections/figures/",
                      word("补传、改传的记在那一天。"), Asked.NOBODY)),
)
HAND = Place(word("考核员，另一人复核"), word("人工考核"), "/w/assessments/",
             word("台账收不到的事实，凭据交考核员登记到这一期，复核后计入。"), Asked.ASSESSOR)
OTHER = Place(word("登记这类条目的岗位"), word("原来登记的页面"), "", _BY_ENTRY, Asked.NOBODY)


def places(tallies: Iterable[Tally], *, period: bool) -> list[Place]:
    """Return who records what an indicator counts, and where (由谁在哪里登记); by hand for a `period` alone.

    >>> [p.url for p in places([Tally("visit.made", True), Tally("visit.settled", True)], period=False)]
    ['/w/contacts/']
    >>> [p.url for p in places([Tally("duty.done", True, {"reason": ["meeting"]})], period=True)]
    ['/w/meetings/', '/w/assessments/']
    """
    found = [place for tally in tallies for place in _of(tally)]
    return list(dict.fromkeys([*found, *([HAND] if period else [])]))


def _of(tally: Tally) -> Sequence[Place]:
    if tally.kind.startswith("assessment."):
        return [HAND]
    if tally.kind.startswith("duty."):
        said = tally.where.get("reason", ())
        reasons = {said} if isinstance(said, str) else set(said)
        rooms = [Place(_AT_WORK, name, url, _DUTY) for some, name, url in _ROOMS if reasons & set(some)]
        known = {one for some, *_more in _ROOMS for one in some}
        return rooms if reasons and reasons <= known else [*rooms, _DUTIES]
    return [next((place for kind, place in _KINDS if tally.kind.startswith(kind)), OTHER)]


def righting(indicator: Indicator, late: Iterable[Counted], gone: Iterable[Counted] = ()) -> set[int]:
    """Return which facts that came late put a line right (据以更正): what counts for the unit, or costs it less.

    A duty done late earns its share. What only takes points puts nothing right, but where it stands in the place of
    `gone`, what was counted against the unit about the same subject and was taken back, and takes less than that did.

    >>> from types import SimpleNamespace as Fact
    >>> by_hand = enumerate([{"how": "points", "points": 200}, {"how": "points", "points": -200}, {"how": "exempt"}], 1)
    >>> righting(Indicator("met", "例会", 10, (Tally("duty.done", True),)), [
    ...     Fact(id=n, kind="assessment.checked", subject=f"entries/{n}", content=said) for n, said in by_hand])
    {1, 3}
    """
    found, costs = set(), defaultdict[str, list[Counted]](list)
    for fact in late:
        if _earns(indicator, fact):
            found.add(fact.id)
        else:
            costs[fact.subject].append(fact)
    before = defaultdict[str, int](int)
    for fact in gone:
        before[fact.subject] += _cost(indicator, fact)
    return found | {one.id for subject, some in costs.items() for one in some
                    if sum(_cost(indicator, fact) for fact in some) < before[subject]}


def _tally(indicator: Indicator, fact: Counted) -> Tally | None:
    return next((one for one in indicator.tallies if one.kind == fact.kind and one.matches(fact)), None)


def _earns(indicator: Indicator, fact: Counted) -> bool:
    tally = _tally(indicator, fact)
    if tally is None:  # entered by hand and checked
        return fact.content.get("how") == "exempt" or int(fact.content.get("points", 0)) > 0
    if indicator.method in ("lower", "veto"):
        return False
    return tally.counts_as not in ("bad", "missed", "late") or tally.counts_as == "late" and indicator.late_share > 0


def _cost(indicator: Indicator, fact: Counted) -> int:
    """Return what a fact takes (扣去多少): of its line's points, of a plan, or all that was expected of it."""
    tally = _tally(indicator, fact)
    if tally is None:
        return -int(fact.content.get("points", 0))
    quantity = int(fact.content.get("quantity", 1))
    return {"lower": 1, "deduct": tally.points, "add": tally.points}.get(indicator.method, FULL) * quantity
