"""What the page of a matter in care shows (关怀页): the words, the dialogue, the contacts, how to reach."""

from __future__ import annotations

from typing import Any

from sangesan.feedback.matters.models import Attachment
from sangesan.feedback.matters.queries import dialogue, identities
from sangesan.feedback.matters.words import MODES
from sangesan.feedback.speakers.services import read_identity

from ..models import Care


def of(care: Care) -> dict[str, Any]:
    """Return what the page needs (页面内容)."""
    matter, kept = care.matter, dict(identities(care.matter))
    said = list(matter.submissions.filter(withdrawn=None).order_by("day", "pk"))
    return {
        "care": care, "matter": matter, "said": said, "modes": MODES, "talk": dialogue(matter),
        "contacts": list(care.contacts.all()),
        "named": [read_identity(i) for i in kept.values() if i.mode == "named"],
        "sealed": [pk for pk, i in kept.items() if i.mode == "confidential"],
        "photos": Attachment.objects.filter(submission__in=said).count(),
    }
