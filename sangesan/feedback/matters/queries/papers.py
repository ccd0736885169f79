"""Papers of a matter (事项文书): which may be issued, what each says from what was entered, whom it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.facts.queries import history
from sangesan.method import masking
from sangesan.method.authority import Scope, may
from sangesan.method.lifecycle import State
from sangesan.method.papers import Case, Paper, Stage, composed, offered, paper, proposed
from sangesan.method.terms import WRITTEN, Procedure
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents.models import Document
from sangesan.organization.units.models import Unit

from ..models import Matter, Review
from ..models.supervising import OF_OFFICE
from ..words import SOLVED
from .access import matter_for, situation, thing_of
from .recipients import ROUNDS, addressee, of_paper, reviews
from .reviews import reviewing_unit
from .rounds import standing
from .veil import OPENLY, alike, in_charge, veil

TOLD_IN_REPORTS = ("first_answer", "plan", "note")
LONGEST_STEP = 200


def stage(matter: Matter) -> Stage:
    """Return what decides which papers make sense (所处阶段)."""
    return Stage(
        state=State(matter.state), sealed=matter.sealed, history=matter.history, lead=matter.lead_id is not None,
        dispatched=matter.dispatched_at is not None, supervised=matter.supervised_at is not None
        and not matter.supervisions.filter(OF_OFFICE, state="open").exists(),
        answered=matter.answers.filter(outcome="approved").exists(),
        extended=matter.extensions.filter(outcome="granted", round=matter.reopened).exists(),
        reviewed=frozenset(reviews(matter).values_list("round", flat=True)), disputed=_disputed(matter),
    )


def _disputed(matter: Matter) -> bool:
    """Return whether a review of the answer that stands was asked for or decided (已申请复查)."""
    if not matter.reviews:  # counted when asked for
        return False
    if matter.reviewed.filter(outcome="waiting").exists():
        return True
    answered = matter.answers.filter(outcome="approved").order_by("-judged_at").values_list("judged_at", flat=True)
    decided = matter.reviewed.filter(outcome__in=("uphold", "change"))
    return bool(answered) and decided.filter(decided_at__gte=answered[0]).exists()


def papers_for(scope: Scope, matter: Matter, among: Sequence[Document] | None = None) -> list[Paper]:
    """Return the papers a scope may issue about a matter now (可印发的文书): none that stands for this round.

    `among` is what was issued about it, where the caller has asked already.
    """
    stands = standing(matter, issued(matter) if among is None else among)
    return [kind for kind in _timely(scope, matter) if kind.slug not in stands]


def _timely(scope: Scope, matter: Matter) -> list[Paper]:
    return [p for p in offered(stage(matter)) if may(scope, p.permission, thing_of(matter))]


def paper_for(scope: Scope, matter: Matter, slug: str, replaces: int = 0) -> Paper:
    """Return one of them (取文种); a correction may come later than its time.

    Raises NotFound, and Conflict where the same paper stands for this round: what else is to be said corrects it.
    So does what would correct a paper of a round before: it would carry this round's words.
    """
    before = issued(matter)
    old = next((d for d in before if d.pk == replaces and d.kind == slug), None) if replaces else None
    if old is not None:
        found = _corrected(scope, matter, old, before)
    else:
        found = next((p for p in _timely(scope, matter) if p.slug == slug), None)
        first = standing(matter, before).get(slug)
        if found is not None and first is not None:
            raise Conflict(_("没有再次印发"), code="issued", why=_("本轮的%(name)s已于 %(day)s 印发，是 %(number)s") % {
                "name": first.name, "day": f"{clock.local(first.issued_at):%F}", "number": first.number},
                next=_("请在事项页“文书”栏查看；要改内容，请在那里点“更正”并写明理由"))
    if found is None:
        raise NotFound()
    return found


def _corrected(scope: Scope, matter: Matter, old: Document, among: Sequence[Document]) -> Paper | None:
    """Return the paper to correct (所更正文种), None where one may not. Raises Conflict for one of a round before."""
    kind = paper(old.kind)
    if matter.sealed or kind is None or not may(scope, kind.permission, thing_of(matter)):
        return None
    if old in correctable(scope, matter, among):
        return kind
    if getattr(old, "replacement", None) is not None:  # replaced before: whoever issues is told so
        return kind
    raise Conflict(_("没有更正"), code="past", why=_("%(number)s 是本轮以前的%(name)s，所说的事已经变了") % {
        "number": old.number, "name": old.name}, next=_("请印发本轮的%s；以前的一件照原样留存") % old.name)


def case_of(matter: Matter, slug: str, asked: Mapping[str, str]) -> Case:
    """Return what the papers tell of (案情): from the steps that were taken, nothing typed twice."""
    facts = {row.kind: row for row in history(matter.subject)}
    extension = matter.extensions.filter(outcome="granted").order_by("pk").last()
    answer = matter.answers.filter(outcome="approved").order_by("judged_at", "pk").last()
    remark = matter.messages.filter(kind="remark").order_by("at").last()
    review = of_paper(matter, slug)
    watched = matter.supervisions.filter(state__in=["open", "ended"]).order_by("pk").last()
    ratings = list(matter.ratings.order_by("round").values_list("solved", flat=True))
    declined, moved = facts.get("matter.declined"), facts.get("matter.extended")
    return Case(
        number=matter.number, received=matter.received_day, channel=str(matter.channel_name),
        category=str(matter.category_name), grade=matter.grade, lead=matter.lead.name if matter.lead else "",
        above=_above(matter, review if slug in ROUNDS else None), dispatched=_day(matter.dispatched_at),
        due=_day(matter.due_at), over=bool(matter.due_at and clock.now() > matter.due_at), today=clock.today(),
        simple=matter.procedure == Procedure.SIMPLE, remark=remark.text if remark else "",
        extended_to=date.fromisoformat(str(moved.content["due_day"])) if moved else None,
        extended_reason=extension.reason if extension else "",
        decline=str(declined.content["reason"]) if declined else "", told=matter.told,
        answer=answer.text if answer else "", answered=_day(matter.answered_at) or _day(answer and answer.judged_at),
        in_time=not matter.answered_late, supervision=watched.text if watched else "",
        trigger=str(watched.trigger_name) if watched else "",
        review=review.outcome if review else "", review_text=review.conclusion if review else "",
        review_asked=review.asked_on if review else None,
        **_before(matter, review), right=right_of(matter, slug) if slug in WRITTEN else "",
        steps=tuple((m.day, m.text[:LONGEST_STEP]) for m in
                    matter.messages.filter(kind__in=TOLD_IN_REPORTS).order_by("day", "at")),
        rating=str(matter.rating_name), solved=str(SOLVED.get(ratings[-1], "")) if ratings else "",
        closed=_day(matter.closed_at), asked=dict(asked),
    )


def _above(matter: Matter, review: Review | None) -> str:
    """Return who would review it next (上一级单位): after the top of the enterprise the unit above it, not itself."""
    unit = reviewing_unit(matter, after=review.unit_id if review else 0)
    return _("上级单位") if review and unit == review.unit_id else Unit.objects.get(pk=unit).name


def _before(matter: Matter, review: Review | None) -> dict[str, str]:
    """Return which papers a review stands on (所据文书), by whom each: those of this round, none of one before."""
    stands = standing(matter, issued(matter))
    opinion, second = stands.get("opinion"), stands.get("second_review")
    told = {"opinion_number": opinion.number, "opinion_by": opinion.issuer.name} if opinion else {}
    if review is not None and review.round == 3:
        row = matter.reviewed.filter(round=2).exclude(decided_at=None).order_by("-decided_at").first()
        told["second_by"] = (row.upper or row.unit.name) if row else ""
        told["second_number"] = second.number if second and row and not row.passed_on else ""
    return told


def right_of(matter: Matter, slug: str) -> str:
    """Return what the right to a review is of what a paper tells (复查、复核权利): open, disputed or lapsed.

    It counts from the day the answer is written, so whoever gets the first paper of a round has it.
    """
    opinion, here = slug == "opinion", situation(matter)
    if _disputed(matter) if opinion else matter.reviewed.filter(round=3).exists():
        return "disputed"
    stands = here.state in (State.ANSWERED, State.CLOSED) and (opinion or here.upheld)
    if stands and not matter.history and slug not in standing(matter, issued(matter)):
        return "open"
    return "open" if (here.review_open if opinion else here.third_review_open) else "lapsed"


def _day(at) -> date | None:
    return clock.local(at).date() if at else None


def drafted(matter: Matter, kind: Paper, asked: Mapping[str, str], *, final: bool = False) -> dict[str, Any]:
    """Return a paper's words before it has a number (文稿). It names no speaker.

    What is typed for it is covered, for a paper leaves the house; of what was entered before, all that goes to
    anybody but the speaker: it was said to the speaker, or of what belongs to one. Names of the roster are covered
    all alike, for whoever types some must not learn which of them spoke. Those no roster knows, who did not give
    theirs openly, are covered when it is `final`: in a preview that would tell who they are.
    """
    cover = alike([matter.pk], modes=() if final else OPENLY)
    asked = {name: cover(text) for name, text in asked.items()}  # several may get it, of one matter
    case = case_of(matter, kind.slug, asked)
    if kind.to != "speaker":
        case = _covered(case, cover)
    to = {"lead": case.lead, "above": asked.get("to", "")}.get(kind.to, "")
    return composed(kind.slug, case) | {"to": to, "subject": matter.number, "asked": dict(asked)}


def _covered(case: Case, cover: Callable[[str], str]) -> Case:
    """Return what the papers tell of without personal numbers and names (遮盖后的案情); units stay named."""
    free = ("remark", "extended_reason", "told", "answer", "supervision", "review_text")
    return replace(case, **{name: cover(getattr(case, name)) for name in free},
                   steps=tuple((day, cover(text)) for day, text in case.steps))


def proposed_for(matter: Matter) -> str:
    """Return what the field 反映事项 starts with (草拟的反映事项): never how a speaker of the matter speaks."""
    return proposed(matter.title, str(matter.category_name), matter.submissions.values_list("text", flat=True))


def told_in(text: str) -> str:
    """Return what an officer adds to a paper as it may stand there (附言): covered, for a paper leaves the house."""
    return masking.mask(text)


def correctable(scope: Scope, matter: Matter, among: Sequence[Document]) -> list[Document]:
    """Return what a scope may put right of what was issued (可更正的文书): whoever may issue the kind, at any time.

    What stands for this round alone: a correction speaks with the words of today, and those are of no round before.
    """
    stands = standing(matter, among)
    kinds = {} if matter.sealed else {d.kind: paper(d.kind) for d in among}
    free = {slug for slug, kind in kinds.items() if kind is not None and may(scope, kind.permission, thing_of(matter))}
    return [d for d in among if d.kind in free and stands.get(d.kind) == d]


def issued(matter: Matter) -> list[Document]:
    """Return what was issued about a matter (已印发), newest first; the caller holds the matter."""
    return documents.documents_of(matter.subject)


def told_for(scope: Scope, number: str, pk: int) -> documents.Told:
    """Return a document for staff (取文书). Raises NotFound, absent or not visible alike.

    Whoever hands it over takes it as it was issued; for others it is covered as the page of the matter is.
    """
    matter, document = matter_for(scope, number), documents.document_for(scope, pk)
    if document.subject != matter.subject:
        raise NotFound()
    told = documents.told(document, to=addressee(matter, document.kind, document.issued_at)
                          if document.to_speaker else "")
    kind = paper(document.kind)
    if in_charge(scope, matter) or (kind is not None and may(scope, kind.permission, thing_of(matter))):
        return told
    read = veil(scope, matter).read
    return replace(told, content={name: _read(said, read) if name in ("parts", "notes", "asked") else said
                                  for name, said in told.content.items()})


def _read(said: Any, read: Callable[[str], str]) -> Any:
    """Return words of any shape as somebody reads them (所见)."""
    if isinstance(said, str):
        return read(said)
    if isinstance(said, Mapping):
        return {name: _read(one, read) for name, one in said.items()}
    return [_read(one, read) for one in said] if isinstance(said, list | tuple) else said
