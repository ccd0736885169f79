"""A matter as the page draws it (事项图示): steps, timeline, the diagram of its life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.lifecycle import MAIN, STATE_NAMES, TABLES, State, drawn

from ..models import Matter
from .detail import Entry, timeline

_STAGE = {
    State.RECEIVED: 1, State.GRADED: 2, State.DISPATCHED: 3, State.RETURNED: 3, State.HANDLING: 3,
    State.SUSPENDED: 3, State.REVIEW: 4, State.ANSWERED: 5, State.SECOND_REVIEW: 5, State.THIRD_REVIEW: 5,
}
_WORDS_OF = {
    "matter.dispatched": ("remark",), "matter.progressed": ("note",), "matter.closed": ("closing",),
    "matter.first_answered": ("first_answer",), "matter.answered": ("answer",), "matter.planned": ("plan",),
    "matter.called_back": ("call_back",), "matter.returned": ("reason", "ruling"), "matter.declined": ("told",),
    "matter.extended": ("extended",), "matter.supervised": ("ruling",), "matter.reopened": ("reason",),
    "matter.described": ("described",), "matter.second_review": ("reviewed", "told"), "matter.suspended": ("told",),
}


def steps(matter: Matter, told: Sequence[dict] = ()) -> list[dict]:
    """Return the bar of steps (步骤条): heard, graded, dispatched, handled, answered, closed."""
    graded = next((line["at"] for line in told if line["kind"] == "matter.graded"), None)
    stage = _STAGE.get(State(matter.state), 6)
    heard = matter.came
    notes: list[object] = [heard, graded, matter.dispatched_at, matter.signed_in_at, matter.answered_at,
                           matter.closed_at]
    names = (_("登记"), _("研判定级"), _("派单"), _("办理"), _("答复职工"), _("评价办结"))
    if matter.state == State.DISPATCHED:
        names = (*names[:3], _("待签收"), *names[4:])
    if State(matter.state) in (State.MERGED, State.DECLINED, State.WITHDRAWN):
        return [{"word": names[0], "state": "done", "note": _said(heard)},
                {"word": matter.state_name, "state": "now", "note": ""}]
    return [{"word": word, "state": "done" if i < stage else "now" if i == stage else "",
             "note": _said(notes[i]) if i < stage else ""} for i, word in enumerate(names)]


def _said(at: object) -> str:
    if isinstance(at, datetime):
        return f"{clock.local(at):%m-%d %H:%M}"
    return f"{at:%m-%d}" if at else ""


def story(matter: Matter, read: Callable[[str], str] = str, plan: Callable[[str], str] = str) -> list[dict]:
    """Return the timeline for the page (办理过程); words stand with the step they were said at.

    `read` gives the words as whoever looks may read them, `plan` those of the measures.
    """
    entries = timeline(matter)
    facts = [e for e in entries if e.kind.startswith(("matter.", "identity.")) or e.kind == "fact.reversed"]
    words = [e for e in entries if e not in facts]
    told: list[dict] = []
    for entry in entries:
        if entry in facts:
            spoken = [w for w in words if w.kind in _WORDS_OF.get(entry.kind, ()) and w.at == entry.at]
            for word in spoken:
                words.remove(word)
            told.append(_line(entry, " ".join((plan if w.kind == "plan" else read)(w.text) for w in spoken),
                              late=entry.late))
        elif entry in words and not any(entry.at == f.at and entry.kind in _WORDS_OF.get(f.kind, ()) for f in facts):
            told.append(_line(entry, (plan if entry.kind == "plan" else read)(entry.text)))
    if told and State(matter.state) not in (State.CLOSED, State.ENDED):
        told[-1]["tone"] = told[-1]["tone"] or "now"
    return told


def _line(entry: Entry, quote: str, *, late: bool = False) -> dict:
    word = _("%(name)s为 %(grade)s 级") % {"name": entry.name, "grade": entry.grade} if entry.grade else entry.name
    if late and entry.kind != "matter.overdue":
        word = _("%s（超期）") % word
    return {"kind": entry.kind, "word": word, "at": entry.at or entry.day, "note": entry.who, "text": "",
            "quote": quote, "tone": "late" if late else ""}


def life(matter: Matter) -> dict:
    """Return the diagram (流转图) with where the matter stands, read from the transition table."""
    nodes, edges = drawn(matter.version if matter.version in TABLES else "")
    now = State(matter.state)
    past = MAIN[: MAIN.index(now)] if now in MAIN else ()
    return {
        "main": [(n.state.value, _(n.name)) for n in nodes if n.row == 0],
        "aside": [(n.state.value, _(n.name)) for n in nodes if n.row],
        "ways": [(e.source.value, e.target.value, "、".join(_(n) for n in e.names)) for e in edges],
        "now": now.value, "done": [s.value for s in past],
        "said": _("流转图，当前在“%s”") % _(STATE_NAMES[now]),
    }
