"""The only writer of the ledger (记账)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.evidence.services import keep
from sangesan.method.facts import KINDS, SPEAKER, Actor, EvidenceAttached, FactReversed, encode, plain
from sangesan.method.facts import Fact as Entry

from ..models import Body, Fact

FINAL = ("fact.reversed", "body.erased", "evidence.erased")
"""Kinds that are never reversed (不可冲正)."""


def record(entry: Entry, *, actor: Actor, words: str = "") -> int:
    """Record a fact (记账) in the caller's transaction and return its id.

    `words` are kept beside it as evidence (佐证), bound by a salted digest; never a speaker's own.
    What a speaker does keeps the day only, of happening and of recording alike; it is recorded in
    a batch (`record_batch`), for an id next to a dated one would tell the hour.

    Raises TransactionManagementError outside a transaction: a fact and what it tells of are
    stored together or not at all. Raises ValueError or TypeError for free text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a fact is recorded inside the caller's transaction")
    if KINDS.get(entry.kind) is not type(entry):
        raise ValueError(f"no such kind of fact: {entry.kind or type(entry).__name__}")
    if entry.reverses and entry.kind != FactReversed.kind:
        raise ValueError("only a reversal reverses")
    stream = "speaker" if actor == SPEAKER else entry.stream
    if stream == "speaker" and isinstance(entry.occurred_at, datetime):
        entry = replace(entry, occurred_at=entry.day)
    recorded = clock.today() if stream == "speaker" else clock.now()
    content = entry.body() | {"actor": plain("actor", actor.slug), "recorded_at": plain("recorded_at", recorded)}
    if words:
        content["words"] = keep(words, kind=entry.kind)
    raw, salt, day = encode(content), secrets.token_bytes(32), entry.day
    fact = Fact.objects.create(kind=entry.kind, day=day, stream=stream, commitment=sha256(salt + raw).digest())
    Body.objects.create(
        fact=fact, salt=salt, content=raw, kind=entry.kind, day=day, subject=entry.subject, unit=entry.unit,
        line=entry.line, actor=actor.slug, occurred_at=_moment(entry.occurred_at), recorded_at=_moment(recorded),
        quantity=entry.quantity, reverses=entry.reverses,
    )
    return fact.pk


@transaction.atomic
def record_batch(entries: Iterable[tuple[Entry, Actor]]) -> list[int]:
    """Record a batch (成批记账) in random order, so that ids tell nothing; ids in the order given."""
    batch = list(enumerate(entries))
    secrets.SystemRandom().shuffle(batch)
    ids = {place: record(entry, actor=actor) for place, (entry, actor) in batch}
    return [ids[place] for place in sorted(ids)]


@transaction.atomic
def reverse(fact_id: int, *, reason: str, actor: Actor, words: str = "") -> int:
    """Answer a wrong fact (冲正) and return the id of the reversal; the wrong fact stays.

    Raises Conflict for a second reversal and for what is never reversed.
    """
    wrong = Body.objects.filter(pk=fact_id).first()
    if wrong is None:
        raise NotFound(_("没有找到这条台账"), why=_("它不存在，或内容已到期清除"))
    if wrong.kind in FINAL:
        raise Conflict(_("不能冲正"), why=_("冲正和清除的条目不能再冲正"), next=_("请另记一条正确的条目"))
    answer = FactReversed(subject=wrong.subject, unit=wrong.unit, line=wrong.line, occurred_at=clock.now(),
                          reason=reason, reverses=fact_id, of=wrong.kind)
    try:
        with transaction.atomic():
            return record(answer, actor=actor, words=words)
    except IntegrityError as fault:
        raise Conflict(_("没有重复冲正"), why=_("这条台账已经冲正过"), next=_("请刷新后查看")) from fault


@transaction.atomic
def attach(fact_id: int, words: str, *, actor: Actor) -> int:
    """Attach words to an earlier fact (附佐证), finished minutes for instance; return the new fact's id."""
    fact = Body.objects.filter(pk=fact_id).first()
    if fact is None:
        raise NotFound(_("没有找到这条台账"), why=_("它不存在，或内容已到期清除"))
    entry = EvidenceAttached(subject=fact.subject, unit=fact.unit, line=fact.line, occurred_at=clock.now(),
                             fact=fact_id)
    return record(entry, actor=actor, words=words)


def _moment(at) -> datetime:
    """Return a day as its first moment in the mine's time (时刻)."""
    return at if isinstance(at, datetime) else datetime.combine(at, time(0), tzinfo=clock.LOCAL).astimezone(UTC)
