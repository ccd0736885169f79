"""The paper key is lost (纸质钥匙丢失): said at once, the box stops taking letters, and two people let a new one in.

The old key stays the root of the list, for what it signed. What was closed with it before opens
with its second print, as long as there is one; nothing else ever opens it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import SealedKeyRemoved

from .. import queries
from ..models import Key, Mailbox
from .receiving import office
from .warning import warn


@transaction.atomic
def report_lost(*, scope: Scope) -> None:
    """Say that the paper key is lost (挂失): from now on nothing more is closed with it, and everybody is warned."""
    _mine(scope, lost=False)
    Mailbox.objects.update(lost_day=clock.today())
    audit("discipline.paper_lost", scope=scope, subject="discipline/keys")
    warn("sealed.paper_lost", scope.person)


@transaction.atomic
def found_again(*, scope: Scope) -> None:
    """Say that it is there again (解除挂失), which everybody is told as well."""
    _mine(scope, lost=True)
    Mailbox.objects.update(lost_day=None)
    audit("discipline.paper_found", scope=scope, subject="discipline/keys")
    warn("sealed.paper_found", scope.person)


def renewable() -> bool:
    """Return whether a new paper key may ask to be let in (可换新): the old one is reported lost, none is waiting."""
    box = queries.mailbox()
    waiting = Key.objects.filter(kind=Key.PAPER, state=Key.WAITING).exists()
    return bool(box and box.lost_day) and not waiting


def replaced(key: Key, scope: Scope) -> None:
    """Put the old paper key out of force (旧钥匙停用) once the new one is in, in the caller's transaction."""
    old = Key.objects.filter(kind=Key.PAPER, state=Key.ACTIVE).exclude(pk=key.pk)
    if old.update(state=Key.REMOVED, removed_day=clock.today()):
        record(SealedKeyRemoved(subject="discipline/keys", unit=office(scope.person), occurred_at=clock.now(),
                                reason="lost"), actor=scope.actor)
    Mailbox.objects.update(lost_day=None)


def _mine(scope: Scope, *, lost: bool) -> None:
    box = queries.mailbox()
    if not scope.can(Action.INSPECT) or box is None:
        raise NotFound()
    if bool(box.lost_day) is not lost or queries.paper() is None:
        raise Conflict(_("没有办成"), why=_("纸质钥匙已经挂失") if box.lost_day else _("纸质钥匙没有挂失"),
                       next=_("请刷新页面看最新情况"))
