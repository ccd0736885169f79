"""Recusal (回避): whom a matter is about is shut out, and it is taken from whoever has no other hands for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Role, Scope
from sangesan.method.facts import MatterReturned
from sangesan.method.lifecycle import find
from sangesan.method.wrongs import ill
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.queries import subtree

from ..models import Assignment, Case, Concern, Matter, Message, Pause, Submission
from ..queries.access import situation
from ..queries.designations import LEADING
from ..queries.first_readers import first_named, forget
from ..queries.hands import hands, readers
from ..queries.mentioned import bystanders, mentioned, yours
from ..queries.nearby import all_said, read
from ..queries.ordering import turn_of
from ..queries.suspected import assumed
from ..signals import moved
from ..words import CARE, CONDUCT
from . import clocks
from .judging import let_read_unjudged
from .pausing import lapse, open_pause
from .steps import claim


def shut(matter: Matter, rows: Iterable[dict], *, by_words: bool = False) -> None:
    """Write whom a matter, and all that was joined to it, is about (登记涉及对象), and take it out of their hands."""
    family, rows = [matter, *matter.joined.all()], list(rows)
    for row in rows:  # whoever is shut out already is from now on for this reason as well
        known = Concern.objects.filter(matter__in=family, **row)
        if by_words:
            known.filter(by_words=False).update(by_words=True)
        else:
            known.filter(mentioned=True).update(mentioned=False)
    Concern.objects.bulk_create([Concern(matter=m, mentioned=by_words, by_words=by_words, **row)
                                 for m in family for row in rows], ignore_conflicts=True)
    people = {row["person"] for row in rows if row.get("person")}
    Assignment.objects.filter(matter__in=family, until=None, handler__in=people).update(handler=0)
    _forget(family)
    let_read_unjudged(matter)
    _take_cases(family, people, {row["post"] for row in rows if row.get("post")}, by_words=by_words)


def _take_cases(family: list[Matter], people: set[int], posts: set[str], *, by_words: bool) -> None:
    """End the case of a leader whom the matter turned out to be about (包案领导回避): another takes it on.

    Whoever is shut out could not sign its end, and nobody else may. By the words alone only the day is kept.
    """
    day, now = clock.today(), clock.now()
    for case in Case.objects.filter(matter__in=family, signed_at=None):
        held = Appointment.objects.filter(post__code=case.leader, since__lte=day).exclude(until__lte=day)
        if case.leader in posts or people & set(held.values_list("person_id", flat=True)):
            Case.objects.filter(pk=case.pk, signed_at=None).update(
                signed_at=clock.midnight() if by_words else now, conclusion=_("包案领导应当回避，请另定包案领导"))


def heed(matter: Matter, *, only_mentioned: bool = False, units: Iterable[int] = ()) -> None:
    """Shut out whom the words name (提到即回避): it costs them a matter, the other way it costs a speaker.

    Where they tell of a wrong and accuse nobody they name, it may be whoever leads where it arose (疑似检举先回避).
    Where triage says that they are only mentioned, those who were shut out by the words alone read it again.
    """
    if not only_mentioned:
        found = mentioned(matter, units=units)
        _shut_named(matter, [*found, *assumed(matter, found)], all_said(matter))
        _shut_persons(matter, bystanders(matter))
        return
    family = [matter, *matter.joined.all()]
    Concern.objects.filter(matter__in=family, mentioned=True).delete()
    _forget(family)


def heed_again(matter: Matter, people: set[int], posts: set[str]) -> None:
    """Look anew whether the words name those of whom it was said in error that it is about them (重新审读).

    Of nobody else: of the others triage may have said that they are only mentioned.
    """
    _forget([matter, *matter.joined.all()])
    found = mentioned(matter)
    found += assumed(matter, found)
    _shut_named(matter, [row for row in found if row.person_id in people or row.post.code in posts], all_said(matter))
    _shut_persons(matter, [person for person in bystanders(matter) if person in people])


def heed_due(most: int = 300) -> int:
    """Look for whom the words name in what came in (审读来件), soon after: who is named may be appointed tomorrow.

    Whoever holds a post then and reads what waits is no stranger to it any more. What was handed over meanwhile was
    looked through by that, and triage may have said that they are only mentioned. Safe to run twice; the newest
    first, and few in one round, so that a registry of old letters keeps neither them nor other rounds waiting.
    """
    faults: dict[int, Exception] = {}
    count = heed_some(most, faults)
    raise_all(faults)
    return count


def heed_some(most: int, faults: dict[int, Exception]) -> int:
    """Look through some of what came in (审读一批), and keep what failed and why; what failed before is passed over."""
    rows = Submission.objects.filter(heeded=False).exclude(matter__kind=CARE).exclude(matter__in=list(faults))
    keys = list(dict.fromkeys(rows.order_by("-day", "pk").values_list("matter_id", flat=True)[:most]))
    if keys:
        forget()
    for pk in keys:
        try:
            heed_one(pk)
        except Exception as fault:  # one that fails keeps no other from being looked through
            faults[pk] = fault
    return len(keys)


def raise_all(faults: dict[int, Exception]) -> None:
    """Raise what failed (一并报错), once all the others are done, so that health tells of it."""
    if faults:
        raise ExceptionGroup("heeding", list(faults.values()))


@transaction.atomic
def heed_one(pk: int) -> None:
    """Look through one matter unless it was handed over (审读一件), and mark it."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("parent").get(pk=pk)
    if not any(one.dispatched_at for one in (matter, matter.parent) if one):
        _heed_waiting(matter)
    matter.submissions.update(heeded=True)


