"""Correcting (更正与作废): finished minutes stay as they are; a mistake is said beside them, or all is reversed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import attach, reverse
from sangesan.method.authority import Scope

from ..models import Correction, Meeting
from ..queries.access import hosts, meeting_for
from .words import checked


@transaction.atomic
def correct(*, scope: Scope, meeting: int, text: str) -> Correction:
    """Say what was wrong in finished minutes (更正): added as evidence of its own, printed below them."""
    found = _finished(scope, meeting)
    text = checked(text, _("更正内容"), 400, needed=True)
    return Correction.objects.create(
        meeting=found, at=clock.now(), text=text, post=scope.posts[0].code if scope.posts else "",
        person=scope.person, fact=attach(found.fact, text, actor=scope.actor))


@transaction.atomic
def annul(*, scope: Scope, meeting: int, reason: str) -> Meeting:
    """Annul a meeting that was not held so (作废): every fact reversed, its undone decisions fall away.

    The routine's duty waits again; what was done already stays done.
    """
    found = _finished(scope, meeting)
    reason = checked(reason, _("作废原因"), 200, needed=True)
    if not Meeting.objects.filter(pk=found.pk, annulled_at=None).update(annulled_at=clock.now()):
        raise Conflict(_("没有作废"), why=_("刚才已经作废"))
    for row in list(entries(kinds=["decision.taken"], subject=found.subject)):
        reverse(row.id, reason="meeting_annulled", actor=scope.actor)
    reverse(found.fact, reason="meeting_annulled", actor=scope.actor, words=reason)
    for item in found.items.filter(duty__isnull=False).select_related("duty__origin"):
        if settlement_of(item.duty) is None:
            duties.cancel(duty=item.duty, actor=scope.actor, why="cause_ended", person=scope.person)
    last = settlement_of(found.duty) if found.duty is not None else None
    if last is not None and last.what == "done":  # what was waived or fell away meanwhile stays so
        duties.take_back(duty=found.duty, actor=scope.actor, reason="meeting_annulled", within=None)
    found.refresh_from_db()
    return found


def _finished(scope: Scope, meeting: int) -> Meeting:
    found = meeting_for(scope, meeting)
    if not hosts(scope, found.unit):
        raise Forbidden(_("没有办成"), why=_("这个会由%s主持和记录") % found.unit.name)
    if found.closed_at is None or found.annulled_at is not None:
        raise Conflict(_("没有办成"), why=_("会议还没有形成纪要，或者已经作废"))
    return found
