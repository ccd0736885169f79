"""The records beside a matter (旁录) that the guards look at: one question tells which there are, most are empty."""

from __future__ import annotations

from typing import Any

from sangesan.foundation.asking import asked

from ..models import Matter

NAMES = ("answers", "cases", "extensions", "objections", "pauses", "ratings", "regradings", "reviewed", "supervisions",
         "terms")
HANDLING_KINDS = ("first_answer", "plan", "note")
_WHICH = (
    "SELECT EXISTS (SELECT 1 FROM matters_answer WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_case WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_extension WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_objection WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_pause WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_rating WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_regrading WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_review WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_supervision WHERE matter_id = %(matter)s),"
    " EXISTS (SELECT 1 FROM matters_term WHERE matter_id = %(matter)s)")
_HANDS = (
    "SELECT handler FROM matters_assignment WHERE matter_id = %(matter)s AND handler <> 0"
    " UNION SELECT author FROM matters_answer WHERE matter_id = %(matter)s"
    " UNION SELECT person FROM matters_message WHERE matter_id = %(matter)s AND person > 0"
    " AND kind IN (%(first_answer)s, %(plan)s, %(note)s)")


class Alongside:
    """What lies beside one matter (旁录), each kind read at most once and only where there is any.

    Kept for one look: what is written afterwards is not in it. What was fetched for many matters at once is taken
    from there.
    """

    def __init__(self, matter: Matter) -> None:
        self._matter, self._read = matter, {}
        fetched = getattr(matter, "_prefetched_objects_cache", {})
        self._some = set(fetched) if all(name in fetched for name in NAMES) else _filled(matter.pk)

    def __getattr__(self, name: str) -> list[Any]:
        if name not in NAMES:
            raise AttributeError(name)
        if name not in self._read:
            self._read[name] = list(getattr(self._matter, name).all()) if name in self._some else []
        return self._read[name]


def handlers(matter: Matter) -> set[int]:
    """Return the persons who handled a matter (经办人): they neither call back nor close it."""
    return {person for person, in asked(_HANDS, matter=matter.pk, **{kind: kind for kind in HANDLING_KINDS})}


def _filled(matter: int) -> set[str]:
    """Return which kinds there are beside a matter (有哪些旁录), in one question."""
    [found] = asked(_WHICH, matter=matter)
    return {name for name, some in zip(NAMES, found, strict=True) if some}
