"""What stands in the index of a matter (索引文本): its words, where it lies, who has it in hand; no speaker."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q

from sangesan.foundation.pinyin import initials, name_initials
from sangesan.foundation.search import Entry
from sangesan.method.lifecycle import State
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit

from ..models import Assignment, Matter, Message, Reach, Submission
from .veil import masker

TOLD = ("first_answer", "answer", "reply", "told", "reviewed")
_initials = lru_cache(maxsize=20_000)(initials)


def words_of(matters: Iterable[Matter]) -> dict[int, str]:
    """Return what was said and answered in each matter (诉说与答复), covered, in the order of a reader."""
    cover = masker()
    found = {matter.pk: [cover(matter.place)] if matter.place else [] for matter in matters}
    said = Submission.objects.filter(matter__in=list(found), withdrawn=None).order_by("day", "pk")
    told = Message.objects.filter(matter__in=list(found), kind__in=TOLD).order_by("day", "pk")
    for rows in (said, told):
        for pk, text in rows.values_list("matter_id", "text"):
            found[pk].append(cover(text))
    return {pk: "\n".join(texts) for pk, texts in found.items()}


def entries(wanted: Iterable[int]) -> list[Entry]:
    """Return the index entries of those of some matters that stand in the index (索引项).

    Ordinary ones that are released, not withdrawn and not cleared; whatever is missing here is to be taken out. They
    come in the order of their random keys, for so they are written down.
    """
    standing = Matter.objects.filter(pk__in=list(wanted), cleared_on=None).exclude(state=State.WITHDRAWN.value)
    rows = {m.pk: m for m in standing.select_related("unit", "lead") if not m.sealed}
    marks: dict[int, list[str]] = {}
    reach = Reach.objects.filter(matter__in=list(rows), sealed=Reach.ORDINARY)
    for pk, *ground in reach.values_list("matter_id", "unit_id", "line"):
        marks.setdefault(pk, []).extend({mark(ground[0]), mark(*ground)})
    hands = _hands(rows)
    texts, under = words_of(rows[pk] for pk in marks), _numbers(marks)
    return [Entry(pk, rows[pk].received_day, _text(rows[pk], "\n".join([texts[pk], *under.get(pk, [])]),
                                                   hands.get(pk, [])), tuple(marks[pk]))
            for pk in sorted(marks)]


def mark(unit: int, line: str = "") -> str:
    """Return under what a matter stands in the index (索引标记): a unit, and there a line whose own it is."""
    return f"{unit}{line}"


def _numbers(matters: Iterable[int]) -> dict[int, list[str]]:
    """Return under which numbers each matter came (登记号、来文号): of the register, and of the paper from above."""
    said = Submission.objects.filter(Q(channel="upper") | ~Q(register=""), matter__in=list(matters), withdrawn=None)
    found: dict[int, list[str]] = {}
    for pk, register, extra in said.order_by("pk").values_list("matter_id", "register", "extra"):
        found.setdefault(pk, []).extend(filter(None, (register, str(extra.get("document", "")))))
    return found


def _hands(matters: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of who has each matter in hand (经办人姓名)."""
    rows = list(Assignment.objects.filter(matter__in=list(matters), until=None).exclude(handler=0)
                .values_list("matter_id", "handler"))
    names = dict(Person.objects.filter(pk__in={handler for _pk, handler in rows}).values_list("pk", "name"))
    found: dict[int, list[str]] = {}
    for pk, handler in rows:
        if handler in names:
            found.setdefault(pk, []).append(names[handler])
    return found


def _text(matter: Matter, words: str, hands: list[str]) -> str:
    units: list[Unit] = [unit for unit in {matter.unit_id: matter.unit, matter.lead_id: matter.lead}.values() if unit]
    short = [_initials(matter.title), *(_initials(unit.name) for unit in units), *map(name_initials, hands)]
    return "\n".join([matter.title, matter.number, words, *(unit.name for unit in units), *hands, *short])
