"""The records beside a matter (旁录) that the guards look at: one question tells which there are, most are empty."""

from __future__ import annotations

from functools import cache
from typing import Any

from sangesan.foundation.asking import asked

from ..models import Answer, Assignment, Matter, Message

NAMES = ("answers", "cases", "extensions", "objections", "pauses", "ratings", "regradings", "reviewed", "supervisions",
         "terms")
HANDLING_KINDS = ("first_answer", "plan", "note")


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
    return {person for person, in asked(_hands(), matter=matter.pk)}


def _filled(matter: int) -> set[str]:
    """Return which kinds there are beside a matter (有哪些旁录), in one question."""
    [found] = asked(_which(), matter=matter)
    return {name for name, some in zip(NAMES, found, strict=True) if some}


@cache
def _which() -> str:
    kinds = [Matter._meta.get_field(name).related_model._meta.db_table for name in NAMES]
    return "SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {kind} WHERE matter_id = %(matter)s)"  # noqa: S608
                                 for kind in kinds)


@cache
def _hands() -> str:
    kinds = ", ".join(f"'{kind}'" for kind in HANDLING_KINDS)
    return (f"SELECT handler FROM {Assignment._meta.db_table}"  # noqa: S608 - names of tables and kinds of our own
            " WHERE matter_id = %(matter)s AND handler <> 0"
            f" UNION SELECT author FROM {Answer._meta.db_table} WHERE matter_id = %(matter)s"
            f" UNION SELECT person FROM {Message._meta.db_table}"
            f" WHERE matter_id = %(matter)s AND person > 0 AND kind IN ({kinds})")
