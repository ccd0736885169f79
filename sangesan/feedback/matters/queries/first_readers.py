"""Whom words name of triage and of whoever reads next (先阅人): looked for as a matter comes in, in memory.

A letter is taken in sixty times a second, and hardly any names one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.foundation.memory import remembered
from sangesan.method.accusing import accused, accused_near, leaders_blamed
from sangesan.method.authority import Action, Role
from sangesan.method.folding import fold
from sangesan.method.lifecycle import State
from sangesan.method.mentions import surnames
from sangesan.method.powers import POWERS
from sangesan.method.powers import Reach as Far
from sangesan.method.spelling import work_numbers
from sangesan.method.titles import told_of, without_others
from sangesan.method.triaging import SIGNS, triage_told
from sangesan.method.wrongs import ill
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.queries import on

from ..models import Concern, Matter, Reach
from ..words import LEFT
from .designations import LEADING, alone, beside_name, in_unit, office_of, ways_of
from .nearby import called_so, in_hand, meant_so, near_of, of_the_mine, read, rung, unspelt
from .veil import roster

_FIRST = [role.value for role, (reach, actions) in POWERS.items()
          if Action.HEAR_UNION in actions or (reach == Far.MINE and Action.SEE in actions)]


def first_named(matter: Matter, words: str) -> list[Appointment]:
    """Return which of the first readers some words name (点到的先阅人), mostly without asking the database."""
    return _first_named([words], lambda: near_of(matter, in_hand(matter)), danger=rung(matter),
                        ours=of_the_mine(matter))[0]


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
    found = {row.pk: row for row in pointed_at(text, names, said, ours=ours, danger=danger)}
    if numbers := work_numbers(text):
        found |= {row.pk: row for row in first.values() if row.person.work_number in numbers}
    found |= {row.pk: row for row in meant_so(near, called, far=True) if row.pk in first}
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


def unjudged(matters: Iterable[int]) -> set[int]:
    """Return which of some matters nobody has judged yet (尚未研判的事项), though the others may read them by now.

    What was joined to another is judged with it.
    """
    waits = Q(reaches__fresh_since__isnull=False) | Q(state=State.RECEIVED) | Q(parent__state=State.RECEIVED)
    waits |= Q(state=State.WITHDRAWN, grade="")
    return set(Matter.objects.filter(waits, pk__in=list(matters)).values_list("pk", flat=True))


def shut_to_some(matter: Matter) -> bool:
    """Return whether somebody is kept from a matter by what it is about or where it lies (不是人人可看的事项)."""
    return matter.sealed or matter.concerns.exists() or matter.reaches.exclude(sealed=Reach.ORDINARY).exists()


@remembered
def _first_readers(day: date) -> list[Appointment]:
    """Return who reads before a unit has it in hand (先阅人): triage, offices of the mine, leaders, the union."""
    rows = Appointment.objects.filter(Q(post__role__in=_FIRST) | Q(post__unit__kind__in=LEADING))
    return list(on(rows.select_related("person", "post", "post__unit"), day))


def forget() -> None:
    """Forget who is in the roster and who reads first (重读花名册): whoever came a moment ago is looked for as well."""
    roster.forget()
    _first_readers.forget()


FEW = 3  # of so many with one title all are meant by who accuses it (职务人数上限)


def pointed_at(text: str, names: set[str], said: str, *, ours: bool, danger: bool) -> list[Appointment]:
    """Return the first readers whom words name by name, by unit and post, or by a title of which there are few.

    So does who accuses their office as a whole, or the mine's leaders, and who tells of a wrong and of what they do.
    `said` are the words without names. Where a letter arose in no unit below (`ours`), 领导 are those of the mine. In a
    danger nobody is accused but a leader by his own title: the others are rung.
    """
    first, text, said = _first_readers(clock.today()), fold(text), fold(said)
    led, said = _titled(first, said, danger=danger), "" if danger else said
    ruling, wrongs, titles = leaders_blamed(said), ill(said), {alone(row) for row in first}
    offices = Counter(office for row in first if (office := office_of(row)) not in titles)
    heard = led | _triagers(first, names, text, said) | {row.pk for row in unspelt(text, first)}
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
            meant = told_of(without_others(said, fold(row.person.name)), title) if leads else accused(said, title)
        if meant:
            found.add(row.pk)
    return found


def _triagers(first: list[Appointment], names: set[str], text: str, said: str) -> set[int]:
    """Return all who triage, where words tell of a wrong and of their office or their work (说到信访分办).

    Who of them is told of by the name or by a title of the own is meant alone.
    """
    if not any(sign in said for sign in SIGNS):
        return set()
    those = [row for row in first if row.post.role == Role.TRIAGE.value]
    titles = {fold(title) for row in those if (title := alone(row))}
    for title in titles:
        said = said.replace(title, "；")
    known = any(accused(text, one) for one in (*names, *titles))
    return {row.pk for row in those} if triage_told(said, known=known) else set()
