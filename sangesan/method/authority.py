"""Authority (权限): who may do what, judged from posts over unit × line × action.

Permissions come from posts, never from persons. A grant reaches a unit and all below it; a
matter lies within the reach of every unit on its paths (where it arose, who handles it), so
"is it mine?" is a set intersection, here and in the database alike (contracts.md, Who sees what).

>>> chief = Scope(person=1, posts=(), grants=frozenset({Grant(Action.HANDLE, 7)}))
>>> may(chief, Action.HANDLE, Thing(reach=frozenset({1, 3, 7})))
True
>>> may(chief, Action.HANDLE, Thing(reach=frozenset({1, 3, 8})))
False
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .facts import SYSTEM, Actor
from .powers import LINES, POWERS, READS, SEPARATED, Action, Reach, Role

__all__ = [
    "KEEPERS", "LINES", "NOBODY", "POWERS", "READS", "SEPARATED", "Action", "Grant", "HeldPost", "Reach", "Role",
    "Scope", "Thing", "excluded", "may",
]


@dataclass(frozen=True)
class Grant:
    """One permission (授权): an action over a unit and all below it; with a `line` only over what is the line's."""

    action: Action
    unit: int
    line: str = ""


@dataclass(frozen=True)
class HeldPost:
    """A post as held on a day (任职)."""

    code: str
    title: str
    role: Role
    unit: int
    path: str
    line: str
    head: bool = False
    acting: bool = False


@dataclass(frozen=True)
class Scope:
    """What a person may reach at a moment (权限范围): posts, grants, whom they report to, for whom they stand in.

    `unread` says that grants to read matters are left out until what came in before was looked through (入册审读中).
    """

    person: int
    posts: tuple[HeldPost, ...]
    grants: frozenset[Grant]
    name: str = ""
    superiors: frozenset[str] = frozenset()
    paths: tuple[str, ...] = field(default=())
    stands_for: frozenset[int] = frozenset()
    unread: bool = False

    @property
    def selves(self) -> frozenset[int]:
        """Who this person is, in their own posts and in those they stand in for (本人与被代办人)."""
        return self.stands_for | {self.person}

    @property
    def actor(self) -> Actor:
        """The post under which this person acts in the ledger (行为岗位)."""
        return Actor.post(self.posts[0].code) if self.posts else SYSTEM

    @property
    def post_codes(self) -> frozenset[str]:
        return frozenset(p.code for p in self.posts)

    def units_for(self, action: Action, line: str = "") -> frozenset[int]:
        """Return the units over which the action is granted (某操作的管辖单位): for all there, or a line's as well."""
        return frozenset(g.unit for g in self.grants if g.action == action and g.line in ("", line))

    def grounds(self, action: Action) -> list[tuple[int, str]]:
        """Return where the action is granted (管辖范围): the units, each with '' or the line whose matters alone."""
        units = self.units_for(action)
        return sorted({(g.unit, g.line) for g in self.grants
                       if g.action == action and (not g.line or g.unit not in units)})

    def can(self, action: Action) -> bool:
        """Return whether the action is granted anywhere (是否有此权限)."""
        return any(g.action == action for g in self.grants)


NOBODY = Scope(person=0, posts=(), grants=frozenset())


@dataclass(frozen=True)
class Thing:
    """What authority needs to know of an object (权限对象).

    `reach` holds the ids of all units on its paths, `lined` those on which it is a line's own, with the line
    (条线的事项); `posts` and `people` whom it is about; `sealed` that it has left the ordinary flow (检举控告),
    `held` that it has not entered it yet: the union line reads first what came by its mailbox (工会信箱). `fresh`:
    nobody has judged it yet, and only triage, and a line whose own it is, reads it (先由分办员看).
    """

    reach: frozenset[int]
    lined: frozenset[tuple[int, str]] = frozenset()
    posts: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    sealed: bool = False
    held: bool = False
    fresh: bool = False

    @property
    def keeper(self) -> Action | None:
        """The only action it answers to while it stands outside the ordinary flow (专管操作)."""
        return Action.INSPECT if self.sealed else Action.HEAR_UNION if self.held else None


KEEPERS = (Action.INSPECT, Action.HEAR_UNION)


def excluded(scope: Scope, thing: Thing) -> bool:
    """Return whether a conflict of interest shuts this person out (回避).

    It does for a holder, now or then, of a post the thing is about, for whoever stands in for somebody it is about,
    and for whoever reports only to such posts (security.md, Conflict of interest).
    """
    if scope.selves & thing.people or scope.post_codes & thing.posts:
        return True
    return bool(scope.superiors) and scope.superiors <= thing.posts


def may(scope: Scope, action: Action, thing: Thing) -> bool:
    """Judge one object (判定): is the action granted over a unit it lies in, with no conflict?

    What stands outside the ordinary flow answers to one action only, its keeper's own.

    >>> union = Scope(person=1, posts=(), grants=frozenset({Grant(Action.HEAR_UNION, 1)}))
    >>> letter = Thing(reach=frozenset({1, 3}), held=True)
    >>> may(union, Action.HEAR_UNION, letter), may(union, Action.SEE, letter)
    (True, False)
    >>> union = Scope(person=1, posts=(), grants=frozenset({Grant(Action.SEE, 1, "union")}))
    >>> theirs, other = Thing(reach=frozenset({1, 3}), lined=frozenset({(1, "union")})), Thing(reach=frozenset({1, 3}))
    >>> may(union, Action.SEE, theirs), may(union, Action.SEE, other)
    (True, False)
    >>> leader = Scope(person=1, posts=(), grants=frozenset({Grant(Action.SEE, 1)}))
    >>> judged, fresh = Thing(reach=frozenset({1})), Thing(reach=frozenset({1}), fresh=True)
    >>> may(leader, Action.SEE, judged), may(leader, Action.SEE, fresh)
    (True, False)
    """
    if thing.keeper != (action if action in KEEPERS else None) or excluded(scope, thing):
        return False
    if action == Action.SEE and scope.person in thing.own:
        return True
    judged = scope.units_for(Action.READ_FIRST)
    return any((unit, line) in thing.lined if line else unit in thing.reach and (not thing.fresh or unit in judged)
               for unit, line in scope.grounds(action))
