"""Who joins the roster is looked for in what came in before (新进人员回避): he may be appointed a moment later."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from django.db.models import Q, QuerySet
from django.dispatch import receiver

from sangesan.method.folding import spelt
from sangesan.method.masking import Names
from sangesan.organization.people.models import Person
from sangesan.organization.people.signals import entered

from ..models import Matter, Message, Submission
from ..queries.nearby import all_said, read
from ..queries.ordering import FROM_SPEAKER
from ..words import CARE
from .recusing import shut

FEW = 20
"""Of more names than so many the database is not asked by each (逐名查找上限)."""


@receiver(entered, dispatch_uid="matters.entered")
def shut_entered(people: Sequence[Person], **_signal: object) -> None:
    """Shut out of what names them in full whoever was entered now (新进人员回避), before any post makes them read it.

    Of what triage has handed over as well: nobody could say of them that they are only mentioned.
    """
    known, rows = Names(one.name for one in people), Matter.objects.filter(pk__in=_naming(people))
    for matter in rows.exclude(kind=CARE).order_by("pk"):
        named = known.meant(read(all_said(matter)))
        if found := [{"person": one.pk} for one in people if one.name in named]:
            shut(matter, found, by_words=True)


def _naming(people: Sequence[Person]) -> set[int]:
    """Return the matters whose words may name somebody (可能点到的事项), and those they were joined to."""
    names = [one.name for one in people]
    said = {*_with(Submission.objects.filter(withdrawn=None), names),
            *_with(Message.objects.filter(kind__in=FROM_SPEAKER), names)}
    return said | set(Matter.objects.filter(pk__in=said).values_list("parent_id", flat=True)) - {None}


def _with(rows: QuerySet, names: Sequence[str]) -> set[int]:
    """Return the matters of rows that hold both ends of a name (粗筛), in any script, gaps between them or not.

    Where there are many names, all words are gone through.
    """
    if len(names) > FEW:
        known = Names(names)
        return {pk for pk, text in rows.values_list("matter_id", "text").iterator() if known.find(text)}
    wanted = Q(pk__in=[])
    for name in filter(None, names):
        for first, last in product(spelt(name[0]), spelt(name[-1])):
            wanted |= Q(text__contains=first) & Q(text__contains=last)
    return set(rows.filter(wanted).values_list("matter_id", flat=True))
