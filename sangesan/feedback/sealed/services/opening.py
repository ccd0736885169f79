"""The box is opened (开箱), and letters are handed on (补发): the keys come from browsers, wrapped already."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock, hpke
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import SealedHandedOn, SealedOpened
from sangesan.organization.notices.services import notify

from .. import queries
from ..models import SealedMatter, Wrap
from ..queries.room import holding

WRAPPED = 32 + hpke.OVERHEAD


@transaction.atomic
def open_letter(*, scope: Scope, number: str, wraps: Mapping[int, bytes]) -> SealedMatter:
    """Take a letter out of the box (开箱): two keys made its own key whole, which comes wrapped for each inspector.

    Exactly those who had a share get it; the shares are gone, and with them the paper key's part.
    """
    matter = queries.letter_for(scope, number)
    due = {line.key.pk for line in holding(matter)}
    if matter.state != "received":
        raise Conflict(_("没有开箱"), why=_("这一件已经开过箱"), next=_("请刷新页面"))
    if set(wraps) != due or any(len(sealed) != WRAPPED for sealed in wraps.values()):
        raise UserError(_("没有开箱"), why=_("封好的钥匙与收件人不符"), next=_("请刷新页面，再开一次"))
    if not SealedMatter.objects.filter(pk=matter.pk, state="received").update(state="opened",
                                                                              opened_day=clock.today()):
        raise Conflict(_("没有开箱"), why=_("别人刚刚开过这一件"), next=_("请刷新页面"))
    matter.wraps.all().delete()
    for pk, sealed in wraps.items():
        Wrap.objects.create(matter=matter, key_id=pk, share=False, sealed=sealed)
    audit("discipline.opened", scope=scope, subject=matter.subject)
    record(SealedOpened(subject=matter.subject, unit=matter.office, occurred_at=clock.now()), actor=scope.actor)
    return matter


@transaction.atomic
def hand_on(*, scope: Scope, number: str, key: int, sealed: bytes) -> None:
    """Hand a letter on to a key that came later (补发), by somebody who can open it; never to who is shut out."""
    matter = queries.letter_for(scope, number)
    lacking = next((m.keys for m in queries.missing(scope) if m.matter.pk == matter.pk), ())
    line = next((found for found in lacking if found.key.pk == key), None)
    if line is None or len(sealed) != WRAPPED:
        raise UserError(_("没有补发"), why=_("这把钥匙不能补发这一件"), next=_("请刷新页面"))
    _wrap, made = Wrap.objects.get_or_create(matter=matter, key_id=key, defaults={"share": False, "sealed": sealed})
    if not made:  # another inspector did it at the same moment: what was wanted is so
        return
    audit("discipline.handed_on", scope=scope, subject=matter.subject)
    record(SealedHandedOn(subject=matter.subject, unit=matter.office, occurred_at=clock.now()), actor=scope.actor)
    notify(persons=[line.key.person_id], subject=matter.subject, kind="sealed.received")
