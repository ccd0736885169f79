"""Whom the words of a matter name (提到的人): by name, by unit and post, by surname and post; below the mine only.

The mine's leaders are named in every second letter to them, and read through rights of their own.
"""

from __future__ import annotations

import re
from itertools import product

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex, Substr

from sangesan.foundation import clock
from sangesan.method.folding import fold, spelt
from sangesan.method.mentions import CALLED, called, names_post, nicknames, surnames
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.queries import lineage, on, subtree

from ..models import Matter, Message, Submission
from .detail import FROM_SPEAKER
from .veil import roster

_GAPS = re.compile(r"[^\S\n]+")
_LEADING = (Kind.GROUP.value, Kind.MINE.value, Kind.COMMITTEE.value)


def mentioned(matter: Matter, words: str | None = None) -> list[Appointment]:
    """Return the appointments of those whom the words name (提到的任职), without those it is known to be about.

    `words` are some of its words, all of them when left out: the first ones and what was added since.
    """
    day, said = clock.today(), _said(matter) if words is None else words
    text = f"{said}\n{_GAPS.sub('', said)}"
    names = roster().meant(text)
    below = on(Post.objects.filter(unit__in=_named(f"{text}\n{fold(text)}")).exclude(unit__kind__in=_LEADING), day)
    posts = [pk for pk, *post in below.values_list("pk", "unit__name", "title", "head") if names_post(text, *post)]
    known = matter.concerns.exclude(person=0).filter(mentioned=False).values_list("person", flat=True)
    rows = on(Appointment.objects.exclude(post__unit__kind__in=_LEADING), day)
    rows = rows.exclude(person__in=set(known)).select_related("person", "post", "post__unit")
    found = {row.pk: row for row in rows.filter(Q(person__name__in=names) | Q(post__in=posts))}
    found |= {row.pk: row for row in _called(matter, surnames(text), rows, far=True)}
    found |= {row.pk: row for row in _called(matter, nicknames(text), rows, far=False)}
    return sorted(found.values(), key=lambda row: (row.post.code, row.pk))


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
        name = fold(row.person.name)
        titles = {way[-2:] for way in called(row.post.unit.name, row.post.title, row.post.head)}
        titles |= {""} if row.post.head else set()
        for way in {(name[:length], title) for length in (1, 2) if len(name) > length for title in titles} & wanted:
            groups.setdefault(way, []).append(row)
    near = _near(matter)
    return [row for group in groups.values()
            for row in ([r for r in group if r.post.unit_id in near] or (group if far else []))]


def _near(matter: Matter) -> set[int]:
    """Return the units close to a matter (相关单位): where it arose, who has it in hand, and their branches."""
    day = clock.today()
    units = {*matter.assignments.filter(until=None).values_list("unit_id", flat=True)}
    if matter.unit.kind not in _LEADING:
        units |= {*lineage(matter.unit_id, day), *subtree(matter.unit_id, day)}
    return units | set(on(Coverage.objects.filter(unit__in=units), day).values_list("branch", flat=True))


def _said(matter: Matter) -> str:
    """Return all that its speakers said (全部诉说), and the heading it came under."""
    family = Q(matter=matter) | Q(matter__parent=matter)
    first = Submission.objects.filter(family, withdrawn=None).order_by("pk").values_list("text", flat=True)
    later = Message.objects.filter(family, kind__in=FROM_SPEAKER).order_by("pk").values_list("text", flat=True)
    return "\n".join([matter.title, *first, *later])
