"""What stands beside a matter's state (旁证情形): its rights, suspension, review, supervision, case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sangesan.foundation import clock
from sangesan.method.authority import Role, Scope
from sangesan.method.lifecycle.guards import REVIEW_DAYS
from sangesan.method.terms import FORWARDED, Procedure

from ..models import Matter, Review
from .alongside import Alongside

FIRST = "2026.1"
_RIGHTS = {"ask_review": "review_open", "ask_third_review": "third_review_open", "objection": "objection_open"}


def beside(matter: Matter, rows: Alongside, person: int, hands: set[int], today: date) -> dict[str, Any]:
    """Return what the guards ask of the records beside the state (旁证情形)."""
    reviews = rows.reviewed
    settled = sorted((r for r in reviews if r.decided_at), key=lambda r: r.decided_at)
    last = settled[-1] if settled else None
    pause = next((p for p in rows.pauses if p.outcome == "waiting"), None)
    forwarded = matter.channel == FORWARDED
    watched = {s.state: s for s in rows.supervisions if s.state in ("proposed", "open")}
    case = next((c for c in rows.cases if c.signed_at is None), None)
    judges = {a.judge for a in rows.answers if a.judge}
    return {
        "pause_pending": pause is not None, "pauser": bool(pause and pause.asked_by == person),
        "simple": matter.procedure == Procedure.SIMPLE, "forwarded": forwarded,
        "objection_pending": forwarded and any(o.outcome == "waiting" for o in rows.objections),
        "upheld": bool(last and last.outcome in ("uphold", "change")),
        "involved": person in hands | judges | {r.decided_by for r in reviews},
        "hearing": any(r.outcome == "waiting" and r.hearing_since for r in reviews),
        "passed_up": any(r.outcome == "waiting" and r.passed_on for r in reviews),
        "decided_above": beyond(matter, next((r for r in reviews if r.outcome == "waiting"), None), last),
        "supervised": "open" in watched, "supervision_proposed": "proposed" in watched,
        "of_office": bool("open" in watched and watched["open"].by_office),
        "result_back": bool("open" in watched and watched["open"].result_at),
        "case_open": case is not None,
        "in_case": bool(case and person in hands), **_rights(matter, rows, last.decided_at if last else None, today),
    }


def own_office(scope: Scope, matter: Matter) -> bool:
    """Return whether a supervision of the matter is of this person's own office (督办本科室): another decides on it.

    What the night proposed because nobody was told, or nothing handed on, is the petition office's; all else is the
    unit's in charge, which may be that office too.
    """
    offices = {post.unit for post in scope.posts if post.role is Role.TRIAGE}
    return bool(offices) and any(
        one.by_office or matter.lead_id in offices
        for one in matter.supervisions.all() if one.state in ("proposed", "open"))


def beyond(matter: Matter, asked: Review | None, last: Review | None) -> bool:
    """Return whether what is asked for now is for the unit above the enterprise alone (只能由上级单位审理).

    A re-review stands above the level that reviewed (domain.md 1.2, T9): above the top of the enterprise, and above
    the unit above, nobody here does. Matters of the first version know no way there.
    """
    if last is None or last.outcome == "redo" or matter.version == FIRST:
        return False
    return bool(last.passed_on) or bool(asked and asked.round == 3 and asked.unit_id == last.unit_id)


def _rights(matter: Matter, beside: Alongside, reviewed_at: datetime | None, today: date) -> dict[str, bool]:
    """Return which rights still stand (权利是否在期限内); matters without clocks count thirty days.

    For a day that is over, a right that lapsed since then still stood.
    """
    past = today < clock.today()
    rows = [term for term in beside.terms if term.code in _RIGHTS]
    if not rows:
        since = {"review_open": matter.answered_at, "third_review_open": reviewed_at}
        return {name: at is not None and (today - clock.local(at).date()).days <= REVIEW_DAYS
                for name, at in since.items()}
    return {_RIGHTS[row.code]: True for row in rows
            if row.met is None and row.due >= today and (past or not row.lifted)}
