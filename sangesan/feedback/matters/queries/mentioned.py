"""Whom the words of a matter name (提到的人): by name, by unit and post, by surname and post; not whom they address."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex, Substr

from sangesan.foundation import clock
from sangesan.method.accusing import accused_near, blamed
from sangesan.method.folding import fold
from sangesan.method.mentions import called, names_post, nicknames, surnames
from sangesan.method.spelling import spoken, work_numbers
from sangesan.method.yours import told_of_yours
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.queries import on

from ..models import Matter
from .designations import LEADING
from .first_readers import pointed_at
from .nearby import all_said, called_so, in_hand, meant_so, near_of, of_the_mine, read, rung, unspelt
from .veil import roster


def mentioned(matter: Matter, words: str | None = None, units: Iterable[int] = ()) -> list[Appointment]:
    """Return the appointments of those whom the words name (提到的任职), without those it is known to be about.

    `words` are some of its words, all of them when left out: the first ones and what was added since. `units` are
    those that it is about to be handed to. While a declared danger lasts, who is accused together with others, as
    an office or as leaders, is not kept from it unless they have it in hand: he may be the one to ring.
    """
    units = {*units, *in_hand(matter)}
    day, text = clock.today(), read(all_said(matter) if words is None else words)
    (names, said), numbers, near = roster().apart(text), work_numbers(text), near_of(matter, units)
    below = on(Post.objects.filter(Q(unit__in=_named(f"{text}\n{spoken(fold(text))}")) | Q(unit__in=near)).exclude(
        unit__kind__in=LEADING), day)
    posts = _nearest([(pk, unit, post[0]) for pk, unit, kind, *post in below.values_list(
        "pk", "unit_id", "unit__kind", "unit__name", "title", "head")
        if names_post(text, *post, near=near.get(unit))
        or (post[-1] and unit in near and accused_near(said, *post[:2]))
        or ((post[-1] or kind == Kind.OFFICE) and (unit in units or not rung(matter))
            and blamed(said, post[0], near=near.get(unit)))], near)
    known = set(matter.concerns.exclude(person=0).filter(mentioned=False).values_list("person", flat=True))
    rows = on(Appointment.objects.exclude(person__in=known).select_related("person", "post", "post__unit"), day)
    shut = matter.concerns.exclude(person=0).filter(mentioned=True).values("person") if words is None else ()
    found = {row.pk: row for row in rows.filter(Q(person__name__in=names) | Q(person__work_number__in=numbers)
                                                | Q(post__in=posts) | Q(person__in=shut))}
    short = rows.exclude(post__unit__kind__in=LEADING)  # the mine's leaders are far from everybody
    for row in (*_called(near, surnames(text), rows, far=True), *_called(near, nicknames(text), short, far=False),
                *pointed_at(text, names, said, ours=of_the_mine(matter), danger=rung(matter)),
                *unspelt(text, short.filter(post__unit__in=near))):
        if row.person_id not in known:
            found[row.pk] = row
    return sorted(found.values(), key=lambda row: (row.post.code, row.pk))


def _nearest(posts: list[tuple[int, int, str]], near: dict[int, str]) -> list[int]:
    """Return which posts are meant where units of one name have them (同名单位就近): those near, if any are."""
    close = {name for _pk, unit, name in posts if unit in near}
    return [pk for pk, unit, name in posts if unit in near or name not in close]


def bystanders(matter: Matter, words: str | None = None) -> list[int]:
    """Return whom the words name that holds no post (提到的无岗人员): they never read it either, once they do."""
    text = read(all_said(matter) if words is None else words)
    named = Person.objects.filter(Q(name__in=roster().meant(text)) | Q(work_number__in=work_numbers(text)))
    held = on(Appointment.objects.all(), clock.today()).values("person")
    return sorted(named.exclude(pk__in=held).values_list("pk", flat=True))


def yours(matter: Matter, words: str) -> list[Appointment]:
    """Return who leads what has a matter in hand and is told of in words to it (你们的负责人), with its branch."""
    units, day = in_hand(matter), clock.today()
    branches = on(Coverage.objects.filter(unit__in=units), day).values("branch")
    rows = Appointment.objects.filter(Q(post__unit__in=units) | Q(post__unit__in=branches), post__head=True)
    return [row for row in on(rows.select_related("person", "post", "post__unit"), day)
            if told_of_yours(read(words), called(row.post.unit.name, row.post.title, head=True))] if units else []


def _named(text: str) -> QuerySet[Unit]:
    """Return the units whose names may stand in a text (可能点到的单位): by two signs; few of very many."""
    begins = StrIndex(Value(text, output_field=TextField()), Substr("name", 1, 2))
    return Unit.objects.annotate(begins=begins).filter(begins__gt=0).values("pk")


def _called(near: dict[int, str], wanted: set[tuple[str, str]], rows, *, far: bool) -> list[Appointment]:
    """Return whom surname and post mean (姓加职务所指): whoever is near, and where nobody is, all of that name.

    Who is called for short (张队, 老刘) is somebody near, or nobody: not `far`.
    """
    return meant_so(near, called_so(wanted, rows), far=far)
