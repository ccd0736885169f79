"""Merging and splitting units (合并、分设): who was there goes along, today; what was stays under the old name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.delegation import delegable
from sangesan.organization.units import queries
from sangesan.organization.units import services as units
from sangesan.organization.units.models import Coverage, Unit
from sangesan.organization.units.queries import rota

from ..models import Appointment, Person
from ..queries import posts_of, present
from .appointments import end_appointment
from .persons import place_person
from .posts import close_post

WHOLE = 10_000


@transaction.atomic
def merge_unit(*, scope: Scope, old: Unit, into: Unit) -> Unit:
    """Merge a unit into another of its line (合并单位) from today on.

    Its people and the units below go along; its posts end; who looked after it looks after the other too.
    """
    day, (old, into) = clock.today(), _held(old, into)
    if into.pk in queries.subtree(old.pk, day):
        raise units.TreeError(_("没有合并单位"), why=_("%(into)s 就在 %(old)s 之内") % {"into": into, "old": old},
                              next=_("请另选单位"))
    if into.line != old.line:
        raise units.TreeError(_("没有合并单位"), why=_("%(into)s 与 %(old)s 不在一条线上") % {"into": into, "old": old},
                              next=_("请选同一条线的单位"))
    _no_trust_ends(old)
    _looked_after_too(scope, old, into)
    _looks_after(scope, old, into)
    for person in _people(old):
        place_person(person=person, unit=into, scope=scope)
    _give_up_posts(scope, old)
    units.merge_units(olds=[old], new=into, actor=scope.actor, day=day)
    return into


@transaction.atomic
def split_unit(
    *, scope: Scope, old: Unit, parts: Sequence[tuple[str, str]], children: Mapping[str, int] | None = None,
    people: Mapping[str, int] | None = None, covers: Mapping[str, int] | None = None,
) -> list[Unit]:
    """Split a unit into new ones beside it (分设单位) from today on: `parts` are codes and names.

    Units below and units looked after (by code) and people (by work number) go to the part that is named, by
    default the first. Each part works the shift of the unit that was.
    """
    day, (old,) = clock.today(), _held(old)
    parent = queries.parent_of(old.pk, day)
    if parent is None or len(parts) < 2:
        raise units.TreeError(_("没有分设单位"), why=_("最上级的单位不能分设，分设至少要有两个新单位"),
                              next=_("请核对单位和新单位"))
    _no_trust_ends(old)
    made = [units.open_unit(code=code, name=name, kind=old.kind, line=old.line, parent=parent, position=old.position,
                            actor=scope.actor, day=day) for code, name in parts]
    heads = [0] * len(made)
    worked = rota.rotas(day, [old.pk]).get(old.pk)
    for place, new in enumerate(made):
        _looked_after_too(scope, old, new)
        _looks_after(scope, old, new, lambda code, place=place: (covers or {}).get(code, 0) == place)
        if worked is not None:
            turns, since = rota.from_here(worked, day)
            units.put_on_shift(unit=new, turns=turns, days=worked[0].days, day=since)
    for child in list(queries.children(old.pk, day)):
        place = (children or {}).get(child.code, 0)
        heads[place] += present(day).filter(unit__in=queries.subtree(child.pk, day)).count()
        units.move_unit(unit=child, parent=made[place], actor=scope.actor, day=day)
    for person in _people(old):
        place = (people or {}).get(person.work_number, 0)
        heads[place] += 1
        place_person(person=person, unit=made[place], scope=scope)
    _give_up_posts(scope, old)
    units.split_unit(old=old, shares=list(zip(made, shares(heads), strict=True)), actor=scope.actor, day=day)
    return made


def shares(heads: Sequence[int]) -> list[int]:
    """Return the parts in basis points by heads (所占万分比); equal when nobody is there. The first takes the rest.

    >>> shares([2, 1]), shares([0, 0, 0])
    ([6667, 3333], [3334, 3333, 3333])
    """
    heads = heads if any(heads) else [1] * len(heads)
    rest = [WHOLE * n // sum(heads) for n in heads[1:]]
    return [WHOLE - sum(rest), *rest]


def _people(unit: Unit):
    return Person.objects.filter(Q(until=None) | Q(until__gt=clock.today()), unit=unit).order_by("work_number")


def _held(*ones: Unit) -> list[Unit]:
    """Return units as they stand now, the tree held until all is done: of two merges across, the second finds none."""
    units.lock_tree()
    rows = Unit.objects.in_bulk([one.pk for one in ones])
    gone = [row.name for row in rows.values() if row.closed is not None and row.closed <= clock.today()]
    if gone:
        raise units.TreeError(_("没有合并、分设单位"), why=_("%s 已撤销") % "、".join(gone), next=_("请刷新后查看"))
    return [rows[one.pk] for one in ones]


def _no_trust_ends(old: Unit) -> None:
    """Refuse to end posts whose trust is one person's own (只能由本人履行的岗位): they are set up elsewhere first.

    With the last system administrator nobody could mend it, with the last inspector nobody read the mailbox.
    """
    held = [post.title for post in posts_of(old.pk, clock.today()) if not delegable(post.role)]
    if held:
        why = _("“%s”的职责只能由本人履行，不能随单位撤销") % "、".join(held)
        raise units.TreeError(_("没有合并、分设单位"), why=why, next=_("请先在别的单位设岗、办好任职，再撤销原岗位"))


def _give_up_posts(scope: Scope, old: Unit) -> None:
    day = clock.today()
    for post in posts_of(old.pk, day):
        for held in Appointment.objects.filter(post=post).exclude(until__lte=day):
            end_appointment(appointment=held, actor=scope.actor, day=day)
        close_post(post=post, actor=scope.actor, day=day)


def _looked_after_too(scope: Scope, old: Unit, new: Unit) -> None:
    """Let those of other lines who looked after a unit look after the new one, unless their line does already."""
    day = clock.today()
    lines = set(queries.on(Coverage.objects.filter(unit=new), day).values_list("branch__line", flat=True))
    for row in queries.on(Coverage.objects.filter(unit=old), day).select_related("branch"):
        if row.branch.line not in lines:
            units.cover(branch=row.branch, unit=new, actor=scope.actor, day=day)


def _looks_after(scope: Scope, old: Unit, new: Unit, wanted: Callable[[str], bool] = lambda _code: True) -> None:
    """Let a unit of a line look after what another did (接着覆盖), as far as it is wanted."""
    day = clock.today()
    for row in queries.on(Coverage.objects.filter(branch=old), day).select_related("unit"):
        if wanted(row.unit.code):
            units.cover(branch=new, unit=row.unit, actor=scope.actor, day=day)
