"""Rounds of papers (文书轮次): a paper of one kind is issued once for each occasion; what else is said corrects it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sangesan.foundation import clock
from sangesan.organization.documents.models import Document

from ..models import Matter


def standing(matter: Matter, among: Iterable[Document]) -> dict[str, Document]:
    """Return which papers stand for the present round (本轮已印发), by kind: the last of each, corrected or not.

    A correction is of the round of what it corrects, however late it came. `among` is what was issued about it,
    newest first.
    """
    rows = list(among)
    known, last = {one.pk: one for one in rows}, dict[str, Document]()
    for one in rows:
        first = one
        while first.replaces_id in known:
            first = known[first.replaces_id]
        if one.kind not in last and _within(first, _BEGAN.get(one.kind), matter):
            last[one.kind] = one
    return last


def _within(one: Document, began: Callable[[Matter], datetime | None] | None, matter: Matter) -> bool:
    since = began(matter) if began else None
    return since is None or one.issued_at >= since


def _handed(matter: Matter) -> datetime | None:
    """Return when it was given into these hands (交办时刻); once answered it is handed out anew when opened again.

    When a speaker opened it again is not kept, the answer before it is: the one of the round before, for this round
    may have its own already.
    """
    answered = matter.answers.filter(outcome="approved").order_by("judged_at").values_list("judged_at", flat=True)
    before = list(answered)[: matter.reopened][-1:] if matter.reopened else []
    return max(filter(None, (matter.dispatched_at, *before)), default=None)


def _extended(matter: Matter) -> datetime | None:
    rows = matter.extensions.filter(outcome="granted").order_by("-decided_at")
    return rows.values_list("decided_at", flat=True).first()


def _answered(matter: Matter) -> datetime | None:
    rows = matter.answers.filter(outcome="approved").order_by("-judged_at")
    return rows.values_list("judged_at", flat=True).first()


def _reviewed(number: int) -> Callable[[Matter], datetime | None]:
    def decided(matter: Matter) -> datetime | None:
        rows = matter.reviewed.filter(round=number, passed_on=None).exclude(decided_at=None).order_by("-decided_at")
        return rows.values_list("decided_at", flat=True).first()
    return decided


_BEGAN: dict[str, Callable[[Matter], datetime | None]] = {
    "accepted": _handed, "forwarded": _handed, "assigned": _handed, "extended": _extended, "opinion": _answered,
    "second_review": _reviewed(2), "third_review": _reviewed(3),
    "urged": lambda _matter: clock.midnight(), "supervised": lambda matter: matter.supervised_at,
    "closed": lambda matter: matter.closed_at,
}
"""Since when a paper of a kind is of the present round (本轮起点); none for what there is once, as to decline.

To urge is no step of its own: whoever urges again on another day has a reason of that day.
"""
