"""A matter is heard (登记): few writes, little thought, fit for commits in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.speakers.services import forget
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.ids import crockford, random_id
from sangesan.foundation.memory import remembered
from sangesan.foundation.once import services as once
from sangesan.method import despair
from sangesan.method.channels import OWNED
from sangesan.method.lifecycle import VERSION, State
from sangesan.method.reports import reports
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import join_path, lineages, to_mine

from ..models import Matter, Reach, Submission, Term
from ..queries.caring import carers
from ..queries.veil import masked
from ..signals import moved
from ..words import ANONYMOUS, CARE
from . import terms
from .indexing import stale
from .judging import judged_first, let_read_unjudged
from .recusing import heed, heed_first, shut_readers
from .union import reads_first

RELEASES = (time(8), time(16))
"""Anonymous letters that are not urgent reach triage in two batches a day (匿名件分批释放)."""
TITLE = 30


@dataclass(frozen=True)
class Word:
    """One act of speaking, checked (一次诉说). `moment` is None for the anonymous; `line` is whose own it is made.

    `receipted` says whether the receipt comes into the speaker's hands (回执有人可交), `about_readers` that it is about
    whoever takes letters in by this channel (说的是收信的人).
    """

    channel: str
    mode: str
    text: str
    day: date
    moment: datetime | None = None
    unit: int | None = None
    category: str = ""
    kind: str = "request"
    title: str = ""
    place: str = ""
    hint: int = 0
    affected: int = 0
    danger: bool = False
    register: str = ""
    line: str = ""
    history: bool = False
    receipted: bool = True
    about_readers: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a word belongs (属地): the unit, its lineage, the part of it down to the mine, its path in codes."""

    unit: int
    path: tuple[int, ...]
    upper: tuple[int, ...]
    codes: str


@dataclass(frozen=True)
class Ready:
    """A matter not yet stored (待存事项): its rows, thought out, and the words of its documents, which are not kept.

    Of documents that neither report nor tell of a wrong, nor came with a letter that does, there are none: lists and
    minutes name many for nothing.
    """

    word: Word
    matter: Matter
    said: Submission
    place: Place | None
    terms: list[Term] = field(default_factory=list)
    papers: str = ""

    @property
    def words(self) -> str:
        """All that was said (全部诉说), the heading it came under, and where it was."""
        return f"{self.word.title}\n{self.word.place}\n{self.word.text}"


def prepare(word: Word, *, receipt: int, papers: str = "") -> Ready:
    """Think a word through (备登记): place, number, rows. Reads only; call again for another number.

    A declared danger is grade A at once, provisionally, and reaches triage without waiting.
    """
    home = _place(word.unit)
    heeded = despair.leaves_grades(f"{word.title}\n{word.text}", danger=word.danger) and not word.history
    cared = heeded and bool(carers(home.unit))
    danger = word.danger and not cared
    matter = Matter(
        pk=random_id(), number=f"{word.day.year}-{crockford(6)}", title=headed(word),
        kind=CARE if cared else word.kind, category=word.category or "other", channel=word.channel, mode=word.mode,
        line=word.line or OWNED.get(word.channel, ""), place=word.place, affected=word.affected,
        unit_id=home.unit, unit_path=home.codes, version=VERSION,
        hint=word.hint, danger=word.danger, state=(State.GRADED if danger else State.RECEIVED).value,
        received_day=word.day, received_at=word.moment, release_at=None if cared else _release(word),
        history=word.history, statutory_due=terms.last_day("handling", word.day), **declared(danger),
    )
    said = Submission(
        pk=random_id(), receipt_id=receipt, matter_id=matter.pk, channel=word.channel, mode=word.mode,
        unit_id=word.unit, category=word.category, day=word.day, entered=clock.today(), text=word.text,
        register=word.register, extra=word.extra, receipted=word.receipted,
    )
    matter.was_kind = word.kind
    return Ready(word, matter, said, None if cared else home, [] if cared else terms.prepared(matter, said),
                 papers if papers and reports(papers, f"{word.title}\n{word.text}") else "")


def declared(danger: bool) -> dict[str, Any]:
    """Return the fields of a declared danger (报险): provisionally A, under the table in force."""
    return {"provisional": danger, "grade": "A" if danger else "", "table": tables.in_force().version if danger else ""}


def also(ready: Ready, *, receipt: int, mode: str) -> Submission:
    """Return the row of one who speaks along (共同反映人): the same words, a receipt of their own."""
    said = ready.said
    return Submission(pk=random_id(), receipt_id=receipt, matter_id=ready.matter.pk, channel=said.channel, mode=mode,
                      unit_id=said.unit_id, category=said.category, day=said.day, entered=said.entered, text=said.text,
                      extra=said.extra, receipted=said.receipted)


