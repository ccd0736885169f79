"""How every step is taken (流转): fetch with permission, ask the table, claim by update."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.method.authority import Scope
from sangesan.method.lifecycle import STATE_NAMES, State, Transition
from sangesan.method.texts import kept, unfit
from sangesan.organization.units.models import Line, Unit
from sangesan.organization.units.queries import lineages, to_mine

from .. import queries
from ..models import Matter, Message, Reach
from ..queries.ordering import TO_SPEAKER
from ..signals import moved
from . import terms
from .judging import judged_first, let_read, still_fresh

UNIONS = (State.RECEIVED, State.GRADED, State.DECLINED, State.WITHDRAWN)
"""States in which a letter to the union is the union's alone (工会先阅)."""
NO_LINES: Mapping[int, str] = MappingProxyType({})
LONGEST = 10_000
LONGEST_REASON = 400


def take(scope: Scope, number: str, action: str) -> tuple[Matter, Transition]:
    """Fetch a matter for a step (取件待办): NotFound, Forbidden or Conflict when it can't be taken.

    Its row is held until the end of the transaction: whoever comes at the same moment judges by
    what the first one left behind.
    """
    matter = queries.matter_for(scope, number, hold=True)
    mine = queries.standing(scope, matter)
    step = mine.find(action)
    if step is None:
        raise Conflict(_("没有办成"), why=_("事项现在是“%s”，不能做这一步") % matter.state_name,
                       next=_("请刷新页面看最新情况"))
    _permit(mine, step)
    why = mine.refusal(step)
    if why is not None:
        raise Conflict(_("没有办成"), why=_(why))
    return matter, step


def allow(scope: Scope, number: str, action: str) -> None:
    """Raise NotFound or Forbidden where a scope may not take a step (先问权限), before anything costly is done for it.

    What its state forbids is left to the step: a form pressed twice finds there what the first press has done.
    """
    mine = queries.standing(scope, queries.matter_for(scope, number))
    step = mine.find(action)
    if step is not None:
        _permit(mine, step)


def _permit(mine: queries.Standing, step: Transition) -> None:
    if not mine.can(step):
        raise Forbidden(_("没有办成"), why=_("您的岗位没有“%s”这一步的权限") % _(step.name))


def hold(*numbers: str) -> None:
    """Hold several matters (锁定多件) for this transaction, always in the same order: nobody waits in a circle."""
    list(Matter.objects.select_for_update().filter(number__in=numbers).order_by("pk").values_list("pk"))


def hold_still(matter: Matter) -> None:
    """Hold a matter that its speakers and others may change at once (锁定). Raises Conflict when it has changed.

    Each goes by what the one before left behind: words are added to nothing that was closed off meanwhile.
    """
    seen = matter.state, matter.reopened
    rows = Matter.objects.select_for_update()
    matter.refresh_from_db(fields=["state", "reopened", "rated"], from_queryset=rows)
    if (matter.state, matter.reopened) != seen:
        raise Conflict(_("没有办成"), why=_("事项刚刚有了变化"), next=_("请刷新页面看最新情况"))


def claim(matter: Matter, target: State | None, *, scope: Scope | None, action: str,
          only: dict[str, Any] | None = None, **changes: Any) -> None:
    """Claim a matter by update (占位更新): whoever comes second gets a Conflict.

    The row must still be as it was read: same state, and `only`. Others may listen.
    """
    state = target.value if target is not None else matter.state
    still = Matter.objects.filter(pk=matter.pk, state=matter.state, **only or {})
    if not still.update(state=state, **changes):
        raise Conflict(_("没有办成"), why=_("别人刚刚办了这一步"), next=_("请刷新页面看最新情况"))
    moves = state != matter.state or "grade" in changes
    matter.state = state
    for name, value in changes.items():
        setattr(matter, name, value)
    if moves:
        flow = flow_of(matter)
        known, fresh = matter.reaches.values_list("sealed", "fresh_since").first() or (None, None)
        still = still_fresh(matter, flow, fresh)
        matter.reaches.update(state=state, grade=matter.grade, sealed=flow, fresh_since=still)
        if fresh and not still:
            let_read([matter.pk])
        if known == Reach.HELD and flow == Reach.ORDINARY:
            for one in (matter, *matter.joined.all()):
                place(one, [(arisen(one), False)])
        matter.__dict__.pop("_reaches", None)
    moved.send(Matter, matter=matter, action=action, scope=scope)


