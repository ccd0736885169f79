"""What a speaker sees (反映人所见): by receipt, or one's own reports when signed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, F

from sangesan.feedback.speakers.models import Receipt
from sangesan.feedback.speakers.services import find, openings, owned_by
from sangesan.foundation.errors import NotFound
from sangesan.ledger.facts.queries import Proof, history, proof_of
from sangesan.method.authority import Scope
from sangesan.method.lifecycle import By, Transition, offered

from ..models import Matter, Message, Submission
from .access import situation
from .detail import FROM_SPEAKER, TO_SPEAKER, handlers, within


@dataclass(frozen=True)
class Heard:
    """A submission as its speaker sees it (回执内容). `asked` is the joined matter's own number."""

    submission: Submission
    matter: Matter
    number: str
    messages: list[Message]
    steps: list[Transition]
    openings: list[str]
    rated: bool

    def may(self, action: str) -> bool:
        """Return whether the speaker may take that step now (可否)."""
        return any(step.action == action for step in self.steps)

    @property
    def open(self) -> set[str]:
        """The names of the steps open to the speaker (可做的操作)."""
        return {step.action for step in self.steps}


def proof(found: Heard) -> Proof | None:
    """Return the proof that a word is in a published seal (存证证明), None until the night has sealed it."""
    said = found.submission
    facts = [f for f in history(said.matter.subject) if f.kind == "matter.received"]
    mine = [f for f in facts if f.day == said.day and f.content["channel"] == said.channel] or facts
    return proof_of(mine[0].id) if said.recorded and mine else None


def heard(code: str, *, on: date | None = None) -> Heard | None:
    """Return what a receipt opens (凭回执查询), or None; a wrong one costs the same look-up.

    `on` is the day on which its holder asked, when that is over (外部信箱): a right used in time stays so.
    """
    receipt = find(code)
    return _heard(receipt, on) if receipt is not None else None


def heard_by(receipt: Receipt) -> Heard | None:
    """Return what became of the word of a receipt (某回执的办理), for what goes out sealed to it."""
    return _heard(receipt)


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
    found = list(rows.select_related("matter__parent", "matter__lead", "matter__unit").order_by("-day", "-pk")[:100])
    now = {said.pk: answering(said.matter) for said in found}
    rows = Message.objects.filter(kind__in=TO_SPEAKER + FROM_SPEAKER, matter__in={
        pk for said in found for pk in (said.matter_id, now[said.pk].pk)})
    exchanged = list(rows.order_by("day", F("at").asc(nulls_last=True), "pk"))
    return [Report(said, now[said.pk], [
        m for m in exchanged if m.matter_id in (said.matter_id, now[said.pk].pk) and m.submission_id in (None, said.pk)
    ], said.n) for said in found]


def _heard(receipt: Receipt, on: date | None = None) -> Heard | None:
    said = Submission.objects.select_related("matter", "matter__parent", "matter__lead").filter(receipt=receipt).first()
    if said is None:
        return None
    matter = answering(said.matter)
    if matter.cleared_on or said.matter.cleared_on:
        return Heard(said, matter, said.matter.number, [], [], [], rated=True)
    rows = [m for m in matter.messages.filter(kind__in=TO_SPEAKER + FROM_SPEAKER)
            if m.submission_id in (None, said.pk)]
    if matter.pk != said.matter_id:
        rows += [m for m in said.matter.messages.filter(kind__in=TO_SPEAKER + FROM_SPEAKER)]
    rows.sort(key=lambda m: within(m.day, m.at))
    rated = said.ratings.filter(round=matter.reopened).exists()
    seen = replace(situation(matter, on=on), rated=rated)
    steps = [s for s in offered(seen, lambda step: True, By.SPEAKER) if not (rated and s.action == "dissatisfied")]
    return Heard(said, matter, said.matter.number, rows, steps, openings(receipt), rated)


def answering(matter: Matter) -> Matter:
    """Return the matter that answers this one (并入的事项): itself unless it was joined to another."""
    for _ in range(16):
        if matter.parent is None:
            return matter
        matter = Matter.objects.select_related("parent", "lead").get(pk=matter.parent_id)
    return matter
