"""Changes of the audit log (审计记账)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db import transaction

from sangesan.foundation import clock
from sangesan.method.authority import NOBODY, Scope

from .models import AuditEntry

SLUG = re.compile(r"[A-Za-z0-9_.,:/+-]{0,120}")


def note(event: str, *, scope: Scope = NOBODY, account: int | Any = 0, subject: str = "",
         detail: dict[str, int | str] | None = None) -> None:
    """Write an audit entry (审计记录) in the caller's transaction, or in one of its own.

    `account` is a person's id, or an account (its `str` is the work number), where there is no scope
    yet. `detail` holds slugs and integers only.
    """
    detail = detail or {}
    for value in (event, subject, *detail, *detail.values()):
        if not isinstance(value, int) and not (isinstance(value, str) and SLUG.fullmatch(value)):
            raise ValueError(f"the audit log keeps slugs and integers only ({event})")
    person = scope.person or getattr(account, "person_id", account) or 0
    name = scope.name or ("" if isinstance(account, int) else str(account))
    code, title = (scope.posts[0].code, scope.posts[0].title) if scope.posts else ("", "")
    AuditEntry.objects.create(event=event, at=clock.now(), person=person, name=name[:40], post=code, title=title[:80],
                              subject=subject, detail=detail)


@transaction.atomic
def expire(months: int = 12) -> int:
    """Delete what is older than twelve months (到期删除); the database refuses anything younger."""
    day = clock.now() - timedelta(days=31 * months)
    return AuditEntry.objects.filter(at__lt=day).delete()[0]