def flow_of(matter: Matter) -> int:
    """Return in which flow a matter is now (所在流): the union lets go of what it hands on, with what was joined."""
    if matter.sealed:
        return Reach.SEALED
    if matter.state == State.MERGED.value:
        held = Reach.objects.filter(matter=matter.parent_id, sealed=Reach.HELD).exists()
        return Reach.HELD if held else Reach.ORDINARY
    first = matter.channel == "union" and State(matter.state) in UNIONS
    return Reach.HELD if first and matter.reaches.filter(sealed=Reach.HELD).exists() else Reach.ORDINARY


def arisen(matter: Matter) -> list[int]:
    """Return the units where it arose that may know of it (发生地知情范围): before the dispatch the office alone.

    Nobody has judged yet whom it is about, and it may be the heads of the very unit (chapter V.4).
    """
    way = lineages([matter.unit_id], clock.today()).get(matter.unit_id, [])
    return [step.pk for step in (way if matter.dispatched_at else to_mine(way))]


def place(matter: Matter, paths: list[tuple[list[int], bool]], lined: Mapping[int, str] = NO_LINES) -> None:
    """Write which units the matter lies in reach of (所及单位); each path says whether it leads.

    `lined` are the units on whose way it is a line's own though the matter is not (`in_hand`).
    """
    units: dict[int, bool] = {}
    for path, leads in paths:
        for unit in path:
            units[unit] = units.get(unit, False) or leads
    flow = flow_of(matter)
    known = matter.reaches.values_list("fresh_since").first() or (judged_first(matter),)
    fresh = still_fresh(matter, flow, *known)
    matter.reaches.all().delete()
    Reach.objects.bulk_create([
        Reach(matter=matter, unit_id=unit, leads=leads, sealed=flow, line=matter.line or lined.get(unit, ""),
              fresh_since=fresh, day=matter.received_day, state=matter.state, grade=matter.grade)
        for unit, leads in units.items()
    ])
    for cached in ("_reaches", "_concerns"):
        matter.__dict__.pop(cached, None)


def in_hand(units: Iterable[Unit], day: date) -> dict[int, str]:
    """Return on whose way a matter is the union's that one of its units has in hand (工会承办)."""
    ours = [unit.pk for unit in units if unit.line == Line.UNION]
    return {step.pk: Line.UNION.value for way in lineages(ours, day).values() for step in way}


def say(matter: Matter, kind: str, text: str, *, scope: Scope, submission: int | None = None) -> Message:
    """Add a word of staff to the dialogue (记往来); once the speaker is told something, they have been heard."""
    if kind in TO_SPEAKER:
        terms.meet(matter, "told", by=scope.person)
    return Message.objects.create(
        matter=matter, kind=kind, text=text, day=clock.today(), at=clock.now(), submission_id=submission,
        post=scope.posts[0].code if scope.posts else "", person=scope.person,
    )


def words(text: str, *, what: str, longest: int = LONGEST, needed: bool = True) -> str:
    """Return text fit to be kept (校验文字). Raises UserError saying what is wrong with it."""
    text = kept(text or "")
    if needed and not text:
        raise UserError(_("没有保存"), why=_("%s是空的") % what, next=_("请写几个字再提交"), code="empty")
    if len(text) > longest:
        raise UserError(_("没有保存"), why=_("%(what)s有 %(n)d 个字，最多 %(most)d 个字") % {
            "what": what, "n": len(text), "most": longest}, next=_("请删减后再提交"), code="too_long")
    if unfit(text):
        raise UserError(_("没有保存"), why=_("%s里有不能保存的字符") % what, next=_("请删去特殊字符，或重新输入"),
                        code="characters")
    return text


def reasoned(reason: str) -> str:
    """Return a reason (理由), which must be given."""
    return words(reason, what=_("理由"), longest=LONGEST_REASON)


def state_name(state: State) -> str:
    return _(STATE_NAMES[state])


def unit_open(pk: int) -> Unit:
    """Return a unit that there is (在设单位)."""
    found = Unit.objects.filter(pk=pk, closed=None).first()
    if found is None:
        raise UserError(_("没有办成"), why=_("没有这个单位，或它已撤销"), next=_("请从列表里重新选择"), code="unit")
    return found