def write(ready: Ready) -> None:
    """Store a matter and what was said (登记入库) in the caller's transaction; writes only.

    The ledger hears of it at night (`record_speakers`). IntegrityError: the number is taken.
    """
    ready.matter.save(force_insert=True)
    ready.said.save(force_insert=True)
    Term.objects.bulk_create(ready.terms)
    apart = ready.word.about_readers and not ready.matter.cared and shut_readers(ready.matter)
    if ready.matter.release_at is None:
        _reach(ready.matter, ready.place)
        if apart:
            let_read_unjudged(ready.matter)
            moved.send(Matter, matter=ready.matter, action="named", scope=None)
    if not ready.matter.cared:
        heed_first(ready.matter, ready.words, ready.word.title, ready.papers)
    if ready.matter.provisional:
        heed(ready.matter)
    if ready.matter.cared or ready.matter.provisional:
        moved.send(Matter, matter=ready.matter, action="care" if ready.matter.cared else "declare", scope=None)


def take_in(rows: Sequence[Ready]) -> None:
    """Store many matters at once (成批登记), in the caller's transaction; none of them waits or is a danger.

    They come from a register that was kept elsewhere, and who kept it has read them: they are not to be judged first.
    """
    Matter.objects.bulk_create([ready.matter for ready in rows], batch_size=200)
    Submission.objects.bulk_create([ready.said for ready in rows], batch_size=200)
    Term.objects.bulk_create([term for ready in rows for term in ready.terms], batch_size=500)
    Reach.objects.bulk_create([reach for ready in rows if ready.matter.release_at is None
                               for reach in _reaches(ready.matter, ready.place, first=False)], batch_size=500)
    stale(ready.matter.pk for ready in rows)
    for ready in rows:
        if ready.matter.cared:
            moved.send(Matter, matter=ready.matter, action="care", scope=None)
        else:
            heed_first(ready.matter, ready.words, ready.word.title)


def headed(word: Word) -> str:
    """Return the title under which everybody will see it (标题), without personal data."""
    return (masked(word.title) if word.title else headline(masked(word.text[:400])))[:80]


def headline(text: str) -> str:
    """Return a title from the words themselves (取标题): the first sentence, at most 30 characters.

    >>> headline("夜班食堂只有凉馒头。反映三次了")
    '夜班食堂只有凉馒头'
    """
    line = next((part.strip() for part in text.splitlines() if part.strip()), "")
    for stop in "。！？!?；;":
        line = line.split(stop)[0] or line
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"


def release_due(*, now: datetime | None = None) -> int:
    """Release what has waited for its batch (释放匿名件) to triage; safe to run twice."""
    now, count = now or clock.now(), 0
    for pk in list(Matter.objects.filter(release_at__lte=now).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if Matter.objects.filter(pk=pk, release_at__isnull=False).update(release_at=None):
                matter = Matter.objects.get(pk=pk)
                _reach(matter, _place_on(matter.unit_id, clock.today()))
                let_read_unjudged(matter)
                stale([pk])
                if matter.concerns.exists():
                    moved.send(Matter, matter=matter, action="named", scope=None)
                count += 1
    return count


def forget_old(*, day: date) -> int:
    """Forget request keys after seven days (清除提交口令)."""
    return forget(day=day) + once.forget(day=day)


def _release(word: Word) -> datetime | None:
    """Return when an anonymous word reaches triage (释放时刻), None for at once."""
    if word.mode != ANONYMOUS or word.danger or word.history or settings.DEMO:
        return None
    return next_release(clock.now())


def next_release(now: datetime) -> datetime:
    """Return the next batch (下一批)."""
    now = clock.local(now)
    moments = [datetime.combine(now.date() + timedelta(days=n), at, clock.LOCAL) for n in (0, 1) for at in RELEASES]
    return next(m for m in moments if m > now)


def _place(unit: int | None) -> Place:
    """Return where it belongs (属地); the mine itself when no unit was named."""
    return _place_on(unit, clock.today())


@remembered
def _place_on(unit: int | None, day: date) -> Place:
    if unit is None:
        kinds = (Kind.MINE, Kind.GROUP)
        found = list(Unit.objects.filter(kind__in=kinds, closed=None).order_by("position", "pk")[:8])
        if not found:
            raise UserError(_("没有登记"), why=_("系统里还没有建立单位"), next=_("请先导入组织机构"))
        unit = min(found, key=lambda u: kinds.index(u.kind)).pk
    way = lineages([unit], day).get(unit, [])
    if not way:
        raise UserError(_("没有登记"), why=_("没有这个单位"), next=_("请从列表里选择单位"), code="unit")
    return Place(unit, tuple(step.pk for step in way), tuple(step.pk for step in to_mine(way)), join_path(way))


def _reach(matter: Matter, place: Place | None) -> None:
    Reach.objects.bulk_create(_reaches(matter, place))


def _reaches(matter: Matter, place: Place | None, *, first: bool = True) -> list[Reach]:
    """Return in whose reach it lies as it comes in (所及单位): below the mine nobody reads it before the dispatch.

    What the union reads first lies with the workshop unions as well. See `steps.arisen`.
    """
    if place is None:
        return []
    flow = Reach.SEALED if matter.sealed else Reach.HELD if reads_first(matter) else Reach.ORDINARY
    fresh = judged_first(matter) if first and flow == Reach.ORDINARY else None
    return [
        Reach(pk=random_id(), matter=matter, unit_id=unit, sealed=flow, line=matter.line, fresh_since=fresh,
              day=matter.received_day, state=matter.state, grade=matter.grade)
        for unit in (place.path if flow == Reach.HELD else place.upper)
    ]
