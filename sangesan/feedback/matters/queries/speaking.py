"""What a speaker sees (反映人所见): by receipt, or one's own reports when signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Count, F, prefetch_related_objects
from django.utils.translation import gettext as _

from sangesan.feedback.speakers.models import Identity, Receipt
from sangesan.feedback.speakers.services import find, openings, owned_by
from sangesan.foundation.errors import NotFound
from sangesan.ledger.facts.queries import Proof, Prover, Row, entries
from sangesan.method.authority import Scope
from sangesan.method.lifecycle import STATE_NAMES, By, State, Transition, offered, refusal
from sangesan.method.lifecycle import find as step_of

from ..models import Matter, Message, Rating, Submission
from .access import LOOKED_AT, situation
from .alongside import handlers
from .ordering import FROM_SPEAKER, TO_SPEAKER, in_order


@dataclass(frozen=True)
class Heard:
    """A submission as its speaker sees it (回执内容); `number` is its own, also when it was joined to another."""

    submission: Submission
    matter: Matter
    number: str
    messages: list[Message]
    steps: list[Transition]
    rated: bool

    @cached_property
    def openings(self) -> list[str]:
        """The posts that opened the speaker's identity (查看记录), one entry each time."""
        return openings(self.submission.receipt)

    @cached_property
    def identity(self) -> Identity | None:
        """What is kept of who spoke (所留身份), None of the anonymous and of what time has cleared."""
        return getattr(self.submission.receipt, "identity", None)

    @property
    def name_kept(self) -> bool:
        """Whether a name or a contact lies here still, so that its speaker may have it erased (可否删除姓名)."""
        return self.identity is not None and bool(bytes(self.identity.sealed))

    @property
    def name_erased(self) -> date | None:
        """The day on which the speaker had the name erased (姓名删除日)."""
        return self.identity.erased if self.identity is not None else None

    def may(self, action: str) -> bool:
        """Return whether the speaker may take that step now (可否)."""
        return any(step.action == action for step in self.steps)

    @property
    def in_hand(self) -> bool:
        """Whether a unit has it in hand (有单位在办), and it was not taken back from one that it is about."""
        taken = self.matter.state == State.RETURNED and self.matter.concerns.all()
        return not taken and any(row.until is None for row in self.matter.assignments.all())

    @property
    def asks_again(self) -> bool:
        """Whether a review was decided already, so that what is asked for now is a re-review (是否申请复核)."""
        return self.may("third_review") or situation(self.matter).upheld

    def refusal(self, action: str) -> str:
        """Return why the speaker may not take that step now (不能的原因), '' where the state alone says it."""
        here = situation(self.matter)
        step = step_of(action, here) if self.submission.withdrawn is None else None
        return str(refusal(step, here) or "") if step is not None else ""

    @cached_property
    def disputed(self) -> bool:
        """Whether it is handled anew because another speaker was not satisfied (他人不满意而重办); never who."""
        if not self.matter.reopened or self.matter.answered_at or not self.matter.is_open:
            return False
        return any(one.reopens and one.round == self.matter.reopened - 1 and one.submission_id != self.submission.pk
                   for one in self.matter.ratings.all())

    @property
    def own_rating(self) -> Rating | None:
        """How this speaker rated the answer before the present round (本人的评价)."""
        before = self.matter.reopened - 1
        return next((one for one in self.submission.ratings.all() if one.round == before), None)

    @property
    def state(self) -> State:
        """How it stands for this speaker (对本人的状态): who took their words back of a group matter waits no more."""
        return State.WITHDRAWN if self.submission.withdrawn else State(self.matter.state)

    @property
    def state_name(self) -> str:
        return _(STATE_NAMES[self.state])

    @property
    def open(self) -> set[str]:
        """The names of the steps open to the speaker (可做的操作)."""
        return {step.action for step in self.steps}


def proof(found: Heard) -> Proof | None:
    """Return the proof that a word is in a published seal (存证证明), None until the night has sealed it."""
    return proofs([found], Prover()).get(found.submission.pk)


def proofs(found: Collection[Heard], prover: Prover) -> dict[int, Proof]:
    """Return the proofs of many words (各件存证证明), by submission; those not sealed yet are missing."""
    said = [one.submission for one in found if one.submission.recorded]
    if not said:
        return {}
    facts: dict[str, list[Row]] = defaultdict(list)
    for fact in entries(kinds=["matter.received"], subjects={s.matter.subject for s in said}, include_reversed=True):
        facts[fact.subject].append(fact)
    mine = {s.pk: _received(s, facts[s.matter.subject]) for s in said if facts[s.matter.subject]}
    proved = prover.proofs(set(mine.values()))
    return {pk: proved[fact] for pk, fact in mine.items() if fact in proved}


def _received(said: Submission, facts: list[Row]) -> int:
    """Return the fact that tells of a word (登记条目): of its day and channel; alike ones tell the same."""
    return next((f.id for f in facts if f.day == said.day and f.content["channel"] == said.channel), facts[0].id)


def heard(code: str, *, on: date | None = None) -> Heard | None:
    """Return what a receipt opens (凭回执查询), or None; a wrong one costs the same look-up.

    `on` is the day on which its holder asked, when that is over (外部信箱): a right used in time stays so.
    """
    receipt = find(code)
    return _heard(receipt, on) if receipt is not None else None


