"""Separation of posts (不相容岗位): what one person may not hold together."""

from __future__ import annotations

from collections.abc import Iterable

from .authority import POWERS, SEPARATED, Action, Role

WITHOUT_WORDS = frozenset({
    Action.REPORT, Action.SEE_RESULT, Action.PUBLISH, Action.EDIT_ORGANIZATION, Action.INVITE, Action.AUDIT,
    Action.HEALTH,
})
"""Actions by which nobody reads a matter (不涉及事项内容的操作)."""


def apart(one: Role | str, other: Role | str) -> bool:
    """Return whether one person may not hold both (不得兼任).

    An administrator who could give himself a post that reads matters would read them all.

    >>> apart(Role.SYSTEM_ADMIN, Role.INSPECTOR), apart(Role.SYSTEM_ADMIN, Role.CORRESPONDENT)
    (True, False)
    """
    roles = (Role(one), Role(other))
    keepers = sum(role in SEPARATED for role in roles)
    return keepers == 2 or (keepers == 1 and any(POWERS[role][1] - WITHOUT_WORDS for role in roles))


def may_decide(person: int, *, recorded: Iterable[int], filed: Iterable[int]) -> bool:
    """Return whether a person may decide an objection (可裁定): who recorded, assessed or filed it may not.

    Rule 11 of scoring.md: who records a fact, who verifies it and who decides an objection are three people.

    >>> may_decide(1, recorded=[2], filed=[3]), may_decide(2, recorded=[2], filed=[3])
    (True, False)
    """
    return person > 0 and person not in {*recorded, *filed}
