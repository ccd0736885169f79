"""Reads of the audit log (审计查询), for the auditor."""

from __future__ import annotations

from django.db.models import QuerySet

from sangesan.method.authority import Action, Scope

from .models import AuditEntry


def visible(scope: Scope) -> QuerySet[AuditEntry]:
    """Return the entries this scope may read (可见的审计记录), newest first."""
    found = AuditEntry.objects.order_by("-pk")
    return found if scope.can(Action.AUDIT) else found.none()


def page(scope: Scope, *, event: str = "", before: int = 0, limit: int = 50) -> tuple[list[AuditEntry], int]:
    """Return one page and the cursor of the next (一页), 0 at the end."""
    found = visible(scope)
    if event:
        found = found.filter(event=event)
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[:limit + 1])
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else 0


def readings(subject: str, event: str) -> QuerySet[AuditEntry]:
    """Return the entries of one event about one subject (对某项的记录): a speaker may see their number and posts."""
    return AuditEntry.objects.filter(subject=subject, event=event).order_by("pk")