def heard_as(receipt: Receipt) -> Heard:
    """Return what a speaker holds (反映人所持), for what the office enters in their place."""
    found = _heard(receipt)
    if found is None:
        raise NotFound()
    return found


def heard_by(receipts: Collection[Receipt]) -> dict[int, Heard]:
    """Return what became of the words of many receipts (各回执的办理), by receipt: for what goes out sealed to each."""
    rows = list(Submission.objects.filter(receipt__in=receipts).select_related(
        "matter", "matter__lead", "receipt__identity"))
    now = answering([said.matter for said in rows])
    prefetch_related_objects(rows, "ratings")
    matters = [*{said.matter.pk: said.matter for said in rows}.values(), *now.values()]
    prefetch_related_objects(matters, *LOOKED_AT, "assignments", "concerns")
    return {said.receipt_id: _told(said, now[said.matter_id]) for said in rows}


def own(scope: Scope, number: str) -> Heard:
    """Return what one's own report became (本人上报). Raises NotFound, absent or somebody else's alike."""
    if scope.person and "\x00" not in number:
        said = Submission.objects.filter(receipt__owner=owned_by(scope.person), matter__number=number)
        receipt = Receipt.objects.filter(pk__in=said.values("receipt")).first()
        found = _heard(receipt) if receipt is not None else None
        if found is not None:
            return _unrated_by_hands(found, scope.person)
    raise NotFound()


def _unrated_by_hands(found: Heard, person: int) -> Heard:
    """Keep whoever answered a matter, or approved the answer, from rating it as its speaker (不自评)."""
    if person in handlers(found.matter) or found.matter.answers.filter(judge=person).exists():
        return replace(found, steps=[s for s in found.steps if s.action not in ("rate", "dissatisfied")])
    return found


def opened(by: str | Heard) -> Heard | None:
    """Return what a speaker holds open (反映人所持): a receipt code, or what their own report opened."""
    return heard(by) if isinstance(by, str) else by


@dataclass(frozen=True)
class Report:
    """A report as its author sees it (我的上报): what was said, what answers it now, the words since."""

    said: Submission
    matter: Matter
    messages: list[Message]
    photos: int

    @property
    def headline(self) -> str:
        return self.said.matter.title

    @property
    def answer(self) -> str:
        """The last word that came back (最近答复)."""
        return next((m.text for m in reversed(self.messages) if m.kind in TO_SPEAKER), "")


def mine(scope: Scope) -> list[Report]:
    """Return the reports a signed-in person made (我的上报), newest first."""
    if not scope.person:
        return []
    rows = Submission.objects.filter(receipt__owner=owned_by(scope.person)).annotate(n=Count("attachments"))
    found = list(rows.select_related("matter__lead", "matter__unit").order_by("-day", "-pk")[:100])
    joined = answering([said.matter for said in found])
    now = {said.pk: joined[said.matter_id] for said in found}
    rows = Message.objects.filter(kind__in=TO_SPEAKER + FROM_SPEAKER, matter__in={
        pk for said in found for pk in (said.matter_id, now[said.pk].pk)})
    exchanged = list(rows.order_by("day", F("at").asc(nulls_last=True), "pk"))
    return [Report(said, now[said.pk], [
        m for m in exchanged if m.matter_id in (said.matter_id, now[said.pk].pk) and m.submission_id in (None, said.pk)
    ], said.n) for said in found]


def _heard(receipt: Receipt, on: date | None = None) -> Heard | None:
    said = Submission.objects.select_related("matter", "matter__lead", "receipt__identity").filter(
        receipt=receipt).first()
    return _told(said, answering([said.matter])[said.matter_id], on) if said is not None else None


def _told(said: Submission, matter: Matter, on: date | None = None) -> Heard:
    if matter.cleared_on or said.matter.cleared_on:
        return Heard(said, matter, said.matter.number, [], [], rated=True)
    rows = [m for m in matter.messages.all() if m.submission_id in (None, said.pk)]
    if matter.pk != said.matter_id:
        rows += said.matter.messages.all()
    rows = in_order((m for m in rows if m.kind in TO_SPEAKER + FROM_SPEAKER), matter)
    rated = any(rating.round == matter.reopened for rating in said.ratings.all())
    seen = replace(situation(matter, on=on), rated=rated)
    steps = [s for s in offered(seen, lambda step: True, By.SPEAKER)
             if said.withdrawn is None and not (rated and s.action == "dissatisfied")]
    return Heard(said, matter, said.matter.number, rows, steps, rated)


def answering(matters: Collection[Matter]) -> dict[int, Matter]:
    """Return the matters that answer these (并入的事项): each itself unless it was joined to another."""
    known = {matter.pk: matter for matter in matters}
    while above := {m.parent_id for m in known.values() if m.parent_id} - known.keys():
        known |= {m.pk: m for m in Matter.objects.select_related("lead").filter(pk__in=above)}

    def last(matter: Matter) -> Matter:
        return last(known[matter.parent_id]) if matter.parent_id else matter

    return {matter.pk: last(matter) for matter in matters}
