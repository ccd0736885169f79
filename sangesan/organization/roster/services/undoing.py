"""Undoing an import (撤销导入): everything it did is reversed, or nothing and the reason is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.queries import Row, after
from sangesan.ledger.facts.services import record
from sangesan.method.facts import Actor, ImportUndone
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.signals import appointed, ending, entered
from sangesan.organization.units import services as units
from sangesan.organization.units.models import Unit, UnitEdge

from ..models import Batch
from ..queries.batches import undoable
from .journal import TRACKED, restore, snapshot

EVER = 2**62
WORDS = {"appointments": "任职", "posts": "岗位", "people": "人员", "shifts": "班次", "coverages": lazy("覆盖"),
         "edges": lazy("隶属关系"), "units": "单位"}


class LaterWork(UserError):
    """Later work rests on the import (已有后续工作), so it stays."""

    code, status = "later_work", 409

    def __init__(self, why: str) -> None:
        super().__init__(_("没有撤销，导入的内容原样保留"), why=why, next=_("请逐项更正，或者先撤回后来的办理"))


@transaction.atomic
def undo(*, batch: Batch, actor: Actor) -> Batch:
    """Undo an import within 24 hours (撤销导入), recorded by a fact of its own.

    Raises LaterWork naming what rests on it, and Conflict when it is too late or was undone.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if not undoable(batch):
        raise Conflict(_("没有撤销"), why=_("超过 24 小时，或者已经撤销过"), next=_("请逐项更正"))
    journal = batch.journal
    _refuse_later_changes(journal)
    _refuse_later_facts(journal, batch.fact)
    _move_back(journal["moved"], actor)
    gone = _rows(journal["made"]["appointments"])
    for table, (model, _fields) in TRACKED.items():
        made = journal["made"][table]
        try:
            _ask(table, made, journal["before"][table])
            for start in range(0, len(made), 500):
                model._default_manager.filter(pk__in=made[start : start + 500]).delete()
        except ProtectedError as error:
            raise LaterWork(_named(table, error)) from error
        restore(table, journal["before"][table])
    _call_again(journal)
    _hold_again(journal, gone)
    batch.state, batch.workbook, batch.journal = Batch.State.UNDONE, None, {}
    batch.save()
    record(ImportUndone(subject=f"imports/{batch.pk}", occurred_at=clock.now()), actor=actor)
    return batch


def _call_again(journal: dict) -> None:
    """Tell who is called as before (恢复原名): under that name nobody was known meanwhile."""
    before, after = journal["before"]["people"], journal["after"]["people"]
    renamed = [int(pk) for pk, values in before.items() if values[0] != after[pk][0]]
    if renamed:
        entered.send(sender=Person, people=list(Person.objects.filter(pk__in=renamed)))


def _hold_again(journal: dict, gone: list[Appointment]) -> None:
    """Tell who holds a post as if it had never ended (恢复任职): what came meanwhile was about another, or nobody.

    What came before the last day that the import gave was about them; from that day on it is looked at again.
    """
    before, after, ended = journal["before"]["appointments"], journal["after"]["appointments"], {}
    for pk, values in before.items():
        day, until = after[pk][1], values[1]
        if day and date.fromisoformat(day) <= clock.today() and (until is None or until > day):
            ended[int(pk)] = date.fromisoformat(day)
    back = _rows(list(ended))
    for row in back:
        row.since = ended[row.pk]
    if back:
        appointed.send(sender=Appointment, appointments=back, gone=gone)


def _refuse_later_changes(journal: dict) -> None:
    for table, values_after in journal["after"].items():
        now = snapshot(table, map(int, values_after))
        changed = [pk for pk, values in values_after.items() if now.get(pk, [])[: len(values)] != values]
        if changed:
            model = TRACKED[table][0]
            names = [str(row) for row in model._default_manager.filter(pk__in=changed[:3])]
            said = {"table": WORDS[table], "names": "、".join(names) or len(changed)}
            raise LaterWork(_("%(table)s后来又改过：%(names)s") % said)
    moved = {unit: new for unit, _old, new in journal["moved"]}
    now = dict(UnitEdge.objects.filter(child__in=moved, until=None).values_list("child", "parent"))
    made = set(journal["made"]["edges"])
    new = journal["made"]["units"]
    again = [edge.child.name for edge in UnitEdge.objects.filter(child__in=new) if edge.pk not in made]
    again += [unit.name for unit in Unit.objects.filter(pk__in=[pk for pk in moved if now.get(pk) != moved[pk]])]
    if again:
        raise LaterWork(_("单位后来又调整过隶属：%(names)s") % {"names": "、".join(again[:3])})


