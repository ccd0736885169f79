"""Five networks (五个联络网): when a node stands, and what may pass from one network to another.

A node (联络员) is a post in a unit, dated. Where the crew chose its correspondent the name is posted
first (推选、公示), and a term that has run out asks for a new choice; nobody is asked how much a node
sent in, for there is no quota and no zero report (chapter N5, V.5).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

NETWORKS = ("liaison", "petition", "publicity", "guidance", "study")
"""思想政治联络网, 信访网络, 宣传网络, 思想教育引导网络, 宣传思想工作研讨网络."""
MONITORING = ("petition", "study")
"""The networks whose nodes make a branch a monitoring point (舆情监测点)."""
PASSABLE = ("matters", "documents", "duties", "topics")
"""Nouns that may pass between networks (可转的事): what is sealed or cared for never does."""


class Chosen(StrEnum):
    """How a node was chosen (产生方式)."""

    ELECTED = "elected"  # 班组推选
    NOMINATED = "nominated"  # 支部推荐
    OFFICE = "office"  # 岗位兼任


class Standing(StrEnum):
    """How a node stands on a day (联络员状态)."""

    STANDS = "stands"  # 在岗
    UNPOSTED = "unposted"  # 待公示
    VACANT = "vacant"  # 岗位空缺
    LAPSED = "lapsed"  # 任期已满


class Cover(StrEnum):
    """How a unit is covered by a network (覆盖情况), the best of its nodes."""

    COVERED = "covered"  # 有联络员
    WAITING = "waiting"  # 有联络员，但待公示、空缺或任期已满
    MISSING = "missing"  # 没有联络员


def standing(*, chosen: str, posted: date | None, term_ends: date | None, held: bool, day: date) -> Standing:
    """Return how a node stands on a day; the term's last day is still within it.

    >>> standing(chosen="elected", posted=None, term_ends=None, held=True, day=date(2026, 11, 24)).value
    'unposted'
    >>> standing(chosen="office", posted=None, term_ends=date(2026, 11, 23), held=True, day=date(2026, 11, 24)).value
    'lapsed'
    >>> standing(chosen="office", posted=None, term_ends=date(2026, 11, 24), held=True, day=date(2026, 11, 24)).value
    'stands'
    """
    if not held:
        return Standing.VACANT
    if term_ends is not None and term_ends < day:
        return Standing.LAPSED
    if chosen == Chosen.ELECTED and (posted is None or posted > day):
        return Standing.UNPOSTED
    return Standing.STANDS


def cover(nodes: list[Standing]) -> Cover:
    """Return how a unit with these nodes is covered.

    >>> cover([]).value, cover([Standing.VACANT]).value, cover([Standing.VACANT, Standing.STANDS]).value
    ('missing', 'waiting', 'covered')
    """
    if Standing.STANDS in nodes:
        return Cover.COVERED
    return Cover.WAITING if nodes else Cover.MISSING


def passable(subject: str) -> bool:
    """Return whether a subject may pass between networks (可否转送).

    >>> passable("matters/2026-K7Q4MX"), passable("discipline/7")
    (True, False)
    """
    return subject.partition("/")[0] in PASSABLE
