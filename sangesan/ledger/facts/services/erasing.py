"""Erasure by retention (到期清除): the words go, the fact and its commitment stay."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.evidence import queries as evidence
from sangesan.ledger.evidence import services as keeping
from sangesan.method.facts import SYSTEM, Actor, BodyErased, EvidenceErased

from .. import queries
from ..models import Body, Erasure
from .recording import record

KEPT = ("body.erased", "evidence.erased")


@transaction.atomic
def erase_body(fact_id: int, *, reason: str, actor: Actor = SYSTEM) -> int:
    """Erase a fact's body (清除内容) and return the id of the fact that tells of it.

    The words that belong to it go first. A reversal goes only after what it reverses, or the
    wrong fact would count again; facts about erasures stay.
    """
    body = Body.objects.filter(pk=fact_id).select_related("fact").first()
    if body is None:
        raise NotFound(_("没有找到这条台账"), why=_("它不存在，或内容已到期清除"))
    if body.kind in KEPT or (body.reverses and Body.objects.filter(pk=body.reverses).exists()):
        raise Conflict(_("没有清除"), why=_("这一条说明另一条为何不算或不在了"), next=_("请先清除它所说明的条目"))
    digest = str(queries.fact(fact_id).content.get("words", ""))
    if digest and evidence.erased_on(digest) is None:
        erase_words(digest, reason=reason, actor=actor)
    told = record(BodyErased(subject=f"facts/{fact_id}", occurred_at=clock.now(), reason=reason, fact=fact_id,
                             of=body.kind, of_day=body.day.isoformat(),
                             commitment=bytes(body.fact.commitment).hex()), actor=actor)
    Erasure.objects.create(fact_id=fact_id, record_id=told)
    Body.objects.filter(pk=fact_id).delete()
    return told


@transaction.atomic
def erase_words(digest: str, *, reason: str, actor: Actor = SYSTEM) -> int:
    """Erase words that belong to a fact (清除佐证) and return the id of the fact that tells of it."""
    told = record(EvidenceErased(subject=f"evidence/{digest[:16]}", occurred_at=clock.now(), reason=reason,
                                 digest=digest), actor=actor)
    keeping.erase(digest, record=told)
    return told
