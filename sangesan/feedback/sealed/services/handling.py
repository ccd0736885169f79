"""What inspectors do with a letter (办理纪检件): every word comes sealed from their browser."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock, hpke
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.discipline import SIZES, feedback_due, find
from sangesan.method.facts import SealedClosed, SealedTakenUp, SealedTold
from sangesan.organization.calendar.queries import calendar

from .. import queries
from ..models import SealedMatter
from .receiving import say

_LENGTHS = {size + hpke.OVERHEAD for size in SIZES[:4]}
_STAMPS = {"take_up": "accepted_day", "decline": "accepted_day", "close": "closed_day", "tell": "told_day"}


@transaction.atomic
def step(*, scope: Scope, number: str, action: str, for_room: bytes = b"", for_speaker: bytes = b"") -> SealedMatter:
    """Take a step (办一步); `for_room` and `for_speaker` are the same words, sealed to either."""
    matter = queries.letter_for(scope, number)
    taken = find(action, matter.state)
    if taken is None or action == "open" or (taken.once and getattr(matter, taken.once)):
        raise Conflict(_("没有办成"), why=_("这一件现在是“%s”，不能做这一步") % matter.state_name, next=_("请刷新页面"))
    if taken.words and (len(for_room) not in _LENGTHS or len(for_speaker) not in _LENGTHS):
        raise UserError(_("没有办成"), why=_("没有收到封好的文字"), next=_("请写几个字，再提交一次"))
    today = clock.today()
    changes = {_STAMPS[action]: today} if action in _STAMPS else {}
    if action == "close" and matter.named:
        changes["tell_due"] = feedback_due(today, calendar(today, today))
    still = SealedMatter.objects.filter(pk=matter.pk, state=matter.state, told_day=matter.told_day)
    if changes and not still.update(state=taken.target or matter.state, **changes):
        raise Conflict(_("没有办成"), why=_("别人刚刚办了这一步"), next=_("请刷新页面"))
    if taken.words:
        say(matter, spoken=False, for_room=for_room, for_speaker=for_speaker)
    _record(matter, action, scope)
    matter.refresh_from_db()
    return matter


def _record(matter: SealedMatter, action: str, scope: Scope) -> None:
    today, common = clock.today(), {"subject": matter.subject, "unit": matter.office, "occurred_at": clock.now()}
    if action in ("take_up", "decline"):
        reason = "" if action == "take_up" else "declined"
        record(SealedTakenUp(**common, in_time=int(matter.accept_due is None or today <= matter.accept_due),
                             reason=reason), actor=scope.actor)
    elif action == "close":
        record(SealedClosed(**common), actor=scope.actor)
    elif action == "tell":
        record(SealedTold(**common, in_time=int(matter.tell_due is None or today <= matter.tell_due)),
               actor=scope.actor)
    else:
        audit("discipline.answered", scope=scope, subject=matter.subject)
