"""Whom the words of a matter name (提到的人): by name, by unit and post, by surname and post; not whom they address.

Whoever reads before triage has judged is looked for as a matter comes in, in memory: a letter is
taken in sixty times a second, and hardly any names one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import product

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex, Substr

from sangesan.foundation import clock
from sangesan.foundation.memory import remembered
from sangesan.method.accusing import accused, accused_near, blamed, initialled, leaders_blamed
from sangesan.method.addressing import unaddressed
from sangesan.method.authority import Action, Role
from sangesan.method.folding import fold, spelt
from sangesan.method.mentions import (
    CALLED,
    called,
    names_post,
    nicknames,
    surnames,
)
from sangesan.method.powers import POWERS
from sangesan.method.powers import Reach as Far
from sangesan.method.sounding import sounding
from sangesan.method.spelling import closed_up, spoken, work_numbers
from sangesan.method.titles import told_of
from sangesan.method.wrongs import ill
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.queries import lineage, on, subtree

from ..models import Concern, Matter, Message, Reach, Submission
from ..words import LEFT
from .designations import LEADING, alone, beside_name, in_unit, office_of, ways_of
from .ordering import FROM_SPEAKER
from .veil import roster

_FIRST = [role.value for role, (reach, actions) in POWERS.items()
          if Action.HEAR_UNION in actions or (reach == Far.MINE and Action.SEE in actions)]


def mentioned(matter: Matter, words: str | None = None, units: Iterable[int] = ()) -> list[Appointment]:
    """Return the appointments of those whom the words name (提到的任职), without those it is known to be about.

    `words` are some of its words, all of them when left out: the first ones and what was added since. `units` are
    those that it is about to be handed to. While a declared danger lasts, who is accused together with others, as
    an office or as leaders, is not kept from it unless they have it in hand: he may be the one to ring.
    """
    units = {*units, *_in_hand(matter)}
    day, text = clock.today(), read(all_said(matter) if words is None else words)
    (names, said), numbers, near = roster().apart(text), work_numbers(text), _near(matter, units)
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
                *_pointed_at(text, names, said, ours=_ours(matter), danger=rung(matter)),
                *_unspelt(text, short.filter(post__unit__in=near))):
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


LATIN = re.compile("[A-Za-z]{3}|[Ａ-Ｚａ-ｚ]{3}")
_COVERED = re.compile("［[^］\\n]{1,6}］")


def read(words: str) -> str:
    """Return words as they are looked through (审读文字): not whom they address; and once more without gaps.

    What stands covered in a heading is somebody, and ends what is said of others.
    """
    said = _COVERED.sub("；", unaddressed(words))
    return f"{said}\n{closed_up(said)}"


def first_named(matter: Matter, words: str) -> list[Appointment]:
    """Return which of the first readers some words name (点到的先阅人), mostly without asking the database."""
    return _first_named([words], lambda: _near(matter, _in_hand(matter)), danger=rung(matter), ours=_ours(matter))[0]


def first_named_each(words: Iterable[str]) -> list[list[Appointment]]:
    """Return for each of some words which of the first readers they name (逐条点到的先阅人), in one query.

    Where there is no matter yet nobody is near.
    """
    return _first_named(list(words), dict)


def _first_named(words: list[str], near: Callable[[], dict[int, str]], *,
                 danger: bool = False, ours: bool = True) -> list[list[Appointment]]:
    """Return whom each of some words names; who is near is asked only where some are called by surname and post."""
    first = {row.pk: row for row in _first_readers(clock.today())}
    ways = {way for row in first.values() for way in ways_of(row)}
    texts = [read(one) for one in words]
    calls = [surnames(text) & ways for text in texts]
    called, known = {}, {}
    if wanted := {way for some in calls for way in some}:
        rows = on(Appointment.objects.select_related("person", "post", "post__unit"), clock.today())
        known, called = near(), called_so(wanted, rows)
    return [_first_of(text, first, {way: called[way] for way in some if way in called}, known, danger, ours)
            for text, some in zip(texts, calls, strict=True)]


def _first_of(text: str, first: dict[int, Appointment], called: dict[tuple[str, str], list[Appointment]],
              near: dict[int, str], danger: bool, ours: bool) -> list[Appointment]:
    names, said = roster().apart(text)
    found = {row.pk: row for row in _pointed_at(text, names, said, ours=ours, danger=danger)}
    if numbers := work_numbers(text):
        found |= {row.pk: row for row in first.values() if row.person.work_number in numbers}
    found |= {row.pk: row for row in _meant(near, called, far=True) if row.pk in first}
    return list(found.values())


def kept_from_first(matters: Iterable[int]) -> set[int]:
    """Return which of some matters are kept from one of the first readers (不给先阅人看的): about them, or sealed.

    What is put out of such a one would tell whom it is about that there is something to hide.
    """
    keys, first = list(matters), _first_readers(clock.today())
    about = Concern.objects.filter(Q(person__in=[row.person_id for row in first])
                                   | Q(post__in=[row.post.code for row in first]), matter__in=keys)
    outside = Matter.objects.filter(Q(kind__in=LEFT) | Q(reaches__sealed__gt=Reach.ORDINARY), pk__in=keys)
    return {*about.values_list("matter_id", flat=True), *outside.values_list("pk", flat=True)}


@remembered
def _first_readers(day: date) -> list[Appointment]:
    """Return who reads what comes in before it is judged (先阅人): offices of the whole mine, leaders, the union."""
    rows = Appointment.objects.filter(Q(post__role__in=_FIRST) | Q(post__unit__kind__in=LEADING))
    return list(on(rows.select_related("person", "post", "post__unit"), day))


FEW = 3  # of so many with one title all are meant by who accuses it (职务人数上限)


def rung(matter: Matter) -> bool:
    """Return whether a declared danger has people called (险情呼叫中): A, or just back from the carers and ungraded."""
    return matter.danger and matter.grade in ("", "A")


def _ours(matter: Matter) -> bool:
    """Return whether a matter arose in no unit below the mine's leaders (全矿的事)."""
    return matter.unit_id in _seats(clock.today())