def _heed_waiting(matter: Matter) -> None:
    known = matter.concerns.count()
    heed(matter)
    if matter.concerns.count() > known and matter.release_at is None and not matter.sealed:
        moved.send(Matter, matter=matter, action="named", scope=None)


def heed_first(matter: Matter, words: str, heading: str = "", papers: str = "") -> None:
    """Shut out whom the first words name of those who read before a unit has it in hand (先阅即回避).

    A heading that somebody wrote is kept covered, and the words of documents are not kept, so whom they name is shut
    out while they can still be read.
    """
    found = first_named(matter, words)
    if lost := "\n".join(filter(None, (heading if matter.title != heading else "", papers))):
        found += mentioned(matter, lost)
        _shut_persons(matter, bystanders(matter, lost))
    _shut_named(matter, found, f"{words}\n{heading}\n{papers}")
    if found and matter.release_at is None:
        moved.send(Matter, matter=matter, action="named", scope=None)


def shut_hands(matter: Matter) -> bool:
    """Shut out whoever has a matter in hand, for its speaker says that it is they (反映人说的就是在办的人)."""
    rows = hands(matter)
    if rows:
        shut(matter, rows, by_words=True)
    return bool(rows)


def shut_readers(matter: Matter) -> bool:
    """Shut out whoever takes letters in and triages them, for the speaker says that it is they (说的就是收信的人)."""
    rows = readers(matter)
    if rows:
        shut(matter, rows, by_words=True)
    return bool(rows)


def heed_later(matter: Matter, words: str, said: Submission, *, hands_shut: bool = False) -> None:
    """Look through what a speaker says later as through the first words (补充同审); what follows, follows at once.

    Of a speaker's deed only the day is kept: no fact tells when the matter was taken back. With `hands_shut` whoever
    has it in hand was shut out already, and it is taken back whomever the words name.
    """
    found = _named_later(matter, words)
    found += assumed(matter, found, later=words)
    _shut_persons(matter, bystanders(matter, words))
    if not found and not hands_shut:
        return
    _shut_named(matter, found, words)
    claim(matter, None, scope=None, action="concern")
    moved.send(Matter, matter=matter, action="named", scope=None)
    if take_away(matter, None, whoever=hands_shut):
        text = (_("您说明这段话说的是办这件事的人，事项已经收回，另行交办，他们看不到这件。") if hands_shut
                else _("您后来的话可能说到在办单位的负责人，事项已经收回，另行交办，他看不到这件。"))
        Message.objects.create(matter=matter, submission=said, kind="told", day=clock.today(),
                               turn=turn_of(matter, said), text=text)


