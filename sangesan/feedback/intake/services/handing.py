"""A paper the mine may not keep goes to the level above (原件上交): what stays is that, by whom and when.

Of a letter about a leader whose file lies above nothing is entered, not even what kind of letter it is
(domain.md 1.7); and of who was told of the line there is only whoever handed the paper over.
"""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action, Scope
from sangesan.method.channels import handing_refused
from sangesan.method.facts import PaperHandedUp

from ..channels import papers
from ..models import HandedUp
from . import checks
from .submitting import key_checked


@transaction.atomic
def hand_up(*, scope: Scope, key: str, form: str, received: date, handed: date, to: str) -> HandedUp:
    """Note that a paper was handed up (登记原件上交). The same page sent twice is one line."""
    if not scope.can(Action.REGISTER):
        raise Forbidden(_("没有登记"), why=_("您的岗位没有登记来信来访的权限"))
    key_checked(key)
    checks.received(received, clock.today())
    why = handing_refused(received=received, handed=handed, today=clock.today())
    if why:
        raise UserError(_("没有登记"), why=_(why), next=_("请核对日期"), code="handed")
    number = int.from_bytes(hashlib.sha256(f"{scope.person}:{key}".encode()).digest()[:8]) >> 1
    line, fresh = HandedUp.objects.get_or_create(pk=number, defaults={
        "form": checks.one_of(form, {shelf.slug: shelf for shelf in papers()}, _("来件形式")), "received": received,
        "handed": handed, "to": words(to, what=_("交给谁"), longest=60), "person": scope.person,
        "post": scope.posts[0].title[:60] if scope.posts else ""})
    if fresh:
        record(PaperHandedUp(subject=line.subject, unit=scope.posts[0].path if scope.posts else "",
                             occurred_at=clock.now(), received=received.isoformat(), handed=handed.isoformat()),
               actor=scope.actor)
    return line