@remembered
def _seats(day: date) -> frozenset[int]:
    return frozenset(Unit.objects.filter(kind__in=LEADING).values_list("pk", flat=True))


def _pointed_at(text: str, names: set[str], said: str, *, ours: bool, danger: bool) -> list[Appointment]:
    """Return the first readers whom words name by name, by unit and post, or by a title of which there are few.

    So does who accuses their office as a whole, or the mine's leaders, and who tells of a wrong and of what they do.
    `said` are the words without names. Where a letter arose in no unit below (`ours`), 领导 are those of the mine. In a
    danger nobody is accused but a leader by his own title: the others are rung.
    """
    first, text, said = _first_readers(clock.today()), fold(text), fold(said)
    led, said = _titled(first, said, danger=danger), "" if danger else said
    ruling, wrongs, titles = leaders_blamed(said), ill(said), {alone(row) for row in first}
    offices = Counter(office for row in first if (office := office_of(row)) not in titles)
    heard = led | {row.pk for row in _unspelt(text, first)}
    return [row for row in first if row.person.name in names or row.pk in heard or beside_name(row, text)
            or in_unit(row, text, said)
            or (row.post.role == Role.LEADER.value and (ruling or ours and said and accused_near(
                said, row.post.unit.name, row.post.title)))
            or (wrongs and 0 < offices[office_of(row)] <= FEW and told_of(said, office_of(row)))]


def _titled(first: list[Appointment], said: str, *, danger: bool) -> set[int]:
    """Return who is told of by a title the mine has few of (按独有职务说到): of a leader that is enough.

    No list knows every wrong of one who leads; who has another's surname before the title is another. Who does not lead
    has to be accused, or told of beside a wrong, for whoever triages is told of in passing; and in a danger a leader
    has to be accused as well.
    """
    alike, wrongs, found = Counter(row.post.title for row in first), ill(said), set()
    for row in (one for one in first if alike[one.post.title] <= FEW and alone(one)):
        title, leads = alone(row), row.post.role == Role.LEADER.value
        if danger:
            meant = leads and accused(said, title)
        elif wrongs:
            meant = told_of(said, title)
        else:
            meant = told_of(_without_others(said, fold(row.person.name)), title) if leads else accused(said, title)
        if meant:
            found.add(row.pk)
    return found


def _without_others(said: str, name: str) -> str:
    """Return words without titles that stand behind the surname of another (去掉他人的姓加职务)."""
    for begin, title in surnames(said):
        if not name.startswith(begin):
            said = said.replace(f"{begin}{title}", "；")
    return said


def _unspelt(text: str, rows: Iterable[Appointment]) -> list[Appointment]:
    """Return whose name stands in words by its sound, where that is nobody else's, or by initials (同音、首字母)."""
    rows, others = list(rows), roster().all
    heard = {name for name, way in sounding(text, {row.person.name for row in rows}) if way not in others}
    latin = LATIN.search(text)
    return [row for row in rows if row.person.name in heard or (latin and initialled(
        text, row.person.initials, called(row.post.unit.name, row.post.title, row.post.head)))]


def _named(text: str) -> QuerySet[Unit]:
    """Return the units whose names may stand in a text (可能点到的单位): by two signs; few of very many."""
    begins = StrIndex(Value(text, output_field=TextField()), Substr("name", 1, 2))
    return Unit.objects.annotate(begins=begins).filter(begins__gt=0).values("pk")


def _called(near: dict[int, str], wanted: set[tuple[str, str]], rows, *, far: bool) -> list[Appointment]:
    """Return whom surname and post mean (姓加职务所指): whoever is near, and where nobody is, all of that name.

    Who is called for short (张队, 老刘) is somebody near, or nobody: not `far`.
    """
    return _meant(near, called_so(wanted, rows), far=far)


def _meant(near: dict[int, str], called: dict[tuple[str, str], list[Appointment]], *, far: bool) -> list[Appointment]:
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


def _in_hand(matter: Matter) -> list[int]:
    return list(matter.assignments.filter(until=None).values_list("unit_id", flat=True))


def _near(matter: Matter, handed: Iterable[int]) -> dict[int, str]:
    """Return the units close to a matter (相关单位), each with the name of the one above where that begins its own.

    Close are where it arose, who has it in hand or is about to, and their branches.
    """
    day = clock.today()
    units = set(handed)
    if not _ours(matter):
        units |= {*lineage(matter.unit_id, day), *subtree(matter.unit_id, day)}
    units |= set(on(Coverage.objects.filter(unit__in=units), day).values_list("branch", flat=True))
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    return {pk: max((other for other in names.values() if other != name and name.startswith(other)),
                    key=len, default="") for pk, name in names.items()}


def all_said(matter: Matter) -> str:
    """Return all that its speakers said (全部诉说), the heading it came under, and where it was."""
    family = Q(matter=matter) | Q(matter__parent=matter)
    first = Submission.objects.filter(family, withdrawn=None).order_by("pk").values_list("text", flat=True)
    later = Message.objects.filter(family, kind__in=FROM_SPEAKER).order_by("pk").values_list("text", flat=True)
    return "\n".join([matter.title, matter.place, *first, *later])
