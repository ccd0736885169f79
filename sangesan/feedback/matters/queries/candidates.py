"""What triage chooses from (候选): likely duplicates, and units to hand a matter to."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.folding import fold
from sangesan.method.lifecycle import OPEN
from sangesan.method.powers import POWERS, Reach
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.units.models import Kind, Line, Unit
from sangesan.organization.units.queries import on

from ..models import Matter, Submission
from .access import visible
from .designations import LEADING

DAYS = 30
ALIKE = 0.2
LOOKED_AT = 300
_HEARS = [role.value for role, (_reach, actions) in POWERS.items() if actions & {Action.SEE, Action.HEAR_UNION}]
_OF_MINE = [role.value for role, (reach, actions) in POWERS.items() if reach == Reach.MINE and Action.SEE in actions]


def similar(scope: Scope, matter: Matter, most: int = 3) -> list[Matter]:
    """Return open matters of thirty days that speak of the same thing (疑似重复), the likest first.

    Same unit or same category, compared by pairs of characters; two queries whatever the number.
    """
    since = clock.today() - timedelta(days=DAYS)
    rows = visible(scope).filter(Q(unit=matter.unit_id) | Q(category=matter.category), received_day__gte=since,
                                 state__in=[s.value for s in OPEN], parent=None).exclude(pk=matter.pk)
    others = {m.pk: m for m in rows.select_related("unit", "lead").order_by("-received_day", "pk")[:LOOKED_AT]}
    texts: dict[int, str] = {}
    said = Submission.objects.filter(matter__in=[matter.pk, *others]).values_list("matter_id", "text")
    for pk, text in said:
        texts[pk] = texts.get(pk, "") + text
    here = pairs(matter.title + texts.get(matter.pk, ""))
    scored = [(overlap(here, pairs(m.title + texts.get(pk, ""))), pk) for pk, m in others.items()]
    return [others[pk] for score, pk in sorted(scored, reverse=True)[:most] if score >= ALIKE]


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters (二字组)."""
    bare = "".join(c for c in text[:400] if c.isalnum())
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def overlap(left: set[str], right: set[str]) -> float:
    """Return how much of the shorter is in the other (重合度), 0 to 1."""
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def units() -> list[Unit]:
    """Return the units a matter can be handed to (可派单位): all but crews, in organisation order."""
    rows = Unit.objects.filter(Q(line=Line.ADMINISTRATION) | Q(kind=Kind.BRANCH), closed=None)
    return list(rows.exclude(kind=Kind.CREW).order_by("line", "position", "code"))


def of_whole_mine() -> list[tuple[str, str]]:
    """Return who reads once a letter is judged (矿领导和机关人员): the person, with unit, titles and name."""
    rows = Appointment.objects.filter(Q(post__role__in=_OF_MINE) | Q(post__unit__kind__in=LEADING,
                                                                     post__role__in=_HEARS))
    rows = on(rows.select_related("person", "post", "post__unit"), clock.today())
    found: dict[int, list[Appointment]] = {}
    for row in rows.order_by("post__unit__position", "post__code", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return [(str(pk), "{} · {}".format("、".join(f"{row.post.unit.name} · {row.post.title}" for row in held),
                                      held[0].person.name)) for pk, held in found.items()]


def said_about(matter: Matter) -> list[str]:
    """Return whom somebody said that a matter is about (已标明的涉及对象), not whom words alone name."""
    rows = list(matter.concerns.filter(mentioned=False).select_related("unit"))
    people = Person.objects.in_bulk({row.person for row in rows if row.person}) if rows else {}
    return [*(row.unit.name for row in rows if row.unit), *sorted(one.name for one in people.values())]


def unit_named(words: str, *, ended: bool = False) -> Unit | None:
    """Return the unit that was typed (识别单位): its name with the code behind, a code, or a plain name.

    `ended`: also one that is no more, whose matters are still looked for.
    """
    words = words.replace("\x00", "").strip()
    if not words:
        return None
    rows = Unit.objects.all() if ended else Unit.objects.filter(closed=None)
    found = rows.filter(code=words.split()[-1]).first()
    if found is None:
        named = list(rows.filter(name__in={words, fold(words)})[:2])
        found = named[0] if len(named) == 1 else None
    return found