def _named_later(matter: Matter, words: str) -> list[Appointment]:
    """Return whom later words name (后话点到的人): by themselves, or with the wrong that was told before.

    Whom they tell the unit of that has it in hand leads it: 你们科长.
    """
    found, whole = mentioned(matter, words), all_said(matter)
    found += [row for row in yours(matter, words) if row.pk not in {one.pk for one in found}]
    before = whole.replace(words, "", 1)
    if ill(read(before)):
        known = {row.pk for row in (*found, *mentioned(matter, before))}
        found += [row for row in mentioned(matter, whole) if row.pk not in known]
    return found


def _shut_named(matter: Matter, found: list[Appointment], words: str) -> None:
    """Shut out persons, and with the post of a head whoever is only under it.

    Who is under the mine's leaders is the mine: their posts stay open. So does the post over triage where nothing
    ill is told: nobody would be left to say that its head is only mentioned.
    """
    persons = {row.person_id: {"person": row.person_id} for row in found}
    heads = [row.post for row in found if row.post.head and row.post.unit.kind not in LEADING]
    if heads and matter.category != CONDUCT and not ill(read(words)):
        triage = set(Post.objects.filter(role=Role.TRIAGE.value, unit__in=[post.unit_id for post in heads],
                                         until=None).values_list("unit_id", flat=True))
        heads = [post for post in heads if post.unit_id not in triage]
    posts = {post.code: {"post": post.code} for post in heads}
    if persons:
        shut(matter, [*persons.values(), *posts.values()], by_words=True)


def _shut_persons(matter: Matter, persons: list[int]) -> None:
    if persons:
        shut(matter, [{"person": person} for person in persons], by_words=True)


def _forget(family: Iterable[Matter]) -> None:
    for one in family:
        one.__dict__.pop("_concerns", None)
        one.__dict__.pop("_reaches", None)


def take_away(matter: Matter, scope: Scope | None, *, whoever: bool = False) -> bool:
    """Take a matter back (回避收回) where it turned out to be about the unit in charge; what that had asked for lapses.

    Whoever only helps can't act in its place, so triage has to say who does. `whoever` has it in hand, it is taken.
    """
    step = find("recuse", situation(matter))
    leads = matter.assignments.filter(until=None, leads=True).values_list("unit_id", flat=True)
    if step is None or (not whoever and independent(matter, leads)):
        return False
    matter.answers.filter(outcome="waiting").update(outcome="taken_back")
    lapse(matter)
    paused, before = open_pause(matter), clocks.snapshot(matter)
    again = clocks.restarted(matter, paused, clocks.since(scope)) if paused else {}
    claim(matter, step.target, scope=scope, action="recuse", **again)
    if paused:
        Pause.objects.filter(pk=paused.pk).update(resumed_at=clocks.since(scope))
        clocks.keep(matter, before, "resumed", scope.person if scope else 0, spoken=scope is None, event="resumed")
    if scope is not None:
        record(MatterReturned(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                              quantity=matter.returns, reason="recused"), actor=scope.actor)
    return True


def in_hand(matter: Matter) -> list[int]:
    """Return the units that have a matter in hand (在办单位), in the lead or in support."""
    return list(matter.assignments.filter(until=None).values_list("unit_id", flat=True))


def independent(matter: Matter, units: Iterable[int]) -> bool:
    """Return whether one of the units is none of those a matter is about (有无无关单位)."""
    about = set(matter.concerns.filter(unit__isnull=False).values_list("unit_id", flat=True))
    codes = list(matter.concerns.exclude(post="").values_list("post", flat=True))
    about |= set(Post.objects.filter(code__in=codes, head=True).values_list("unit_id", flat=True))
    shut = {below for unit in about for below in subtree(unit, clock.today())}
    return not about or any(unit not in shut for unit in units)


def require_independent(matter: Matter, units: Iterable[int]) -> None:
    """Refuse to route a matter to those it is about, alone (回避)."""
    if not independent(matter, units):
        raise UserError(_("没有派单"), why=_("事项反映的就是这个单位或它的负责人，不能只交给它办理"),
                        next=_("请派给上一级或无关单位，或加一个无关的协办单位；只是提到他的，请勾选“只是提到”"),
                        code="conflict_of_interest")
