"""What comes in is looked at right after the commit (随后提出建议), never while somebody waits."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver

from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.matters.signals import cleared, moved
from sangesan.foundation.soon import soon

from .services import forget, suggest_due


@receiver(post_save, sender=Submission, dispatch_uid="triage.said")
def _said(created: bool = False, **_kwargs) -> None:
    if created:
        soon(suggest_due)


@receiver(moved, dispatch_uid="triage.moved")
def _moved(matter: Matter, action: str = "", **_kwargs) -> None:
    """What leaves the ordinary flow, or is withdrawn, leaves no trace here (撤出)."""
    if matter.sealed or action == "withdraw":
        forget([matter.pk, *matter.joined.values_list("pk", flat=True)])


@receiver(cleared, dispatch_uid="triage.cleared")
def _cleared(matters: list[int], **_kwargs) -> None:
    """What is cleared leaves no trace here either (到期撤出)."""
    forget(matters)
