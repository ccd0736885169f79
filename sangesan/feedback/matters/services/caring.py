"""Words of despair leave the grades (转关怀) for the carer and the doctor, and may come back.

What is cared for lies in nobody's reach: no list, count, search, statistic or ledger knows it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope
from sangesan.method.lifecycle import State
from sangesan.method.terms import TERMS

from ..models import Matter
from ..queries.caring import unconcerned_carers
from ..queries.nearby import all_said
from ..words import CARE
from . import terms
from .hearing import declared
from .indexing import stale
from .pausing import lapse
from .recusing import heed, heed_first
from .steps import arisen, claim, place, take
from .supervising import drop_proposal

_UNGRADED = {
    "kind": CARE, "grade": "", "table": "", "provisional": False, "lead_id": None, "lead_path": "",
    "dispatched_at": None, "sign_in_due": None, "first_answer_due": None, "plan_due": None, "due_at": None,
    "signed_in_at": None, "accepted_on": None, "procedure": "", "returns": 0, "bound": False,
    "release_at": None,
}
"""What a matter in care is no more (离开分级): when it comes back it is graded, accepted and given to a unit anew."""


@transaction.atomic
def care(*, scope: Scope, number: str) -> Matter:
    """Send a matter to the carer and the doctor (转关怀): nobody else sees it any more, who sent it included."""
    matter, step = take(scope, number, "care")
    if not unconcerned_carers(matter):
        raise Conflict(_("没有转关怀"), why=_("还没有指定关怀员或医生"), next=_("请先当面联系，并请系统管理员设岗"))
    for one in matter.joined.all():
        Matter.objects.filter(pk=one.pk).update(kind=CARE)
        one.kind = CARE
        place(one, [])
    matter.was_kind = matter.kind
    for one in (matter, *matter.joined.all()):
        terms.lift(one, TERMS, by=scope.person)
    drop_proposal(matter, scope=scope)
    lapse(matter)
    matter.assignments.filter(until=None).update(until=clock.now())
    claim(matter, step.target, scope=scope, action="care", **_UNGRADED)
    place(matter, [])
    stale([matter.pk, *matter.joined.values_list("pk", flat=True)])
    audit("care.sent", scope=scope)
    return matter


def give_back(matter: Matter, *, scope: Scope, kind: str) -> None:
    """Put a matter back among the graded (转回分办), as it came in; a declared danger is A again at once.

    Nobody but the carers has read it: whom of the first readers it names is looked for now, and the clocks of the
    law begin now, for nobody could keep them before.
    """
    state = State.GRADED if matter.danger else State.RECEIVED
    if matter.danger:
        heed(matter)
    claim(matter, state, scope=scope, action="given_back", only={"kind": CARE}, kind=kind, **declared(matter.danger))
    for one in (matter, *matter.joined.filter(kind=CARE)):
        one.kind = kind
        Matter.objects.filter(pk=one.pk).update(kind=kind)
        place(one, [(arisen(one), False)])
    terms.begin(matter, "received", clock.today())
    heed_first(matter, all_said(matter))
    stale([matter.pk])
