"""Changes of the unit tree (单位维护): set up, move, close, merge, split, cover.

Each change is dated from a day on; the past is never rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sangesan.foundation import clock, pinyin
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.services import record
from sangesan.method.facts import Actor, UnitClosed, UnitCovered, UnitMoved, UnitOpened
from sangesan.method.succession import heir
from sangesan.method.turns import Turn

from . import queries
from .models import Coverage, Line, Shift, Succession, Unit, UnitEdge

DAY = timedelta(days=1)


class TreeError(UserError):
    """The tree would not be a tree any more (单位树有误)."""

    code = "unit_tree"


@transaction.atomic
def open_unit(
    *, code: str, name: str, kind: str, parent: Unit | None, actor: Actor, line: str = Line.ADMINISTRATION.value,
    day: date | None = None, position: int = 0,
) -> Unit:
    """Set up a unit (设立单位) under a parent from a day on; a root has no parent."""
    day = day or clock.today()
    check_code(code)
    if Unit.objects.filter(code=code).exists():
        raise TreeError(_("没有设立单位"), why=_("编码 %(code)s 已经有了") % {"code": code}, next=_("请换一个编码"))
    if parent is not None:
        check_parent(name, line, parent, day)
    unit = Unit.objects.create(code=code, name=name, initials=pinyin.initials(name), kind=kind, line=line,
                               opened=day, position=position)
    if parent is not None:
        UnitEdge.objects.create(child=unit, parent=parent, since=day)
    record(UnitOpened(subject=subject(unit), unit=queries.path_of(unit.pk, day), line=line, occurred_at=day,
                      unit_kind=kind), actor=actor)
    return unit


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit, actor: Actor, day: date | None = None) -> UnitEdge:
    """Put a unit under another (调整隶属) from today or a later day on; its past stays.

    Raises TreeError naming the path when the parent lies below the unit.
    """
    day = day or clock.today()
    lock_tree()
    if day < clock.today():
        raise TreeError(_("没有调整隶属"), why=_("过去的隶属关系不能改"), next=_("请填今天或以后的日期"))
    if parent.pk == unit.pk:
        raise TreeError(_("没有调整隶属"),
                        why=_("%(name)s 不能属于自己") % {"name": unit.name},
                        next=_("请另选上级单位"))
    check_parent(unit.name, unit.line, parent, day)
    now = UnitEdge.objects.filter(child=unit, until=None).first()
    if now and now.since > day:
        raise TreeError(_("没有调整隶属"),
                        why=_("%(name)s 已定于 %(since)s 调整") % {"name": unit.name, "since": now.since},
                        next=_("请填那一天以后的日期"))
    before = queries.path_of(unit.pk, day)
    if now and now.since == day:
        now.parent = parent
        now.save(update_fields=["parent"])
        edge = now
    else:
        UnitEdge.objects.filter(child=unit, until=None).update(until=day)
        edge = UnitEdge.objects.create(child=unit, parent=parent, since=day)
    _refuse_cycle(unit, day)
    record(UnitMoved(subject=subject(unit), unit=queries.path_of(unit.pk, day), line=unit.line, occurred_at=day,
                     before=before), actor=actor)
    return edge


@transaction.atomic
def take_back_move(*, unit: Unit, old: Unit | None, actor: Actor) -> None:
    """Take the latest move back (撤回调整) as if it had not been; only for the undo of an import."""
    edge = open_edge(unit)
    day, before = edge.since, queries.path_of(unit.pk, edge.since)
    former = UnitEdge.objects.filter(child=unit, until=day, parent=old).first()
    if former or old is None:
        edge.delete()
        UnitEdge.objects.filter(pk=former.pk if former else 0).update(until=None)
    else:
        UnitEdge.objects.filter(pk=edge.pk).update(parent=old)
    record(UnitMoved(subject=subject(unit), unit=queries.path_of(unit.pk, day), line=unit.line, occurred_at=day,
                     reason="undone", before=before), actor=actor)


def open_edge(unit: Unit) -> UnitEdge | None:
    """Return the edge that lasts (现有隶属)."""
    return UnitEdge.objects.filter(child=unit, until=None).first()


@transaction.atomic
def close_unit(
    *, unit: Unit, actor: Actor, day: date | None = None, reason: str = "", successor: Unit | None = None
) -> Unit:
    """Close a unit (撤销单位): from `day` on it is no more. Units below must have gone before."""
    day = day or clock.today()
    lock_tree()
    if unit.closed is not None or day <= unit.opened:
        raise TreeError(_("没有撤销单位"),
                        why=_("%(name)s 已撤销或当天才设立") % {"name": unit.name},
                        next=_("请核对日期"))
    left = queries.children(unit.pk, day)
    if left:
        names = "、".join(child.name for child in left[:5])
        raise TreeError(_("没有撤销单位"),
                        why=_("它下面还有 %(names)s") % {"names": names},
                        next=_("请先调整或撤销这些单位"))
    path = queries.path_of(unit.pk, day)
    unit.closed = day
    unit.save(update_fields=["closed"])
    _end(UnitEdge.objects.filter(child=unit), day)
    _end(Coverage.objects.filter(branch=unit), day)
    _end(Coverage.objects.filter(unit=unit), day)
    _end(Shift.objects.filter(unit=unit), day)
    record(UnitClosed(subject=subject(unit), unit=path, line=unit.line, occurred_at=day, reason=reason,
                      successor=successor.code if successor else ""), actor=actor)
    return unit


@transaction.atomic
def merge_units(*, olds: Sequence[Unit], new: Unit, actor: Actor, day: date | None = None) -> list[Succession]:
    """Merge units into another (合并单位): their units below go along, their past stays theirs."""
    day = day or clock.today()
    made = []
    for old in olds:
        for child in list(queries.children(old.pk, day)):
            move_unit(unit=child, parent=new, actor=actor, day=day)
        made.append(Succession.objects.create(old=old, new=new, on=day))
        close_unit(unit=old, actor=actor, day=day, reason="merged", successor=new)
    return made


@transaction.atomic
def split_unit(
    *, old: Unit, shares: Sequence[tuple[Unit, int]], actor: Actor, day: date | None = None
) -> list[Succession]:
    """Split a unit (分设单位) by shares in basis points; its units below must have been placed before."""
    day = day or clock.today()
    if sum(share for _new, share in shares) != 10_000:
        raise TreeError(_("没有分设单位"), why=_("各部分合起来不是百分之百"), next=_("请核对各部分的比例"))
    made = [Succession.objects.create(old=old, new=new, on=day, share=share) for new, share in shares]
    close_unit(unit=old, actor=actor, day=day, reason="split", successor=heir(shares))
    return made


@transaction.atomic
def cover(*, branch: Unit, unit: Unit, actor: Actor, day: date | None = None) -> Coverage:
    """Let a unit of a line cover a unit (覆盖) from a day on; doing it twice changes nothing."""
    day = day or clock.today()
    if branch.line == Line.ADMINISTRATION:
        raise TreeError(_("没有设置覆盖"),
                        why=_("%(name)s 不是党组织、工会或团组织") % {"name": branch.name},
                        next=_("请选择条线上的组织"))
    row, made = Coverage.objects.get_or_create(branch=branch, unit=unit, until=None, defaults={"since": day})
    if made:
        _record_cover(branch, unit, day, 1, actor)
    return row


@transaction.atomic
def uncover(*, branch: Unit, unit: Unit, actor: Actor, day: date | None = None) -> None:
    """End a coverage (解除覆盖) on a day; nothing to end is no fault."""
    day = day or clock.today()
    if _end(Coverage.objects.filter(branch=branch, unit=unit), day):
        _record_cover(branch, unit, day, 0, actor)


@transaction.atomic
def put_on_shift(*, unit: Unit, turns: Sequence[Turn], days: int = 0, day: date | None = None) -> list[Shift]:
    """Put a unit on a shift (排班) from a day on, or on several in turn (倒班), ending what was before."""
    day = day or clock.today()
    end_shift(unit=unit, day=day)
    return Shift.objects.bulk_create(rota(unit=unit, turns=turns, days=days, since=day))


def rota(*, unit: Unit, turns: Sequence[Turn], days: int, since: date) -> list[Shift]:
    """Return the rows of a rota (班次表), not yet stored."""
    return [Shift(unit=unit, pattern=turn.name, begins=turn.begins, ends=turn.ends, place=place, days=days, since=since)
            for place, turn in enumerate(turns)]


def end_shift(*, unit: Unit, day: date) -> None:
    """End the shift of a unit (结束排班)."""
    _end(Shift.objects.filter(unit=unit), day)


def subject(unit: Unit) -> str:
    """Return the address of a unit (单位地址)."""
    return f"units/{unit.code}"


def check_code(code: str) -> None:
    """Refuse a code that could not stand in a path (编码检查)."""
    if not queries.valid_code(code):
        raise TreeError(_("没有保存"), why=_("编码“%(code)s”不是字母、数字、短横线") % {"code": code},
                        next=_("请换一个编码，例如 ZC1"))


def check_parent(name: str, line: str, parent: Unit, day: date) -> None:
    """Refuse a parent that does not exist on that day or belongs to another line (上级检查)."""
    if parent.opened > day or (parent.closed and parent.closed <= day):
        raise TreeError(_("%(name)s 没有归属") % {"name": name},
                        why=_("%(name)s 在 %(day)s 不存在") % {"name": parent.name, "day": day},
                        next=_("请核对上级单位和日期"))
    if parent.line != line and parent.kind not in queries.HOLDS_LINES:
        raise TreeError(_("%(name)s 没有归属") % {"name": name}, why=_("%(name)s 属于另一条线") % {"name": parent.name},
                        next=_("条线组织只能放在本条线的组织或矿、集团之下；所管的行政单位请用“覆盖”"))


def _refuse_cycle(unit: Unit, day: date) -> None:
    days = set(UnitEdge.objects.filter(since__gt=day).values_list("since", flat=True)) | {day}
    for each in sorted(days):
        up = [step.code for step in reversed(queries.lineages([unit.pk], each)[unit.pk])]
        if unit.code in up[1:]:
            ring = up[: up.index(unit.code, 1) + 1]
            raise TreeError(_("没有调整隶属"), why=_("单位会绕成一圈：") + " → ".join(ring), next=_("请另选上级单位"))


def _end(rows, day: date) -> int:
    """End dated rows on a day, or after their first day; what was entered is never deleted."""
    rows = rows.filter(until=None)
    return rows.filter(since__lt=day).update(until=day) + rows.filter(since__gte=day).update(until=F("since") + DAY)


def _record_cover(branch: Unit, unit: Unit, day: date, quantity: int, actor: Actor) -> None:
    record(UnitCovered(subject=subject(branch), unit=queries.path_of(branch.pk, day), line=branch.line,
                       occurred_at=day, quantity=quantity, covered=unit.code), actor=actor)


def lock_tree() -> None:
    """Let one change of the tree wait for the other (逐个变更): two moves together could make a ring."""
    Unit.objects.select_for_update().order_by("pk").first()