def _refuse_later_facts(journal: dict, fact: int) -> None:
    """A post that acted since, or a unit in which something happened since, stays."""
    codes = Post.objects.filter(pk__in=journal["made"]["posts"]).values_list("code", flat=True)
    posts = {f"post:{code}" for code in codes}
    touched = [*journal["made"]["units"], *(unit for unit, _old, _new in journal["moved"])]
    inside = set(Unit.objects.filter(pk__in=touched).values_list("code", flat=True))
    for row in _later(fact):
        if row.actor in posts:
            said = {"post": row.actor.removeprefix("post:"), "subject": row.subject}
            raise LaterWork(_("岗位 %(post)s 已经办过事（%(subject)s）") % said)
        if here := inside.intersection(row.unit.split("/")):
            raise LaterWork(_("单位 %(min)s 里已经有事（%(subject)s）") % {"min": min(here), "subject": row.subject})


def _ask(table: str, made: list[int], before: dict[str, list]) -> None:
    """Ask of every post that ends by it or becomes another (撤销即离任), as where one is ended; a listener may refuse.

    One after the other: of two who go both, the second is asked about when the first is gone.
    """
    today = clock.today()
    if table == "appointments":
        for row in _held("pk", made):
            ending.send(sender=Appointment, appointment=row, day=today, regardless=False)
            row.delete()
        for row in _held("pk", map(int, before)):
            if until := before[str(row.pk)][1]:
                ending.send(sender=Appointment, appointment=row, day=date.fromisoformat(until), regardless=False)
            restore(table, {str(row.pk): before[str(row.pk)]})
    elif table == "posts":
        for post in Post.objects.filter(pk__in=[int(pk) for pk in before]):
            held = list(_held("post", [post.pk])) if post.role != before[str(post.pk)][1] else []
            for row in held:
                ending.send(sender=Appointment, appointment=row, day=today, regardless=False,
                            also=[each.pk for each in held])
            restore(table, {str(post.pk): before[str(post.pk)]})


def _held(name: str, keys: Iterable[int]) -> Iterator[Appointment]:
    """Give the appointments that stand (现任职), by keys of their own or of their posts."""
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        rows = Appointment.objects.filter(**{f"{name}__in": wanted[start:start + 500]})
        yield from list(rows.exclude(until__lte=clock.today()).select_related("post"))


def _rows(keys: list[int]) -> list[Appointment]:
    """Return appointments by their keys (取任职)."""
    rows = Appointment.objects.select_related("person", "post")
    return [row for start in range(0, len(keys), 500) for row in rows.filter(pk__in=keys[start : start + 500])]


def _later(fact: int) -> Iterator[Row]:
    while rows := after(fact, EVER, limit=5000):
        yield from rows
        fact = rows[-1].id


def _move_back(moved: list[list[int | None]], actor: Actor) -> None:
    for unit, old, _new in reversed(moved):
        units.take_back_move(unit=Unit.objects.get(pk=unit), old=Unit.objects.filter(pk=old).first(), actor=actor)


def _named(table: str, error: ProtectedError) -> str:
    """Name what rests on a row that should go (依赖说明)."""
    kinds: dict[str, int] = {}
    for row in error.protected_objects:
        kinds[_chinese(row)] = kinds.get(_chinese(row), 0) + 1
    used = "、".join(f"{name} {count}" for name, count in kinds.items())
    return _("%(table)s已被用到：%(used)s") % {"table": WORDS[table], "used": used}


def _chinese(row: Model) -> str:
    """Return what a table calls its row (行的名称), from its docstring."""
    found = re.search(r"[(（]([^()（）]+)[)）]", type(row).__doc__ or "")
    return found.group(1) if found else type(row).__name__
