"""Whom the words of a matter name (提到的人): by name, by unit and post, by surname and post; not whom they address.

Whoever reads before triage has judged is looked for as a matter comes in, in memory: a letter is
taken in sixty times a second, and hardly any names one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import product

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex, Substr

from sangesan.foundation import clock
from sangesan.foundation.memory import remembered
from sangesan.method.authority import Action
from sangesan.method.folding import fold, spelt
from sangesan.method.mentions import CALLED, accused, called, names_post, nicknames, surnames, unaddressed
from sangesan.method.powers import POWERS, Reach
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.queries import lineage, on, subtree

from ..models import Matter, Message, Submission
from .detail import FROM_SPEAKER
from .veil import roster

_GAPS = re.compile(r"[^\S\n]+")
LEADING = (Kind.GROUP.value, Kind.MINE.value, Kind.COMMITTEE.value)
_FIRST = [role.value for role, (reach, actions) in POWERS.items() if reach == Reach.MINE and set(actions) & {
    Action.SEE, Action.HEAR_UNION}]


def mentioned(matter: Matter, words: str | None = None) -> list[Appointment]:
    """Return the appointments of those whom the words name (提到的任职), without those it is known to be about.

    `words` are some of its words, all of them when left out: the first ones and what was added since.
    """
    day, said = clock.today(), unaddressed(_said(matter) if words is None else words)
    text = f"{said}\n{_GAPS.sub('', said)}"
    names = roster().meant(text)
    below = on(Post.objects.filter(unit__in=_named(f"{text}\n{fold(text)}")).exclude(unit__kind__in=LEADING), day)
    posts = [pk for pk, *post in below.values_list("pk", "unit__name", "title", "head") if names_post(text, *post)]
    known = set(matter.concerns.exclude(person=0).filter(mentioned=False).values_list("person", flat=True))
    rows = on(Appointment.objects.exclude(person__in=known).select_related("person", "post", "post__unit"), day)
    found = {row.pk: row for row in rows.filter(Q(person__name__in=names) | Q(post__in=posts))}
    short = rows.exclude(post__unit__kind__in=LEADING)  # the mine's leaders are far from everybody
    for row in (*_called(matter, surnames(text), rows, far=True), *_called(matter, nicknames(text), short, far=False),
                *_pointed_at(text, names)):
        if row.person_id not in known:
            found[row.pk] = row
    return sorted(found.values(), key=lambda row: (row.post.code, row.pk))


def first_named(matter: Matter, words: str) -> list[Appointment]:
    """Return which of the first readers some words name (点到的先阅人), mostly without asking the database."""
    text = unaddressed(words)
    found = {row.pk: row for row in _pointed_at(text, roster().meant(text))}
    calls, first = surnames(text), {row.pk: row for row in _first_readers(clock.today())}
    if any(_ways(row) & calls for row in first.values()):
        rows = on(Appointment.objects.select_related("person", "post", "post__unit"), clock.today())
        found |= {row.pk: row for row in _called(matter, calls, rows, far=True) if row.pk in first}
    return list(found.values())


@remembered
def _first_readers(day: date) -> list[Appointment]:
    """Return who reads what comes in before it is judged (先阅人): offices of the whole mine, and its leaders."""
    rows = Appointment.objects.filter(Q(post__role__in=_FIRST) | Q(post__unit__kind__in=LEADING))
    return list(on(rows.select_related("person", "post", "post__unit"), day))


def _pointed_at(text: str, names: set[str]) -> list[Appointment]:
    """Return the first readers whom words name by name, by unit and post, or accuse by a title there is one of."""
    first, text = _first_readers(clock.today()), fold(text)
    alike = Counter(row.post.title for row in first)
    return [row for row in first if row.person.name in names or _beside(row, text)
            or (fold(row.post.unit.name[:2]) in text
                and names_post(text, row.post.unit.name, row.post.title, row.post.head))
            or (alike[row.post.title] == 1 and row.post.unit.kind in LEADING and accused(text, row.post.title))]


def _beside(row: Appointment, text: str) -> bool:
    """Return whether a name stands in folded words (写到姓名): of two signs it is sure only beside title or unit."""
    name, unit, title = map(fold, (row.person.name, row.post.unit.name, row.post.title))
    if name not in text or len(name) > 2:
        return name in text
    ways = {title, title[-2:], *called(unit, title, row.post.head)}
    return f"{unit}{name}" in text or any(f"{way}{name}" in text or f"{name}{way}" in text for way in ways)


def _ways(row: Appointment) -> set[tuple[str, str]]:
    """Return how one is called by surname and post (姓加职务)."""
    name, unit = fold(row.person.name), row.post.unit.name
    titles = {way[-2:] for way in called(unit, row.post.title, row.post.head)} | ({""} if row.post.head else set())
    return {(name[:length], title) for length in (1, 2) if len(name) > length for title in titles}


def _named(text: str) -> QuerySet[Unit]:
    """Return the units whose names may stand in a text (可能点到的单位): by two signs; few of very many."""
    begins = StrIndex(Value(text, output_field=TextField()), Substr("name", 1, 2))
    return Unit.objects.annotate(begins=begins).filter(begins__gt=0).values("pk")


def _called(matter: Matter, wanted: set[tuple[str, str]], rows, *, far: bool) -> list[Appointment]:
    """Return whom surname and post mean (姓加职务所指): whoever is near, and where nobody is, all of that name.

    Who is called for short (张队, 老刘) is somebody near, or nobody: not `far`.
    """
    begin = {"".join(way) for name, _title in wanted for way in product(*map(spelt, name))}
    if not begin:
        return []
    groups: dict[tuple[str, str], list[Appointment]] = {}
    for row in rows.annotate(one=Substr("person__name", 1, 1), two=Substr("person__name", 1, 2)).filter(
            Q(one__in=begin) | Q(two__in=begin), Q(post__head=True) | Q(post__title__regex=f"(?:{'|'.join(CALLED)})$")):
        for way in _ways(row) & wanted:
            groups.setdefault(way, []).append(row)
    near = _near(matter)
    return [row for group in groups.values()
            for row in ([r for r in group if r.post.unit_id in near] or (group if far else []))]


def _near(matter: Matter) -> set[int]:
    """Return the units close to a matter (相关单位): where it arose, who has it in hand, and their branches."""
    day = clock.today()
    units = {*matter.assignments.filter(until=None).values_list("unit_id", flat=True)}
    if matter.unit.kind not in LEADING:
        units |= {*lineage(matter.unit_id, day), *subtree(matter.unit_id, day)}
    return units | set(on(Coverage.objects.filter(unit__in=units), day).values_list("branch", flat=True))


def _said(matter: Matter) -> str:
    """Return all that its speakers said (全部诉说), and the heading it came under."""
    family = Q(matter=matter) | Q(matter__parent=matter)
    first = Submission.objects.filter(family, withdrawn=None).order_by("pk").values_list("text", flat=True)
    later = Message.objects.filter(family, kind__in=FROM_SPEAKER).order_by("pk").values_list("text", flat=True)
    return "\n".join([matter.title, *first, *later])
