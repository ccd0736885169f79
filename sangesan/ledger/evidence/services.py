"""Changes of evidence (佐证): keep words, erase them when their time is over.

Nobody keeps words alone: `ledger.facts.services.record(…, words=…)` binds them to a fact.
"""

from __future__ import annotations

import secrets

from django.db import transaction

from sangesan.foundation import clock

from .models import Erasure, Evidence
from .queries import digest_of


def keep(words: str, *, kind: str) -> str:
    """Keep words (保存佐证) and return their salted digest, in hexadecimal."""
    salt, content, day = secrets.token_bytes(32), words.encode(), clock.today()
    digest = digest_of(salt=salt, kind=kind, day=day, content=content)
    Evidence.objects.create(digest=digest, kind=kind, day=day, salt=salt, content=content)
    return digest


@transaction.atomic
def erase(digest: str, *, record: int) -> None:
    """Erase words (清除佐证); `record` is the fact that tells of it."""
    Erasure.objects.create(digest=digest, record=record)
    Evidence.objects.filter(digest=digest).delete()
