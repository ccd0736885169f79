"""The veil (遮盖): personal data in what was said is covered for everyone but the officer in charge.

In charge is whoever must act on the words themselves: triage, which decides where they go, and
the unit that has the matter in hand; once somebody there has signed for it, that person alone while in office.
A superior who approves, supervises or reads along needs the matter, not the card number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from sangesan.feedback.speakers.services import names_of
from sangesan.foundation.memory import remembered
from sangesan.method import masking
from sangesan.method.authority import Action, Scope, may
from sangesan.method.folding import fold
from sangesan.organization.people.queries import known_names, scopes_of

from ..models import Matter, Submission
from ..words import RESPONSIBLE
from .access import thing_of

OPENLY = ("named",)


@remembered
def roster() -> masking.Names:
    """Return the names of the roster (花名册姓名), as they stand in texts, of those who left as well."""
    return masking.Names(known_names())


def masked(text: str) -> str:
    """Return a text as everybody may read it (遮盖后)."""
    return masking.mask(text, roster())


def masker() -> Callable[[str], str]:
    """Return what covers many texts (批量遮盖), the roster read once."""
    names = roster()
    return lambda text: masking.mask(text, names)


def unnamed(matters: Iterable[int], *, joined: bool = True, modes: Iterable[str] = (),
            known: masking.Names = masking.NO_NAMES, receipts: Iterable[int] = ()) -> Callable[[str], str]:
    """Return what covers the names of those who spoke of some matters (遮盖反映人姓名), whom no roster need know.

    What is put out names none of them, nor, unless `joined` is False, who spoke of the same elsewhere. Whoever
    writes it may learn before that only names that were given openly (`modes`): covered, a name would be a hit, by
    which somebody could try who it is, and no opening would be noted. Names that are `known` are left to others.
    `receipts` are of others whom what is put out does not name either.
    """
    keys = set(matters)
    said = Q(matter__in=keys)
    if joined:
        above = set(Matter.objects.filter(pk__in=keys).values_list("parent_id", flat=True)) - {None}
        said |= Q(matter__in=above) | Q(matter__in=Matter.objects.filter(parent__in=keys | above).values("pk"))
    kept = Submission.objects.filter(said, **({"mode__in": list(modes)} if modes else {}))
    held = {*kept.values_list("receipt_id", flat=True), *receipts}
    names = [name for name in names_of(held) if fold(name) not in known.all]
    return lambda text: masking.cover_names(text, names)


def alike(matters: Iterable[int], *, modes: Iterable[str] = ()) -> Callable[[str], str]:
    """Return what covers all names in what one officer alone puts on paper (一律遮盖), with personal data.

    Of the roster all are covered by one rule, whether they spoke or not: whoever spoke would stand out among names
    that were typed only to try them. Of those no roster knows, whoever `unnamed` covers.
    """
    everybody = roster()
    outside = unnamed(matters, modes=modes, known=everybody)
    return lambda text: outside(masking.mask(text, everybody))


@dataclass(frozen=True)
class Veil:
    """How one person reads one matter (所见文字): as it was said, or covered."""

    names: masking.Names
    lifted: bool

    def read(self, text: str) -> str:
        """Return the text as this person reads it (所见)."""
        return text if self.lifted else masking.mask(text, self.names)

    def over(self, rows: Iterable[Model], *fields: str) -> None:
        """Put the veil over some fields of rows (遮盖各栏), in memory alone: they are to be shown, not stored."""
        for row in rows:
            for field in fields:
                setattr(row, field, self.read(getattr(row, field)))

    def parts(self, text: str) -> list[tuple[str, str]]:
        """Return the text in parts, each with what was found in it (分段), covered or marked."""
        cut = masking.parts(text, self.names)
        return cut if self.lifted else [(f"［{kind}］" if kind else part, kind) for part, kind in cut]


def veil(scope: Scope, matter: Matter) -> Veil:
    """Return how a scope reads a matter (所见文字)."""
    return Veil(roster(), in_charge(scope, matter))


def planned(how: Veil) -> Callable[[str], str]:
    """Return how one person reads plans of measures (所见措施): whoever is to carry one out stays named.

    A name in that field is staff at work, no datum of the speaker. Whoever spoke stays named there like anybody
    else: covered alone among those who were typed, the name would tell who it was, and no opening would be noted.
    """
    def read(text: str) -> str:
        head, field, rest = text.rpartition(f"\n{RESPONSIBLE}")
        if how.lifted or not field:
            return how.read(text)
        who, line, tail = rest.partition("\n")
        return f"{how.read(head)}{field}{masking.mask(who)}{line}{how.read(tail)}"
    return read


def in_charge(scope: Scope, matter: Matter) -> bool:
    """Return whether a scope is in charge of a matter (是否经办).

    Where whoever signed for it is in office no more, whoever acts for the vacancy is: they handle it, and must be
    able to ring the speaker. Whoever stands in for them is as well.
    """
    keeper = thing_of(matter).keeper
    if keeper is not None:
        return may(scope, keeper, thing_of(matter))
    if may(scope, Action.TRIAGE, thing_of(matter)):
        return True
    hands = dict(matter.assignments.filter(until=None).exclude(handler=0).values_list("handler", "leads"))
    if scope.selves & hands.keys():
        return True
    lead = thing_of(matter, lead=True)
    if matter.lead_id is None or not may(scope, Action.HANDLE, lead):
        return False
    signed = scopes_of([hand for hand, leads in hands.items() if leads])
    return not any(may(one, Action.HANDLE, lead) for one in signed.values())


def unveiled(scope: Scope, rows: Iterable, matter: Matter) -> list:
    """Give submissions their parts as a scope reads them (附所见文字)."""
    how, found = veil(scope, matter), list(rows)
    for one in found:
        one.parts = how.parts(one.text)
        one.found = any(kind for _part, kind in one.parts)
        one.lifted = how.lifted
    return found
