"""What the guards look at (情形): a matter as it stands, and who somebody is in it."""

from __future__ import annotations

from dataclasses import dataclass

from .states import State


@dataclass(frozen=True)
class Situation:
    """What the guards look at (情形): the matter, and who I am in it.

    Days and minutes are None when the thing has not happened. `version` is the table the matter
    is handled under, '' the present one; `involved` that I handled it, judged it, or reviewed it; `of_office` that
    the petition office is supervised in it, `own_office` that my own is.
    """

    state: State
    grade: str = ""
    provisional: bool = False
    sealed: bool = False
    returns: int = 0
    bound: bool = False
    late: bool = False
    first_answered: bool = False
    planned: bool = False
    extension_pending: bool = False
    extended: bool = False
    regrading_pending: bool = False
    rated: bool = False
    called_back: bool = False
    dissatisfied_before: bool = False
    reviewed: bool = False
    answered_days: int | None = None
    closed_days: int | None = None
    drafted_minutes: int | None = None
    handler: bool = False
    author: bool = False
    proposer: bool = False
    requester: bool = False
    version: str = ""
    pause_pending: bool = False
    pauser: bool = False
    simple: bool = False
    forwarded: bool = False
    objection_open: bool = False
    objection_pending: bool = False
    review_open: bool = False
    third_review_open: bool = False
    upheld: bool = False
    involved: bool = False
    hearing: bool = False
    outward: bool = False
    passed_up: bool = False
    decided_above: bool = False
    supervised: bool = False
    supervision_proposed: bool = False
    result_back: bool = False
    of_office: bool = False
    own_office: bool = False
    case_open: bool = False
    case_leader: bool = False
    in_case: bool = False
    marked: bool = False
    closer: bool = True
