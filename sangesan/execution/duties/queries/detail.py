"""One duty, whole (应办事项详情): what, why, by whom, until when, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.duty_status import Status
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit

from .. import kinds
from ..models import Asking, Duty, Happening
from .access import duty_for
from .holders import answering, responsible
from .standing import SETTLING, standing_of
from .twins import twins

UNDO = timedelta(minutes=10)


@dataclass(frozen=True)
class Detail:
    """What the page of a duty shows (详情)."""

    duty: Duty
    kind: kinds.Kind
    status: Status
    holder: Person | None
    counterpart: Unit | None
    happenings: list[Happening]
    cause: str
    mine: bool
    rules: bool
    asking: Asking | None = None
    asker: int = 0
    twins: tuple[Duty, ...] = ()
    lets: bool = True

    @property
    def running(self) -> bool:
        """Whether it can still be done (可办)."""
        if self.status == Status.MISSING:
            return not self.duty.origin.lapses
        return self.status in (Status.OPEN, Status.NOT_DUE)

    @property
    def begun(self) -> bool:
        """Whether it can be done by now (已到时候)."""
        return self.running and self.status != Status.NOT_DUE

    @property
    def asks(self) -> bool:
        """Whether another date may be asked for here (可申请改期)."""
        return (self.doable and self.kind.moves and self.asking is None and not self.duty.provisional
                and clock.now() < self.duty.due)

    @property
    def decides(self) -> bool:
        """Whether I may answer what was asked (可答复改期)."""
        return self.asking is not None and self.rules and self.running and self.asking.person != self.asker

    @property
    def plain(self) -> bool:
        """Whether it is done on the plain page (在应办事项页办理)."""
        return not self.kind.elsewhere(self.duty)

    @property
    def where(self) -> str:
        return self.kind.where(self.duty)

    @property
    def recent(self) -> bool:
        """Whether its settlement can still be taken back (可撤回)."""
        last = next((h for h in self.happenings if h.what == "done" and h.withdrawn_at is None), None)
        return last is not None and clock.now() - last.entered_at <= UNDO and self.kind.undoes(self.duty)

    @property
    def corrects(self) -> bool:
        """Whether I may put right how it was settled (可更正)."""
        last = next((h for h in self.happenings if h.what in SETTLING and h.withdrawn_at is None), None)
        return self.rules and last is not None and (last.what == "exempted" or last.what == "done" and self.plain)

    @property
    def doable(self) -> bool:
        return self.mine and self.begun


def settlement_of(duty: Duty) -> Happening | None:
    """Return what settled a duty (了结经过), or None."""
    return duty.happenings.filter(what__in=SETTLING, withdrawn_at=None).first()


def detail_of(scope: Scope, pk: int) -> Detail:
    """Fetch a duty with all around it (取详情). Raises NotFound."""
    duty = duty_for(scope, pk)
    happenings = list(duty.happenings.all())
    last = next((h for h in happenings if h.what in SETTLING and h.withdrawn_at is None), None)
    cause = duty.origin.subject
    holder = responsible(duty)
    others = scope.person not in answering(duty)
    kind = kinds.of(duty.origin.kind)
    return Detail(
        duty=duty, kind=kind, lets=kind.lets(scope), status=standing_of(duty, last), holder=holder,
        counterpart=Unit.objects.filter(pk=duty.counterpart).first() if duty.counterpart else None,
        happenings=happenings, cause=f"/w/{cause}/" if door.open(scope, cause) is not None else "",
        asking=duty.askings.filter(decided_at=None).first(), asker=scope.person, twins=tuple(twins(duty)),
        mine=allowed(scope, duty, Action.DO_WORK), rules=others and allowed(scope, duty, Action.ASSIGN_WORK),
    )


def allowed(scope: Scope, duty: Duty, action: Action) -> bool:
    """Return whether a scope has an action over a duty (有无此权限)."""
    try:
        return duty_for(scope, duty.pk, action).pk == duty.pk
    except NotFound:
        return False
