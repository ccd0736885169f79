"""Words as they are looked through, and who is near a matter (审读文字、相关单位): called by surname, or by sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from sangesan.foundation import clock
from sangesan.foundation.asking import asked
from sangesan.foundation.memory import remembered
from sangesan.method.accusing import initialled
from sangesan.method.addressing import unaddressed
from sangesan.method.folding import spelt
from sangesan.method.mentions import CALLED, called
from sangesan.method.sounding import sounding
from sangesan.method.spelling import closed_up
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Coverage, Unit
from sangesan.organization.units.queries import lineage, on, subtree

from ..models import Matter
from .designations import LEADING, ways_of
from .ordering import FROM_SPEAKER
from .veil import roster

LATIN = re.compile("[A-Za-z]{3}|[Ａ-Ｚａ-ｚ]{3}")
_FIRST = (
    "SELECT text FROM matters_submission WHERE withdrawn IS NULL AND (matter_id = %(matter)s"
    " OR matter_id IN (SELECT id FROM matters_matter WHERE parent_id = %(matter)s)) ORDER BY id")
_LATER = (
    "SELECT text FROM matters_message WHERE kind = %(kind)s AND (matter_id = %(matter)s"
    " OR matter_id IN (SELECT id FROM matters_matter WHERE parent_id = %(matter)s)) ORDER BY id")
_COVERED = re.compile("［[^］\\n]{1,6}］")


def read(words: str) -> str:
    """Return words as they are looked through (审读文字): not whom they address; and once more without gaps.

    What stands covered in a heading is somebody, and ends what is said of others.
    """
    said = _COVERED.sub("；", unaddressed(words))
    return f"{said}\n{closed_up(said)}"


def rung(matter: Matter) -> bool:
    """Return whether a declared danger has people called (险情呼叫中): A, or just back from the carers and ungraded."""
    return matter.danger and matter.grade in ("", "A")


def of_the_mine(matter: Matter) -> bool:
    """Return whether a matter arose in no unit below the mine's leaders (全矿的事)."""
    return matter.unit_id in _seats(clock.today())


@remembered
def _seats(day: date) -> frozenset[int]:
    return frozenset(Unit.objects.filter(kind__in=LEADING).values_list("pk", flat=True))


def unspelt(text: str, rows: Iterable[Appointment]) -> list[Appointment]:
    """Return whose name stands in words by its sound, where that is nobody else's, or by initials (同音、首字母)."""
    rows, others = list(rows), roster().all
    heard = {name for name, way in sounding(text, {row.person.name for row in rows}) if way not in others}
    latin = LATIN.search(text)
    return [row for row in rows if row.person.name in heard or (latin and initialled(
        text, row.person.initials, called(row.post.unit.name, row.post.title, row.post.head)))]


def meant_so(near: dict[int, str], called: dict[tuple[str, str], list[Appointment]], *, far: bool) -> list[Appointment]:
    return [row for group in called.values()
            for row in ([r for r in group if r.post.unit_id in near] or (group if far else []))]


def called_so(wanted: set[tuple[str, str]], rows: QuerySet[Appointment]) -> dict[tuple[str, str], list[Appointment]]:
    """Return who is called by some of these surnames and posts (如此称呼的人), together where it is the same way."""
    begin = {"".join(way) for name, _title in wanted for way in product(*map(spelt, name))}
    groups: dict[tuple[str, str], list[Appointment]] = {}
    if not begin:
        return groups
    rows = rows.filter(Q(post__head=True) | Q(post__title__regex=f"(?:{'|'.join(CALLED)})$")).annotate(
        one=Substr("person__name", 1, 1), two=Substr("person__name", 1, 2), given=Substr("person__name", 2, 2))
    for row in rows.filter(Q(one__in=begin) | Q(two__in=begin) | Q(given__in=begin)):
        for way in ways_of(row) & wanted:
            groups.setdefault(way, []).append(row)
    return groups


def in_hand(matter: Matter) -> list[int]:
    return list(matter.assignments.filter(until=None).values_list("unit_id", flat=True))


def near_of(matter: Matter, handed: Iterable[int]) -> dict[int, str]:
    """Return the units close to a matter (相关单位), each with the name of the one above where that begins its own.

    Close are where it arose, who has it in hand or is about to, and their branches.
    """
    day = clock.today()
    units = set(handed)
    if not of_the_mine(matter):
        units |= {*lineage(matter.unit_id, day), *subtree(matter.unit_id, day)}
    units |= set(on(Coverage.objects.filter(unit__in=units), day).values_list("branch", flat=True))
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    return {pk: max((other for other in names.values() if other != name and name.startswith(other)),
                    key=len, default="") for pk, name in names.items()}


def all_said(matter: Matter) -> str:
    """Return all that its speakers said (全部诉说), the heading it came under, and where it was."""
    rows = asked(_FIRST, matter=matter.pk)
    for kind in FROM_SPEAKER:
        rows += asked(_LATER, matter=matter.pk, kind=kind)
    return "\n".join([matter.title, matter.place, *(text for text, in rows)])
