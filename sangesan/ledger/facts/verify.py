"""Verification of the ledger (台账核验): facts, batches, signatures, the chain of seals, the triggers.

What it finds: any change of a sealed or unsealed fact, a sealed fact that is gone or was slipped
in, a broken chain, a foreign signature, a body erased without a fact that tells of it; seals cut
off or made anew by someone who has the database, for their stubs lie beside the secrets (`stubs`).
What it cannot prove alone: that the last facts, not sealed yet, were not cut off (SQLite's own
counter shows a careless cut), or everything written anew by someone who has the server's key and
the stubs too. Against that stand the roots deposited outside (`verify(deposited=…)`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from sangesan.foundation import append_only
from sangesan.ledger.evidence import queries as evidence
from sangesan.method.merkle import batch_root

from . import chain, stubs
from .checking import STREAMS, Stored, fault, walk

LIMIT = 200
"""Problems named at most (最多列出)."""


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was recorded (问题); `fact` is 0 where no single fact is meant."""

    what: str
    fact: int = 0

    def __str__(self) -> str:
        return _("第 %(fact)s 条：%(what)s") % {"fact": self.fact, "what": self.what} if self.fact else self.what


@dataclass
class Batch:
    """A seal being filled while the facts go by (待核批次)."""

    seal: chain.Link
    leaves: list[bytes] = field(default_factory=list)
    first: int = 0


@dataclass
class Verifier:
    """One pass over the ledger (一遍核验)."""

    problems: list[Problem] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    erased: dict[int, Stored] = field(default_factory=dict)
    told: dict[int, dict] = field(default_factory=dict)
    last: int = 0
    forged: bool = False

    def say(self, what: str, fact: int = 0) -> None:
        """Note a problem (记下问题)."""
        if len(self.problems) < LIMIT:
            self.problems.append(Problem(what, fact))

    def run(self) -> None:
        """Walk over all facts once (走一遍)."""
        links, faults = chain.links()
        for text in faults:
            self.say(text)
        self.forged = bool(faults)
        waiting = {s: [Batch(k) for k in links if k.stream == s] for s in STREAMS}
        for chunk in walk():
            words: dict[str, int] = {}
            for row in chunk:
                self._one(row, words)
                self._into(waiting.get(row.stream, []), row)
            self._words(words)
        for batches in waiting.values():
            for batch in batches:
                self._close(batch)
        self._erasures()

    def _one(self, row: Stored, words: dict[str, int]) -> None:
        """Check one fact and keep what must fit others (核验一条)."""
        what, content = fault(row)
        if what:
            self.say(what, row.id)
        if row.id > self.last + 1:
            self.gaps.append((self.last + 1, row.id - 1))
            if connection.vendor == "sqlite":  # here ids have no holes: a transaction undone gives its ids back
                self.say(_("条目不见了"), self.last + 1)
        self.last = row.id
        if row.record and not row.columns:
            self.erased[row.id] = row
        if row.kind in ("body.erased", "evidence.erased") and not what:
            self.told[row.id] = content
        if "words" in content:
            words[content["words"]] = row.id

    def _into(self, waiting: list[Batch], row: Stored) -> None:
        """Put a fact into its batch (归入批次); batches behind it are complete."""
        while waiting and row.id > waiting[0].seal.upto:
            self._close(waiting.pop(0))
        if waiting:
            waiting[0].leaves.append(row.commitment)
            waiting[0].first = waiting[0].first or row.id

    def _close(self, batch: Batch) -> None:
        """Compare a complete batch with its seal (核对批次).

        Where a seal was changed, which facts it and the next hold is no longer known: the seal is named first.
        """
        name, first = _("第 %(number)s 封（%(day)s）") % {"number": batch.seal.number,
                                                          "day": batch.seal.day}, 0 if self.forged else batch.first
        if len(batch.leaves) < batch.seal.size:
            self.say(_("%(name)s应有 %(size)s 条，现有 %(count)s 条，条目不见了")
                     % {"name": name, "size": batch.seal.size, "count": len(batch.leaves)}, self._absent(batch))
        elif len(batch.leaves) > batch.seal.size:
            self.say(_("%(name)s应有 %(size)s 条，现有 %(count)s 条，有条目是后来塞入的")
                     % {"name": name, "size": batch.seal.size, "count": len(batch.leaves)}, first)
        elif batch_root(batch.leaves) != batch.seal.root:
            self.say(_("%(name)s与所封条目不符，它封的是第 %(first)s 至 %(upto)s 条")
                     % {"name": name, "first": batch.first, "upto": batch.seal.upto}, first and self._seen(batch))

    def _seen(self, batch: Batch) -> int:
        """Return the first fact of a batch that is bad by itself (批内首条), else the first of all."""
        return next((p.fact for p in self.problems if batch.first <= p.fact <= batch.seal.upto), batch.first)

    def _absent(self, batch: Batch) -> int:
        """Return the likeliest id of a missing fact (缺号): the first hole in the batch, else the one before it.

        On PostgreSQL a hole may also be a transaction that was undone, so the batch is named beside it.
        """
        if self.forged:
            return 0
        holes = [gap for gap in self.gaps if gap[0] <= batch.seal.upto]
        inside = [gap[0] for gap in holes if gap[0] >= batch.first]
        return inside[0] if inside else holes[-1][1] if holes else batch.seal.upto

    def _words(self, words: dict[str, int]) -> None:
        """Check the words that facts refer to (核验佐证)."""
        named = {"altered": _("佐证被改动"), "missing": _("佐证不见了，也没有清除记录"),
                 "there": _("佐证已清除却又出现")}
        for digest, what in evidence.faults(words).items():
            if what in named:
                self.say(named[what], words[digest])

    def _erasures(self) -> None:
        """Every erasure is told of by a fact (核对清除记录)."""
        for row in self.erased.values():
            wanted = {"fact": row.id, "of": row.kind, "of_day": row.day, "commitment": row.commitment.hex()}
            content = self.told.get(row.record or 0, {})
            if not wanted.items() <= content.items():
                self.say(_("内容已清除，但清除记录不符"), row.id)
        gone = evidence.erasures()
        for record, digest in gone.items():
            if self.told.get(record, {}).get("digest") != digest:
                self.say(_("佐证的清除登记与台账不符"), record)
        for record, content in self.told.items():
            if content["kind"] == "evidence.erased" and record not in gone:
                self.say(_("台账记有佐证清除，登记却不见了"), record)


def verify(deposited: Iterable[chain.Deposit] = (), *, with_stubs: bool = True) -> list[Problem]:
    """Verify the whole ledger (核验台账); the problems found, the first bad fact first.

    The stubs are of the database at work: without them a copy restored from an older day is verified.
    """
    check = Verifier()
    check.run()
    for text in chain.tail(check.last):
        check.say(text)
    for text in chain.strangers():
        check.say(text)
    for text in chain.compare(stubs.listed() if with_stubs else (), _("封存存根")):
        check.say(text)
    for text in chain.compare(deposited):
        check.say(text)
    for name in append_only.missing():
        check.say(_("触发器 %(name)s 缺失或被改动") % {"name": name})
    return sorted(check.problems, key=lambda p: (p.fact == 0, p.fact))
