"""The units of a period and who reads whom (挂钩关系): by the tree, contact points and coverage. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Unit:
    """A unit as it was in the period (单位): its last parent, its people, the branches that cover it.

    `closed` is the first day on which it was no more, when that lies in the period.
    """

    code: str
    parent: str
    kind: str
    line: str = ""
    heads: int = 0
    head_days: int = 0
    covered_by: tuple[str, ...] = ()
    closed: date | None = None

    def answers_for(self, day: date) -> bool:
        """Return whether a fact of a day counts for it (计入): what is dated after its end counts for nobody.

        Its people are elsewhere by then. What it owed before is still followed to its outcome.
        """
        return self.closed is None or day < self.closed

    def weight(self, members: str) -> int:
        """Return what it weighs above (权重): one, its people, or their days."""
        return {"heads": self.heads, "head_days": self.head_days}.get(members, 1)


class Circle(ValueError):
    """Units that would read each other's results (互为上下级)."""


@dataclass
class Tree:
    """The units and who reads whom (挂钩关系); `contacts` are departments and their contact units."""

    units: Mapping[str, Unit]
    contacts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.below: dict[str, list[str]] = {}
        for unit in self.units.values():
            if unit.parent in self.units:
                self.below.setdefault(unit.parent, []).append(unit.code)
        for department, points in self.contacts.items():
            known = [code for code in points if code in self.units and department in self.units]
            there = self.below.setdefault(department, [])
            there += [code for code in dict.fromkeys(known) if code not in there]
        for codes in self.below.values():
            codes.sort()

    def upward(self, only: set[str] | None = None) -> list[str]:
        """Return the codes, all or some, with all that is read before its reader (自下而上). Raises Circle."""
        done: dict[str, bool] = {}
        order: list[str] = []

        def read(code: str) -> Iterator[str]:
            return (c for c in self.below.get(code, ()) if only is None or c in only)

        for start in sorted(self.units if only is None else only & self.units.keys()):
            way = [(start, read(start))] if start not in done else []
            done.setdefault(start, False)
            while way:
                code, rest = way[-1]
                following = next((c for c in rest if done.get(c) is not True), None)
                if following is None:
                    done[code] = True
                    order.append(code)
                    way.pop()
                elif following in done:
                    raise Circle(following)
                else:
                    done[following] = False
                    way.append((following, read(following)))
        return order

    def read_by(self, codes: set[str]) -> set[str]:
        """Return whose results these units read and are not among them (所读的其他单位): below, or covering them."""
        found = {one for code in codes for one in self.below.get(code, ())}
        return found.union(*(self.units[code].covered_by for code in codes & self.units.keys())) - codes

    @cached_property
    def readers(self) -> Mapping[str, set[str]]:
        """Who reads each unit's result (读取者): those above, and those a branch covers."""
        found: dict[str, set[str]] = {}
        for reader, read in self.below.items():
            for code in read:
                found.setdefault(code, set()).add(reader)
        for unit in self.units.values():
            for branch in unit.covered_by:
                found.setdefault(branch, set()).add(unit.code)
        return found

    def above(self, codes: Iterable[str]) -> set[str]:
        """Return all whose result may change with these (受影响的单位)."""
        found, ahead = set(codes), list(codes)
        while ahead:
            fresh = self.readers.get(ahead.pop(), set()) - found
            found |= fresh
            ahead += fresh
        return found
