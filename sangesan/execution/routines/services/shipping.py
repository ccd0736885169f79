"""Installing the shipped library (装入自带制度): as drafts, once; what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from sangesan.method.facts import Actor

from ..library import LIBRARY
from ..models import Routine
from .deciding import begin


@transaction.atomic
def install(*, actor: Actor, codes: Iterable[str] | None = None) -> int:
    """Install what is missing of the library (装入缺少的制度) and return how many are new."""
    there, wanted = set(Routine.objects.values_list("code", flat=True)), set(codes) if codes is not None else None
    new = [s for s in LIBRARY if s.code not in there and (wanted is None or s.code in wanted)]
    for one in new:
        begin(code=one.code, kind=one.kind, actor=actor, shipped=True, **one.content)
    return len(new)
