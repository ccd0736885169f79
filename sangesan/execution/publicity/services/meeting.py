"""The pre-shift meeting (班前会): the sheet that was read is its evidence and completes its duty."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Happening
from sangesan.execution.duties.services import complete
from sangesan.method import masking
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.queries import known_names

from ..queries.sheet import duty_for, sheet_of, told


@transaction.atomic
def hold(*, scope: Scope, duty: int, words: str = "") -> Happening:
    """Say that the meeting was held by its sheet (班前会开过了); what workers asked goes in one sentence.

    Names and numbers in it are covered: what was asked is kept, never who asked.
    """
    found = duty_for(scope, duty, Action.DO_WORK)
    _duty, sheet, _mine = sheet_of(scope, found.pk)
    short = _("按一页纸开的：%(n)d 条答复，%(m)d 条通知") % {"n": len(sheet.answers), "m": int(bool(sheet.notice))}
    names = masking.Names(known_names()) if words.strip() else None
    said = f"{short}；{masking.mask(words.strip(), names)}" if names else short
    return complete(duty=found, actor=scope.actor, person=scope.person, words=said,
                    evidence=f"{said}\n{told(sheet)}".strip())
