"""Search (查找): matters, work, units and posts side by side; each system answers for what a scope may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sangesan.execution.duties import queries as duties
from sangesan.execution.meetings import queries as meetings
from sangesan.execution.plans import queries as plans
from sangesan.execution.work import queries as work
from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock, door
from sangesan.foundation.search import Query, highlight, read
from sangesan.method.authority import Scope
from sangesan.organization.people import queries as people
from sangesan.organization.units import queries as units

READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Crockford's letters that are easily mistaken (易混字符)."""
FEW = 8


@dataclass(frozen=True)
class Hit:
    """One thing found (一条): its title, where it is opened, whose it is, its day."""

    title: list[tuple[str, bool]]
    url: str
    unit: str
    day: date


@dataclass(frozen=True)
class Group:
    """A few of one kind (一类), under its name."""

    word: str
    hits: list[Hit]


@dataclass(frozen=True)
class Results:
    """What was found (查找结果): matters page by page, a few of all the rest with the first page."""

    words: str
    query: Query
    matters: matters.Found
    units: list
    posts: list
    work: list[Group]

    @property
    def nothing(self) -> bool:
        return not (self.matters.hits or self.units or self.posts or self.work)


def search(scope: Scope, words: str, after: str = "") -> Results:
    """Look for words (查找) in all that a scope may see; words too short are said to be so, not asked."""
    query = read(words)
    found = matters.find(scope, words, after=after)
    beside = bool(scope.posts and query and not after)
    return Results(words, query, found, _spelt(units.find, query) if beside else [],
                   _spelt(people.find_posts, query) if beside else [], _work(scope, query) if beside else [])


def _spelt(look: Callable[[str, date, int], Iterable], query: Query) -> list:
    """Return what is found as it was typed and as it is read (原字与归一都找): rosters hold names in either."""
    ways = dict.fromkeys([query.said, " ".join(query.runs)])
    return list(dict.fromkeys(one for name in ways for one in look(name, clock.today(), FEW)))[:FEW]


def _work(scope: Scope, query: Query) -> list[Group]:
    """Return what there is of work by its titles (工作), a few of each kind; each room answers for its own."""
    words = query.said

    def hit(title: str, url: str, unit: str, day: date) -> Hit:
        return Hit(highlight(title, query), url, unit, day)

    found = [
        Group(_("应办事项"), [hit(t.title, t.url, t.unit, clock.local(t.until).date())
                          for t in duties.find(scope, words, FEW)]),
        Group(_("会议"), [hit(m.title, f"/w/{m.subject}/", m.unit.name, clock.local(m.begins).date())
                        for m in meetings.find(scope, words, FEW)]),
        Group(_("周计划"), [hit(p.text, f"/w/{p.plan.subject}/", p.plan.unit.name, p.due)
                         for p in plans.find(scope, words, FEW)]),
        Group(_("工作项"), [hit(i.title, f"/w/{i.subject}/", i.unit.name, i.due)
                         for i in work.find(scope, words, FEW)]),
    ]
    return [group for group in found if group.hits]


def place_of(scope: Scope, words: str) -> str:
    """Return the address a number leads to (编号所指), or '' when it leads nowhere for this scope.

    The year may be left out; spaces, lower case and mistaken letters are forgiven.
    """
    said = re.sub(r"[\s　]", "", words).upper()[:40]
    year, dash, tail = said.partition("-")
    if not dash:
        year, tail = str(clock.today().year), said
    subject = f"matters/{year}-{tail.translate(READ_AS)}"
    return f"/w/{subject}/" if tail and door.open(scope, subject) is not None else ""
