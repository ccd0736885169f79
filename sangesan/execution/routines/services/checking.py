"""Checking a routine (检查制度落实): a superior looks at what those below did, and says so once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Happening
from sangesan.execution.duties.services import complete
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.method.authority import Scope
from sangesan.method.checking import refusal

from ..queries.checking import looked_at


@transaction.atomic
def check(*, scope: Scope, duty: int, words: str = "") -> Happening:
    """Say that one has looked (检查过了), with a sentence if there is something to say; never at one's own work."""
    found = looked_at(scope, duty)
    if not found.mine:
        raise NotFound()
    if refusal(scope.person, found.doers):
        raise Forbidden(_("没有登记"), why=_("里面有您自己办的，自己办的由别人检查"),
                        next=_("请委托别人代办这一次检查"))
    return complete(duty=found.duty, actor=scope.actor, person=scope.person, words=words)
